"""A whole article as messages: its text, split at paragraphs, with its picture above and its source below. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.posts import bale, story
from bot.posts.links import is_public, safe_link
from bot.posts.measure import clean, rtl, shorten, split, utf16
from bot.posts.message import TEXT_LIMIT
from bot.posts.spans import Line, Span
from bot.talk import texts
from bot.talk.answering import phrases
from bot.talk.listing import Reply
from feeds.models import Article
from feeds.provinces import gazetteer
from feeds.stories.disagreement import Disagreement

ROOM = TEXT_LIMIT - 96
"""UTF-16 units of a message's markup on the platform where it is longest; a little is left for the platform's whims."""
MOST = 25
"""Messages of an article; of a longer one the page has the rest."""
_LONGEST_TITLE = 500
_MOST_LINKS = 60
"""Addresses of an article that become links; Telegram knows a hundred entities in a message."""


@dataclass(frozen=True, slots=True)
class Told:
    """An article with what is known of its story."""

    article: Article
    corrected: datetime | None = None
    others: Sequence[Article] = ()
    """Those that tell the same, in the order of publication."""
    disagreements: Sequence[Disagreement] = field(default=())


def messages(told: Told, *, zone: ZoneInfo, base_url: str, follow: str = "") -> list[Reply]:
    """An article from its title to its source, in as many messages as it needs.

    Args:
        told: What to say.
        zone: Where the readers' clocks are.
        base_url: Of our own pages.
        follow: The callback data of a button that follows its story; empty for none.
    """
    article = told.article
    parts = _packed([*_head(told, zone), *_text(article)])
    if len(parts) > MOST:
        rest = rtl((Span(texts.REST_ON_PAGE, "a", f"{base_url}/a/{article.uid}"),))
        parts = [*parts[: MOST - 1], [rest]]
    foot = _foot(told, base_url)
    if _length([*parts[-1], *foot]) <= ROOM:
        parts[-1] += foot
    else:
        parts += _packed(foot)
    replies = [Reply(part) for part in parts]
    image = safe_link(article.image.url) if article.image and not article.retracted else ""
    replies[0] = Reply(replies[0].lines, picture=image if is_public(image) else "")
    last = replies[-1]
    replies[-1] = Reply(last.lines, _keyboard(article, base_url, follow), last.picture)
    return replies


def _head(told: Told, zone: ZoneInfo) -> list[Line]:
    article = told.article
    title = shorten(clean(article.title).replace("\n", " "), _LONGEST_TITLE)
    sign = texts.RETRACTED_TITLE if article.retracted else "🔹 {title}"
    lines = [rtl((Span(sign.format(title=title), "b"),))]
    byline = " · ".join(part for part in (clean(article.agency), phrases.when(article, zone)) if part)
    lines.append(rtl((Span(byline),)))
    if article.retracted:
        lines += [(), rtl((Span(texts.RETRACTED_AT.format(when=phrases.stamp(article.retracted, zone))),))]
    elif told.corrected:
        lines.append(rtl((Span(texts.CORRECTED_AT.format(when=phrases.stamp(told.corrected, zone))),)))
    return lines


def _text(article: Article) -> list[Line]:
    """Its paragraphs with a blank line before each; of what was withdrawn, the word that it was."""
    if article.retracted:
        return [(), rtl((Span(story.TAKEN_BACK),))]
    body = clean(article.body) or clean(article.summary.text)
    if article.lead and article.lead not in article.body:
        body = f"{clean(article.lead)}\n{body}"
    lines: list[Line] = []
    links = 0
    for paragraph in (line.strip() for line in body.split("\n")):
        for piece in _within(paragraph):
            spans = story.linked(piece, _MOST_LINKS - links)
            links += sum(bool(span.url) for span in spans)
            lines += [(), rtl(spans)]
    return lines


def _within(paragraph: str) -> list[str]:
    """A paragraph in pieces that a message holds: at its sentences, and a sentence without end at its words."""
    if not paragraph:
        return []
    room = ROOM // 2
    if utf16(bale.unmarked(paragraph)) <= room:
        return [paragraph]
    pieces = [""]
    for unit in (word for sentence in split(paragraph) for word in _units(sentence, room)):
        longer = f"{pieces[-1]} {unit}".strip()
        if utf16(longer) > room:
            pieces.append(unit)
        else:
            pieces[-1] = longer
    return [piece for piece in pieces if piece]


def _units(sentence: str, room: int) -> list[str]:
    if utf16(sentence) <= room:
        return [sentence]
    half = room // 2  # a letter is two units at most
    return [word[at : at + half] for word in sentence.split() for at in range(0, len(word), half)]


def _packed(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines in messages, each as full as it may be, without blank lines at its edges."""
    parts: list[list[Line]] = [[]]
    length = 0
    for line in lines:
        cost = _length([line]) + 1
        if length + cost > ROOM and parts[-1]:
            while parts[-1] and not parts[-1][-1]:
                parts[-1].pop()
            parts.append([])
            length = 0
        if line or parts[-1]:
            parts[-1].append(line)
            length += cost
    return parts


def _length(lines: Sequence[Line]) -> int:
    return utf16(bale.written(lines))


def _foot(told: Told, base_url: str) -> list[Line]:
    article = told.article
    lines = phrases.quotations(told.disagreements, base_url)
    if told.others:
        spans: list[Span] = [Span(texts.ALSO_TOLD)]
        for number, other in enumerate(told.others[:6]):
            spans += [*([Span(" | ")] if number else []), phrases.named(other, base_url)]
        lines += [(), rtl(tuple(spans))]
    lines += [(), rtl((Span("📰 "), phrases.named(article, base_url)))]
    if article.provinces:
        tags = " ".join(f"#{gazetteer.by_slug(slug).hashtag}" for slug in article.provinces)
        lines.append(rtl((Span(tags),)))
    return lines


def _keyboard(article: Article, base_url: str, follow: str) -> InlineKeyboardMarkup | None:
    rows = []
    address = phrases.address_of(article, base_url)
    if is_public(address):
        rows.append([InlineKeyboardButton(texts.AT_SOURCE, url=address)])
    row = []
    if article.provinces:
        province = gazetteer.by_slug(article.provinces[0])
        row.append(
            InlineKeyboardButton(texts.TITLE_TOWN.format(town=province.name), callback_data=f"p:{province.slug}:0")
        )
    if follow and not article.retracted:
        row.append(InlineKeyboardButton(texts.FOLLOW_STORY, callback_data=follow))
    return InlineKeyboardMarkup([*rows, *([row] if row else [])]) if rows or row else None
