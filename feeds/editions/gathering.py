"""What an edition is made of: the articles of a day, the weightiest first, as much of each as the file has room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from feeds.layout import calendar, prominence
from feeds.models import Article
from feeds.provinces import gazetteer
from feeds.provinces.gazetteer import Province
from feeds.store import Store
from feeds.store.archive.stories import StorySource
from feeds.syndication.entry import clean, web_address
from feeds.text.times import jalali

MOST_ARTICLES = 1_000
"""Read of a day; the whole country has a few hundred that lead a story."""
BUDGET = 410_000
"""Bytes of words in an edition: with letters, map and markup the file stays under 500 KB."""
MARKUP = 700
"""Bytes that a page puts around an article."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An article in an edition."""

    article: Article
    paragraphs: tuple[str, ...]
    whole: bool
    """Whether the text is all there; else it is the summary."""
    tellers: tuple[str, ...]
    """The other sources of the story, by name."""

    @property
    def source(self) -> str:
        """The address of the source's own page; empty where there is none."""
        return web_address(self.article.url)


@dataclass(frozen=True, slots=True)
class Edition:
    """A day of a province, or of the country, ready to be set."""

    day: date
    province: Province | None
    pieces: tuple[Piece, ...]
    """The weightiest first."""
    left_out: int
    """How many articles the file had no room for."""
    counts: Mapping[str, int]
    """Articles of the day in each province, by slug."""
    total: int
    """Articles of the day in the province, or in all."""
    site_name: str
    public_url: str
    """The address of the pages, without a slash at its end."""
    zone: ZoneInfo

    @property
    def place(self) -> str:
        """«استان قم», «همهٔ استان‌ها»."""
        return f"استان {self.province.name}" if self.province else "همهٔ استان‌ها"

    @property
    def date(self) -> str:
        """«چهارشنبه ۲ مهر ۱۴۰۴»."""
        return jalali.news_date(self.day)

    @property
    def title(self) -> str:
        """«خبرهای استان قم، چهارشنبه ۲ مهر ۱۴۰۴»."""
        return f"خبرهای {self.place}، {self.date}"

    @property
    def address(self) -> str:
        """The page of the same news, which goes on being corrected."""
        place = f"/{self.province.slug}" if self.province else ""
        return f"{self.public_url}/archive/{calendar.address_of(self.day)}{place}"

    @property
    def is_empty(self) -> bool:
        """There was no news that day: nothing to send."""
        return not self.pieces

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of its articles."""
        return tuple(piece.article.id for piece in self.pieces)

    @property
    def changed(self) -> datetime:
        """When anything in it changed last; the beginning of the day where it is empty."""
        changes = (piece.article.updated for piece in self.pieces)
        return max(changes, default=calendar.midnight(self.day, self.zone))

    def file_name(self, ending: str) -> str:
        """`chapar-qom-1404-07-02.html`: what the file is called where it is kept."""
        place = self.province.slug if self.province else "iran"
        return f"chapar-{place}-{calendar.address_of(self.day)}.{ending}"


def gather(
    store: Store,
    day: date,
    province: str | None = None,
    *,
    zone: ZoneInfo,
    public_url: str,
    site_name: str = "چاپار",
) -> Edition:
    """Read a day from the store.

    Args:
        store: Where the articles are.
        day: The day in `zone`, as a Gregorian date.
        province: Its slug; None for all of the country.
        zone: The zone that the day is of.
        public_url: The address of the pages as readers see it.
        site_name: The name of the paper.

    Raises:
        StoreError: the store can't be read.
        KeyError: there is no such province.
    """
    since, until = (calendar.midnight(one, zone) for one in (day, day + timedelta(days=1)))
    of = gazetteer.by_slug(province) if province else None
    found = store.articles.latest(province=province, limit=MOST_ARTICLES, since=since, until=until)
    tellers = store.stories.story_sources(article.id for article in found)
    pieces = fitting(prominence.ranked(found, tellers), tellers)
    counts = store.articles.counts(since=since, until=until)
    total = counts.get(of.slug, 0) if of else store.articles.per_span([since, until])[0]
    return Edition(
        day=day,
        province=of,
        pieces=pieces,
        left_out=total - len(pieces),
        counts=counts,
        total=total,
        site_name=site_name,
        public_url=public_url.rstrip("/"),
        zone=zone,
    )


def fitting(
    articles: Sequence[Article], tellers: Mapping[int, Sequence[StorySource]], *, budget: int = BUDGET
) -> tuple[Piece, ...]:
    """As many articles as there is room for, the first ones whole.

    Each has room for its summary before any has for its text, so that a long report never drops ten short ones; then
    the texts go in, in the order of weight, those that still fit.

    Args:
        articles: The weightiest first.
        tellers: The other sources of their stories.
        budget: Bytes.
    """
    kept: list[Article] = []
    left = budget
    for article in articles:
        left -= _size((article.title, article.title, web_address(article.url), _gist(article))) + MARKUP
        if left < 0:
            break
        kept.append(article)
    left = max(left, 0)
    pieces = []
    for article in kept:
        text = tuple(clean(part) for part in article.body.split("\n\n") if part.strip())
        more = _size(text) - _size((_gist(article),))
        whole = bool(text) and more <= left
        left -= max(more, 0) if whole else 0
        names = tuple(dict.fromkeys(one.agency for one in tellers.get(article.id, ()) if one.agency))
        pieces.append(Piece(article, text if whole else (clean(_gist(article)),), whole or not text, names))
    return tuple(pieces)


def _gist(article: Article) -> str:
    return article.summary.text or article.lead


def _size(texts: Sequence[str]) -> int:
    return sum(len(text.encode("utf-8", "replace")) for text in texts)
