"""A whole article in messages: nothing lost, nothing cut, right-to-left, within both platforms' limits."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bidi.algorithm import get_base_level
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram_server.parser import parse

from bot.posts import bale
from bot.posts.markup import html, plain
from bot.posts.measure import utf16
from bot.posts.message import TEXT_LIMIT
from bot.talk import texts
from bot.talk.answering import whole
from bot.talk.answering.whole import MOST, Told
from feeds.models import Article, Summary

NOW = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
TEHRAN = ZoneInfo("Asia/Tehran")
PIECES = [
    "متن",
    "سیل در قم آمد.",
    "CNG",
    "۱۲۰ نفر",
    "<b>&",
    "https://a.example/x.",
    "*ستاره* _زیر_",
    "🙂",
    "\n",
    "\n\n",
    "ک" * 50,
]


def article(body: str, title: str = "سیل در قم") -> Article:
    return Article(
        id=1, uid="0123456789abcdef", source="tests", key="a", revision=1, title=title, lead="", body=body,
        summary=Summary(body[:50]), provinces=("qom",), published=NOW, day_only=False, updated=NOW, ingested=NOW,
        url="https://agency.example.com/1", agency="مهر",
    )  # fmt: skip


def parts(body: str) -> list[str]:
    shown = whole.messages(Told(article(body)), zone=TEHRAN, base_url="https://chapar.example.com")
    for reply in shown:
        assert utf16(bale.written(reply.lines)) <= TEXT_LIMIT
        assert parse(html(reply.lines), "HTML").text.strip()
    return [plain(reply.lines) for reply in shown]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=400), st.integers(1, 40))
def test_every_word_of_any_text_is_there_in_order_and_every_line_runs_from_the_right(
    pieces: list[str], times: int
) -> None:
    body = " ".join(pieces * (times if len(pieces) < 40 else 1))
    shown = parts(body)
    text = "\n".join(shown)
    for line in text.split("\n"):
        assert not line or get_base_level(line) == 1, line
    if len(shown) < MOST:
        told = re.sub(r"[\s\u200f]", "", text)
        assert re.sub(r"\s", "", body) in told


def test_a_short_article_is_one_message_with_its_source() -> None:
    (only,) = parts("سیل در قم آمد.")
    assert only.splitlines()[0] == "🔹 سیل در قم"
    assert only.splitlines()[-1] == "#استان_قم"
    assert "📰 مهر" in only


def test_a_paragraph_without_end_is_parted_at_its_sentences() -> None:
    shown = parts(" ".join(f"جملهٔ شمارهٔ {number} از این بند بلند." for number in range(400)))
    assert len(shown) > 2
    assert all(part.rstrip().endswith(".") for part in shown[:-1])


def test_a_book_ends_with_the_way_to_its_page() -> None:
    shown = parts("\n".join(f"بند {number} " + "واژه " * 300 for number in range(200)))
    assert len(shown) <= MOST + 1
    assert texts.REST_ON_PAGE in shown[-1]
