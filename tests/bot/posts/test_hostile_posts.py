"""Articles that mean harm: each is delivered, Telegram's parser takes each, and nothing is lost silently."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from newsroom import CHANNEL, TEHRAN, draft
from telegram_server.api import Api
from telegram_server.limits import Limits

from bot.posts.links import linkable, safe_link
from bot.posts.message import render
from bot.posts.payload import visible_text
from feeds.models import Article, Draft, Summary

POISON = (
    "<b>",
    "</b>",
    "<a href='",
    '"><script>alert(1)</script>',
    "&amp;lt;",
    "&#x202e;",
    "\u202e",
    "\u2066",
    "\x00",
    "\x1b[31m",
    "\ufeff",
    "\u2028",
    "\ud83d",
    "😀" * 50,
    "🇮🇷",
    "ℹ️",
    "<blockquote expandable>",
    "</blockquote></blockquote>",
    "<tg-spoiler>",
    "<!-- ",
    "]]>",
    "{{ 7*7 }}",
    "%s%n",
    "‌‌‌",
    "\u0301" * 40,
    "ق" * 3000,
    "a b " * 2000,
    "جملهٔ کوتاه. " * 900,
    "قم، تهران",
    "RT @user #tag https://e.com/x?y=<z>",
    "\r\n\r\n",
    "\t",
)
ADDRESSES = (
    "https://news.example.com/{}",
    "http://{}.example.com/",
    "javascript:{}",
    "//{}",
    "https://{}",
    "http://localhost/{}",
    "http://intranet/{}",
    "{}",
)


def words(rng: random.Random, most: int) -> str:
    return " ".join(rng.choice(POISON) for _ in range(rng.randint(0, most)))


def hostile(number: int, rng: random.Random) -> Article:
    written: Draft = draft(number)
    lead = words(rng, 3)
    return Article(
        id=number,
        uid=f"{number:016x}",
        source="tests",
        key=str(number),
        revision=1,
        title=words(rng, 5) + (" بلند" * 20_000 if rng.random() < 0.01 else ""),
        lead=lead,
        body=f"{lead}\n\n" + "\n\n".join(words(rng, 4) for _ in range(rng.randint(0, 5))),
        summary=Summary(lead, (words(rng, 2),)),
        provinces=written.provinces,
        published=written.document.published,
        day_only=rng.random() < 0.5,
        updated=written.document.published,
        ingested=written.document.published,
        url=rng.choice(ADDRESSES).format(words(rng, 2)),
        agency=words(rng, 2),
        urgent=rng.random() < 0.1,
    )


@pytest.mark.parametrize("count", [200, pytest.param(5000, marks=pytest.mark.slow)])
def test_hostile_articles_are_all_delivered(count: int) -> None:
    rng, api = random.Random(5), Api(limits=Limits(overall=(10**9, 1), group=(10**9, 1)))
    channel = api.add_channel(CHANNEL)
    for number in range(count):
        article = hostile(number, rng)
        page = f"https://chapar.example.com/a/{article.uid}"
        link = safe_link(article.url) or page
        payload = render(article, link=link, zone=TEHRAN, handle="@qom_news")
        parameters = {"chat_id": CHANNEL, "text": payload.html, "parse_mode": "HTML"}
        answer = api.answer(api.token, "sendMessage", parameters)
        assert answer["ok"], answer
        message = channel.messages[number + 1]
        assert message.text.split() == visible_text(payload.html).split()
        assert link in (message.links if linkable(link) else message.text)
        edit = {"chat_id": CHANNEL, "message_id": number + 1, "text": payload.plain}
        plain = api.answer(api.token, "editMessageText", edit)
        assert plain["ok"] or "not modified" in plain["description"], plain


def test_an_article_of_nothing_still_says_when_and_whose() -> None:
    article = replace(hostile(1, random.Random(1)), title="\x00", lead="", body="", summary=Summary(""), agency="")
    html = render(article, link="", zone=TEHRAN).html
    assert "بدون عنوان" in html
    assert "🕐" in html
