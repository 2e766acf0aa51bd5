"""The evidence of `chapar text locate --explain`: the text in colours, and what each piece of it counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from bot.cli.text.filters import text_of
from feeds.provinces import gazetteer
from feeds.provinces.locate import Evidence, Location

OUT = Console(soft_wrap=True, highlight=False)
_COLOURS = ("cyan", "magenta", "yellow", "green", "blue", "red")


def show(case: Mapping[str, Any], location: Location) -> None:
    """Print the text with the evidence marked in it, in one colour a province, and what each piece counts."""
    named = dict.fromkeys((*location.provinces, *(item.province for item in location.evidence)))
    colours = {slug: _COLOURS[rank % len(_COLOURS)] for rank, slug in enumerate(named)}
    answer = "، ".join(gazetteer.by_slug(slug).name for slug in location.provinces) or "no province"
    OUT.print(Text(f"{case['id']}: {answer}", style="bold"))
    for field in ("title", "body"):
        marked = Text(text_of(case, field))
        for item in location.evidence:
            if item.field == field:
                marked.stylize(f"bold {colours[item.province]}", item.start, item.end)
        OUT.print(marked)
    for item in location.evidence:
        OUT.print(Text(_line(item), style=colours[item.province]))
    OUT.print()


def _line(item: Evidence) -> str:
    where = f"{item.field} {item.start}-{item.end}" if item.words else item.field
    return f"  {item.weight:5.2f}  {gazetteer.by_slug(item.province).name}  {item.kind}  «{item.words}»  {where}"
