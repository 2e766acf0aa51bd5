"""What people mark: «a phrase» that stands together, and what to leave out (-بازار, «به جز قم», «نه تهران»)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from feeds.search import asking

_QUOTED = re.compile(r"«([^«»]+)»|[\"“”„‟]([^\"“”„‟]+)[\"“”„‟]|(?<!\w)['‘’]([^'‘’]+)['‘’](?!\w)")
"""Whichever way round a keyboard or another program has turned the signs."""
_LEFT_OUT = re.compile(r"(?:(?<=\s)|^)[-\u2010-\u2015−](?=[^\W\d_])([\w\u200c]+)")
"""Not «-۵ درجه», and not the dash of a headline, which has a space behind it."""
_OF_NEWS = r"(?:(?:خبرهای|خبرای|اخبار|استان|شهر)\s+)*"
_BUT = re.compile(rf"(?:^|(?<=\s))(?:(?:به[\s\u200c]?)?غیر ?از|به[\s\u200c]?جز|بجز|منهای)\s+{_OF_NEWS}(?=\w)")
_NOT_THERE = re.compile(rf"(?:^|(?<=\s))(?:و\s+)?(?:بدون|نه|غیر|سوای|جز)\s+{_OF_NEWS}(?=\w)")
"""What leaves out a place or a kind of news, and anything else may say in a headline («تصادف بدون تلفات»)."""
_UNWANTED = re.compile(r"(?P<word>[\w\u200c]+)\s+(?:(?:را|رو)\s+)?(?:نباش(?:ه|د)|ن(?:می)[\s\u200c]?خوا(?:م|هم))\s*$")
_KINDS = frozenset({"فوتبال", "تبلیغات", "تبلیغ", "آگهی", "بورس", "سلبریتی", "سلبریتی‌ها"})
"""What people want no news of, besides the kinds that `asking` knows."""
_MOST_WORDS = 4
"""Of a place's name that is left out."""


@dataclass(frozen=True, slots=True)
class Signs:
    """A search whose signs were read."""

    words: str
    """The rest, without what was marked."""
    phrases: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read(text: str, *, is_place: Callable[[str], bool] = lambda _words: False) -> Signs:
    """Take phrases and what is left out from a search.

    A «word» alone is no phrase, nor what `is_place`; a dash that leaves nothing to search for means nothing.
    """
    phrases: list[str] = []

    def quoted(match: re.Match[str]) -> str:
        inside = " ".join(next(filter(None, match.groups())).split())
        if len(re.findall(r"\w[\w\u200c]*", inside)) < 2 or is_place(inside):  # noqa: PLR2004 - one word needs nothing beside it
            return f" {inside} "
        phrases.append(inside)
        return " "

    rest, but = _without_exceptions(_QUOTED.sub(quoted, text), is_place)
    left_out = (*_LEFT_OUT.findall(rest), *but)
    words = " ".join(_LEFT_OUT.sub(" ", rest).split())
    if not words and not phrases and not but:
        return Signs(" ".join(text.replace("-", " ").split()))
    return Signs(words, tuple(phrases), left_out)


def _without_exceptions(text: str, is_place: Callable[[str], bool]) -> tuple[str, tuple[str, ...]]:
    """A search without «به جز قم و خراسان رضوی», and what that leaves out: a word, or places by their whole names."""
    left_out: list[str] = []
    if (unwanted := _UNWANTED.search(text)) and not asking.asks(unwanted["word"]):
        left_out.append(unwanted["word"])
        text = text[: unwanted.start()]
    at = 0
    while match := _next(text, at):
        following = text[match.end() :].split()
        sure = match.re is _BUT
        size = _size_of_place(following, is_place) or int(sure or _is_topic(following))
        if not size:
            at = match.end()
            continue
        left_out.append(" ".join(following[:size]))
        while following[size : size + 1] == ["و"] and (more := _size_of_place(following[size + 1 :], is_place)):
            left_out.append(" ".join(following[size + 1 : size + 1 + more]))
            size += 1 + more
        before = " ".join(text[: match.start()].split())
        text = " ".join(filter(None, (before, *following[size:])))
        at = len(before)
    return text, tuple(left_out)


def _next(text: str, at: int) -> re.Match[str] | None:
    """Where something is left out next, in words."""
    found = filter(None, (_BUT.search(text, at), _NOT_THERE.search(text, at)))
    return min(found, key=lambda match: (match.start(), match.re is not _BUT), default=None)


def _is_topic(words: list[str]) -> bool:
    return bool(words) and bool(asking.kinds(words[0]) or words[0] in _KINDS)


def _size_of_place(words: list[str], is_place: Callable[[str], bool]) -> int:
    """How many words the place's name has that others begin with; 0 where they begin with none."""
    sizes = range(min(_MOST_WORDS, len(words)), 0, -1)
    return next((size for size in sizes if words[size - 1] != "و" and is_place(" ".join(words[:size]))), 0)
