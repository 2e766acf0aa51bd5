"""The addresses that programs ask for: site maps, robots.txt, the manifest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from feeds.web.composing import machines
from feeds.web.content import Content
from feeds.web.views import Views

XML = "application/xml; charset=utf-8"
TEN_MINUTES, A_DAY = "public, max-age=600", "public, max-age=86400"


def machine_views(views: Views) -> list[tuple[str, Callable[[Request], Content]]]:
    """Each address with its view."""
    own = MachineViews(views)
    return [
        ("/sitemap.xml", own.sitemap),
        ("/sitemap-news.xml", own.news_sitemap),
        ("/robots.txt", own.robots),
        ("/manifest.webmanifest", own.manifest),
    ]


@dataclass(frozen=True, slots=True)
class MachineViews:
    """The views of what programs ask for."""

    views: Views

    def sitemap(self, request: Request) -> Content:  # noqa: ARG002 - the signature of a view
        """`/sitemap.xml`: the pages that stay."""
        pages = self.views.pages
        provinces = (f"/p/{province.slug}" for province in pages.alphabetical)
        paths = ("/", "/provinces", "/archive", "/feeds", "/urgent", "/corrections", "/about", *provinces)
        return Content(machines.sitemap(paths, public_url=pages.public_url), XML, cache=A_DAY)

    def news_sitemap(self, request: Request) -> Content:  # noqa: ARG002
        """`/sitemap-news.xml`: the articles of the last two days."""
        pages, now = self.views.pages, self.views.clock()
        found = self.views.store.articles.latest(limit=machines.MOST_IN_SITEMAP, since=now - machines.NEWS_DAYS)
        written = machines.news_sitemap(found, public_url=pages.public_url, site_name=pages.site_name, now=now)
        return Content(written, XML, cache=TEN_MINUTES)

    def robots(self, request: Request) -> Content:  # noqa: ARG002
        """`/robots.txt`."""
        pages = self.views.pages
        return Content(machines.robots(pages.public_url, pages.base), "text/plain; charset=utf-8", cache=A_DAY)

    def manifest(self, request: Request) -> Content:  # noqa: ARG002
        """`/manifest.webmanifest`."""
        pages = self.views.pages
        written = machines.manifest(site_name=pages.site_name, base=pages.base)
        return Content(written, "application/manifest+json", cache=A_DAY)
