"""Articles -> HTML. Every page is a pure function of what it is given; templates/ holds how it looks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from feeds.models import Article, ChannelState, Image, Order, Problem, SearchPage, SearchQuery
from feeds.provinces import gazetteer
from feeds.provinces.gazetteer import Province
from feeds.redaction import redact
from feeds.search import marking
from feeds.store.stories import StorySource
from feeds.syndication import channels_of, web_address
from feeds.text import jalali, sentences
from feeds.web import tilemap, typography
from feeds.web.preview import Post

Tellers = Mapping[int, Sequence[StorySource]]
"""The other sources of each article's story, by the article's id."""

STYLE = "style.css"
SUGGESTIONS = "suggest.js"
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


@dataclass(frozen=True, slots=True)
class Message:
    """A page that says one thing: nothing found, nothing there, something broke."""

    status: int
    title: str
    text: str
    error_id: str = ""


SOURCE_COLUMNS = ("key", "folder", "succeeded", "newest", "failures", "lag", "lag_p50", "lag_p95", "trouble")
"""What the status page tells of a source: as much as fits; `chapar status --json` has the rest."""


class Pages:
    """The pages of one site."""

    def __init__(self, *, public_url: str, zone: ZoneInfo, site_name: str) -> None:
        """Make the pages.

        Args:
            public_url: The address of the pages as readers see it.
            zone: The zone in which times are shown.
            site_name: The name in the masthead.
        """
        self.zone = zone
        self._base = urlsplit(public_url).path.rstrip("/")
        self.channels = channels_of(public_url.rstrip("/"), site_name)
        self.alphabetical = tuple(gazetteer.by_slug(channel.slug) for channel in self.channels if channel.province)
        self._templates = Environment(
            loader=PackageLoader("feeds.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "redact": redact,
            "latin": typography.latin,
            "lines": typography.lines,
            "number": typography.number,
            "first_sentence": first_sentence,
            "marked": typography.marked,
            "snippet": marking.snippet,
            "when": partial(typography.when, zone=zone),
            "full_time": partial(typography.full_time, zone=zone),
            "stamp": self._stamp,
            "moment": self._moment,
            "address": web_address,
        }
        self._templates.globals |= {
            "site_name": site_name,
            "public_url": public_url.rstrip("/"),
            "base": self._base,
            "style": _address(STYLE),
            "suggestions": _address(SUGGESTIONS),
            "province_of": province_of,
            "channels": self.channels,
        }

    def home(self, listing: Listing, counts: Mapping[str, int], *, now: datetime) -> str:
        """The newest articles, or an older page of them."""
        return self._render("home.html", now, listing=listing, map=self._map(counts))

    def article(
        self,
        article: Article,
        related: Sequence[Article],
        *,
        others: Sequence[Article | StorySource] = (),
        chain: Sequence[Article] = (),
        now: datetime,
    ) -> str:
        """One article.

        Args:
            article: What is read.
            related: More of its province.
            others: Those that tell the same.
            chain: What was told of the matter before and after, in the order of publication.
            now: For relative times.
        """
        paragraphs = [part for part in article.body.split("\n\n") if part.strip()]
        return self._render(
            "article.html",
            now,
            article=article,
            paragraphs=paragraphs or [article.summary.text],
            image=shown_image(article.image),
            source=web_address(article.url),
            others=others,
            chain=chain,
            related=related,
        )

    def province(self, province: Province, listing: Listing, counts: Mapping[str, int], *, now: datetime) -> str:
        """The news of a province; without any, the neighbours that have some."""
        return self._render(
            "province.html",
            now,
            province=province,
            listing=listing,
            counts=counts,
            nearby=[gazetteer.by_slug(slug) for slug in province.neighbours if counts.get(slug)],
            feed=next(channel for channel in self.channels if channel.slug == province.slug),
        )

    def provinces(self, counts: Mapping[str, int], *, now: datetime) -> str:
        """All provinces, on the map and by name."""
        return self._render("provinces.html", now, provinces=self.alphabetical, counts=counts, map=self._map(counts))

    def search(
        self,
        typed: str,
        query: SearchQuery | None = None,
        found: SearchPage | None = None,
        *,
        story_sources: Tellers = MappingProxyType({}),
        number: int = 1,
        error: str = "",
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
        )

    def feeds(self, *, now: datetime) -> str:
        """The feeds, for people."""
        return self._render("feeds.html", now)

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
        known = {name for source in service.get("sources", ()) for name in source}
        columns = [name for name in SOURCE_COLUMNS if name in known]
        return self._render(
            "status.html",
            now,
            articles=articles,
            deliveries=deliveries,
            problems=problems,
            service=service,
            columns=columns,
        )

    def message(self, message: Message, *, now: datetime) -> str:
        """A page that says one thing."""
        return self._render("message.html", now, message=message)

    def _render(self, template: str, now: datetime, **values: Any) -> str:
        today = jalali.news_date(now.astimezone(self.zone).date())
        return self._templates.get_template(template).render(
            here=template.removesuffix(".html"), now=now, today=today, **values
        )

    def _map(self, counts: Mapping[str, int]) -> Markup:
        return Markup(tilemap.svg(counts, base=self._base))  # noqa: S704 - drawn by us

    def _stamp(self, moment: datetime, shown: str = "") -> Markup:
        full = typography.full_time(moment, self.zone)
        return typography.time_tag(moment, shown or full, full, self.zone)

    def _moment(self, moment: datetime | str) -> str:
        """For the desk: Gregorian, to the second, in the site's zone; text that is no time stays as it is."""
        try:
            moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        except ValueError:
            return str(moment)
        return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M:%S}"


def province_of(slug: str) -> Province | None:
    """The province, or None where the slug is of none (an old store, a province renamed)."""
    try:
        return gazetteer.by_slug(slug)
    except KeyError:
        return None


def first_sentence(article: Article) -> str:
    """What a list shows of an article."""
    summary = article.summary.lead or article.lead or article.summary.text
    return next(iter(sentences.split(summary)), "")


def shown_image(image: Image | None) -> Image | None:
    """A picture that a page may show: its address is a web address."""
    if image is None or not image.lasts or not (url := web_address(image.url)):
        return None
    return Image(url, image.alt, image.width, image.height)


def static_file(name: str) -> bytes:
    """A file of static/."""
    return files("feeds.web").joinpath("static", name).read_bytes()


@cache
def static_version(name: str) -> str:
    """What the address of a file of static/ ends with: a new one wherever its bytes change."""
    return hashlib.sha256(static_file(name)).hexdigest()[:8]


def _address(name: str) -> str:
    return f"static/{name}?v={static_version(name)}"
