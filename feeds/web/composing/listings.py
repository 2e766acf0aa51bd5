"""What a list of articles is made of, before it is set: a page of the newest, and a page of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from feeds.models import Article, Image
from feeds.provinces import gazetteer
from feeds.provinces.gazetteer import Province
from feeds.store.archive.stories import StorySource
from feeds.syndication import web_address
from feeds.text import sentences

Tellers = Mapping[int, Sequence[StorySource]]
"""The other sources of each article's story, by the article's id."""

PAGE_SIZE = 20
"""Articles on a page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list of articles."""

    articles: Sequence[Article]
    story_sources: Tellers
    first: bool
    """Whether it begins with the newest."""
    older: int | None
    """The id to go on from, where there are older ones."""
    lead: Article | None = None
    """What stands above the others, chosen from the last day; it may be one of them."""

    @property
    def rest(self) -> list[Article]:
        """The articles below the lead."""
        return [article for article in self.articles if self.lead is None or article.id != self.lead.id]


@dataclass(frozen=True, slots=True)
class DayListing(Listing):
    """A page of the news of a day, of a province or of all."""

    day: date = date.min
    province: Province | None = None
    counts: Mapping[str, int] | None = None
    """Articles of the day in each province, by slug."""
    total: int = 0
    earliest: date | None = None
    """The first day of the archive."""


@dataclass(frozen=True, slots=True)
class MapOfDay:
    """How much news each province had in a day, for the map."""

    counts: Mapping[str, int]
    caption: str
    """Which day it is: «۲۴ ساعت گذشته»."""


def province_of(slug: str) -> Province | None:
    """The province, or None where the slug is of none (an old store, a province renamed)."""
    try:
        return gazetteer.by_slug(slug)
    except KeyError:
        return None


def first_sentence(article: Article) -> str:
    """What a list shows of an article."""
    summary = article.summary.lead or article.lead or article.summary.text
    return sentences.first(summary)


def headline(article: Article) -> str:
    """The title where it stands without its page: on a card, in a message that passes it on."""
    return f"تکذیب شد: {article.title}" if article.retracted else article.title


def shown_image(image: Image | None) -> Image | None:
    """A picture that a page may show: its address is a web address."""
    if image is None or not image.lasts or not (url := web_address(image.url)):
        return None
    return Image(url, image.alt, image.width, image.height)


WORDS_A_MINUTE = 180
"""How fast Persian news is read on a screen, a little below what studies of English find."""


def reading_minutes(text: str) -> int:
    """How long a text takes to read, in whole minutes; 0 for one of less than a minute, which need not be said."""
    words = len(text.split())
    return round(words / WORDS_A_MINUTE) if words > WORDS_A_MINUTE else 0
