"""A speaker whom neither lead nor office introduces would be taken for the one whom the lead speaks of."""

from __future__ import annotations

import pytest

from feeds.editing import post
from feeds.editing.story import read

TITLE = "سه مدرسه در کوهرنگ باز شد"
LEAD = "فرماندار کوهرنگ گفت: سه مدرسه در این شهرستان به بهره‌برداری رسید."
HOLDER = "بهرام مرادی امروز در جمع خبرنگاران اظهار کرد: این مدرسه‌ها ۲۷ کلاس درس دارند و چهار سال در دست ساخت بودند."


def facts(*paragraphs: str, lead: str = LEAD) -> tuple[str, ...]:
    return post.summarize(TITLE, read(TITLE, "\n\n".join(paragraphs), lead)).facts


def test_the_first_who_is_named_is_the_one_whom_the_lead_calls_by_his_office() -> None:
    assert facts(HOLDER, "مرادی گفت: دو کارگاه کشاورزی در سال آینده ساخته می‌شود.") == (
        HOLDER,
        "مرادی گفت: دو کارگاه کشاورزی در سال آینده ساخته می‌شود.",
    )


def test_another_is_introduced_by_the_office_that_the_text_gives_him() -> None:
    another = "سارا نمونه، معاون آموزش استان، هم در این آیین حضور داشت."
    said = "سارا نمونه گفت: ۴۰ آموزگار از مهر به روستاها می‌روند."
    assert "سارا نمونه، معاون آموزش استان، گفت: ۴۰ آموزگار از مهر به روستاها می‌روند." in facts(HOLDER, another, said)


def test_an_office_stands_for_a_name_where_both_are_too_long() -> None:
    office = "معاون پشتیبانی سازمان آموزش و پرورش استان چهارمحال"
    said = "سارا نمونه گفت: ۴۰ آموزگار تازه از آغاز مهر امسال به روستاهای شهرستان و شهرک‌ها می‌روند."
    assert f"{office} {said.removeprefix('سارا نمونه ')}" in facts(HOLDER, f"سارا نمونه، {office}، هم آمد.", said)


@pytest.mark.parametrize(
    "lead", ["سه مدرسه در شهرستان کوهرنگ باز شد.", LEAD], ids=["nobody speaks", "somebody else speaks"]
)
def test_who_is_introduced_nowhere_speaks_in_no_bullet(lead: str) -> None:
    said = "سارا نمونه گفت: ۴۰ آموزگار از مهر به روستاها می‌روند."
    first = "هوا در منطقه سرد است." if "گفت" not in lead else HOLDER
    assert not any("سارا" in fact for fact in facts(first, said, lead=lead))


def test_whom_another_s_office_precedes_is_not_the_lead_s() -> None:
    office = "رئیس راهداری استان گفت: راه روستایی هم تا ۲۰ آذر باز می‌شود."
    assert facts(office, "سارا نمونه افزود: ۴۰ دستگاه راه را از برف پاک می‌کنند.") == (office,)


def test_an_office_that_does_not_surely_end_introduces_nobody() -> None:
    unsure = "سارا نمونه مدیر کارخانه آب را دیروز گشود."
    said = "سارا نمونه گفت: ۴۰ آموزگار از مهر به روستاها می‌روند."
    assert not any("آموزگار" in fact for fact in facts(HOLDER, unsure, said))


@pytest.mark.parametrize("holder", ["بهرام مرادی فرماندار کوهرنگ گفت: ۲۷ کلاس درس ساخته شد.", ""])
def test_a_stranger_is_none_where_the_office_s_holder_is_named_with_it(holder: str) -> None:
    lead = LEAD if holder else LEAD.replace("فرماندار", "بهرام مرادی فرماندار")
    said = "سارا نمونه گفت: ۴۰ آموزگار از مهر به روستاها می‌روند."
    assert not any("سارا" in fact for fact in facts(*filter(None, [holder]), "هوا سرد است.", said, lead=lead))


def test_another_office_that_speaks_too_leaves_the_lead_s_holder_as_he_is() -> None:
    too = "رئیس راهداری استان نیز گفت: راه روستایی تا ۲۰ آذر باز می‌شود."
    more = "مرادی گفت: دو کارگاه کشاورزی در سال آینده ساخته می‌شود."
    assert more in facts(HOLDER, too, more)
    his = too.replace("نیز ", "")
    assert not any("مرادی" in fact for fact in facts(HOLDER, his, more))


def test_an_office_in_passing_is_nobody_s_who_speaks() -> None:
    lead = "سه مدرسه در شهرستان کوهرنگ با حضور وزیر آموزش باز شد."
    assert facts(HOLDER, lead=lead) == ()
