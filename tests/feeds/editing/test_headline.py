"""A headline promises only what the post has."""

from __future__ import annotations

import pytest

from feeds.editing import headline
from feeds.models import Kind


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("سد نمونه پر شد/آب به شهر می‌رسد", "سد نمونه پر شد / آب به شهر می‌رسد"),
        ("سد نمونه پر شد/ ۱۲ روستا آب دارند", "سد نمونه پر شد / ۱۲ روستا آب دارند"),
        ("سد نمونه پر شد/۲ روستا آب دارند", "سد نمونه پر شد / ۲ روستا آب دارند"),
        ("لیگ برتر| برد خانگی قم", "لیگ برتر | برد خانگی قم"),
        ("در سال ۸۵/۸۶ آب کم شد", "در سال ۸۵/۸۶ آب کم شد"),
        ("افزایش ۱/۵ درصدی در سال ۸۵/۸۶", "افزایش ۱/۵ درصدی در سال ۸۵/۸۶"),
        ("پروتکل TCP/IP و/یا جایگزین آن", "پروتکل TCP/IP و/یا جایگزین آن"),
        ("سد نمونه پر شد + فیلم", "سد نمونه پر شد"),
        ("سد نمونه پر شد+فیلم و عکس", "سد نمونه پر شد"),
        ("سد نمونه پر شد (عکس)", "سد نمونه پر شد"),
        ("سد نمونه پر شد (+ تصاویر)", "سد نمونه پر شد"),
        ("سد نمونه پر شد+جزئیات", "سد نمونه پر شد"),
        ("سد نمونه پر شد/ فیلم", "سد نمونه پر شد"),
        ("سد نمونه پر شد+ فیلم/ آب به شهر می‌رسد", "سد نمونه پر شد / آب به شهر می‌رسد"),
        ("فیلم تازهٔ کارگردان قمی (س) اکران شد", "فیلم تازهٔ کارگردان قمی (س) اکران شد"),
        ("نمایشگاه عکس و فیلم", "نمایشگاه عکس و فیلم"),
        ("+فیلم", "+فیلم"),
        ("فوری |", "فوری |"),
        ("", ""),
    ],
)
def test_kicker_and_headline_are_parted_and_empty_promises_go(title: str, shown: str) -> None:
    assert headline.read(title, pictured=False).text == shown


def test_a_promised_picture_that_is_there_stays_and_a_film_never_is() -> None:
    assert headline.read("سد نمونه پر شد (عکس)", pictured=True).text == "سد نمونه پر شد (عکس)"
    assert headline.read("سد نمونه پر شد + فیلم", pictured=True).text == "سد نمونه پر شد"


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("گزارش تصویری | جشن انار", "جشن انار", Kind.PHOTO),
        ("عکس/ جشن انار", "جشن انار", Kind.PHOTO),
        ("گزارش تصویری از جشن انار", "گزارش تصویری از جشن انار", Kind.PHOTO),
        ("فیلم | جشن انار", "جشن انار", Kind.VIDEO),
        ("ببینید | جشن انار", "جشن انار", Kind.VIDEO),
        ("پادکست: جشن انار", "جشن انار", Kind.AUDIO),
        ("یادداشت | جشن انار", "یادداشت | جشن انار", Kind.OPINION),
        ("جشن انار", "جشن انار", Kind.NEWS),
        ("عکس یادگاری با انار", "عکس یادگاری با انار", Kind.NEWS),
    ],
)
def test_a_mark_ahead_says_what_kind_of_article_it_is(title: str, text: str, kind: Kind) -> None:
    read = headline.read(title, pictured=False)
    assert (read.text, read.kind) == (text, kind)


@pytest.mark.parametrize("mark", ["فوری | ", "فوری/", "فوری: ", "خبر فوری - "])
def test_a_breaking_headline_is_urgent_without_the_word(mark: str) -> None:
    read = headline.read(f"{mark}سد نمونه پر شد", pictured=False)
    assert (read.text, read.urgent) == ("سد نمونه پر شد", True)
