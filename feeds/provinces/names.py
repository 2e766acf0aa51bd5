"""All names of the gazetteer in one table: a walk over the words of a text finds them, whatever their number.

The walk goes on as long as its words are the first of some name. A table of names and one of their beginnings take half
the room of an automaton with a state for each word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import compress, count

from feeds.provinces import gazetteer
from feeds.provinces.gazetteer import Needs, Place
from feeds.provinces.words import Words, fold, fold_all

_SHORT = 3
"""A name of so few letters keeps its آ: «آمل» is a town, «امل» hope."""
PROVINCE, DEMONYM = frozenset({"province"}), frozenset({"demonym"})

_SIDES = frozenset({"شرقی", "غربی", "شمالی", "جنوبی", "رضوی"})

_NEEDS_OF_PROVINCES = {
    "markazi": Needs.WORD,  # بانک مرکزی، بخش مرکزی
    "fars": Needs.OFFICE,  # خبرگزاری فارس، خلیج فارس
    "alborz": Needs.OFFICE,  # the mountains
    "golestan": Needs.PLACE,  # Saadi's book, streets
    "tehran": Needs.OFFICE,  # the government, and the dateline of all national news
}


_LISTING = frozenset({"،", "-", "–", "—"})
"""What parts the names of a list, or the ends of a road."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text: its words, first and last, and the places that it may mean."""

    first: int
    last: int
    places: tuple[Place, ...]
    anchor: int
    """Where the list begins that the name stands in, whose context is that of all (استان‌های قم، یزد و کرمان);
    `first` where it stands alone."""


def find(words: Words) -> Iterator[Hit]:
    """Names in a text from left to right, the longest at each place; none overlap."""
    begins = _first_words()
    passed = -1  # the last word of what was found
    previous: Hit | None = None
    for index in compress(count(), map(begins.__contains__, words.keys)):
        if index <= passed:
            continue
        passed, places = _longest(words, index)
        if places:
            previous = Hit(index, passed, places, _anchor(words, index, previous))
            yield previous
            yield from _other_halves(words, previous)


def _anchor(words: Words, first: int, previous: Hit | None) -> int:
    """Where the list of names begins that a name continues with «و» or «،»."""
    if previous is None:
        return first
    between = words.keys[previous.last + 1 : first]
    listed = between == ["و"] or (not between and words.gap(first).strip() in _LISTING)
    return previous.anchor if listed else first


def _other_halves(words: Words, hit: Hit) -> Iterator[Hit]:
    """The provinces that share a word with the one before: آذربایجان شرقی و غربی، خراسان شمالی، جنوبی و رضوی."""
    stem, side = words.keys[hit.first], words.keys[hit.last]
    if stem not in {"آذربایجان", "اذربایجان", "خراسان"} or side not in _SIDES:
        return
    index = hit.last + 1
    while index < len(words.keys):
        if words.keys[index] == "و":
            index += 1
            continue
        places = spellings().get(f"{stem} {words.keys[index]}") if words.keys[index] in _SIDES else None
        if places is None:
            return
        yield Hit(index, index, places, hit.anchor)
        index += 1


def _longest(words: Words, first: int) -> tuple[int, tuple[Place, ...]]:
    """The last word of the longest name that begins with a word, and its places; none where no name ends."""
    table, unfinished = spellings(), _unfinished()
    name, index = words.keys[first], first
    last, places = first, table.get(name, ())
    while name in unfinished:
        index += 1
        if index == len(words.keys) or not words.joined(index):
            break
        name = f"{name} {words.keys[index]}"
        if meant := table.get(name):
            last, places = index, meant
    return last, places


@cache
def _first_words() -> frozenset[str]:
    """The words that begin a name."""
    return frozenset(spelling.partition(" ")[0] for spelling in spellings())


@cache
def _unfinished() -> frozenset[str]:
    """The first words of names that go on, one word and more; what is a name by itself may be among them."""
    begun = set()
    for spelling in spellings():
        while spelling := spelling.rpartition(" ")[0]:
            begun.add(spelling)
    return frozenset(begun)


@cache
def spellings() -> dict[str, tuple[Place, ...]]:
    """Every way to write every name -> what it may mean: a place a province."""
    table: dict[str, tuple[Place, ...]] = {}
    places = (*_provinces(), *gazetteer.PLACES)
    for place, name in zip(places, fold_all(place.name for place in places), strict=True):
        alone = (place,)  # one for all ways to write it
        for spelling in _ways(place, name):
            table[spelling] = _with(table.get(spelling), alone)
    for place in _demonyms():
        alone = (place,)
        for spelling in _ways(place, fold(place.name)):
            meant = table.get(spelling)
            if meant is None or all(p.kinds == DEMONYM for p in meant):
                table[spelling] = _with(meant, alone)
    return table


def _with(meant: tuple[Place, ...] | None, alone: tuple[Place]) -> tuple[Place, ...]:
    """What a spelling means, with one more place, unless it is in a province that has one of that name."""
    if meant is None:
        return alone
    return meant if any(place.province == alone[0].province for place in meant) else meant + alone


def _ways(place: Place, folded: str) -> Iterator[str]:
    """A place's name with each of its joints written apart or together, and آ also as the ا that hurried desks type."""
    words = folded.split(" ")
    for joints in range(2 ** (len(words) - 1)):
        spelling = words[0]
        for index, word in enumerate(words[1:]):
            spelling += word if joints >> index & 1 else " " + word
        yield spelling
        plain = spelling.replace("آ", "ا")
        if plain != spelling and place.needs is Needs.NOTHING and len(plain) > _SHORT:
            yield plain


def _provinces() -> Iterator[Place]:
    for province in gazetteer.PROVINCES:
        needs = _NEEDS_OF_PROVINCES.get(province.slug, Needs.NOTHING)
        for name in (province.name, *province.aliases):
            yield Place(province.slug, name, PROVINCE, needs)


def _demonyms() -> Iterator[Place]:
    """Who comes from there: قمی، ارومیه‌ای، آستارایی; of one-word names that mean nothing else."""
    named = [(p.slug, p.name) for p in gazetteer.PROVINCES]
    named += [
        (place.province, place.name)
        for place in gazetteer.PLACES
        if "county" in place.kinds and place.needs in {Needs.NOTHING, Needs.PLACE}
    ]
    for slug, name in named:
        word = fold(name)
        if " " in word or "جنوبی" in word:
            continue
        if word.endswith("ه"):
            yield Place(slug, word + " ای", DEMONYM, Needs.OFFICE)
        elif not word.endswith("ی"):
            yield Place(slug, word + ("یی" if word[-1] in "او" else "ی"), DEMONYM, Needs.OFFICE)
    yield Place("mazandaran", "ساروی", DEMONYM, Needs.OFFICE)
    yield Place("tehran", "پایتخت‌نشین", DEMONYM, Needs.OFFICE)
