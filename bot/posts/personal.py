"""What those who follow something get: an article, its correction or retraction, and the digest. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from persiantools.digits import en_to_fa

from bot.posts import bale, markup, message
from bot.posts.links import linkable, safe_link
from bot.posts.measure import clean, length, rtl, shorten, utf16
from bot.posts.message import TEXT_LIMIT, Source
from bot.posts.payload import Button, Payload
from bot.posts.spans import Line, Span
from bot.posts.style import Digits, Platform, Style
from feeds.models import Article, DeliveryKind
from feeds.provinces import gazetteer
from feeds.text.times import jalali

FOLLOW_STORY = "f:s:"
"""Callback data of the button that follows a story, before the uid of its article."""
_FOLLOW = "🔔 پیگیری این خبر"
_CORRECTED = "✏️ خبری که برایتان فرستاده بودم اصلاح شد:"
_CONFIRMED = "↩️ تکذیب این خبر پس گرفته شد:"
_DIGEST = "خبرهایی که دنبال می‌کنید"
_PART = "بخش {number} از {total}"
_ELSEWHERE = "سراسر کشور"
_BREAKING = "فوری"
_BEFORE = "پیش‌تر: "
_ITEMS = 30
"""Articles of one message of a digest; Telegram knows a hundred entities in a message."""
_ROOM = 3400
"""UTF-16 units that these may take; a title may grow until the message is sent."""
_LONGEST_TITLE = 200
_LONGEST_LINK = 300
"""A longer address would come too near to the 32 kB that a raw text may have; our own page leads to it."""
_BESIDES = 40
"""UTF-16 units of an item besides its title."""


def style_of(digits: Digits, platform: Platform) -> Style:
    """How messages to a chat look: the picture stands above the text, which may be as long as the story."""
    return Style(quiet=None, digits=digits, picture="preview", platform=platform)


def letter(
    article: Article,
    kind: DeliveryKind,
    *,
    link: str,
    zone: ZoneInfo,
    style: Style,
    others: Sequence[Source] = (),
    reply_to: int = 0,
    confirmed: bool = False,
    silent: bool = False,
) -> Payload:
    """The message of an alert, a correction or a retraction.

    Args:
        article: its newest revision.
        kind: what the message says of it.
        link: the address of the full text.
        zone: where the reader's clock is.
        style: how it looks.
        others: agencies that tell the same.
        reply_to: the message by which the reader got it; 0 for none.
        confirmed: a retraction was taken back.
        silent: deliver without a sound.
    """
    head: Line = ()
    if kind is DeliveryKind.CORRECTION:
        head = rtl((Span(_CONFIRMED if confirmed else _CORRECTED),))
    post = message.render(
        article,
        link=link,
        zone=zone,
        others=others,
        limit=TEXT_LIMIT - (length([head, ()]) + 1 if head else 0),
        corrected_at=article.updated if kind is DeliveryKind.CORRECTION else None,
        style=style,
        silent=silent,
    )
    rows = [row for row in post.buttons if row]
    if kind is DeliveryKind.ALERT:
        rows.append((Button(_FOLLOW, data=f"{FOLLOW_STORY}{article.uid}"),))
    return replace(_headed(post, head) if head else post, buttons=tuple(rows), reply_to=reply_to)


def _headed(post: Payload, head: Line) -> Payload:
    lines = [head, (), ()]
    return replace(
        post,
        html=markup.html(lines) + post.html,
        plain=markup.plain(lines) + post.plain,
        bale=bale.written(lines) + post.bale if post.bale else "",
    )


# The digest --------------------------------------------------------------------------------------------------------


def parts(articles: Sequence[Article], stories: Mapping[int, int] | None = None) -> list[list[Article]]:
    """The messages of a digest, each with the articles that it holds.

    Args:
        articles: what the digest tells.
        stories: by an article's id, the one that began its story, where that is another.
    """
    messages: list[list[Article]] = []
    room = 0
    for story in _stories(articles, stories or {}):
        cost = sum(utf16(clean(article.title)[:_LONGEST_TITLE]) + _BESIDES for article in story)
        if not messages or cost > room or len(messages[-1]) + len(story) > _ITEMS:
            messages.append([])
            room = _ROOM
        messages[-1].extend(story)
        room -= cost
    return messages


def digest(
    articles: Sequence[Article],
    *,
    part: tuple[int, int] = (1, 1),
    now: datetime,
    zone: ZoneInfo,
    base_url: str,
    style: Style,
    stories: Mapping[int, int] | None = None,
    picture: str = "",
    silent: bool = False,
) -> Payload:
    """A message of a digest, grouped by province; what goes on with a story stands with it.

    Args:
        articles: what it tells.
        part: which of how many messages of the digest it is.
        now: the moment.
        zone: where the reader's clock is.
        base_url: where our own pages are.
        style: how it looks.
        stories: as of `parts`.
        picture: the address of the day's picture, shown above the text; empty for none.
        silent: deliver without a sound.
    """
    told = _stories(articles, stories or {})
    head = _head(part, now, zone)
    for longest in (_LONGEST_TITLE, 120, 80, 50):  # a title that was corrected since may have grown
        lines = [digited(line, style) for line in (*head, *_lines(told, now, zone, base_url, longest))]
        if length(lines) <= TEXT_LIMIT and (style.platform != "bale" or utf16(bale.written(lines)) <= TEXT_LIMIT):
            break
    return Payload(
        html=markup.html(lines),
        plain=markup.plain(lines),
        bale=bale.written(lines) if style.platform == "bale" else "",
        link_preview=picture,
        silent=silent,
    )


def _stories(articles: Sequence[Article], stories: Mapping[int, int]) -> list[list[Article]]:
    """The articles by story, each story's newest first; breaking ones first, then by province, then by time."""
    by_story: dict[int, list[Article]] = {}
    for article in sorted(articles, key=lambda one: one.id, reverse=True):
        by_story.setdefault(stories.get(article.id, article.id), []).append(article)
    return sorted(by_story.values(), key=lambda story: (_group(story), -story[0].id))


