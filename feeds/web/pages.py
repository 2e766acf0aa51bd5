"""Articles -> HTML. Every page is a pure function of what it is given; templates/ holds how it looks.

Long, as each page of the site is one short method here, beside the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from feeds.editing import subheads
from feeds.errors import StoreError
from feeds.layout import calendar, tilemap, typography
from feeds.layout.calendar import Month
from feeds.models import Article, ChannelState, Order, Problem, Revision, SearchPage, SearchQuery
from feeds.provinces import gazetteer
from feeds.provinces.gazetteer import Province
from feeds.redaction import redact
from feeds.store.archive.lists import Correction
from feeds.store.archive.stories import StorySource
from feeds.stories.disagreement import Disagreement
from feeds.syndication import Channel, channels_of, notices, web_address
from feeds.text.times import jalali
from feeds.web import status
from feeds.web.composing import machines, sharing
from feeds.web.composing.cards import Cards
from feeds.web.composing.contacts import Contact, nearest
from feeds.web.composing.listings import (
    PAGE_SIZE,
    DayListing,
    Listing,
    MapOfDay,
    Tellers,
    headline,
    province_of,
    reading_minutes,
    shown_image,
)
from feeds.web.composing.narrowing import AGENCIES, PERIODS
from feeds.web.preview import Post

STYLE = "style.css"
PREVIEW_STYLE = "preview.css"
SCRIPTS = {"theme": "theme.js", "suggestions": "suggest.js", "copying": "copy.js"}
FONT = "vazirmatn.woff2"


@dataclass(frozen=True, slots=True)
class Message:
    """A page that says one thing: nothing found, nothing there, something broke."""

    status: int
    title: str
    text: str
    error_id: str = ""


class Pages:
    """The pages of one site."""

    def __init__(
        self,
        *,
        public_url: str,
        zone: ZoneInfo,
        site_name: str,
        contacts: Callable[[], Sequence[Contact]] = tuple,
    ) -> None:
        """Make the pages.

        Args:
            public_url: The address of the pages as readers see it.
            zone: The zone in which times are shown.
            site_name: The name in the masthead.
            contacts: The channels and the bot that pages lead to, as they are now.
        """
        self.zone = zone
        self.site_name = site_name
        self.public_url = public_url.rstrip("/")
        self._contacts = contacts
        self.base = urlsplit(public_url).path.rstrip("/")
        self.channels = channels_of(public_url.rstrip("/"), site_name)
        self.alphabetical = tuple(gazetteer.by_slug(channel.slug) for channel in self.channels if channel.province)
        self._templates = Environment(
            loader=PackageLoader("feeds.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.filters |= {
            "redact": redact,
            "latin": typography.latin,
            "lines": typography.lines,
            "number": typography.number,
            "when": partial(typography.when, zone=zone),
            "stamp": self._stamp,
            "ago": self._ago,
        }
        self._templates.globals |= {
            "site_name": site_name,
            "public_url": public_url.rstrip("/"),
            "base": self.base,
            "style": _address(STYLE),
            "preview_style": _address(PREVIEW_STYLE),
            "scripts": {name: _address(script) for name, script in SCRIPTS.items()},
            "font": _address(FONT),
            "cards": Cards(escape(self.base), zone),
            "nearest": nearest,
            "periods": PERIODS,
            "agencies": AGENCIES,
            "alphabetical": self.alphabetical,
            "day_address": calendar.address_of,
            "day_number": calendar.day_number,
            "week": calendar.WEEK,
            "province_of": province_of,
            "channels": self.channels,
        }
        # The same on every page of results, and a third of what stands around them.
        narrow = self._templates.get_template("narrow.html").render()
        self._templates.globals["narrow"] = Markup(narrow.removesuffix("\n"))  # noqa: S704 - a template's

    def home(self, listing: Listing, day: MapOfDay, *, now: datetime) -> str:
        """The newest articles below the one that leads, or an older page of them."""
        return self._render("home.html", now, listing=listing, map=self._map(day.counts), caption=day.caption)

    def article(
        self,
        article: Article,
        related: Sequence[Article],
        *,
        others: Sequence[StorySource] = (),
        disagreements: Sequence[Disagreement] = (),
        chain: Sequence[Article] = (),
        revisions: Sequence[Revision] = (),
        now: datetime,
    ) -> str:
        """One article.

        Args:
            article: What is read.
            related: More of its province.
            others: Those that tell the same.
            disagreements: Where they give other numbers.
            chain: What was told of the matter before and after, in the order of publication.
            revisions: The source's words as they came, the newest first.
            now: For relative times.
        """
        paragraphs = [part for part in article.body.split("\n\n") if part.strip()] or [article.summary.text]
        page = f"{self.public_url}/a/{article.uid}"
        image = shown_image(article.image)
        picture = image.url if image else f"{page}.png"
        return self._render(
            "article.html",
            now,
            article=article,
            paragraphs=[subheads.read(part) for part in paragraphs],
            image=image,
            page=page,
            picture=picture,
            source=web_address(article.url),
            others=others,
            earlier=[other for other in chain if other.id < article.id],
            later=[other for other in chain if other.id > article.id],
            former_titles=former_titles(revisions),
            disagreements=disagreements,
            related=related,
            minutes=reading_minutes(article.body),
            headline=headline(article),
            places=sharing.places(page, headline(article)),
            facts=machines.news_article(
                article, others, page=page, picture=picture, site_name=self.site_name, public_url=self.public_url
            ),
            place=article.provinces[0] if article.provinces else "",
        )

    def province(self, province: Province, listing: Listing, counts: Mapping[str, int], *, now: datetime) -> str:
        """The news of a province; without any, the neighbours that have some."""
        return self._render(
            "province.html",
            now,
            province=province,
            listing=listing,
            counts=counts,
            place=province.slug,
            nearby=[gazetteer.by_slug(slug) for slug in province.neighbours if counts.get(slug)],
            feed=next(channel for channel in self.channels if channel.slug == province.slug),
        )

    def provinces(self, counts: Mapping[str, int], day: MapOfDay, *, now: datetime) -> str:
        """All provinces: the last day on the map, and by name how much there is of each in all."""
        return self._render("provinces.html", now, counts=counts, map=self._map(day.counts), caption=day.caption)

    def archive(
        self, month: Month, counted: Mapping[date, int], *, earliest: date | None, today: date, now: datetime
    ) -> str:
        """A month of the archive, as a calendar.

        Args:
            month: Which one.
            counted: How much news each of its days has.
            earliest: The first day of the archive; None while it is empty.
            today: The day in the site's zone.
            now: For the masthead.
        """
        return self._render(
            "archive.html",
            now,
            month=month,
            counted=counted,
            this_day=today,
            older=month.previous if earliest and earliest < month.first else None,
            newer=month.next if month.next.first <= today else None,
        )

    def day(self, listing: DayListing, *, today: date, now: datetime) -> str:
        """A day of the archive, of a province or of all."""
        day, one = listing.day, timedelta(days=1)
        return self._render(
            "day.html",
            now,
            listing=listing,
            shown_day=jalali.news_date(day),
            month=calendar.month_of(day),
            older_day=day - one if listing.earliest and listing.earliest < day else None,
            newer_day=day + one if day < today else None,
            place=listing.province.slug if listing.province else "",
        )

    def about(self, *, now: datetime) -> str:
        """What this is, and how its news comes about."""
        return self._render("about.html", now)

    def search(
        self,
        typed: str,
        query: SearchQuery | None = None,
        found: SearchPage | None = None,
        *,
        story_sources: Tellers = MappingProxyType({}),
        number: int = 1,
        error: str = "",
        feed: Channel | None = None,
        now: datetime,
    ) -> str:
        """The search form with what was found.

        Args:
            typed: The words as they were typed.
            query: What was understood of them.
            found: The results; None where nothing was searched.
            story_sources: The other sources of their stories.
            number: Which page of the results, from 1.
            error: Why it could not be searched, in Persian.
            feed: The feed of the search.
            now: For relative times.
        """
        return self._render(
            "search.html",
            now,
            typed=typed,
            query=query,
            found=found,
            story_sources=story_sources,
            number=number,
            last=-(-found.total // PAGE_SIZE) if found else 1,
            newest=query is not None and query.order is Order.NEWEST,
            town=next((chip.label for chip in query.chips if chip.kind == "town"), typed) if query else "",
            error=error,
            feed=feed,
        )

    def selected(self, channel: Channel, heading: str, listing: Listing, *, now: datetime) -> str:
        """The news of a feed that is of no province: breaking news, what an agency signed."""
        here_href = f"{self.base}{urlsplit(channel.page).path.removeprefix(self.base)}"
        return self._render("selected.html", now, feed=channel, heading=heading, listing=listing, here_href=here_href)

    def corrections(self, channel: Channel, found: Sequence[Correction], *, now: datetime) -> str:
        """What was corrected or withdrawn, the newest first."""
        told = [(one, notices.what(one), notices.former_title(one)) for one in found]
        return self._render("corrections.html", now, feed=channel, told=told)

    def feeds(self, others: Sequence[Channel] = (), agencies: Sequence[Channel] = (), *, now: datetime) -> str:
        """The feeds, for people: those of provinces, others, and those of agencies."""
        return self._render("feeds.html", now, others=others, agencies=agencies)

    def preview(
        self,
        posts: Sequence[Post],
        shown: ChannelState,
        channels: Sequence[ChannelState],
        *,
        own: str,
        older: int | None,
        now: datetime,
    ) -> str:
        """A channel as Telegram would show it.

        Args:
            posts: Newest first; the page shows the newest lowest, as Telegram does.
            shown: The channel that they are of.
            channels: All there are, to switch between.
            own: The key of the channel that is no platform's, only ours.
            older: The post to go on from, where there are older ones.
            now: The time.
        """
        return self._render("preview.html", now, posts=posts, shown=shown, channel_list=channels, own=own, older=older)

    def status(
        self,
        *,
        articles: int,
        deliveries: Mapping[str, int],
        problems: Sequence[Problem],
        service: Mapping[str, Any],
        now: datetime,
    ) -> str:
        """The desk's page."""
        return self._render(
            "status.html",
            now,
            articles=articles,
            deliveries=deliveries,
            troubles=status.by_kind(problems),
            service=service,
            words=status,
        )

    def message(self, message: Message, *, now: datetime) -> str:
        """A page that says one thing."""
        return self._render("message.html", now, message=message)

    def _render(self, template: str, now: datetime, **values: Any) -> str:
        today = now.astimezone(self.zone).date()
        given = {"place": "", "contacts": self._reached(), "now": now, "here": template.removesuffix(".html")}
        given |= {"today": jalali.news_date(today), "today_address": calendar.address_of(today)}
        return self._templates.get_template(template).render(**given | values)

    def _reached(self) -> Sequence[Contact]:
        """The channels and the bot; none while the store is away: the page that says so is made all the same."""
        try:
            return tuple(self._contacts())
        except StoreError:
            return ()

    def _map(self, counts: Mapping[str, int]) -> Markup:
        return Markup(tilemap.svg(counts, base=self.base))  # noqa: S704 - drawn by us

    def _stamp(self, moment: datetime, shown: str = "") -> Markup:
        full = typography.full_time(moment, self.zone)
        return typography.time_tag(moment, shown or full, full, self.zone)

    def _ago(self, moment: datetime | str, now: datetime) -> Markup | str:
        """How long ago something was, with its moment in the site's zone; text that is no time stays as it is."""
        try:
            moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        except ValueError:
            return str(moment)
        return self._stamp(moment, jalali.ago(moment, now))


def former_titles(revisions: Sequence[Revision]) -> list[str]:
    """The headlines that an article had before its present one, the newest first, each once."""
    titles = list(dict.fromkeys(revision.title.strip() for revision in revisions))
    return [title for title in titles[1:] if title]


def static_file(name: str) -> bytes:
    """A file that pages are made with: of static/, or the font."""
    folder = ("feeds.layout", "fonts") if name == FONT else ("feeds.web", "static")
    return files(folder[0]).joinpath(folder[1], name).read_bytes()


@cache
def static_version(name: str) -> str:
    """What the address of a file of static/ ends with: a new one wherever its bytes change."""
    return hashlib.sha256(static_file(name)).hexdigest()[:8]


def _address(name: str) -> str:
    return f"static/{name}?v={static_version(name)}"
