"""Lead and bullets of a post."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.editing import post
from feeds.editing.story import read

TITLE = "بهره‌برداری از سه مدرسه در شهرستان کوهرنگ"
LEAD = "مدیرکل نوسازی مدارس استان از بهره‌برداری از سه مدرسه در شهرستان کوهرنگ خبر داد."
REPORT = (
    "به گزارش خبرنگار مهر، بهرام مرادی پیش از ظهر امروز در جمع خبرنگاران اظهار کرد: این سه مدرسه ۲۷ کلاس درس دارند."
)
PRONOUN = "وی افزود: ساخت مدرسه‌های کوهرنگ با کمک خیران انجام شده است."
REST = "هوای منطقه در روزهای آینده سردتر می‌شود. همچنین راه‌های روستایی باز است."
BODY = f"{REPORT}\n\n{PRONOUN}\n\n{REST}\n\nانتهای پیام"


def test_a_post_has_its_lead_and_bullets_within_budgets_of_their_own() -> None:
    facts = [
        f"ساخت مدرسهٔ شمارهٔ {n} در روستای {name} {n + 5} ماه زمان برد."
        for n, name in enumerate(["الف", "ب", "پ", "ت", "ث"])
    ]
    made = post.summarize(TITLE, read(TITLE, f"شهرکرد – {LEAD}\n\n" + "\n\n".join(facts)))
    assert made.lead == LEAD
    assert 1 <= len(made.facts) <= post.MOST_FACTS
    assert sum(map(len, made.facts)) <= post.FACTS_BUDGET
    assert set(made.facts) <= set(facts)


def test_a_post_without_a_lead_opens_as_its_report_does() -> None:
    made = post.summarize(TITLE, read(TITLE, f"{REPORT}\n\n{PRONOUN}\n\n{REST}"))
    assert made.lead == REPORT.removeprefix("به گزارش خبرنگار مهر، ")


def test_a_long_lead_of_one_sentence_stays_whole_and_more_sentences_go_to_the_text() -> None:
    long = "مدیرکل نوسازی مدارس استان از بهره‌برداری از سه مدرسه خبر داد و " * 5 + "گفت."
    assert post.summarize(TITLE, read(TITLE, BODY, long)).lead == long
    assert post.summarize(TITLE, read(TITLE, BODY, f"{LEAD} {long}")).lead == LEAD


def test_a_bullet_names_in_full_whom_the_lead_calls_by_an_office() -> None:
    more = "مرادی گفت: دو کارگاه کشاورزی هم در سال آینده ساخته می‌شود."
    facts = post.summarize(TITLE, read(TITLE, f"{BODY}\n\n{more}", LEAD)).facts
    assert facts[0].startswith("بهرام مرادی ")
    assert more in facts or more.replace("مرادی", "بهرام مرادی", 1) in facts


LISTED = "ساعت کار کتابخانه‌های شهر در تابستان به این شرح است:"


def test_a_lead_that_opens_a_list_has_its_first_items_for_bullets() -> None:
    items = ["- کتابخانهٔ مرکزی: ۸ تا ۲۰", "- کتابخانهٔ کودک: ۹ تا ۱۵", "- کتابخانهٔ پارک: ۱۰ تا ۱۸", "- سیار: پنجشنبه‌ها"]
    made = post.summarize("ساعت کار کتابخانه‌ها", read("ساعت کار کتابخانه‌ها", "\n\n".join([LISTED, *items])))
    assert made.lead == LISTED
    assert made.facts == tuple(item.removeprefix("- ") for item in items[:3])


def test_a_table_of_prices_or_results_gives_its_first_rows_where_nothing_else_is_to_be_told() -> None:
    prices = [
        "نیم‌سکه: ۴۵ میلیون تومان",
        "ربع سکه: ۲۶ میلیون تومان",
        "سکه گرمی: ۱۳ میلیون تومان",
        "نقره: ۲ میلیون تومان",
    ]
    lead = "بهای سکه در بازار شهر امروز بالا رفت."
    made = post.summarize("بهای سکه", read("بهای سکه", "\n\n".join(["هر سکه گران‌تر شد.", *prices]), lead))
    assert made.facts == tuple(prices[:3])
    results = ["مس قم ۲ - آب یزد ۱", "سد کاشان ۰ - راه ساوه ۰", "باد خوی ۳ - برق نور ۱"]
    assert post.summarize("نتیجه‌ها", read("نتیجه‌ها", "\n\n".join(["نتیجه‌ها:", *results]), lead)).facts == tuple(results)
    for few in (prices[:2], ["تلفن: ۰۲۵۳۳۱۲۳۴۵۶", "کد: ۱۲۳", "نوبت: ۲"]):
        assert post.summarize("بهای سکه", read("بهای سکه", "\n\n".join(few), lead)).facts == ()


def test_a_lead_that_opens_a_speech_takes_its_first_sentence_along() -> None:
    body = "شهردار در آیین گشایش کتابخانه گفت:\n\nاین کتابخانه با کمک مردم ساخته شد و برای همه رایگان است."
    made = post.summarize("گشایش کتابخانه", read("گشایش کتابخانه", body))
    assert made.lead.endswith("رایگان است.")
    assert made.facts == ()


ASKED = "مدیرکل نوسازی مدارس در پاسخ به این پرسش که آیا مدرسه‌های کوهرنگ امسال باز می‌شود یا نه؟"
ANSWERED = "گفت: مدرسه‌های کوهرنگ در سه روستای شهرستان از ۲۰ مهر باز می‌شود."


def test_a_question_that_somebody_is_asked_is_not_parted_from_its_answer() -> None:
    body = f"{REPORT}\n\n{ASKED} {ANSWERED}"
    assert post.summarize(TITLE, read(TITLE, f"{ASKED} {ANSWERED}", "")).lead.endswith(ANSWERED)
    assert not any("۲۰ مهر" in fact for fact in post.summarize(TITLE, read(TITLE, body, LEAD)).facts)


def test_no_post_of_a_text_is_empty() -> None:
    for body in ("فهرست نام‌ها:", "چه شد؟", "گزارش تصویری", "انتهای پیام"):
        assert post.summarize(TITLE, read(TITLE, body)).lead


@given(st.text(max_size=300), st.text(max_size=500), st.text(max_size=200))
@settings(deadline=None)
def test_any_text_makes_a_post(title: str, body: str, lead: str) -> None:
    made = post.summarize(title, read(title, body, lead))
    assert len(made.facts) <= post.MOST_FACTS
