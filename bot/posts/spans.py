"""A post or an answer before any markup is written: lines of spans of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line.

    Args:
        text: what is read.
        tag: the HTML tag that it stands in: `b`, `i`, `a`, `code`; empty for none.
        url: where it leads, of an `a`; of a `code`, the address that is written out.
        folded: whether it stands in the quote that a tap unfolds.
    """

    text: str
    tag: str = ""
    url: str = ""
    folded: bool = False


Line = tuple[Span, ...]

_TAGGED = re.compile(r"<(b|i|code)>(.*?)</\1>")


def lines_of(template: str, **values: str) -> tuple[Line, ...]:
    """The lines of one of `bot.talk.texts`, filled; what is put in is text and nothing else, whatever it holds."""
    return tuple(tuple(_spans(line, values)) for line in template.split("\n"))


def _spans(line: str, values: Mapping[str, str]) -> Iterator[Span]:
    end = 0
    for found in _TAGGED.finditer(line):
        if before := line[end : found.start()].format(**values):
            yield Span(before)
        yield Span(found[2].format(**values), found[1])
        end = found.end()
    if rest := line[end:].format(**values):
        yield Span(rest)
