"""What followers get: whole, in order, right-to-left, and within Telegram's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bidi.algorithm import get_base_level
from newsroom import draft
from telegram_server.parser import parse

from bot.posts import personal
from bot.posts.payload import Payload
from bot.posts.style import Style
from feeds.models import Article, DeliveryKind
from feeds.pipeline import unstored

NOW = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
TEHRAN = ZoneInfo("Asia/Tehran")


def article(number: int, *, title: str = "", **facts: object) -> Article:
    made = unstored(draft(number), NOW)
    published = NOW - timedelta(hours=1)
    told = replace(made, id=number, uid=f"{number:016x}", published=published, title=title or made.title)
    return replace(told, **facts)


def digest(*articles: Article, **settings: object) -> Payload:
    return personal.digest(
        articles, now=NOW, zone=TEHRAN, base_url="https://chapar.example", **{"style": Style(), **settings}
    )


def lines(payload: Payload) -> list[str]:
    return parse(payload.html, "HTML").text.splitlines()


def is_rtl(payload: Payload) -> bool:
    return all(get_base_level(line) == 1 for line in lines(payload) if line.strip())


def test_a_digest_has_breaking_news_first_and_then_the_provinces_each_with_its_own() -> None:
    told = digest(
        article(1, provinces=("gilan",)),
        article(2, provinces=("qom",)),
        article(3, provinces=()),
        article(4, provinces=("qom",), urgent=True),
        article(5, provinces=("qom",)),
    )
    shown = lines(told)
    heads = [line for line in shown if line.startswith(("📍", "🔴")) or "📍" in line or "🔴" in line]
    assert [head.split(" ", 1)[1] for head in heads] == ["فوری", "گیلان", "قم", "سراسر کشور"]
    assert shown.index(heads[2]) < next(i for i, line in enumerate(shown) if "شمارهٔ 5" in line)
    assert is_rtl(told)


def test_what_goes_on_with_a_story_stands_below_its_newest() -> None:
    told = lines(digest(article(1), article(2), article(3), stories={3: 1}))
    at = next(i for i, line in enumerate(told) if "شمارهٔ 3" in line)
    assert "پیش‌تر" in told[at + 1]
    assert "شمارهٔ 1" in told[at + 1]
    assert sum("شمارهٔ 1 " in line for line in told) == 1


@pytest.mark.parametrize("title", ["عنوان " * 40, "A Latin title " * 10, "<b>&amp; \u202e" * 9, "۱۲۳", "🔹"])
def test_a_digest_of_any_titles_is_parsed_and_fits(title: str) -> None:
    many = [article(number, title=title, url="https://news.example.com/" + "ق" * 300) for number in range(1, 200)]
    messages = personal.parts(many)
    assert sorted(one.id for part in messages for one in part) == [one.id for one in many]
    for part in messages:
        told = digest(*part, part=(2, len(messages)))
        parsed = parse(told.html, "HTML")
        assert len(parsed.text.encode("utf-16-le")) // 2 <= 4096
        assert len(told.html.encode()) <= 32_768
        assert len(parsed.entities) <= 100
        assert is_rtl(told)
        assert sum(entity["type"] == "text_link" for entity in parsed.entities) == len(part)


def test_digits_are_as_the_reader_wants_them() -> None:
    assert "20:00" in "".join(lines(digest(article(1), style=Style(digits="latin"))))


@pytest.mark.parametrize("kind", [DeliveryKind.ALERT, DeliveryKind.CORRECTION, DeliveryKind.RETRACTION])
def test_a_letter_of_a_long_article_says_what_it_is_and_fits(kind: DeliveryKind) -> None:
    retracted = NOW if kind is DeliveryKind.RETRACTION else None
    long = article(1, body="جمله‌ای که در آن چیزی نوشته شده است. " * 300, retracted=retracted)
    told = personal.letter(long, kind, link="https://news.example.com/1", zone=TEHRAN, style=Style(), reply_to=7)
    parsed = parse(told.html, "HTML")
    assert len(parsed.text.encode("utf-16-le")) // 2 <= 4096
    assert is_rtl(told)
    assert told.reply_to == 7
    follows = [button.data for row in told.buttons for button in row if button.data]
    assert follows == ([f"f:s:{long.uid}"] if kind is DeliveryKind.ALERT else [])
    said = {DeliveryKind.CORRECTION: "اصلاح شد", DeliveryKind.RETRACTION: "تکذیب شد"}.get(kind, "شمارهٔ 1")
    assert said in parsed.text
