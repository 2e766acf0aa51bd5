from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.editing import summary
from feeds.text import sentences

TITLE = "بهره‌برداری از سه مدرسه در شهرستان کوهرنگ"
LEAD = "مدیرکل نوسازی مدارس استان از بهره‌برداری از سه مدرسه در شهرستان کوهرنگ خبر داد."
REPORT = (
    "به گزارش خبرنگار مهر، بهرام مرادی پیش از ظهر امروز در جمع خبرنگاران اظهار کرد: این سه مدرسه ۲۷ کلاس درس دارند."
)
PRONOUN = "وی افزود: ساخت مدرسه‌های کوهرنگ با کمک خیران انجام شده است."
REST = "هوای منطقه در روزهای آینده سردتر می‌شود. همچنین راه‌های روستایی باز است."
END = "انتهای پیام"
BODY = f"{REPORT}\n\n{PRONOUN}\n\n{REST}\n\n{END}"
WITH_LEAD = f"شهرکرد – {LEAD}\n\n{BODY}"


def test_the_dateline_is_taken_off_and_named() -> None:
    story = summary.read(TITLE, WITH_LEAD)
    assert story.dateline == "شهرکرد"
    assert story.lead == LEAD
    assert story.body.startswith(LEAD)


@pytest.mark.parametrize("credit", ["تهران - ایرنا - ", "خبرگزاری مهر - ", "خبرگزاری ایسنا: ", "قم- "])
def test_the_agency_s_credit_is_no_part_of_the_lead(credit: str) -> None:
    assert summary.read(TITLE, credit + LEAD).lead == LEAD


def test_boilerplate_is_dropped_and_what_it_opened_stays() -> None:
    body = summary.read(TITLE, BODY).body
    assert "به گزارش" not in body
    assert "انتهای پیام" not in body
    assert "این سه مدرسه ۲۷ کلاس درس دارند" in body


def test_an_interview_is_shortened_to_its_speaker() -> None:
    body = "علی رضایی در گفت‌وگو با خبرنگار مهر با اشاره به بارش‌ها گفت: راه‌ها باز است."
    assert summary.read("", body).body == "علی رضایی با اشاره به بارش‌ها گفت: راه‌ها باز است."


def test_a_lead_given_apart_comes_first_and_once() -> None:
    assert summary.read(TITLE, BODY, LEAD).body.startswith(LEAD)
    assert summary.read(TITLE, WITH_LEAD, LEAD).body.count(LEAD) == 1


def test_the_lead_is_kept_whole_and_the_facts_do_not_repeat_it() -> None:
    made = summary.summarize(TITLE, WITH_LEAD)
    assert made.lead == LEAD
    assert made.facts
    assert LEAD not in made.facts


def test_without_a_lead_the_title_chooses() -> None:
    body = f"{REST}\n\nکوهرنگ صاحب سه مدرسه تازه شد و بهره‌برداری از آنها آغاز شده است.\n\nپایان گزارش هواست."
    assert "کوهرنگ صاحب سه مدرسه" in summary.summarize(TITLE, body, budget=80).text


def test_a_pronoun_without_its_sentence_gets_its_name() -> None:
    body = f"{REPORT}\n\nمتن دیگری که ربطی ندارد و بسیار دراز است.\n\n{PRONOUN}"
    text = summary.summarize("ساخت مدرسه‌های کوهرنگ با کمک خیران", body, budget=90).text
    assert text == "بهرام مرادی افزود: ساخت مدرسه‌های کوهرنگ با کمک خیران انجام شده است."


def test_a_pronoun_that_nobody_explains_is_left_out() -> None:
    assert not re.match("وی|او", summary.summarize("مدرسه", "وی افزود: مدرسه ساخته شد. مدرسه‌ای دیگر هم هست.").text)


@pytest.mark.parametrize("budget", [1, 40, 80, 120, 200, 350, 1000])
def test_the_budget_is_kept_in_utf16_units(budget: int) -> None:
    made = summary.summarize(TITLE, WITH_LEAD.replace("خبر داد", "خبر داد 😀"), budget=budget)
    assert len(made.text.encode("utf-16-le")) // 2 <= budget


def test_a_lead_longer_than_the_budget_is_cut_between_its_sentences() -> None:
    lead = "جمله نخست این است. جمله دوم که بسیار درازتر است در ادامه می‌آید و پایان ندارد."
    assert summary.summarize(TITLE, BODY, lead=lead, budget=30).text == "جمله نخست این است."


def test_no_article_has_no_summary() -> None:
    assert summary.summarize("", "").text == ""


@given(
    st.lists(st.sampled_from([LEAD, REPORT, PRONOUN, *sentences.split(REST), END, "خبر؟", "«نقل. قول.»"]), max_size=8)
)
@settings(deadline=None)
def test_every_sentence_of_a_summary_ends_as_one_of_the_text(parts: list[str]) -> None:
    body = "\n\n".join(parts)
    made = summary.summarize(TITLE, body)
    endings = {sentence[-12:] for sentence in sentences.split(body)}
    assert all(sentence[-12:] in endings for sentence in (made.lead, *made.facts) if sentence)


@given(st.text(max_size=200), st.text(max_size=400), st.integers(1, 400))
@settings(deadline=None)
def test_any_text_is_answered_within_the_budget(title: str, body: str, budget: int) -> None:
    made = summary.summarize(title, body, budget=budget)
    assert len(made.text.encode("utf-16-le", "surrogatepass")) // 2 <= budget


def test_a_desk_ahead_of_the_text_is_no_place_and_a_band_is_no_desk() -> None:
    desk = summary.read("سد پر شد", "گروه استان‌ها - سد پر شد.")
    assert (desk.dateline, desk.body) == ("", "سد پر شد.")
    assert summary.read("سد پر شد", "گروه جامعه خبرگزاری میزان - سد پر شد.").body == "سد پر شد."
    band = summary.read("سد پر شد", "گروه سرود قم - برگزیدهٔ جشنواره - به سد رفت.")
    assert "گروه سرود قم" in f"{band.dateline} {band.body}"


def test_no_question_sums_an_article_up() -> None:
    title = "آب روستاهای نمونه"
    told = "هر هفته نمونه‌های تازه به آزمایشگاه شهر می‌رود و پاسخ آن‌ها خوب است."
    asked = "سارا نمونه دربارهٔ اینکه آیا آب روستاهای نمونه پاکیزه است و چه کسی آن را می‌سنجد؟"
    made = summary.summarize(title, f"{told}\n\n{asked}\n\n{told}").text
    assert told in made
    assert asked not in made
