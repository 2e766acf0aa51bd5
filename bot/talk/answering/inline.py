"""Articles as the results of an inline query: `@bot قم سیل` in any chat. Pure, within the Bot API's limits."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from bot.posts import markup
from bot.posts.links import deep_link, is_public, linkable, safe_link
from bot.posts.measure import clean, rtl, shorten
from bot.posts.spans import Line, Span
from bot.talk import texts
from bot.talk.answering import phrases
from feeds.models import Article
from feeds.provinces import gazetteer

PAGE = 20
"""Results of an answer; Telegram takes fifty, and asks for more as a person scrolls."""
_LONGEST_TITLE, _LONGEST_SUMMARY, _LONGEST_TEXT = 200, 180, 900


def results(articles: Sequence[Article], *, zone: ZoneInfo, base_url: str, bot: str) -> list[InlineQueryResultArticle]:
    """Each article with its title, its summary and its picture.

    Args:
        articles: What was found.
        zone: Where the readers' clocks are.
        base_url: Of our own pages.
        bot: The bot's username, to which a button leads.
    """
    return [_result(article, zone, base_url, bot) for article in articles]


def _result(article: Article, zone: ZoneInfo, base_url: str, bot: str) -> InlineQueryResultArticle:
    title = shorten(clean(article.title).replace("\n", " "), _LONGEST_TITLE) or "…"
    summary = shorten(clean(article.summary.lead).replace("\n", " "), _LONGEST_SUMMARY)
    image = safe_link(article.image.url) if article.image else ""
    picture = image if is_public(image) else ""
    button = InlineKeyboardButton(texts.INLINE_READ, url=deep_link("telegram", bot, f"a_{article.uid}"))
    return InlineQueryResultArticle(
        article.uid,
        title,
        content(_message(article, title, zone, base_url), picture),
        reply_markup=InlineKeyboardMarkup([[button]]),
        description=" — ".join(part for part in (_where(article), summary) if part),
        thumbnail_url=picture or None,
    )


def content(lines: Sequence[Line], picture: str = "") -> InputTextMessageContent:
    """A message that is sent in the name of whoever asked, with a picture above it."""
    preview = LinkPreviewOptions(url=picture, prefer_large_media=True, show_above_text=True)
    return InputTextMessageContent(
        markup.html(lines),
        parse_mode=ParseMode.HTML,
        link_preview_options=preview if picture else LinkPreviewOptions(is_disabled=True),
    )


def _where(article: Article) -> str:
    """What a person goes by in a list without room: the agency and the province."""
    provinces = [gazetteer.by_slug(slug).name for slug in article.provinces[:1]]
    return "، ".join(part for part in (clean(article.agency), *provinces) if part)


def _message(article: Article, title: str, zone: ZoneInfo, base_url: str) -> list[Line]:
    """What is sent into the chat: the title, the lead, and who said it when."""
    address = phrases.address_of(article, base_url)
    head = Span(title, "a", address) if linkable(address) else Span(title, "b")
    lines: list[Line] = [rtl((Span("🔹 "), head))]
    if lead := shorten(clean(article.summary.lead).replace("\n", " "), _LONGEST_TEXT):
        lines += [(), rtl((Span(lead),))]
    byline = " · ".join(part for part in (clean(article.agency), phrases.when(article, zone)) if part)
    return [*lines, (), rtl((Span(f"📰 {byline}"),))]
