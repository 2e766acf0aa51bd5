"""A bullet stands alone, says who says it, and tells something new."""

from __future__ import annotations

import pytest

from feeds.editing.choosing.bullets import LONGEST, LONGEST_ALONE, bullet_of, is_new, tells_again, told_words
from feeds.editing.choosing.speakers import Said, Voice, read

KNOWN = told_words("سد نمونه در استان قم پر شد")
TOLD = Said(Voice.TOLD)


def bullet(sentence: str, said: Said | None = None) -> str | None:
    made = bullet_of(sentence, said or read(sentence), known=KNOWN)
    return made.text if made else None


@pytest.mark.parametrize(
    "sentence",
    [
        "ساخت این سد ۲۰ میلیارد تومان هزینه داشته است.",
        "آب از فردا به دوازده روستای شهرستان می‌رسد.",
        "سارا نمونه گفت: آب شهر تا پایان هفته وصل می‌شود.",
        "سارا نمونه گفت: ما به مردم قول آب پاکیزه داده‌ایم.",
        "مردم این استان ۴۰ لیتر آب کمتر مصرف کردند.",
        "همزمان با آغاز سال نو ۲۰ روستا به شبکه آب پیوست.",
        "علاقه‌مندان می‌توانند تا ۲۰ آذر از نمایشگاه عکس بازدید کنند.",
        "ریزش دیوار سد یک کشته بر جای گذاشت و راه بسته شد.",
    ],
)
def test_a_fact_or_a_named_speaker_s_word_is_one(sentence: str) -> None:
    assert bullet(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "این مسیر ۲۰ کیلومتر طول دارد و دو باند است.",
        "چراکه ۲۰ روستا از آب بی‌بهره مانده بودند.",
        "در حالی که ۲۰ روستا از آب بی‌بهره مانده بودند.",
        "برای ساخت این پل ۲۰ میلیارد تومان هزینه شد.",
        "در این کشور ۲۰ سد بزرگ ساخته شده است.",
        "ساخت سد با کمک وی در ۲۰ ماه پایان یافت.",
        "روزی که ۲۰ سد بزرگ در کشور ساخته شد.",
        "اما ۲۰ روستا از آب بی‌بهره مانده بودند.",
        "یکی دیگر از استادان گفت: آب شهر تا پایان هفته وصل می‌شود.",
        "سارا نمونه گفت: ساخت ۲۰ پل روستایی از دیگر کارهای شرکت است.",
        "همزمان با این آیین ۲۰ روستا به شبکه آب پیوست.",
        "تیم قم با این پیروزی ۲۰ امتیاز به دست آورد.",
        "به عبارتی ۲۰ روستا از آب بی‌بهره مانده بودند.",
        "سارا نمونه گفت: کار هر دو سد تا پایان هفته تمام می‌شود.",
    ],
)
def test_what_hangs_on_another_sentence_is_none(sentence: str) -> None:
    assert bullet(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "ما ۲۰ سد بزرگ در کشور ساختیم و باز هم می‌سازیم.",
        "باید ۲۰ سد بزرگ در کشور ساخته شود.",
        "متأسفانه ۲۰ روستا از آب بی‌بهره مانده‌اند.",
        "به ۲۰ روستا آب نمی‌رسانیم و پشیمان هم نیستیم.",
        "روزنامه شهر به نقل از استاندار ساخت ۲۰ سد آغاز شده است.",
    ],
)
def test_nobody_s_opinion_is_none(sentence: str) -> None:
    assert bullet(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "چرا ۲۰ روستا از آب بی‌بهره مانده‌اند؟",
        "سارا نمونه پرسید: چرا روستاها بی‌آب مانده‌اند؟",
        "آب روستاها بسیار پاکیزه و گوارا است.",
        "فهرست ۲۰ روستای بی‌آب شهرستان",
        "سارا نمونه گفت: «آب ۲۰ روستا وصل شد.",
        "۲. آب ۲۰ روستای شهرستان وصل شد.",
        "سد با ۲۰ متر ارتفاع " + "و بسیار بزرگ " * 12 + "است.",
    ],
)
def test_a_question_a_half_a_list_s_item_and_a_long_one_are_none(sentence: str) -> None:
    assert bullet(sentence) is None


