"""Who says what is proven by the text, or unknown."""

from __future__ import annotations

import pytest

from feeds.editing.choosing.speakers import Voice, name_of, read, voices

REPORT = "سارا نمونه امروز در جمع خبرنگاران گفت: سد پر شد."


def speakers(*paragraphs: str) -> list[str]:
    return [said.speaker for said in voices([[paragraph] for paragraph in paragraphs])]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("سارا نمونه گفت: سد پر شد.", "سارا نمونه"),
        ("سارا نمونه، مدیر موزه، با اشاره به باران افزود: سد پر شد.", "سارا نمونه"),
        ("سارا نمونه مدیر موزهٔ شهر عصر امروز اظهار داشت: سد پر شد.", "سارا نمونه مدیر موزهٔ شهر"),
        ("استاندار قم از گشایش سه مدرسه خبر داد.", "استاندار قم"),
        ("رئیس پلیس مبارزه با مواد مخدر قم گفت: سه تن گرفتار شدند.", "رئیس پلیس مبارزه با مواد مخدر قم"),
        ("امام جمعه کاشان تأکید کرد: سد پر شد.", "امام جمعه کاشان"),
        ("نماینده مردم ساوه در مجلس تصریح کرد: سد پر شد.", "نماینده مردم ساوه در مجلس"),
        ("سارا نمونه دبیر این جشنواره گفت: سد پر شد.", "سارا نمونه"),
        ("«سارا نمونه» سخنگوی انجمن اعلام کرد که سد پر شد.", "سارا نمونه سخنگوی انجمن"),
        ("در ادامهٔ این نشست، رضا نمونه گفت: سد پر شد.", "رضا نمونه"),
        ("به گفتهٔ سارا نمونه، سد پر شد.", "سارا نمونه"),
    ],
)
def test_a_speaker_ends_where_the_sentence_goes_on(sentence: str, speaker: str) -> None:
    said = read(sentence)
    assert (said.voice, said.speaker) == (Voice.NAMED, speaker)


@pytest.mark.parametrize(
    "sentence",
    [
        "سارا نمونه شناخت دقیق از آب را لازم شمرد و تصریح کرد: سد پر شد.",
        "در حاشیهٔ جشنواره مدیر موزه گفت: سد پر شد.",
        "پرسپولیس در ۹ بازی باخته است، اما نمونه می‌گوید: برمی‌گردیم.",
        "در این بیانیه آمده است: سد پر شد.",
        "گرچه گزارش نمونه گفت که سد پر شد.",
    ],
)
def test_a_subject_that_cannot_be_read_is_unknown(sentence: str) -> None:
    assert read(sentence).voice is Voice.UNKNOWN


def test_a_pronoun_is_the_one_who_spoke_before_it() -> None:
    assert speakers(REPORT, "وی افزود: راه باز شد.", "این مقام مسئول ادامه داد: پل هم.") == ["سارا نمونه"] * 3


def test_another_who_acts_in_between_makes_a_pronoun_unknown() -> None:
    other = "رضا آزمون گفت: باران آمد."
    between = "لیلا آزمون هم در نشست بود."
    assert speakers(REPORT, other, between, "وی افزود: راه باز شد.")[-1] == ""


def test_one_who_speaks_alone_is_known_across_what_the_agency_tells() -> None:
    assert speakers(REPORT, "سد در سال ۱۳۹۰ ساخته شد.", "وی افزود: راه باز شد.")[-1] == "سارا نمونه"


def test_two_offices_that_begin_alike_are_two_people() -> None:
    first, second = "مدیرکل آب قم گفت: سد پر شد.", "مدیرکل راه قم گفت: راه باز شد."
    assert speakers(first, second, "باران بارید.", "وی افزود: برف هم.")[-1] == ""
    assert speakers(first, second, "وی افزود: برف هم.")[-1] == "مدیرکل راه قم"


@pytest.mark.parametrize(
    "named", ["سازمان آب گفت: سد پر شد.", "یک مقام آگاه گفت: سد پر شد.", "مسئولان گفتند: سد پر شد."]
)
def test_no_pronoun_stands_for_a_body_or_for_many(named: str) -> None:
    assert speakers(named, "وی افزود: راه باز شد.")[-1] == ""


