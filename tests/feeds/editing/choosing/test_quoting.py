"""Somebody's words over more than one paragraph are never told as the agency's own."""

from __future__ import annotations

from feeds.editing import post
from feeds.editing.choosing.speakers import Voice, voices
from feeds.editing.story import read

ANSWER = "سالن ورزشی شهر ۲۰ سال است نیمه‌کاره مانده است."


def voice_of(*paragraphs: str) -> list[tuple[Voice, str]]:
    return [(said.voice, said.speaker) for said in voices([[paragraph] for paragraph in paragraphs])]


def test_the_answers_of_an_interview_are_nobody_s_that_is_proven() -> None:
    asked = "از کی ورزش را آغاز کردید؟", "از مسئولان چه می‌خواهید؟"
    body = "\n\n".join(["سارا نمونه قهرمان آسیاست و در شهر ما زندگی می‌کند.", asked[0], "از کودکی.", asked[1], ANSWER])
    assert post.summarize("قهرمان آسیا در شهر", read("قهرمان آسیا در شهر", body)).facts == ()
    assert voice_of(*asked, "آری.", ANSWER)[-1] == (Voice.CONTINUED, "")


def test_one_question_is_answered_by_the_next_paragraph_alone() -> None:
    told = voice_of("چرا آب شهر را قطع کردید؟", ANSWER, ANSWER)
    assert [voice for voice, _ in told] == [Voice.TOLD, Voice.CONTINUED, Voice.TOLD]


def test_a_question_that_is_a_subhead_is_answered_by_the_agency() -> None:
    said = "سارا نمونه مدیر موزه گفت: آری."
    told = voice_of(said, "چرا آب شهر قطع شد؟", "وی افزود: باران نبارید.", ANSWER)
    assert told[2:] == [(Voice.BACK, "سارا نمونه مدیر موزه"), (Voice.TOLD, "")]


def test_the_text_of_a_message_is_its_writer_s_until_the_agency_speaks_again() -> None:
    told = voice_of("متن پیام استاندار به این شرح است:", ANSWER, ANSWER, "گفتنی است، شهر ۲۰ سالن دارد.")
    assert [voice for voice, _ in told[1:]] == [Voice.CONTINUED, Voice.CONTINUED, Voice.TOLD]


def test_a_list_of_results_is_the_agency_s() -> None:
    assert voice_of("نتیجه‌ها به این شرح است:", "قم ۲ - یزد ۱", ANSWER)[-1] == (Voice.TOLD, "")


def test_a_quotation_goes_on_until_it_is_closed() -> None:
    told = voice_of("سارا نمونه گفت: «آب کم است.", ANSWER, "باران می‌آید.»", ANSWER)
    assert [voice for voice, _ in told[1:]] == [Voice.CONTINUED, Voice.CONTINUED, Voice.TOLD]


def test_a_speech_that_ends_its_paragraph_goes_on_in_the_next() -> None:
    told = voice_of("سارا نمونه مدیر موزه گفت:", ANSWER, ANSWER)
    assert told[1:] == [(Voice.CONTINUED, "سارا نمونه مدیر موزه"), (Voice.TOLD, "")]
