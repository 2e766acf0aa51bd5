"""How an edition's pages are set: one environment of templates for HTML and EPUB."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from feeds.editions.gathering import Edition
from feeds.layout import tilemap, typography
from feeds.models import Article
from feeds.syndication.entry import clean
from feeds.text.times import jalali


def render(template: str, edition: Edition, **values: Any) -> str:
    """A template of templates/, filled with an edition; what it gives is well-formed XML wherever the template is."""
    return _environment().get_template(template).render(edition=edition, **values)


def time_of(edition: Edition) -> Callable[[Article], str]:
    """How an article's time is written in this edition: «۱۸:۳۰», and nothing where only the day is known."""

    def shown(article: Article) -> str:
        return "" if article.day_only else jalali.clock(article.published, edition.zone)

    return shown


def tiles(edition: Edition) -> str:
    """The map of the day, as a picture without links."""
    return tilemap.svg(edition.counts, base=None, title=f"شمار خبرهای هر استان، {edition.date}")


def style() -> str:
    """The style sheet of both."""
    return files("feeds.editions").joinpath("templates", "edition.css").read_text(encoding="utf-8")


def _latin(text: str) -> Markup:
    return typography.latin(clean(text))


def _lines(paragraph: str) -> Markup:
    return typography.lines(clean(paragraph))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("feeds.editions"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "latin": _latin,
        "lines": _lines,
        "number": typography.number,
    }
    return environment
