"""A day of a province is sent as a file that is read without a connection."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bidi.algorithm import get_base_level
from conversation import Conversation, conversation
from telegram_server.chats import Message

from bot.talk import texts
from feeds.models import Document, Draft, Summary

READER = 7001


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with conversation(tmp_path) as talking:
        yield talking


def save(talk: Conversation, title: str, *, days: float = 0.0) -> None:
    moment = datetime.now(UTC) - timedelta(days=days, seconds=1)
    document = Document("tests", title, title, "متن خبر آمد.", moment, fingerprint=title)
    draft = Draft(document, title, "متن خبر آمد.", "متن خبر آمد.", Summary("متن خبر آمد."), ("qom",), "مهر")
    talk.store.articles.save(draft, [], datetime.now(UTC))


async def answer(talk: Conversation, words: str) -> Message:
    before = len(talk.api._private(READER).history) + 1
    talk.api.say(words, user=READER)
    await talk.until(lambda: len(talk.api._private(READER).history) > before)
    return talk.api._private(READER).history[-1]


async def test_a_day_of_a_province_comes_as_one_page_or_as_a_book(talk: Conversation) -> None:
    save(talk, "پل قم باز شد", days=1.0)
    page = await answer(talk, "/edition قم دیروز")
    assert page.document
    assert page.document.name.startswith("chapar-qom-")
    assert page.document.name.endswith(".html")
    assert "پل قم باز شد" in page.document.data.decode()
    assert page.caption.startswith("📄 خبرهای استان قم،")
    assert get_base_level(page.caption) == 1
    book = await answer(talk, "/edition قم دیروز epub")
    assert book.document
    assert book.document.name.endswith(".epub")
    assert zipfile.ZipFile(io.BytesIO(book.document.data)).testzip() is None


async def test_without_news_today_it_is_the_day_before(talk: Conversation) -> None:
    save(talk, "پل قم باز شد", days=1.0)
    assert (await answer(talk, "/edition قم")).document


@pytest.mark.parametrize("words", ["/edition یزد", "/edition قم ۱ فروردین ۱۴۰۰", "/edition"])
async def test_where_there_is_no_news_the_bot_says_so(talk: Conversation, words: str) -> None:
    empty = await answer(talk, words)
    assert empty.document is None
    assert "هنوز خبری نیست" in empty.text


@pytest.mark.parametrize(
    "words",
    ["/edition خراسان", "/edition سیل", "/edition قم هفته گذشته", "/edition قم و یزد", "/edition '; DROP TABLE"],
)
async def test_what_names_no_single_province_and_day_is_told_how(talk: Conversation, words: str) -> None:
    assert (await answer(talk, words)).text.startswith(texts.EDITION_HOW[:20])
