"""What a feed says of itself, the same in every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote

from feeds.provinces import gazetteer
from feeds.store.archive.lists import Selection
from feeds.syndication import agency_slugs
from feeds.syndication.entry import clean, one_line

ALL = "all"
"""The slug of the feed of everything."""
URGENT = "urgent"
"""The slug of the feed of breaking news."""
CORRECTIONS = "corrections"
"""The slug of the feed of corrections and retractions."""
EVERYTHING = Selection()
SOURCES = "sources/"
"""What the slugs of the agencies' feeds begin with."""
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
    """A feed without its items; or an archive of one, which holds older items of it (RFC 5005)."""

    slug: str
    """`all`, `urgent`, `corrections`, a province's slug, or `sources/` and an agency's: the file's name without its
    ending."""
    title: str
    description: str
    page: str
    """The HTML page of the same news."""
    public_url: str
    """The address of our pages, without a slash at its end."""
    selection: Selection = EVERYTHING
    """Which articles it tells."""
    hub: str = ""
    """The address of the WebSub hub that hears of its changes; empty without one."""
    path: str = ""
    """Where it is served, below the address of our pages and without its ending; empty: by its slug."""
    query: str = ""
    """What follows its ending, with the question mark."""
    previous: str = ""
    """The path of the archive that holds what is older than its items; empty: there is nothing older."""
    archive_of: str = ""
    """Of an archive: the path of the feed itself."""

    @property
    def province(self) -> str | None:
        """The slug of the province; none for other feeds."""
        return self.selection.province or None

    @property
    def guid(self) -> str:
        """A permanent name of the feed, wherever it is served."""
        return f"tag:chapar,2026:feed/{quote(self.slug)}"

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
        return self.at(self.path or f"feeds/{self.slug}", ending) + self.query

    def at(self, path: str, ending: str) -> str:
        """The address of a path of ours in a format."""
        return f"{self.public_url}/{quote(path)}.{ending}"

    def with_older_at(self, path: str) -> Channel:
        """The same feed, whose older items are at a path."""
        return replace(self, previous=path)


def last_change_of(updates: Iterable[datetime]) -> datetime:
    """When any of the items changed last."""
    return max(updates, default=NO_NEWS_YET)


def channels_of(public_url: str, site_name: str, hub: str = "") -> tuple[Channel, ...]:
    """The feed of everything first, then those of the 31 provinces in alphabetical order."""
    everything = Channel(
        slug=ALL,
        title=f"{site_name} | همهٔ خبرها",
        description="خبرهای همهٔ استان‌های ایران، تازه‌ترین در آغاز",
        page=f"{public_url}/",
        public_url=public_url,
        hub=hub,
    )
    provinces = (
        Channel(
            slug=province.slug,
            title=f"{site_name} | استان {province.name}",
            description=f"خبرهای استان {province.name}، تازه‌ترین در آغاز",
            page=f"{public_url}/p/{province.slug}",
            public_url=public_url,
            selection=Selection(province=province.slug),
            hub=hub,
        )
        for province in sorted(gazetteer.PROVINCES, key=lambda province: alphabetical(province.name))
    )
    return (everything, *provinces)


def urgent_of(public_url: str, site_name: str, hub: str = "") -> Channel:
    """The feed of breaking news."""
    return Channel(
        slug=URGENT,
        title=f"{site_name} | خبرهای فوری",
        description="خبرهای فوری همهٔ استان‌های ایران، تازه‌ترین در آغاز",
        page=f"{public_url}/urgent",
        public_url=public_url,
        selection=Selection(urgent=True),
        hub=hub,
    )


def corrections_of(public_url: str, site_name: str, hub: str = "") -> Channel:
    """The feed of what was corrected or withdrawn."""
    return Channel(
        slug=CORRECTIONS,
        title=f"{site_name} | اصلاح‌ها و تکذیب‌ها",
        description="خبرهایی که منبعشان آن‌ها را تغییر داده یا پس گرفته است، تازه‌ترین در آغاز",
        page=f"{public_url}/corrections",
        public_url=public_url,
        hub=hub,
    )


def agency_of(agency: str, public_url: str, site_name: str, hub: str = "") -> Channel:
    """The feed of all that an agency signed."""
    slug, name = agency_slugs.slug_of(agency), one_line(agency)
    return Channel(
        slug=f"{SOURCES}{slug}",
        title=f"{site_name} | {name}",
        description=f"خبرهای {name}، تازه‌ترین در آغاز",
        page=f"{public_url}/sources/{quote(slug)}",
        public_url=public_url,
        selection=Selection(agency=agency),
        hub=hub,
    )


def search_of(typed: str, public_url: str, site_name: str) -> Channel:
    """The feed of a search, as it was typed; no hub hears of it, as nobody knows when it changes."""
    typed = " ".join(clean(typed).split())
    query = f"?q={quote(typed, safe='')}"
    return Channel(
        slug=f"search/{typed}",
        title=f"{site_name} | جستجوی «{typed}»",
        description=f"خبرهایی که «{typed}» در آن‌ها هست، تازه‌ترین در آغاز",
        page=f"{public_url}/search{query}&order=newest",
        public_url=public_url,
        path="search",
        query=query,
    )


def alphabetical(name: str) -> tuple[int, ...]:
    """A sort key in the order of the Persian alphabet, which is not that of Unicode: گ comes before ل, not after ی."""
    return tuple(ALPHABET.find(letter) for letter in name)
