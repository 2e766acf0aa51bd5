"""A post before any markup is written: lines of spans of text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line.

    Args:
        text: what is read.
        tag: the HTML tag that it stands in: `b`, `a`, `code`, `blockquote`; empty for none.
        url: where it leads, of an `a`.
    """

    text: str
    tag: str = ""
    url: str = ""


Line = tuple[Span, ...]
