"""What people mark: «a phrase» that stands together, and what to leave out (-بازار, «به جز قم»)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_QUOTED = re.compile(r"«([^«»]+)»|\"([^\"]+)\"|“([^“”]+)”|„([^„“”]+)[“”]")
_LEFT_OUT = re.compile(r"(?:(?<=\s)|^)[-−–—](?=[^\W\d_])([\w\u200c]+)")
"""Not «-۵ درجه», and not the dash of a headline, which has a space behind it."""
_BUT = re.compile(
    r"(?:^|(?<=\s))(?:(?:به[\s\u200c]?)?غیر ?از|به[\s\u200c]?جز|بجز|منهای)\s+(?:(?:خبرهای|اخبار|استان|شهر)\s+)*(?=\w)"
)
_MOST_WORDS = 4
"""Of a place's name that is left out."""


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

    rest, but = _without_exceptions(_QUOTED.sub(quoted, text), is_plain)
    left_out = (*_LEFT_OUT.findall(rest), *but)
    words = " ".join(_LEFT_OUT.sub(" ", rest).split())
    if not words and not phrases and not but:
        return Signs(" ".join(text.replace("-", " ").split()))
    return Signs(words, tuple(phrases), left_out)


def _without_exceptions(text: str, is_place: Callable[[str], bool]) -> tuple[str, tuple[str, ...]]:
    """A search without «به جز قم و خراسان رضوی», and what that leaves out: a word, or places by their whole names."""
    match = _BUT.search(text)
    if match is None:
        return text, ()
    following = text[match.end() :].split()
    size = _size_of_place(following, is_place) or 1
    left_out = [" ".join(following[:size])]
    while following[size : size + 1] == ["و"] and (more := _size_of_place(following[size + 1 :], is_place)):
        left_out.append(" ".join(following[size + 1 : size + 1 + more]))
        size += 1 + more
    return " ".join([*text[: match.start()].split(), *following[size:]]), tuple(left_out)


def _size_of_place(words: list[str], is_place: Callable[[str], bool]) -> int:
    """How many words the place's name has that others begin with; 0 where they begin with none."""
    sizes = range(min(_MOST_WORDS, len(words)), 0, -1)
    return next((size for size in sizes if words[size - 1] != "و" and is_place(" ".join(words[:size]))), 0)
