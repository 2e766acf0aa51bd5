"""What kind of article it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feeds.editing.kinds import is_question, kind_of
from feeds.models import Document, Kind

LONG = "باران بارید و رودها پر شد. " * 40
TALK = "چرا این کار را آغاز کردید؟\n\nدوستش داشتم.\n\nچه کسی کمک کرد؟\n\nهمه.\n\nبرنامهٔ بعدی چیست؟\n\nکتاب."


def document(**told: str) -> Document:
    title = told.pop("title", "")
    return Document("s", "k", title, "", datetime(2025, 9, 24, tzinfo=UTC), **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "marked", "body", "kind"),
    [
        ({}, Kind.NEWS, LONG, Kind.NEWS),
        ({"section": "عکس > استان‌ها"}, Kind.NEWS, "", Kind.PHOTO),
        ({"section": "عکس"}, Kind.NEWS, LONG, Kind.NEWS),
        ({"url": "https://example.org/photo/123456/جشن"}, Kind.NEWS, "", Kind.PHOTO),
        ({"url": "https://example.org/video/123456/جشن"}, Kind.NEWS, "", Kind.VIDEO),
        ({}, Kind.PHOTO, "جشن انار.", Kind.PHOTO),
        ({}, Kind.PHOTO, LONG, Kind.NEWS),
        ({"section": "یادداشت"}, Kind.NEWS, LONG, Kind.OPINION),
        ({}, Kind.NEWS, TALK, Kind.INTERVIEW),
        ({"title": "گفت‌وگو با سارا نمونه"}, Kind.NEWS, "چرا نوشتید؟\n\n" + LONG, Kind.INTERVIEW),
        ({"title": "گفت‌وگو با همسایگان"}, Kind.NEWS, LONG, Kind.NEWS),
    ],
)
def test_an_article_s_kind_is_read_from_all_that_tells_it(
    told: dict[str, str], marked: Kind, body: str, kind: Kind
) -> None:
    assert kind_of(document(**told), marked, body) is kind


def test_a_question_is_an_interviewer_s_unless_somebody_is_said_to_ask() -> None:
    assert is_question("ایسنا: چرا این کار را آغاز کردید؟")
    assert is_question("نمایش «کی بود؟» چه نقشی داشت؟")
    assert is_question("خیلی خوب. چرا این کار را آغاز کردید؟")
    assert not is_question("سارا نمونه گفت: چرا این کار را آغاز نکنیم؟")
    assert not is_question("این کار آغاز شد.")
