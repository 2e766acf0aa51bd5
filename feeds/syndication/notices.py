"""Corrections -> entries: a notice to readers for each, which is no article and has a name of its own."""

from __future__ import annotations

from html import escape
from zoneinfo import ZoneInfo

from feeds.editing import headline
from feeds.store.archive.lists import Correction
from feeds.syndication.entry import Entry, one_line, province_name
from feeds.text.normalize import normalize
from feeds.text.times import jalali


def name_of(correction: Correction) -> str:
    """What a notice is called, for ever: an article may have several."""
    mark = "retracted" if correction.after is None else str(correction.after.revision)
    return f"{correction.article.uid}/{mark}-{int(correction.at.timestamp())}"


def what(correction: Correction) -> str:
    """What became of an article, in a sentence."""
    if correction.retracted:
        return "این خبر تکذیب شد."
    return "منبع تیتر این خبر را تغییر داد." if correction.new_title else "منبع متن این خبر را تغییر داد."


def former_title(correction: Correction) -> str:
    """The headline that was changed, its Persian set right as that of all headlines; empty where it was not."""
    if correction.before is None or not correction.new_title:
        return ""
    former = one_line(
        headline.read(normalize(correction.before.title), pictured=correction.article.image is not None).text
    )
    return "" if former == one_line(correction.article.title) else former


def entry_of(correction: Correction, *, public_url: str, zone: ZoneInfo) -> Entry:
    """The notice of a correction. Pure."""
    article = correction.article
    page = f"{public_url}/a/{article.uid}"
    title = one_line(article.title) or "بدون عنوان"
    at = max(correction.at, min(article.published, article.ingested)).astimezone(zone)
    said, former = what(correction), former_title(correction)
    before = f"پیش از این: «{former}»" if former else ""
    day = f"{jalali.news_date(at.date())}، ساعت {jalali.clock(at, zone)}"
    agency = one_line(article.agency)
    paragraphs = [
        f"<b>{escape(said)}</b>",
        *([escape(before)] if before else []),
        escape(f"{day} · {agency}" if agency else day),
        f'<a href="{escape(page)}">{escape(title)}</a>',
    ]
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return Entry(
        guid=f"tag:chapar,2026:correction/{name_of(correction)}",
        link=page,
        title=f"{'تکذیب' if correction.retracted else 'تغییر'}: {title}",
        summary=" ".join(filter(None, (said, before))),
        content=f'<div dir="rtl" lang="fa">{words}</div>',
        published=at,
        updated=at,
        author=agency,
        provinces=tuple(name for slug in article.provinces if (name := province_name(slug))),
        section="",
        image=None,
    )
