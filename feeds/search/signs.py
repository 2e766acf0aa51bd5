"""What people mark by signs: «a phrase» that stands together, and -a word to leave out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_QUOTED = re.compile(r"«([^«»]+)»|\"([^\"]+)\"|“([^“”]+)”|„([^„“”]+)[“”]")
_LEFT_OUT = re.compile(r"(?:(?<=\s)|^)[-−–—](?=[^\W\d_])([\w\u200c]+)")
"""Not «-۵ درجه», and not the dash of a headline, which has a space behind it."""


@dataclass(frozen=True, slots=True)
class Signs:
    """A search whose signs were read."""

    words: str
    """The rest, without what was marked."""
    phrases: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read(text: str, *, is_plain: Callable[[str], bool] = lambda _quoted: False) -> Signs:
    """Take phrases and what is left out from a search.

    A «word» alone is no phrase, nor what `is_plain`; a dash that leaves nothing to search for means nothing.
    """
    phrases: list[str] = []

    def quoted(match: re.Match[str]) -> str:
        inside = " ".join(next(filter(None, match.groups())).split())
        if len(re.findall(r"\w[\w\u200c]*", inside)) < 2 or is_plain(inside):  # noqa: PLR2004 - one word needs nothing beside it
            return f" {inside} "
        phrases.append(inside)
        return " "

    rest = _QUOTED.sub(quoted, text)
    left_out = tuple(_LEFT_OUT.findall(rest))
    words = " ".join(_LEFT_OUT.sub(" ", rest).split())
    if not words and not phrases:
        return Signs(" ".join(text.replace("-", " ").split()))
    return Signs(words, tuple(phrases), left_out)
