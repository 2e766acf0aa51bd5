"""Articles as lists show them: a card, a result with its marks, a brief, and the lines that these are made of.

Twenty of them are most of a page, and a page is made at each new question: so they are composed here, without a
template, which takes six times as long. Pure; everything that comes from outside is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from feeds.layout.typography import REMEMBERED, latin, marked, when
from feeds.models import Article, Image, SearchPage
from feeds.search import marking
from feeds.store.archive.stories import StorySource
from feeds.syndication import web_address
from feeds.web.composing.listings import Tellers, first_sentence, province_of, shown_image

ANOTHER_SOURCE = "منبعی دیگر"


@dataclass(frozen=True, slots=True)
class Cards:
    """What articles look like on the pages of one site."""

    base: str
    """The path before every address of the site, escaped."""
    zone: ZoneInfo

    def listed(self, articles: Iterable[Article], now: datetime, story_sources: Tellers, *, place: str = "") -> Markup:
        """Articles one below the other, each as `card` has it; with the other sources of their stories."""
        cards = (self.card(one, now, story_sources.get(one.id, ()), place=place) for one in articles)
        return Markup("\n".join(f"  {card}" for card in cards))  # noqa: S704 - escaped

    def results(self, found: SearchPage, now: datetime, story_sources: Tellers) -> Markup:
        """What a search found, one below the other, each as `result` has it."""
        results = (self.result(one, now, story_sources.get(one.id, ()), found) for one in found.articles)
        return Markup("\n".join(f"  {result}" for result in results))  # noqa: S704 - escaped

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
        by = self._byline(article, now, story_sources)
        return self._framed(article, self._labels(article, place), latin(article.title), gist, by, lead=lead)

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
        by = self._byline(article, now, story_sources)
        if without := found.missing.get(article.id, ()):
            by += f" · بدون {'، '.join(f'«{latin(word)}»' for word in without)}"
        return self._framed(article, self._labels(article), marked(article.title, found.found), gist, by)

    def brief(self, article: Article, now: datetime) -> Markup:
        """An article among others that are named beside one that is read."""
        return Markup(  # noqa: S704 - escaped
            f'<article class="card brief">\n  <h3><a href="{self._page(article)}">{latin(article.title)}</a></h3>\n'
            f'  <p class="by">{self.byline(article, now)}</p>\n</article>\n'
        )

    def labels(self, article: Article, place: str = "") -> Markup:
        """Whether it is urgent, and the provinces that it is about, but for `place`."""
        return Markup(self._labels(article, place))  # noqa: S704 - escaped

    def byline(self, article: Article, now: datetime, story_sources: Iterable[StorySource] = ()) -> Markup:
        """When it was published, by whom, from whom they have it, and who tells the same."""
        return Markup(self._byline(article, now, story_sources))  # noqa: S704 - escaped

    def _labels(self, article: Article, place: str = "") -> str:
        parts = ['<strong class="urgent">فوری</strong>'] if article.urgent else []
        parts += [_label(self.base, slug) for slug in article.provinces if slug != place]
        return "".join(parts)

    def _byline(self, article: Article, now: datetime, story_sources: Iterable[StorySource]) -> str:
        parts: list[str] = [when(article, now, self.zone)]
        if article.agency:
            parts += (" · ", _source(article.agency, article.url))
        if article.origin:
            parts += (" " if article.agency else " · ", "به نقل از ", latin(article.origin))
        parting = " | " if article.agency else " · "
        for one in story_sources:
            parts += (parting, _source(one.agency or ANOTHER_SOURCE, one.url))
            parting = " | "
        return "".join(parts)

    def _page(self, article: Article) -> str:
        return f"{self.base}/a/{article.uid}"

    def _framed(self, article: Article, labels: str, title: str, gist: str, by: str, *, lead: bool = False) -> Markup:
        kinds = f"card{' lead-card' if lead else ''}{' is-urgent' if article.urgent else ''}"
        above = f'<p class="labels">{labels}</p>' if labels else ""
        below = f'<p class="gist">{gist}</p>' if gist else ""
        return Markup(  # noqa: S704 - escaped
            f'<article class="{kinds}">\n  {_picture(article.image, lead=lead)}\n{above}'
            f'  <h2><a href="{self._page(article)}">{title}</a></h2>\n{below}  <p class="by">{by}</p>\n</article>\n'
        )


@lru_cache(maxsize=REMEMBERED)
def _label(base: str, slug: str) -> str:
    """A province, and the way to it; empty where the slug is of none."""
    province = province_of(slug)
    return f'<a class="label" href="{base}/p/{province.slug}">{province.name}</a>' if province else ""


@lru_cache(maxsize=REMEMBERED)
def _source(name: str, url: str) -> str:
    """A source's name, and a link where it has an address."""
    address = web_address(url)
    return f'<a href="{escape(address)}" rel="noopener">{latin(name)}</a>' if address else latin(name)


@lru_cache(maxsize=REMEMBERED)
def _picture(shown: Image | None, *, lead: bool) -> str:
    image = shown_image(shown)
    if image is None:
        return ""
    shape = 'class="banner"', 'width="640" height="320" fetchpriority="high"'
    if not lead:
        shape = 'class="thumb"', 'width="112" height="84" loading="lazy"'
    return f'<img {shape[0]} src="{escape(image.url)}" alt="" {shape[1]} decoding="async" referrerpolicy="no-referrer">'
