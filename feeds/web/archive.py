"""The archive by day: a calendar, a day's news, and its editions to keep; and what is drawn of a day."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from starlette.requests import Request

from feeds import editions
from feeds.layout import calendar
from feeds.layout.calendar import Month
from feeds.models import Article
from feeds.web.composing.listings import PAGE_SIZE, DayListing, headline, province_of
from feeds.web.content import Content
from feeds.web.pages import Message
from feeds.web.serving.shelf import ANYTHING
from feeds.web.views import NotFoundError, Views, depends_on, whole

DRAWN = "public, max-age=3600"
MAKERS = {"html": (editions.as_html, editions.HTML), "epub": (editions.as_epub, editions.EPUB)}
ANY = frozenset((ANYTHING,))
"""Any article that comes or goes may be of that day."""
PATIENCE_SECONDS = 1.5
BUSY = Message(503, "نقاش سرش شلوغ است", "این تصویر تا چند لحظهٔ دیگر آماده می‌شود.")
MOST_KEPT = 128
"""Pictures that are kept; one has about 60 KB."""


def archive_views(views: Views) -> list[tuple[str, Callable[[Request], Content]]]:
    """The addresses of the archive, of what is drawn, and of the articles behind both, each with its view."""
    archive = Archive(views, Pictures())
    return [
        ("/a/{uid}.png", archive.card),
        ("/a/{uid}", views.article),
        ("/archive", archive.month),
        ("/archive/{day}.png", archive.picture),
        ("/archive/{day}/{file}.{ending}", archive.edition),
        ("/archive/{day}/{slug}", archive.day),
        ("/archive/{day}", archive.day_or_month),
    ]


@dataclass(frozen=True, slots=True)
class Archive:
    """The views of the archive."""

    views: Views
    pictures: Pictures

    def day_or_month(self, request: Request) -> Content:
        """`/archive/1404-07-02`, or `/archive/1404-07`."""
        return self.day(request) if calendar.read_day(request.path_params["day"]) else self.month(request)

    def month(self, request: Request) -> Content:
        """`/archive`, and `/archive/1404-07`."""
        today = self._today()
        address = request.path_params.get("day", "")
        month = calendar.read_month(address) if address else calendar.month_of(today)
        if month is None or month.first > today:
            raise NotFoundError
        now = self.views.clock()
        page = self.views.pages.archive(month, self._counted(month), earliest=self._earliest(), today=today, now=now)
        return self.views.kept(page, ANY, (), now)

    def day(self, request: Request) -> Content:
        """`/archive/1404-07-02`, `/archive/1404-07-02/qom`; further pages by `?before=ID`."""
        day, province = self._asked(request, request.path_params.get("slug", ""))
        since, until = self._span(day)
        before = whole(request, "before")
        articles = self.views.store.articles
        found = articles.latest(province=province, limit=PAGE_SIZE + 1, before=before, since=since, until=until)
        shown = found[:PAGE_SIZE]
        listing = DayListing(
            day=day,
            province=province_of(province or ""),
            articles=shown,
            story_sources=self.views.store.stories.story_sources(article.id for article in shown),
            first=before is None,
            older=shown[-1].id if len(found) > PAGE_SIZE else None,
            counts=articles.counts(since=since, until=until),
            total=articles.per_span([since, until], province=province)[0],
            earliest=self._earliest(),
        )
        now = self.views.clock()
        return self.views.kept(self.views.pages.day(listing, today=self._today(), now=now), ANY, shown, now)

    def edition(self, request: Request) -> Content:
        """`/archive/1404-07-02/qom.epub`, `….html`: the day as a file; `iran` is all of the country."""
        slug, ending = request.path_params["file"], request.path_params["ending"]
        if ending not in MAKERS:
            raise NotFoundError
        day, province = self._asked(request, "" if slug == "iran" else slug)
        make, media_type = MAKERS[ending]
        edition = self._gathered(day, province)
        if edition.is_empty:
            raise NotFoundError
        name = f'attachment; filename="{edition.file_name(ending)}"'
        return Content(
            make(edition),
            media_type,
            modified=edition.changed,
            headers=(("content-disposition", name),),
            depends=ANY if province is None or day == self._today() else depends_on(edition.ids, (province,)),
        )

    def picture(self, request: Request) -> Content:
        """`/archive/1404-07-02.png`: the picture of a day."""
        day, _ = self._asked(request, "")
        edition = self._gathered(day, None)
        made_of = (day, edition.total, *(piece.article.title for piece in edition.pieces[:5]), *edition.counts.items())
        return self._drawn(made_of, lambda: editions.picture(edition))

    def card(self, request: Request) -> Content:
        """`/a/{uid}.png`: what a link to an article shows that has no picture of its own."""
        article = self.views.store.articles.by_uid(request.path_params["uid"])
        if article is None or article.held:
            raise NotFoundError
        return self._card(article)

    def _card(self, article: Article) -> Content:
        pages = self.views.pages
        day = article.published.astimezone(pages.zone).date()
        since, until = self._span(day)
        counts = self.views.store.articles.counts(since=since, until=until)
        province = province_of(article.provinces[0]) if article.provinces else None
        place = f"استان {province.name}" if province else ""
        title = headline(article)
        made_of = (article.uid, title, place, *sorted(counts.items()))
        return self._drawn(made_of, lambda: editions.card(title, day, counts, site_name=pages.site_name, place=place))

    def _drawn(self, made_of: object, draw: Callable[[], bytes]) -> Content:
        drawn = self.pictures.get(made_of, draw)
        if drawn is None:
            return replace(self.views.message(BUSY), headers=(("retry-after", "10"),))
        return Content(drawn, editions.PNG, cache=DRAWN)

    def _asked(self, request: Request, slug: str) -> tuple[date, str | None]:
        """The day and the province of an address."""
        day = calendar.read_day(request.path_params["day"])
        if day is None or day > self._today() or (slug and province_of(slug) is None):
            raise NotFoundError
        return day, slug or None

    def _gathered(self, day: date, province: str | None) -> editions.Edition:
        pages = self.views.pages
        return editions.gather(
            self.views.store,
            day,
            province,
            zone=pages.zone,
            public_url=pages.public_url,
            site_name=pages.site_name,
        )

    def _counted(self, month: Month) -> dict[date, int]:
        """How much news each day of a month has."""
        days = month.days
        moments = [calendar.midnight(day, self.views.pages.zone) for day in (*days, month.next.first)]
        return dict(zip(days, self.views.store.articles.per_span(moments), strict=True))

    def _span(self, day: date) -> tuple[datetime, datetime]:
        zone = self.views.pages.zone
        return calendar.midnight(day, zone), calendar.midnight(day + timedelta(days=1), zone)

    def _earliest(self) -> date | None:
        """The first day of the archive."""
        first = self.views.store.articles.earliest()
        return first.astimezone(self.views.pages.zone).date() if first else None

    def _today(self) -> date:
        return self.views.clock().astimezone(self.views.pages.zone).date()


@dataclass(frozen=True, slots=True)
class Pictures:
    """Drawn pictures, each made once.

    One is drawn at a time, as drawing takes a processor for a quarter of a second; and nobody waits long for it, so
    that many who ask for many pictures never keep those waiting who want a page.
    """

    _kept: dict[object, bytes] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, made_of: object, draw: Callable[[], bytes]) -> bytes | None:
        """The picture that is made of just that, drawn where it is not kept; None where too many are waited for."""
        if (kept := self._kept.get(made_of)) is not None:
            return kept
        if not self._lock.acquire(timeout=PATIENCE_SECONDS):
            return None
        try:
            drawn = self._kept.get(made_of) or draw()
            self._kept[made_of] = drawn
            while len(self._kept) > MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            return drawn
        finally:
            self._lock.release()
