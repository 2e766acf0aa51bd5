"""What a feed says of itself, the same in every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from feeds.provinces import gazetteer
from feeds.syndication.entry import Entry

ALL = "all"
"""The slug of the feed of everything."""
GENERATOR = "Chapar"
COPYRIGHT = "حق نشر هر خبر از آنِ منبعِ آن است."
LANGUAGE = "fa"
"""Exactly this: newsboat does not take fa-IR for a right-to-left language."""
ALPHABET = " \u200cآابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
MINUTES_TO_LIVE = 15
NO_NEWS_YET = datetime(2026, 1, 1, tzinfo=UTC)
"""The date of a feed without items: a constant, so that the same nothing is the same bytes."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed without its items."""

    slug: str
    """`all`, or a province's slug: the file's name without its ending."""
    title: str
    description: str
    page: str
    """The HTML page of the same news."""
    public_url: str
    """The address of our pages, without a slash at its end."""

    @property
    def province(self) -> str | None:
        """The slug of the province; none for the feed of everything."""
        return None if self.slug == ALL else self.slug

    @property
    def guid(self) -> str:
        """A permanent name of the feed, wherever it is served."""
        return f"tag:chapar,2026:feed/{self.slug}"

    @property
    def icon(self) -> str:
        """A PNG of 144 pixels: RSS knows no SVG."""
        return f"{self.public_url}/static/icon.png"

    @property
    def categories(self) -> str:
        """The scheme that the names of provinces belong to."""
        return f"{self.public_url}/provinces"

    def address(self, ending: str) -> str:
        """Where the feed itself is served."""
        return f"{self.public_url}/feeds/{self.slug}.{ending}"


def last_change(entries: Iterable[Entry]) -> datetime:
    """When any of the items changed last."""
    return max((entry.updated for entry in entries), default=NO_NEWS_YET)


def channels_of(public_url: str, site_name: str) -> tuple[Channel, ...]:
    """The feed of everything first, then those of the 31 provinces in alphabetical order."""
    everything = Channel(
        slug=ALL,
        title=f"{site_name} | همهٔ خبرها",
        description="خبرهای همهٔ استان‌های ایران، تازه‌ترین در آغاز",
        page=f"{public_url}/",
        public_url=public_url,
    )
    provinces = (
        Channel(
            slug=province.slug,
            title=f"{site_name} | استان {province.name}",
            description=f"خبرهای استان {province.name}، تازه‌ترین در آغاز",
            page=f"{public_url}/p/{province.slug}",
            public_url=public_url,
        )
        for province in sorted(gazetteer.PROVINCES, key=lambda province: alphabetical(province.name))
    )
    return (everything, *provinces)


def alphabetical(name: str) -> tuple[int, ...]:
    """A sort key in the order of the Persian alphabet, which is not that of Unicode: گ comes before ل, not after ی."""
    return tuple(ALPHABET.find(letter) for letter in name)
