"""An article as a Telegram post: right-to-left HTML within the limits, and the same in plain text.

    🔹 title / lead, whole / ▫️ facts / expandable rest / 🕐 time / 📰 source / #province / 🆔 @channel

Room is made by leaving out whole sentences from the end, before any markup is written (by `markup` or `bale`).
Lengths are UTF-16 units, which is never less than what Telegram counts.
Each line's first strong character is a right-to-left letter, or one RLM stands before it, so that every client lays
the line out from the right (UAX #9, rule P2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.posts import bale, markup, story
from bot.posts.links import is_public, linkable, safe_link
from bot.posts.measure import clean, length, rtl, shorten, utf16
from bot.posts.payload import Button, Payload
from bot.posts.spans import Line, Span
from bot.posts.style import DEFAULT, Style
from feeds.editing import kinds
from feeds.models import Article, Kind
from feeds.provinces import gazetteer
from feeds.text.times import jalali

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_TITLE_SHARE = 4
"""A title may take a quarter of the post."""
_KIND_SIGNS = {Kind.PHOTO: "📷", Kind.VIDEO: "🎞", Kind.AUDIO: "🎧"}
_MORE = "ادامه در متن کامل"
_FULL_STORY = "متن کامل خبر"
_RETRACTED = "تکذیب شد"
_MOST_SOURCES = 6
_LONGEST_ON_BALE = 500
"""A longer address of the full text is left to the button."""
_UNFOLDED = 1200
"""UTF-16 units of a post that are read where no quote can be folded; the link leads to more."""
_FULL_TEXT = "متن کامل"
_FOLLOW = "🔔 پیگیری این خبر"
_MORE_OF = "خبرهای {province}"


@dataclass(frozen=True, slots=True)
class Source:
    """Another agency that tells the same story."""

    name: str
    link: str


def render(
    article: Article,
    *,
    link: str,
    zone: ZoneInfo,
    whole: str = "",
    more: str = "",
    follow: str = "",
    handle: str = "",
    others: Sequence[Source] = (),
    limit: int = TEXT_LIMIT,
    corrected_at: datetime | None = None,
    style: Style = DEFAULT,
    silent: bool = False,
) -> Payload:
    """The post of an article; of one that was retracted, the word that it was.

    Args:
        article: what to say.
        link: the address of the full text: the source's page, or our own.
        zone: where the readers' clocks are.
        whole: where the whole text is read within the platform: the bot; empty to let `link` lead to it.
        more: where there is more of the article's province: the bot, or our page.
        follow: where the bot is asked to tell what goes on with the story; empty where there is none.
        handle: the channel's `@name`, where it has one.
        others: agencies that tell the same story; the post names them all.
        limit: the most that the visible text may have, in UTF-16 units.
        corrected_at: when the text was corrected, for a post that changes.
        style: the channel's layout, digits and pictures.
        silent: deliver without a sound.
    """
    address = safe_link(link)
    changed_at = article.retracted or corrected_at
    foot = _foot(article, _sources(article, address, others), zone, handle, changed_at)
    if length(foot) > limit // 2:
        foot = _foot(article, _sources(article, address, ()), zone, handle, changed_at)
    image = safe_link(article.image.url) if article.image and style.picture != "none" else ""
    return Payload(
        html=markup.html(_compose(article, address, foot, limit, style)),
        plain=markup.plain(_compose(article, address, [_spelled(line) for line in foot], limit, style)),
        bale=_for_bale(article, address, foot, limit, style) if style.platform == "bale" else "",
        buttons=_buttons(article, safe_link(whole) or address, safe_link(more), safe_link(follow)),
        link_preview=image if is_public(image) else "",
        silent=silent,
    )


def _for_bale(article: Article, link: str, foot: Sequence[Line], limit: int, style: Style) -> str:
    """The post in Bale's markup: there the addresses count too, so the story gets what room they leave.

    Nor is there a quote that folds, so a long story would fill screens: it ends where the first of them ends.
    """
    if utf16(bale.written(foot)) > limit // 2:
        foot = [tuple(replace(span, tag="", url="") for span in line if span.tag != "code") for line in foot]
    link = link if len(link) <= _LONGEST_ON_BALE else ""
    room = min(limit, _UNFOLDED)
    while (over := utf16(text := bale.written(_compose(article, link, foot, room, style))) - limit) > 0:
        room -= over
        if room <= 0:  # nothing of the story is left to leave out
            break
    return text


def _buttons(article: Article, link: str, more: str, follow: str) -> tuple[tuple[Button, ...], ...]:
    """A row: the full text, and more of the province; and one that follows the story."""
    row = [Button(_FULL_TEXT, link)] if linkable(link) else []
    if article.provinces and linkable(more):
        row.append(Button(_MORE_OF.format(province=gazetteer.by_slug(article.provinces[0]).name), more))
    rows = [tuple(row), (Button(_FOLLOW, follow),) if linkable(follow) and not article.retracted else ()]
    return tuple(row for row in rows if row)


def pictured(render_post: Callable[[int], Payload]) -> Payload:
    """The post as the caption of its picture, where it has one and is short enough to be that; else as it is.

    Args:
        render_post: the post within a limit.
    """
    post = render_post(TEXT_LIMIT)
    if not post.link_preview or utf16(post.visible) > CAPTION_LIMIT:
        return post
    caption = captioned(render_post, post.link_preview)
    return caption if utf16(caption.plain) <= CAPTION_LIMIT else post


def captioned(render_post: Callable[[int], Payload], photo: str) -> Payload:
    """The post as the caption of a picture that is there already."""
    return replace(render_post(CAPTION_LIMIT), photo=photo, link_preview="")


# Composing ---------------------------------------------------------------------------------------------------------


def _compose(article: Article, link: str, foot: Sequence[Line], limit: int, style: Style) -> list[Line]:
    """The lines of the post, as much of the story as the layout and the limit allow."""
    return [_digited(line, style) for line in _laid_out(article, link, foot, limit, style)]


def _laid_out(article: Article, link: str, foot: Sequence[Line], limit: int, style: Style) -> list[Line]:
    title = shorten(clean(article.title).replace("\n", " "), limit // _TITLE_SHARE) or "بدون عنوان"
    head = _head(article, title)
    room = limit - length([head, (), *foot])
    pieces = list(story.pieces(article, short=style.layout == "short"))
    whole = story.filled(pieces, room, ())
    if whole is not None:
        return [head, *whole, (), *foot]
    more = rtl((Span(_MORE, "a", link),)) if linkable(link) else rtl((Span("…"),))
    return [head, *(story.filled(pieces, room, more) or []), (), *foot]


def _head(article: Article, title: str) -> Line:
    if article.retracted:
        return rtl((Span("❌ "), Span(f"{_RETRACTED} | {title}", "b")))
    if article.urgent:
        return rtl((Span("🔴 "), Span(f"فوری | {title}", "b")))
    kind = kinds.NAMES.get(article.kind, "")
    if kind and not title.startswith(kind):
        return rtl((Span(f"{_KIND_SIGNS[article.kind]} "), Span(f"{kind} | {title}", "b")))
    return rtl((Span("🔹 "), Span(title, "b")))


def _foot(article: Article, sources: Line, zone: ZoneInfo, handle: str, changed_at: datetime | None) -> list[Line]:
    published = article.published.astimezone(zone)
    when = jalali.news_date(published.date())
    if not article.day_only:
        when += f" | {jalali.clock(published, zone)}"
    lines: list[Line] = [(Span(f"🕐 {when}"),)]
    if changed_at is not None:
        day = changed_at.astimezone(zone).date()
        ahead = "" if day == published.date() else f"{jalali.news_date(day)} | "
        lines.append((Span(f"✏️ به‌روزرسانی {ahead}{jalali.clock(changed_at, zone)}"),))
    if sources:
        lines.append(sources)
    if article.provinces:
        tags = (f"#{gazetteer.by_slug(slug).hashtag}" for slug in article.provinces)
        lines.append((Span(" ".join(tags)),))
    if handle:
        lines.append((Span(f"🆔 {handle}"),))
    return [rtl(line) for line in lines]


def _sources(article: Article, link: str, others: Sequence[Source]) -> Line:
    """Who tells it, with links: one agency, or all that have the story."""
    spans = _named(article.agency, link)
    own = len(spans)
    for other in others[:_MOST_SOURCES]:
        if named := _named(other.name, safe_link(other.link)):
            spans = (*spans, *((Span(" | "),) if spans else ()), *named)
    if origin := shorten(clean(article.origin).replace("\n", " "), 100):
        quoted = (Span(f"{' ' if spans else ''}به نقل از {origin}"),)
        spans = (*spans[:own], *quoted, *spans[own:])
    if not spans:
        return ()
    return (Span("📰 منابع: " if others else "📰 "), *spans)


def _named(agency: str, link: str) -> Line:
    """An agency as the link to its text; written out where Telegram would drop the link."""
    name = shorten(clean(agency).replace("\n", " "), 100)
    if link and linkable(link):
        return (Span(name or _FULL_STORY, "a", link),)
    if link:
        return (Span(f"{name or _FULL_STORY}: "), Span(link, "code", link))
    return (Span(name),) if name else ()


def _spelled(line: Line) -> Line:
    """The line with its links written out."""
    return tuple(replace(span, text=f"{span.text}: {span.url}") if span.tag == "a" else span for span in line)


def _digited(line: Line, style: Style) -> Line:
    """The line with the channel's digits; addresses are left as they are."""
    return tuple(
        span
        if span.tag == "code" or (span.tag == "a" and span.text.isascii())
        else replace(span, text=style.digited(span.text))
        for span in line
    )