def _group(story: Sequence[Article]) -> tuple[int, int]:
    """Where a story stands: breaking news, the provinces in the order of the gazetteer, and what has none."""
    if any(article.urgent for article in story):
        return (0, 0)
    slugs = [province.slug for province in gazetteer.PROVINCES]
    return (1, slugs.index(story[0].provinces[0])) if story[0].provinces else (2, 0)


def _name(group: tuple[int, int]) -> str:
    kind, number = group
    return _BREAKING if kind == 0 else gazetteer.PROVINCES[number].name if kind == 1 else _ELSEWHERE


def _head(part: tuple[int, int], now: datetime, zone: ZoneInfo) -> list[Line]:
    number, total = part
    day = jalali.news_date(now.astimezone(zone).date())
    title = (
        _DIGEST
        if total == 1
        else f"{_DIGEST}، {_PART.format(number=en_to_fa(str(number)), total=en_to_fa(str(total)))}"
    )
    return [rtl((Span("📬 "), Span(title, "b"))), rtl((Span(f"🕐 {day} | {jalali.clock(now, zone)}"),))]


def _lines(
    told: Sequence[Sequence[Article]], now: datetime, zone: ZoneInfo, base_url: str, longest: int
) -> Iterator[Line]:
    def item(article: Article, sign: str) -> Line:
        address, own = safe_link(article.url), f"{base_url}/a/{article.uid}"
        link = address if address and len(address) <= _LONGEST_LINK and linkable(address) else own
        return _item(article, sign, link, _when(article, zone, now), longest)

    for group, stories in groupby(told, key=_group):
        yield ()
        sign = "🔴" if group == (0, 0) else "📍"
        yield rtl((Span(f"{sign} "), Span(_name(group), "b")))
        for newest, *older in stories:
            yield item(newest, "🔹 ")
            for article in older:
                yield item(article, f"▫️ {_BEFORE}")


def _item(article: Article, sign: str, link: str, when: str, longest: int) -> Line:
    title = shorten(clean(article.title).replace("\n", " "), longest) or "بدون عنوان"
    spans = (Span(sign), Span(title, "a", link) if linkable(link) else Span(title))
    parted = [part for part in (when, shorten(clean(article.agency), 40)) if part]
    return rtl((*spans, Span(f" · {' · '.join(parted)}")) if parted else spans)


def _when(article: Article, zone: ZoneInfo, now: datetime) -> str:
    """The hour of what is of today, the day of what is older."""
    day = article.published.astimezone(zone).date()
    if day == now.astimezone(zone).date():
        return "" if article.day_only else jalali.clock(article.published, zone)
    return jalali.numeric(day)


def digited(line: Line, style: Style) -> Line:
    """The line with the digits of a style; addresses are left as they are."""
    return tuple(
        span if span.tag == "code" or span.url == span.text else replace(span, text=style.digited(span.text))
        for span in line
    )