def test_the_speech_of_a_paragraph_goes_on_to_its_end() -> None:
    said = voices([["سارا نمونه گفت: سد پر شد.", "راه هم باز شد."], ["باران بارید."]])
    assert [one.voice for one in said] == [Voice.NAMED, Voice.CONTINUED, Voice.TOLD]


def test_a_sentence_opens_with_somebody_who_is_named_elsewhere() -> None:
    hard = "نمونه شناخت دقیق از آب را لازم شمرد و تصریح کرد: سد پر شد."
    assert read(hard).voice is Voice.UNKNOWN
    said = voices([[REPORT], [hard]])[-1]
    assert (said.voice, said.speaker, said.full) == (Voice.NAMED, "نمونه", "سارا نمونه")


def test_a_surname_of_two_people_names_nobody() -> None:
    said = voices([[REPORT], ["رضا نمونه گفت: راه باز شد."], ["نمونه افزود: پل هم."]])[-1]
    assert (said.voice, said.speaker, said.full) == (Voice.UNKNOWN, "", "")


def test_another_s_office_in_between_makes_a_pronoun_unknown_though_one_speaks_alone() -> None:
    between = "لیلا آزمون رئیس موزه درختی در باغ کاشت."
    assert speakers(REPORT, between, "وی افزود: راه باز شد.")[-1] == ""
    assert speakers(REPORT, "شرکت آب چاهی کند.", "وی افزود: راه باز شد.")[-1] == "سارا نمونه"


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        ("سارا نمونه مدیر موزه", "سارا نمونه"),
        ("قائم مقام سازمان آب", "قائم مقام سازمان آب"),
        ("جامعه دانشجویان دانشگاه و سازمان آب", "جامعه دانشجویان دانشگاه و سازمان آب"),
        ("مدیر موزه", "مدیر موزه"),
    ],
)
def test_a_name_is_a_person_s(speaker: str, name: str) -> None:
    assert name_of(speaker) == name


@pytest.mark.parametrize("opens", ["یادآور می‌شود،", "خاطرنشان می‌شود،", "گفته می‌شود که", "اعلام شده است که"])
def test_what_the_agency_reminds_of_is_nobody_s_speech(opens: str) -> None:
    said = voices([["سارا نمونه مدیر موزه گفت: آری."], [f"{opens} ثبت‌نام تا ۲۰ آذر ادامه دارد."]])[1]
    assert (said.voice in {Voice.TOLD, Voice.UNKNOWN}, said.speaker) == (True, "")


def test_an_office_of_a_county_does_not_speak_for_the_province() -> None:
    assert read("مسئول ستاد نوروز در شهرستان نمونه گفت: آری.").speaker == "مسئول ستاد نوروز در شهرستان نمونه"
    assert read("سارا نمونه در شهرستان قم گفت: آری.").speaker == "سارا نمونه"


@pytest.mark.parametrize(
    "back",
    ["وی به ۱۲ سرقت دیگر هم اعتراف کرد.", "وی اعتراف کرد: ۱۲ خودرو بردم.", "وی ۱۲ سابقه سرقت دارد."],
)
def test_what_may_be_done_by_whom_somebody_speaks_of_is_not_laid_on_the_speaker(back: str) -> None:
    spoke = "سرهنگ علی نمونه گفت: سارق ۳۰ ساله دستگیر شد."
    assert speakers(spoke, back)[-1] == ""
    assert speakers(spoke, "وی افزود: راه باز شد.")[-1] == "سرهنگ علی نمونه"
    assert speakers("سرهنگ علی نمونه گفت: راه باز شد.", "وی از مردم خواست آهسته برانند.")[-1] == "سرهنگ علی نمونه"


def test_what_is_done_and_not_said_may_be_another_s_who_was_named_in_the_speech() -> None:
    spoke = "سارا نمونه گفت: رضا آزمون پنج حریف را شکست داد."
    assert speakers(spoke, "وی پارسال هم مدال برنز را گرفته بود.")[-1] == ""
    assert speakers(spoke, "وی سه کتاب هم نوشته است.")[-1] == ""
    assert speakers(spoke, "وی از مردم خواست به تالار بیایند.")[-1] == "سارا نمونه"
