"""What several answers say of an article: when and by whom it came, and where agencies disagree. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.posts.links import linkable, safe_link
from bot.posts.measure import clean, rtl, shorten
from bot.posts.spans import Line, Span
from bot.talk import texts
from feeds.models import Article
from feeds.stories.disagreement import Disagreement
from feeds.text.times import jalali

LONGEST_QUOTATION = 300
"""UTF-16 units; whole sentences, or an ellipsis says that there is more."""
LONGEST_LINK = 300
"""A longer address would leave no room on Bale, where addresses count; our own page leads to it."""


def stamp(moment: datetime, zone: ZoneInfo) -> str:
    """A day and a time on the readers' clock: «چهارشنبه ۲ مهر ۱۴۰۴، ۱۸:۳۰»."""
    return f"{jalali.news_date(moment.astimezone(zone).date())}، {jalali.clock(moment, zone)}"


def when(article: Article, zone: ZoneInfo) -> str:
    """When an article was published; its day alone where no more is known."""
    if article.day_only:
        return jalali.news_date(article.published.astimezone(zone).date())
    return stamp(article.published, zone)


def address_of(article: Article, base_url: str) -> str:
    """Where an article is read: at its source, or on our own page."""
    address = safe_link(article.url)
    return address if address and len(address) <= LONGEST_LINK else f"{base_url}/a/{article.uid}"


def named(article: Article, base_url: str) -> Span:
    """An article's agency as a link to its text; plain where Telegram would drop the link."""
    name = clean(article.agency).replace("\n", " ") or texts.SOME_SOURCE
    address = address_of(article, base_url)
    return Span(name, "a", address) if linkable(address) else Span(name)


def disagreement(found: Disagreement) -> Line:
    """«روایت‌ها یکی نیست: مهر: ۳ کشته | ایرنا: ۵ کشته»."""
    said = " | ".join(f"{clean(claim.agency)}: {clean(claim.said)}" for claim in found.claims)
    return rtl((Span(texts.DISAGREE.format(claims=said)),))


def quotations(found: Iterable[Disagreement], base_url: str) -> list[Line]:
    """Where agencies disagree, each with the sentence that says so."""
    lines: list[Line] = []
    for one in found:
        lines += [(), disagreement(one)]
        for claim in one.claims:
            sentence = shorten(clean(claim.quotation).replace("\n", " "), LONGEST_QUOTATION)
            lines.append(rtl((named(claim.article, base_url), Span(f": «{sentence}»"))))
    return lines
