"""Provinces as filters over JSON Lines: `chapar text locate` and `chapar text lookup`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.text.filters import app, filter_lines, finish, text_of

if TYPE_CHECKING:
    from feeds.provinces.locate import Location

__all__ = ["app"]


@app.command()
def locate(
    *, explain: Annotated[bool, typer.Option("--explain", help="Show the evidence on the text, for people.")] = False
) -> None:
    """Find the provinces of articles: {"id","title","body"} -> {"id","provinces"}, ISO 3166-2:IR, the primary first.

    `section`, `categories` and `province` (the source's own) are used where a line has them.
    """
    if not explain:
        finish(filter_lines(lambda case: {"provinces": _codes(_locate(case).provinces)}))
    from bot.cli.text import evidence

    def show(case: Mapping[str, Any]) -> Mapping[str, Any]:
        location = _locate(case)
        evidence.show(case, location)
        return {"provinces": _codes(location.provinces)}

    with Path(os.devnull).open("wb") as nowhere:  # the explanation is the output
        bad = filter_lines(show, out=nowhere)
    finish(bad)


@app.command()
def lookup() -> None:
    """Find what people mean: {"id","query"} -> {"id","provinces","words"}.

    Where a name means several provinces, `provinces` has them all and `ask` is true: the person is to choose.
    """
    from feeds.provinces.lookup import lookup as look_up

    def work(case: Mapping[str, Any]) -> Mapping[str, Any]:
        meant = look_up(text_of(case, "query"))
        answer: dict[str, Any] = {"provinces": _codes(meant.provinces or meant.choices), "words": meant.words}
        return {**answer, "ask": True} if meant.choices else answer

    finish(filter_lines(work))


def _locate(case: Mapping[str, Any]) -> Location:
    from feeds.provinces.locate import locate as locate_article

    categories = case.get("categories", ())
    if isinstance(categories, str) or not isinstance(categories, Sequence):
        raise TypeError("categories is no list")
    return locate_article(
        text_of(case, "title"),
        text_of(case, "body"),
        section=text_of(case, "section"),
        categories=[str(category) for category in categories],
        province=text_of(case, "province"),
    )


def _codes(slugs: Iterable[str]) -> list[str]:
    from feeds.provinces import gazetteer

    return [gazetteer.by_slug(slug).code for slug in slugs]
