"""The text of an article as its page tells it to programs (JSON-LD): some pages show it only by scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml import html as lxml_html

from feeds.sources.reading.text.markup import paragraphs
from feeds.sources.reading.text.signs import legal

_MOST = 20  # scripts of a page that are looked at
_DEEPEST = 6
_LONGEST = 1 << 20  # characters


def body_of(tree: lxml_html.HtmlElement) -> str:
    """The longest `articleBody` of a page, as paragraphs; "" where it has none."""
    scripts = tree.xpath("//script[contains(@type, 'ld+json')]/text()")[:_MOST]
    bodies = [body for script in scripts for body in _bodies(_parsed(str(script)), 0)]
    return _paragraphs(max(bodies, key=len, default=""))


def _parsed(script: str) -> Any:
    try:
        return json.JSONDecoder(strict=False).raw_decode(script[:_LONGEST].strip())[0]
    except (ValueError, RecursionError):
        return None


def _bodies(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        body = value.get("articleBody")
        if isinstance(body, str):
            yield legal(body)
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict | list):
                yield from _bodies(one, depth + 1)


def _paragraphs(body: str) -> str:
    """A body, in markup or plain, whose lines are paragraphs where it is plain."""
    if "<" in body and "</" in body:
        return paragraphs(body)
    return "\n\n".join(filter(None, (paragraphs(line) for line in body.splitlines())))
