"""Article -> Entry: what every feed format says of an article, cleaned once, in one place.

What readers choke on is settled here: control characters and lone surrogates, relative or raw Persian addresses,
markup in titles, dates in the future, a first letter that turns the whole item left-to-right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote
from zoneinfo import ZoneInfo

import httpx

from feeds.editing import subheads
from feeds.models import Article, Image
from feeds.provinces import gazetteer
from feeds.store.archive.stories import StorySource
from feeds.text.times import jalali

MOST_CONTENT = 30_000
"""Characters of an entry's text: 60 of them stay a feed that readers accept; the page has the rest."""

MOST_ESCAPED = 3
"""How often a source may have escaped the same text by mistake."""

AS_NEW = timedelta(hours=1)
"""An article that was held for longer says when its source published it: in the feed it has the date of its release."""

RIGHT_TO_LEFT_MARK = "\u200f"

# XML 1.0 forbids the control characters and surrogates; U+FFFD, U+FEFF and the noncharacters are damage, not text.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffc-\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_BIDI_EMBEDDING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BIDI_MARK = re.compile("[\u200e\u200f\u061c]")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TAG = re.compile(r"<[/!?A-Za-z][^<>]*>")
_IMAGE_TYPE = re.compile(r"image/[a-z0-9.+-]+")
_HOST = re.compile(rb"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|[0-9A-Fa-f:.]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed, ready to be written down in any format."""

    guid: str
    """A `tag:` URI of the article's uid: the same in each feed and format, whatever the link becomes."""
    link: str
    title: str
    """Plain text in one line, without bidi controls."""
    summary: str
    """Plain text."""
    content: str
    """One balanced `<div dir="rtl" lang="fa">`; longer than the summary."""
    published: datetime
    updated: datetime
    """Never before `published`."""
    author: str
    """The agency; empty where it is unknown."""
    provinces: tuple[str, ...]
    """Persian names, the primary province first."""
    section: str
    image: Image | None


def entry_of(
    article: Article,
    *,
    public_url: str,
    zone: ZoneInfo,
    story_sources: Sequence[StorySource] = (),
    most_content: int = MOST_CONTENT,
) -> Entry:
    """What the feeds say of an article. Pure; the same article gives the same entry for ever.

    Args:
        article: The stored article.
        public_url: The address of our pages, without a slash at its end.
        zone: The zone of the dates.
        story_sources: The other sources of the same story.
        most_content: Characters of its text; the page has the rest.
    """
    page = f"{public_url}/a/{article.uid}"
    link = web_address(article.url) or page
    # An agency's clock may be ahead: no reader shows an item of the future, so it counts from its arrival. What the
    # desk held came when it was released: readers pass over what is older than what they have.
    published = article.released or min(article.published, article.ingested)
    updated = max(published, article.updated, article.retracted or article.updated)
    title = one_line(article.title) or "بدون عنوان"
    image = _image(article.image, title)
    return Entry(
        guid=f"tag:chapar,2026:{article.uid}",
        link=link,
        title=f"تکذیب شد: {title}" if article.retracted else title,
        summary=_rightward(one_line(article.summary.text or article.lead) or title),
        content=_content(article, story_sources, link=link, page=page, image=image, zone=zone, most=most_content),
        published=published.astimezone(zone),
        updated=updated.astimezone(zone),
        author=one_line(article.agency),
        provinces=tuple(name for slug in article.provinces if (name := province_name(slug))),
        section=one_line(article.section),
        image=image,
    )


def one_line(text: str) -> str:
    """Plain text in one line: no control characters, no bidi controls, no markup; ZWNJ kept.

    RSS never said whether a title is text or HTML, and readers differ: what they could take for tags or entities,
    which in a headline is always a source's damage, is settled here.
    """
    for _ in range(MOST_ESCAPED):
        text = unescape(text)
    return " ".join(_BIDI_MARK.sub("", clean(_TAG.sub("", text))).split())


def clean(text: str) -> str:
    """Text that may stand in XML: tabs and newlines are the only control characters left."""
    return _BIDI_EMBEDDING.sub("", _UNFIT.sub("", text))


@lru_cache(maxsize=4_096)
def web_address(url: str) -> str:
    """An absolute http(s) address, percent-encoded; empty where the text is none."""
    try:
        address = httpx.URL(_BARE_PERCENT.sub("%25", url.strip()))
    except (httpx.InvalidURL, ValueError, TypeError):
        return ""
    if address.scheme not in {"http", "https"} or not _HOST.fullmatch(address.raw_host):
        return ""
    origin = f"{address.scheme}://{address.netloc.decode()}"
    # Brackets, braces and their like are left alone by browsers, and are no part of an address by RFC 3986.
    return origin + quote(str(address).removeprefix(origin), safe="/?#:@!$&'()*+,;=~-._%")


def province_name(slug: str) -> str:
    """The Persian name of a province; empty where the slug is none."""
    try:
        return gazetteer.by_slug(slug).name
    except KeyError:
        return ""


def _image(image: Image | None, title: str) -> Image | None:
    if image is None or not image.lasts or not (url := web_address(image.url)):
        return None
    return Image(
        url=url,
        alt=one_line(image.alt) or title,
        width=max(image.width, 0),
        height=max(image.height, 0),
        media_type=image.media_type if _IMAGE_TYPE.fullmatch(image.media_type) else "",
    )


def _content(
    article: Article,
    story_sources: Sequence[StorySource],
    *,
    link: str,
    page: str,
    image: Image | None,
    zone: ZoneInfo,
    most: int,
) -> str:
    """The whole text as HTML: the picture, what became of the article, its paragraphs, where it is from."""
    paragraphs = [p for p in clean(article.body or article.summary.text).split("\n\n") if p.strip()]
    shown = _within(paragraphs, most) or [clean(article.summary.text) or clean(article.title)]
    parts = [
        *([_picture(image)] if image else []),
        *(f"<p><b>{escape(note)}</b></p>" for note in notes(article, zone)),
        *(_paragraph(subheads.read(paragraph)) for paragraph in shown),
    ]
    if len(shown) < len(paragraphs):
        parts.append(f'<p><a href="{escape(page)}">ادامهٔ این خبر</a></p>')
    parts.append(_origin(article, link, page, story_sources))
    return f'<div dir="rtl" lang="fa">{_rightward("".join(parts), markup=True)}</div>'


def notes(article: Article, zone: ZoneInfo) -> tuple[str, ...]:
    """What a reader must know before the text: that it was taken back, or corrected since, or is not of today."""
    if article.retracted:
        day = article.retracted.astimezone(zone)
        return (f"این خبر {jalali.news_date(day.date())} تکذیب شد.",)
    if article.revision > 1:
        day = article.updated.astimezone(zone)
        return (f"به‌روزرسانی: {jalali.news_date(day.date())}، ساعت {jalali.clock(day, zone)}",)
    if article.released and article.released - article.published > AS_NEW:
        day = article.published.astimezone(zone)
        clock = "" if article.day_only else f"، ساعت {jalali.clock(day, zone)}"
        return (f"زمان خبر: {jalali.news_date(day.date())}{clock}",)
    return ()


def _within(paragraphs: list[str], budget: int) -> list[str]:
    """The paragraphs that fit, whole, from the first on."""
    taken = []
    for paragraph in paragraphs:
        budget -= len(paragraph)
        if budget < 0:
            break
        taken.append(paragraph)
    return taken


def _picture(image: Image) -> str:
    size = f' width="{image.width}" height="{image.height}"' if image.width and image.height else ""
    return f'<p><img src="{escape(image.url)}" alt="{escape(image.alt)}"{size} /></p>'


def _paragraph(paragraph: subheads.Paragraph) -> str:
    return f"<h3>{escape(paragraph.text)}</h3>" if paragraph.subhead else f"<p>{_lines(paragraph.text)}</p>"


def _lines(paragraph: str) -> str:
    return "<br />".join(escape(line.strip()) for line in paragraph.strip().split("\n"))


def _origin(article: Article, link: str, page: str, story_sources: Sequence[StorySource]) -> str:
    """Where the article is from: its agency, whom that quotes, those that tell the same, our page where it has none."""
    ours, agency, quoted = link == page, one_line(article.agency), one_line(article.origin)
    own = (escape(agency) if agency else "") if ours else _link(link, agency or "متن اصلی")
    own = " ".join(filter(None, (own, f"به نقل از {escape(quoted)}" if quoted else "")))
    sources = [
        *([own] if own else []),
        *(_told(story_source) for story_source in story_sources),
    ]
    label = "منابع" if len(sources) > 1 else "منبع"
    parts = [
        *([f"{label}: {' | '.join(sources)}"] if sources else []),
        *([_link(page, "این خبر در چاپار")] if ours else []),
    ]
    return f"<p>{' · '.join(parts)}</p>"


def _told(story_source: StorySource) -> str:
    name = one_line(story_source.agency) or "منبعی دیگر"
    return _link(address, name) if (address := web_address(story_source.url)) else escape(name)


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def _rightward(text: str, *, markup: bool = False) -> str:
    """The text, with one right-to-left mark before it where its first strong letter is a Latin one.

    Readers that lay out with `dir="auto"` take the direction of the whole item from that letter.
    """
    words = re.sub(r"<[^>]*>|&\w+;", "", text) if markup else text
    for character in words:
        match unicodedata.bidirectional(character):
            case "R" | "AL":
                return text
            case "L" | "":  # what Unicode does not know yet counts as left-to-right
                return RIGHT_TO_LEFT_MARK + text
    return text
