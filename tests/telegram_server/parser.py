"""Telegram's own parser of HTML messages, offline: TDLib's `parseTextEntities`, with its error texts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import tdjson


@dataclass(frozen=True)
class Parsed:
    """A text without its markup, and its entities; offsets and lengths are UTF-16 units."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()


class ParseError(Exception):
    """The parser's own words."""


# The Bot API's names of TDLib's entities.
_NAMES = {"ExpandableBlockQuote": "expandable_blockquote", "BlockQuote": "blockquote", "TextUrl": "text_link"}


@cache
def _quiet() -> None:
    _execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps(request).encode())
    assert answer is not None
    result: dict[str, Any] = json.loads(answer)
    return result


def parse(text: str, parse_mode: str | None) -> Parsed:
    """What Telegram makes of a text.

    Raises:
        ParseError: with Telegram's description.
    """
    _quiet()
    if not parse_mode:
        return Parsed(_cleaned(text))
    kind = {"html": "textParseModeHTML", "markdownv2": "textParseModeMarkdown"}.get(parse_mode.lower())
    if kind is None:
        raise ParseError("unsupported parse_mode")
    mode: dict[str, Any] = {"@type": kind}
    if kind == "textParseModeMarkdown":
        mode["version"] = 2
    answer = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    if answer["@type"] == "error":
        raise ParseError(answer["message"])
    return Parsed(_cleaned(answer["text"]), tuple(_entity(entity) for entity in answer["entities"]))


def _entity(entity: dict[str, Any]) -> dict[str, Any]:
    kind = entity["type"]["@type"].removeprefix("textEntityType")
    named = {"type": _NAMES.get(kind, kind.lower()), "offset": entity["offset"], "length": entity["length"]}
    return named | ({"url": entity["type"]["url"]} if "url" in entity["type"] else {})


def _cleaned(text: str) -> str:
    """What TDLib's clean_input_string and the trimming of a message do to a text."""
    kept = (" " if character < " " and character != "\n" else character for character in text)
    return "".join(c for c in kept if not "\u2028" <= c <= "\u202e").strip()