def test_a_pronoun_gives_way_to_a_proven_speaker_only() -> None:
    sentence = "وی افزود: آب شهر تا پایان هفته وصل می‌شود."
    back = read(sentence)
    assert bullet(sentence) is None
    proven = Said(back.voice, "سارا نمونه", back.start, back.end, back.content)
    assert bullet(sentence, proven) == "سارا نمونه افزود: آب شهر تا پایان هفته وصل می‌شود."


def test_the_speech_of_somebody_who_is_not_named_in_it_is_none() -> None:
    sentence = "آب ۲۰ روستای شهرستان وصل شد."
    assert bullet(sentence, TOLD) == sentence
    assert bullet(sentence, Said(Voice.CONTINUED, "سارا نمونه")) is None


@pytest.mark.parametrize("opener", ["همچنین ", "گفتنی است، ", "شایان ذکر است که ", "علاوه بر این، "])
def test_words_that_only_join_are_left_out(opener: str) -> None:
    assert bullet(f"{opener}آب ۲۰ روستای شهرستان وصل شد.") == "آب ۲۰ روستای شهرستان وصل شد."


def test_what_the_lead_points_to_is_left_out_of_an_attribution() -> None:
    sentence = "سارا نمونه با بیان این مطلب گفت: آب ۲۰ روستا وصل شد."
    assert bullet(sentence) == "سارا نمونه گفت: آب ۲۰ روستا وصل شد."


def test_a_bullet_is_short() -> None:
    assert len(bullet("آب ۲۰ روستای شهرستان وصل شد.") or "") <= LONGEST


def test_most_of_its_words_in_another_text_tell_a_bullet_again() -> None:
    assert tells_again(told_words("سد نمونه در قم پر شد و آب رسید"), [KNOWN])
    assert not tells_again(told_words("آب ۲۰ روستا وصل می‌شود"), [KNOWN])


def test_an_outcome_weighs_more_than_a_ceremony() -> None:
    outcome = bullet_of("آب به ۲۰ روستای شهرستان رسید.", TOLD, known=KNOWN)
    ceremony = bullet_of("مراسم گشایش سد ۱۲ آذر با حضور استاندار برگزار شد.", TOLD, known=KNOWN)
    assert outcome is not None
    assert ceremony is not None
    assert outcome.weight > ceremony.weight


def test_a_speaker_whom_the_lead_names_is_named_shortly() -> None:
    sentence = "وی افزود: آب شهر تا پایان هفته وصل می‌شود."
    back = read(sentence)
    said = Said(back.voice, "سارا نمونه مدیر موزه", back.start, back.end, back.content)
    told = bullet_of(sentence, said, known=told_words("سارا نمونه مدیر موزه از آب گفت"))
    assert told is not None
    assert told.text.startswith("سارا نمونه افزود:")
    assert (bullet(sentence, said) or "").startswith("سارا نمونه مدیر موزه افزود:")


def test_a_speaker_whose_office_is_too_long_for_a_bullet_is_named_by_his_name() -> None:
    sentence = (
        "وی افزود: آب آشامیدنی ۲۰ روستای دور و نزدیک بخش مرکزی شهرستان تا پایان هفتهٔ آینده با تانکر و لوله وصل می‌شود."
    )
    back = read(sentence)
    office = "سارا نمونه مدیر روابط عمومی شرکت آب و فاضلاب روستایی استان"
    told = bullet(sentence, Said(back.voice, office, back.start, back.end, back.content))
    assert told is not None
    assert told.startswith("سارا نمونه افزود: آب")


def test_a_long_sentence_is_its_speaker_s_words_alone_or_its_first_clause() -> None:
    long = (
        "سارا نمونه صبح امروز در جمع خبرنگاران با اشاره به سفر هفتهٔ گذشتهٔ خود به روستاهای دور بخش مرکزی گفت: "
        "لولهٔ آب روستاها تا پایان پاییز نوسازی می‌شود؛ خانه‌های بهداشت روستاهای این بخش و روستاهای "
        "بخش‌های دیگر شهرستان هم در زمستان رنگ‌آمیزی خواهد شد."
    )
    assert bullet(long) == "سارا نمونه گفت: لولهٔ آب روستاها تا پایان پاییز نوسازی می‌شود."


def test_an_office_of_one_word_may_be_a_surname_and_speaks_for_nobody() -> None:
    sentence = "دبیر گفت: آب شهر تا پایان هفته وصل می‌شود."
    assert bullet(sentence) is None
    assert bullet(sentence.replace("دبیر", "قائم مقام")) is None
    assert bullet_of(sentence, read(sentence), known=told_words("دبیر سخن گفت")) is not None


