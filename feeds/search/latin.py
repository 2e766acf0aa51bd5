"""Persian in Latin letters: «zelzele kerman», «akhbare dirooz», or typed on the other keyboard («sdg» is «سیل»). Pure.

A sound has several letters in Persian, and short vowels have none, so a word has many spellings; those that the archive
has are meant. Written by hand: what can be had for this turns a word into one spelling, and so mostly into a wrong one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from math import prod

from feeds.provinces import keyboard
from feeds.text import fold

MOST = 200
"""Spellings of a word, the likeliest first."""
_LONGEST, _SHORTEST = 18, 3
_MOST_WEIGHED = 4000


def _table(lines: str) -> dict[str, tuple[str, ...]]:
    """`kh خ  a ا - ع`: a sound and its letters, the likeliest first; `-` is none."""
    rows = (entry.split() for entry in re.split(r"\s{2,}", lines.strip()))
    return {sound: tuple(letters.replace("-", "") for letters in ways) for sound, *ways in rows}


_SOUNDS = _table("""
    kh خ  x خ  ch چ  sh ش  zh ژ  gh ق غ  q ق غ  ck ک  ph ف  b ب  p پ  t ت ط  j ج  c ک س  h ه ح  d د  r ر
    z ز ض ظ ذ  s س ص ث  f ف  g گ  k ک  l ل  m م  n ن  v و  w و  y ی  ' ع
    aa ا  a ا - ع  e - ی ع  o - و  i ی  u و  oo و  ou و  ow و  ee ی  ei ی  ey ی  ay ای ی  ai ای ی  ia یا  io یو
""")
_FIRST = _table("a ا ع  aa ا  e ا ع  o ا او ع  i ای عی  u او  oo او  ou او  ee ای  ei ای عی  ey ای عی  ay ای  ai ای")
"""Vowels that a word begins with; «آ» is folded to «ا»."""
_LAST = _table("e ه - ی  eh ه  a ا ه ع  o و  ye ی یه")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_PARTS = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1")

_TIMES = {
    **dict.fromkeys(("emrooz", "emruz", "emroz", "today"), "امروز"),
    **dict.fromkeys(("dirooz", "diruz", "diroz", "yesterday"), "دیروز"),
    **dict.fromkeys(("emshab", "tonight"), "امشب"),
    **dict.fromkeys(("dishab",), "دیشب"),
    **dict.fromkeys(("hafte", "hafteh"), "هفته"),
    **dict.fromkeys(("gozashte", "gozashteh"), "گذشته"),
    **dict.fromkeys(("pish",), "پیش"),
    **dict.fromkeys(("rooz", "ruz"), "روز"),
}
_TIME = re.compile(rf"(?<![\w'-])(?:{'|'.join(_TIMES)})(?![\w'-])", re.IGNORECASE)


def with_persian_times(text: str) -> str:
    """A search whose words for times are Persian: «akhbar emrooz» -> «akhbar امروز»."""
    return _TIME.sub(lambda match: _TIMES[match[0].lower()], text)


@lru_cache(4096)
def spellings(word: str) -> tuple[str, ...]:
    """How a word in Latin letters may be written in Persian, folded, the likeliest first; nothing for other words."""
    lower = word.lower().replace("’", "'").replace("`", "'")
    if not _SHORTEST <= len(lower) <= _LONGEST or not _WORD.fullmatch(lower):
        return ()
    typed = tuple(fold.tokens(keyboard.to_persian(word)))
    by_key = typed if len(typed) == 1 else ()
    return tuple(dict.fromkeys((*by_key, *_by_sound(lower))))


def _by_sound(word: str) -> Iterator[str]:
    ways = list(_ways(_DOUBLED.sub(r"\1", word)))
    if prod(map(len, ways)) > _MOST_WEIGHED:
        ways = [way[:2] for way in ways]
    if prod(map(len, ways)) > _MOST_WEIGHED:
        ways = [way[:1] if index % 2 else way for index, way in enumerate(ways)]
    if prod(map(len, ways)) > _MOST_WEIGHED:
        return iter(())
    ranked = sorted(itertools.product(*map(enumerate, ways)), key=lambda spelling: sum(rank for rank, _ in spelling))
    return ("".join(letters for _, letters in spelling) for spelling in ranked[:MOST])


def _ways(word: str) -> Iterator[tuple[str, ...]]:
    """The letters that each sound of a word may be written with, the likeliest first."""
    for match in _PARTS.finditer(word):
        sound = match[0]
        edge = _FIRST if match.start() == 0 else _LAST if match.end() == len(word) else {}
        yield edge.get(sound) or _SOUNDS[sound]
