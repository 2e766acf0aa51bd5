"""All names of the gazetteer in one automaton: a walk over the words of a text finds them, whatever their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Node:
    """A state of the automaton: the words that may follow, and the places whose name ends here."""

    following: dict[str, Node] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


def find(words: Words, root: Node | None = None) -> Iterator[Hit]:
    """Names in a text from left to right, the longest at each place; none overlap.

    Args:
        words: the text.
        root: the automaton of the names to find; by default that of the gazetteer.
    """
    begins = (root or _automaton()).following
    passed = -1  # the last word of what was found
    previous: Hit | None = None
    for index in compress(count(), map(begins.__contains__, words.keys)):
        if index <= passed:
            continue
        passed, places = _longest(words, index, begins[words.keys[index]])
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


def _longest(words: Words, first: int, node: Node) -> tuple[int, tuple[Place, ...]]:
    """The last word of the longest name that begins with a word, and its places; none where no name ends."""
    last, places = first, node.places
    for index in range(first + 1, len(words.keys)):
        following = node.following.get(words.keys[index])
        if following is None or not words.joined(index):
            break
        node = following
        if node.places:
            last, places = index, node.places
    return last, places


def build(table: Mapping[str, tuple[Place, ...]]) -> Node:
    """The automaton of a table of names, their words parted by spaces."""
    root = Node()
    for spelling, places in table.items():
        node = root
        for word in spelling.split():
            node = node.following.setdefault(word, Node())
        node.places = places
    return root


@cache
def _automaton() -> Node:
    return build(spellings())


@cache
def spellings() -> dict[str, tuple[Place, ...]]:
    """Every way to write every name -> what it may mean."""
    table: dict[str, dict[str, Place]] = {}
    places = (*_provinces(), *gazetteer.PLACES)
    for place, name in zip(places, fold_all(place.name for place in places), strict=True):
        for spelling in _ways(place, name):
            table.setdefault(spelling, {}).setdefault(place.province, place)
    for place in _demonyms():
        for spelling in _ways(place, fold(place.name)):
            if spelling not in table or all(p.kinds == DEMONYM for p in table[spelling].values()):
                table.setdefault(spelling, {}).setdefault(place.province, place)
    return {spelling: tuple(places.values()) for spelling, places in table.items()}


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