def test_what_goes_on_with_a_speech_is_its_speaker_s_only_where_no_agency_would_say_it() -> None:
    said = Said(Voice.CONTINUED, "سارا نمونه")
    ours = "ما از فردا آب روستاهای دور را با تانکر به مردم می‌رسانیم."
    assert bullet(ours, said) == f"سارا نمونه گفت: {ours}"
    assert bullet("از فردا آب روستاهای دور با ۲۰ تانکر به مردم می‌رسد.", said) is None
    assert bullet("ما از فردا آب این روستاها را با تانکر به مردم می‌رسانیم.", said) is None
    assert bullet(ours, Said(Voice.CONTINUED)) is None


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("کارگران شرکت آب لولهٔ تازهٔ سد را از کوه تا روستاهای دامنهٔ استان کشیدند.", False),
        (
            "کارگران شرکت آب لولهٔ تازهٔ سد را از کوه تا روستاهای دامنهٔ استان قم به پایان رساندند و آن را افتتاح کردند.",
            True,
        ),
        ("انجمن دوستداران کوهستان گروهی تازه برای پاک کردن دامنه‌ها درست کرد.", False),
        ("استان در سد نمونه انسان را به یاد کودکی خود و آب و باد دره‌های دور انداخت و شاد کرد.", False),
        ("در کنار سد نمونه استان درخت‌های بلوط و گردو و بادام کوهی را کاشته شد.", False),
    ],
)
def test_an_event_of_what_the_lead_speaks_of_needs_no_figure(sentence: str, *, is_one: bool) -> None:
    assert (bullet(sentence) is not None) is is_one


def test_a_company_whose_head_speaks_is_clear_and_they_are_whom_the_sentence_names() -> None:
    assert bullet("مدیر شرکت آب قم گفت: این شرکت دو تانکر تازه برای روستاها خریده است.")
    assert bullet("سارا نمونه گفت: در استان باید مسکن مناسب آنها در تابستان تأمین شود.") is None
    assert bullet("سارا نمونه گفت: کشاورزانی که چاه آنها خشک شده است از سد آب می‌گیرند.")


def test_a_sentence_that_has_no_shorter_form_makes_a_longer_bullet() -> None:
    sentence = (
        "سارا نمونه گفت: " + "لولهٔ آب روستاهای دور و نزدیک شهرستان و خانه‌های بهداشت و مدرسه‌ها " * 2 + "نوسازی شد."
    )
    assert LONGEST < len(sentence) <= LONGEST_ALONE
    assert bullet(sentence) == sentence
    assert bullet(sentence.replace("نوسازی", "و همهٔ خانه‌های روستایی نوسازی")) is None


def test_a_sentence_that_tells_all_of_the_lead_with_more_around_it_is_not_new() -> None:
    sentence = "سد نمونه که سال‌ها چشم مردم به آن بود پس از ۲۰ روز باران پیاپی در دره‌های استان قم سرانجام پر شد."
    made = bullet_of(sentence, TOLD, known=KNOWN)
    assert made is not None
    assert not is_new(made, KNOWN)
    longer_title = KNOWN | told_words("گزارش تازهٔ خبرنگار ما درباره روزهای پرباران هفته و کشتزارها")
    assert is_new(made, longer_title)
    assert not is_new(made, longer_title, KNOWN)


def test_the_opening_of_an_event_is_no_bullet_of_its_own() -> None:
    told = "آب سد نمونه برای کشاورزان روستاهای پایین‌دست شهر رها می‌شود."
    assert bullet(told) == told
    assert bullet("شهردار قم دیروز با حضور در جمع مردم از سد نمونه بازدید کرد.") is None
    assert bullet("آب سد نمونه با حضور مدیران برای کشاورزان روستاهای پایین‌دست رها می‌شود.") is None


def test_one_of_the_other_things_is_told_of_more_than_is_there() -> None:
    assert bullet("کاشت ۲۰ درخت در سد نمونه از برنامه‌های دیگر امروز بود.") is None


def test_a_minute_of_a_match_is_none_as_the_next_may_have_turned_it() -> None:
    assert bullet("دقیقه ۷۸: تیم قم با شوتی از راه دور به گل رسید.") is None
