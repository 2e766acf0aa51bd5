"""Provinces as filters over JSON Lines: `chapar text locate` and `chapar text lookup`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from bot.cli.text_filters import app, filter_lines, finish, text_of
from feeds.provinces import gazetteer
from feeds.provinces.locate import Evidence, Location
from feeds.provinces.locate import locate as locate_article
from feeds.provinces.lookup import lookup as look_up

__all__ = ["app"]

_COLOURS = ("cyan", "magenta", "yellow", "green", "blue", "red")


@app.command()
def locate(
    *, explain: Annotated[bool, typer.Option("--explain", help="Show the evidence on the text, for people.")] = False
) -> None:
    """Find the provinces of articles: {"id","title","body"} -> {"id","provinces"}, ISO 3166-2:IR, the primary first.

    `section`, `categories` and `province` (the source's own) are used where a line has them.
    """
    if not explain:
        finish(filter_lines(lambda case: {"provinces": _codes(_locate(case).provinces)}))
    console = Console(soft_wrap=True, highlight=False)

    def show(case: Mapping[str, Any]) -> Mapping[str, Any]:
        location = _locate(case)
        _explain(console, case, location)
        return {"provinces": _codes(location.provinces)}

    with Path(os.devnull).open("wb") as nowhere:  # the explanation is the output
        bad = filter_lines(show, out=nowhere)
    finish(bad)


@app.command()
def lookup() -> None:
    """Find what people mean: {"id","query"} -> {"id","provinces","words"}.

    Where a name means several provinces, `provinces` has them all and `ask` is true: the person is to choose.
    """

    def work(case: Mapping[str, Any]) -> Mapping[str, Any]:
        meant = look_up(text_of(case, "query"))
        answer: dict[str, Any] = {"provinces": _codes(meant.provinces or meant.choices), "words": meant.words}
        return {**answer, "ask": True} if meant.choices else answer

    finish(filter_lines(work))


def _locate(case: Mapping[str, Any]) -> Location:
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
    return [gazetteer.by_slug(slug).code for slug in slugs]


def _explain(console: Console, case: Mapping[str, Any], location: Location) -> None:
    """Print the text with the evidence marked in it, in one colour a province, and what each piece counts."""
    named = dict.fromkeys((*location.provinces, *(item.province for item in location.evidence)))
    colours = {slug: _COLOURS[rank % len(_COLOURS)] for rank, slug in enumerate(named)}
    answer = "، ".join(gazetteer.by_slug(slug).name for slug in location.provinces) or "no province"
    console.print(Text(f"{case['id']}: {answer}", style="bold"))
    for field in ("title", "body"):
        marked = Text(text_of(case, field))
        for item in location.evidence:
            if item.field == field:
                marked.stylize(f"bold {colours[item.province]}", item.start, item.end)
        console.print(marked)
    for item in location.evidence:
        console.print(Text(_line(item), style=colours[item.province]))
    console.print()


def _line(item: Evidence) -> str:
    where = f"{item.field} {item.start}-{item.end}" if item.words else item.field
    return f"  {item.weight:5.2f}  {gazetteer.by_slug(item.province).name}  {item.kind}  «{item.words}»  {where}"
