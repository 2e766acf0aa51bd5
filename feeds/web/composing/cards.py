"""Articles as lists show them: a card, a result with its marks, a brief, and the lines that these are made of.

Twenty of them are most of a page, and a page is made at each new question: so they are composed here, without a
template, which takes six times as long. Pure; everything that comes from outside is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from feeds.layout.typography import latin, marked, when
from feeds.models import Article, SearchPage
from feeds.search import marking
from feeds.store.archive.stories import StorySource
from feeds.syndication import web_address
from feeds.web.composing.listings import first_sentence, province_of, shown_image

ANOTHER_SOURCE = "منبعی دیگر"


@dataclass(frozen=True, slots=True)
class Cards:
    """What articles look like on the pages of one site."""

    base: str
    """The path before every address of the site, escaped."""
    zone: ZoneInfo

    def card(
        self,
        article: Article,
        now: datetime,
        story_sources: Sequence[StorySource] = (),
        *,
        place: str = "",
        lead: bool = False,
    ) -> Markup:
        """An article in a list.

        Args:
            article: What is shown.
            now: For relative times.
            story_sources: Those that tell the same.
            place: The slug of the province that the whole page is about, which no card has to name.
            lead: Whether it stands first and large.
        """
        sentence = first_sentence(article)
        gist = latin(sentence) if sentence != article.title else ""
        by = self.byline(article, now, story_sources)
        return self._framed(article, self.labels(article, place), latin(article.title), gist, by, lead=lead)

    def result(
        self, article: Article, now: datetime, story_sources: Sequence[StorySource], found: SearchPage
    ) -> Markup:
        """An article as a search found it: what was looked for is marked, what it lacks is said.

        Args:
            article: What is shown.
            now: For relative times.
            story_sources: Those that tell the same.
            found: The page of results that it is of.
        """
        sentence = marking.snippet(article, found.found)
        gist = marked(sentence, found.found) if sentence != article.title else ""
        by = self.byline(article, now, story_sources)
        if without := found.missing.get(article.id, ()):
            lacks = "، ".join(f"«{latin(word)}»" for word in without)
            by += Markup(f" · بدون {lacks}")  # noqa: S704 - escaped
        return self._framed(article, self.labels(article), marked(article.title, found.found), gist, by)

    def brief(self, article: Article, now: datetime) -> Markup:
        """An article among others that are named beside one that is read."""
        return Markup(  # noqa: S704 - escaped
            f'<article class="card brief">\n  <h3><a href="{self._page(article)}">{latin(article.title)}</a></h3>\n'
            f'  <p class="by">{self.byline(article, now)}</p>\n</article>\n'
        )

    def labels(self, article: Article, place: str = "") -> Markup:
        """Whether it is urgent, and the provinces that it is about, but for `place`."""
        parts = ['<strong class="urgent">فوری</strong>'] if article.urgent else []
        parts += (
            f'<a class="label" href="{self.base}/p/{province.slug}">{province.name}</a>'
            for slug in article.provinces
            if slug != place and (province := province_of(slug))
        )
        return Markup("".join(parts))  # noqa: S704 - escaped

    def byline(self, article: Article, now: datetime, story_sources: Iterable[StorySource] = ()) -> Markup:
        """When it was published, by whom, from whom they have it, and who tells the same."""
        parts: list[str] = [when(article, now, self.zone)]
        if article.agency:
            parts += (" · ", _source(article.agency, article.url))
        if article.origin:
            parts += (" " if article.agency else " · ", "به نقل از ", latin(article.origin))
        parting = " | " if article.agency else " · "
        for one in story_sources:
            parts += (parting, _source(one.agency or ANOTHER_SOURCE, one.url))
            parting = " | "
        return Markup("".join(parts))  # noqa: S704 - escaped

    def _page(self, article: Article) -> str:
        return f"{self.base}/a/{article.uid}"

    def _framed(self, article: Article, labels: str, title: str, gist: str, by: str, *, lead: bool = False) -> Markup:
        kinds = f"card{' lead-card' if lead else ''}{' is-urgent' if article.urgent else ''}"
        above = f'<p class="labels">{labels}</p>' if labels else ""
        below = f'<p class="gist">{gist}</p>' if gist else ""
        return Markup(  # noqa: S704 - escaped
            f'<article class="{kinds}">\n  {_picture(article, lead=lead)}\n{above}'
            f'  <h2><a href="{self._page(article)}">{title}</a></h2>\n{below}  <p class="by">{by}</p>\n</article>\n'
        )


def _source(name: str, url: str) -> str:
    """A source's name, and a link where it has an address."""
    address = web_address(url)
    return f'<a href="{escape(address)}" rel="noopener">{latin(name)}</a>' if address else latin(name)


def _picture(article: Article, *, lead: bool) -> str:
    image = shown_image(article.image)
    if image is None:
        return ""
    shape = 'class="banner"', 'width="640" height="320" fetchpriority="high"'
    if not lead:
        shape = 'class="thumb"', 'width="112" height="84" loading="lazy"'
    return f'<img {shape[0]} src="{escape(image.url)}" alt="" {shape[1]} decoding="async" referrerpolicy="no-referrer">'
