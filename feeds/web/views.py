"""What each address answers: the store is read here, and nowhere else in the web.

Views are plain functions of a request; Starlette runs them in threads, since the store is synchronous.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from starlette.requests import Request

from feeds import search
from feeds.errors import StoreError
from feeds.layout import prominence
from feeds.models import Article, ChannelState, Order, SearchQuery
from feeds.provinces import gazetteer
from feeds.store import Store
from feeds.stories.disagreement import Disagreement, disagreements
from feeds.syndication import Channel, Site
from feeds.syndication.channel import CORRECTIONS, SOURCES
from feeds.text.times import jalali
from feeds.web.composing.listings import PAGE_SIZE, Listing, MapOfDay
from feeds.web.composing.narrowing import narrowed
from feeds.web.content import PRIVATE, Content
from feeds.web.desk_door import DeskDoor
from feeds.web.pages import Message, Pages
from feeds.web.preview import Post, post_of
from feeds.web.serving.shelf import ANYTHING
from feeds.web.timing import true_until

log = logging.getLogger(__name__)

HTML = "text/html; charset=utf-8"
A_DAY, A_SECOND = timedelta(hours=24), timedelta(seconds=1)
CANDIDATES = 120
"""Of the newest articles of the last day, one of which leads the first page."""
RELATED = 5
PREVIEW_POSTS = 50
PREVIEW_BYTES = 52_000
POST_BYTES = 400
"""What the page puts around the words of a post."""
MOST_PAGES = 500
LARGEST_ID = 2**63 - 1
A_MINUTE = "public, max-age=60"


class NotFoundError(Exception):
    """There is no such page."""


@dataclass(frozen=True, slots=True)
class Views:
    """The views of one site."""

    store: Store
    pages: Pages
    clock: Callable[[], datetime]
    preview_channel: str
    service: Callable[[], Mapping[str, Any]]
    """What the service says of itself, for the status page."""
    door: DeskDoor
    site: Site
    strain: Callable[[], str] = str
    """Why something runs short, in a sentence; empty while nothing does."""

    def home(self, request: Request) -> Content:
        """`/`, and older pages by `?before=ID`."""
        now, before = self.clock(), whole(request, "before")
        listing = self._listing(None, before)
        if before is None:
            listing = self._led(listing, now)
        page = self.pages.home(listing, self._map_of_day(now), now=now)
        shown = (*listing.articles, *((listing.lead,) if listing.lead else ()))
        return self.kept(page, frozenset((ANYTHING,)), shown, now)

    def article(self, request: Request) -> Content:
        """`/a/{uid}`."""
        article = self.store.articles.by_uid(request.path_params["uid"])
        if article is None or article.held:
            raise NotFoundError
        stories, now = self.store.stories, self.clock()
        alone = stories.tells_alone(article.id)  # as most do, for one question in place of a dozen
        others, chain = ((), ()) if alone else (stories.others(article.id), stories.chain(article.id))
        told = {article.id, *(other.id for other in chain)}
        related = [other for other in self._related(article, RELATED + len(told)) if other.id not in told][:RELATED]
        page = self.pages.article(
            article,
            related,
            others=others,
            disagreements=() if alone else self._disagreements(article),
            chain=chain,
            revisions=self.store.articles.original(article.id) if article.revision > 1 else (),
            now=now,
        )
        shown = (article, *related, *chain)
        ids = (*(one.id for one in shown), *(other.article_id for other in others))
        return self.kept(page, depends_on(ids, article.provinces or (ANYTHING,)), shown, now)

    def province(self, request: Request) -> Content:
        """`/p/{slug}`, and older pages by `?before=ID`."""
        try:
            province = gazetteer.by_slug(request.path_params["slug"])
        except KeyError:
            raise NotFoundError from None
        listing, now = self._listing(province.slug, whole(request, "before")), self.clock()
        page = self.pages.province(province, listing, self.store.articles.counts(), now=now)
        told = listing.articles
        nearby = () if told else province.neighbours  # with no news of its own, it shows who has some
        return self.kept(page, depends_on((one.id for one in told), (province.slug, *nearby)), told, now)

    def provinces(self, request: Request) -> Content:  # noqa: ARG002 - the signature of a view
        """`/provinces`."""
        now = self.clock()
        return _page(self.pages.provinces(self.store.articles.counts(), self._map_of_day(now), now=now))

    def about(self, request: Request) -> Content:  # noqa: ARG002
        """`/about`."""
        return _page(self.pages.about(now=self.clock()))

    def urgent(self, request: Request) -> Content:
        """`/urgent`: breaking news, and older pages by `?before=ID`."""
        channel = next(channel for channel in self.site.standing if channel.selection.urgent)
        return self._selected(channel, "خبرهای فوری", whole(request, "before"))

    def agency(self, request: Request) -> Content:
        """`/sources/{slug}`: what an agency signed, and older pages by `?before=ID`."""
        channel = self.site.named(self.store, f"{SOURCES}{request.path_params['slug']}")
        if channel is None:
            raise NotFoundError
        return self._selected(channel, channel.selection.agency, whole(request, "before"))

    def corrections(self, request: Request) -> Content:  # noqa: ARG002
        """`/corrections`: what was corrected or withdrawn."""
        channel = next(channel for channel in self.site.standing if channel.slug == CORRECTIONS)
        return _page(self.pages.corrections(channel, self.store.lists.corrections(limit=60), now=self.clock()))

    def search(self, request: Request) -> Content:
        """`/search?q=`, the newest first by `&order=newest`, further pages by `&page=`.

        `&province=`, `&period=` and `&source=` narrow it, in the words that anybody could have typed.
        """
        typed = narrowed(request.query_params)[: search.LONGEST].strip()
        now = self.clock()
        if not typed:
            return _page(self.pages.search("", now=now))
        order = Order.NEWEST if request.query_params.get("order") == Order.NEWEST else Order.BEST
        query = search.parse(typed, now, self.pages.zone, order=order)
        if query.command in {"latest", "important"}:
            query = SearchQuery(query.text, order=order)
        elif query.asks_nothing:
            return _page(self.pages.search(typed, query, now=now))
        number = min(max(whole(request, "page") or 1, 1), MOST_PAGES)
        found = self.store.articles.search(query, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE, now=now)
        if found.total and not found.articles:
            raise NotFoundError
        story_sources = self.store.stories.story_sources(article.id for article in found.articles)
        feed = self.site.of_search(typed)
        page = self.pages.search(typed, query, found, story_sources=story_sources, number=number, feed=feed, now=now)
        return _page(page)

    def suggest(self, request: Request) -> Content:
        """`/suggest?q=`: what the last word may become, as OpenSearch's suggestions are written."""
        typed = request.query_params.get("q", "")[: search.LONGEST]
        head, _, last = typed.rpartition(" ")
        words = self.store.articles.suggest(last) if last else []
        whole = [f"{head} {word}".strip() for word in words]
        return Content(json.dumps([typed, whole], ensure_ascii=False).encode(), "application/json", cache=A_MINUTE)

    def feeds(self, request: Request) -> Content:  # noqa: ARG002
        """`/feeds`, for people."""
        others = [channel for channel in self.site.standing if channel not in self.pages.channels]
        return _page(self.pages.feeds(others, self.site.agencies(self.store), now=self.clock()))

    def preview(self, request: Request) -> Content:
        """`/preview`, another channel by `?channel=`, older posts by `&before=ID`."""
        channels = {channel.key: channel for channel in self.store.channels.all()}
        key = request.query_params.get("channel", "") or self._first_channel(channels)
        if key not in channels and key != self.preview_channel:
            raise NotFoundError
        shown = channels.get(key, ChannelState(key=key))
        deliveries = self.store.deliveries.posts(key, limit=PREVIEW_POSTS + 1, before=whole(request, "before"))
        posts = [post for delivery in deliveries if (post := post_of(delivery, self.pages.zone))]
        fit = _fitting(posts)
        older = fit[-1].id if len(fit) < len(posts) else None
        page = self.pages.preview(
            fit, shown, tuple(channels.values()), own=self.preview_channel, older=older, now=self.clock()
        )
        return _page(page, cache=PRIVATE)

    def status(self, request: Request) -> Content:
        """`/status`, for the desk; for others there is no such page."""
        if not self.door.opens(request):
            raise NotFoundError
        page = self.pages.status(
            articles=self.store.articles.total(),
            deliveries=self.store.deliveries.counts(),
            problems=self.store.problems.all(),
            service=self.service(),
            now=self.clock(),
        )
        return _page(page, cache=PRIVATE)

    def health(self, request: Request) -> Content:
        """`/healthz`: 503 where the store can't be read; why, and what runs short, is the desk's business."""
        try:
            self.store.articles.latest(limit=1)
        except StoreError as error:
            log.error("/healthz: %s", error)  # noqa: TRY400 - the sentence says all
            told = {"status": "unavailable", "reason": str(error)}
            return _json(told if self.door.opens(request) else {"status": "unavailable"}, status=503)
        why = self.strain() if self.door.opens(request) else ""
        return _json({"status": "strained", "reason": why} if why else {"status": "ok"})

    def message(self, message: Message) -> Content:
        """A page that says one thing."""
        return _page(self.pages.message(message, now=self.clock()), cache=PRIVATE, status=message.status)

    def _listing(self, province: str | None, before: int | None) -> Listing:
        return self._listed(self.store.articles.latest(province=province, limit=PAGE_SIZE + 1, before=before), before)

    def _listed(self, found: Sequence[Article], before: int | None) -> Listing:
        shown = found[:PAGE_SIZE]
        story_sources = self.store.stories.story_sources(article.id for article in shown)
        older = shown[-1].id if len(found) > PAGE_SIZE else None
        return Listing(shown, story_sources, first=before is None, older=older)

    def _led(self, listing: Listing, now: datetime) -> Listing:
        """The first page with the story that leads it, from the news of the last day where there was some."""
        recent = self.store.articles.latest(limit=CANDIDATES, since=now - A_DAY) or listing.articles
        story_sources = self.store.stories.story_sources(article.id for article in recent)
        lead = prominence.lead(recent, story_sources, now)
        return replace(listing, lead=lead, story_sources={**listing.story_sources, **story_sources})

    def _map_of_day(self, now: datetime) -> MapOfDay:
        """The last day's news by province; where that day had none, that of the day up to the newest article."""
        newest = next((article.published for article in self.store.articles.latest(limit=1)), now)
        if newest > now - A_DAY:
            return MapOfDay(self.store.articles.counts(since=now - A_DAY), "سهم از خبرهای ۲۴ ساعت گذشته")
        counts = self.store.articles.counts(since=newest - A_DAY, until=newest + A_SECOND)
        return MapOfDay(counts, f"سهم از خبرهای {jalali.news_date(newest.astimezone(self.pages.zone).date())}")

    def _selected(self, channel: Channel, heading: str, before: int | None) -> Content:
        found = self.store.lists.newest(channel.selection, limit=PAGE_SIZE + 1, before=before)
        listing, now = self._listed(found, before), self.clock()
        page = self.pages.selected(channel, heading, listing, now=now)
        return self.kept(page, frozenset((ANYTHING,)), listing.articles, now)

    def kept(self, page: str, depends: frozenset[str], shown: Iterable[Article], now: datetime) -> Content:
        """A page that may be given again until what it depends on changes, or what it says of time is true no more."""
        return replace(_page(page), depends=depends, until=true_until(shown, now, self.pages.zone))

    def _disagreements(self, article: Article) -> tuple[Disagreement, ...]:
        """Where the agencies that tell its story disagree."""
        family = next(iter(self.store.stories.families([article.id]).values()), ())
        return disagreements(family) if len(family) > 1 else ()

    def _related(self, article: Article, limit: int) -> tuple[Article, ...]:
        province = article.provinces[0] if article.provinces else None
        return self.store.articles.latest(province=province, limit=limit)

    def _first_channel(self, channels: Mapping[str, ChannelState]) -> str:
        if self.preview_channel in channels:
            return self.preview_channel
        return next(iter(channels), self.preview_channel)


def whole(request: Request, name: str) -> int | None:
    """A whole number of the query; none where it is missing or nonsense, which shows the first page."""
    value = request.query_params.get(name, "")
    return min(int(value), LARGEST_ID) if value.isascii() and value.isdigit() and len(value) < 20 else None  # noqa: PLR2004


def _fitting(posts: list[Post]) -> list[Post]:
    sizes = accumulate(len(post.html.encode()) + POST_BYTES for post in posts[:PREVIEW_POSTS])
    return [
        post
        for number, (post, size) in enumerate(zip(posts, sizes, strict=False))
        if size <= PREVIEW_BYTES or not number
    ]


def depends_on(articles: Iterable[int], provinces: Iterable[str]) -> frozenset[str]:
    """What a page shows, as the store's journal names it."""
    lists = (ANYTHING if slug == ANYTHING else f"province:{slug}" for slug in provinces)
    return frozenset((*(f"article:{number}" for number in articles), *lists))


def _page(html: str, *, status: int = 200, cache: str = "no-cache") -> Content:
    return Content(html.encode(), HTML, status=status, cache=cache)


def _json(value: Mapping[str, str], *, status: int = 200) -> Content:
    return Content(json.dumps(value).encode(), "application/json", status=status, cache=PRIVATE)
