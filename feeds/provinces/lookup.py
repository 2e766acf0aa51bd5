"""What a person typed: which provinces are meant, or may be meant, and the words that remain.

In this order, and the first that finds something is the answer: names as they are written, in Persian or Latin
letters, or in pieces («هرمز گان»); as they are spoken («تهرون»); the wrong keyboard layout; a slip of the finger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from feeds.provinces import context, keyboard, meanings
from feeds.provinces.gazetteer import Needs
from feeds.provinces.meanings import ONE_SLIP, Meaning
from feeds.provinces.words import fold
from feeds.text.restoring import lexicon

_LONGEST = 7
"""No name has more words, its «استان» and «شهرستان» counted."""
_MOST_WORDS = 24
"""Further words of a query are taken as they are: it is no name that stands there."""
_MARKERS = frozenset(
    {"استان", "شهرستان", "شهر", "بخش"} | {"ostan", "ostane", "ostan-e", "shahr", "shahre", "shahrestan"}
)
_AFTER = frozenset({"province", "city"})
_JOINERS = frozenset({"و", "va", "and", "،", ","})
_STRAY = "\u200c\u200e\u200f «»\"'()[]{}.,:;!?،؛؟#/|-"
_PERSIAN = re.compile(r"[\u0621-\u065f\u0670-\u06d3\u200c-\u200f\u00ad\ufb50-\ufdff\ufe70-\ufefc]+")
_PARTING = re.compile(r"[،؛/|_]|(?<=[\u0600-\u06ff])-(?=[\u0600-\u06ff])")
"""What parts words as a space does; `,` and `;` are letters on the other layout."""
_LATIN = re.compile(r"[a-z]+(?:[-'’][a-z]+)*")
_SHARED = re.compile(
    r"(خراسان|[آا]ذربایجان)[\s\u200c]*(?:شرقی|غربی|شمالی|جنوبی|رضوی)\s+و(?=\s+(?:شرقی|غربی|شمالی|جنوبی|رضوی))"
)
"""What two provinces share a word of: «خراسان شمالی و رضوی»."""
_REMEMBERED = 16_384
"""Spans of words whose meaning is remembered: a query is read several times, and people ask alike."""
_SHORTEST = 4
"""Nothing is guessed of a word of fewer letters."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a query has."""

    typed: str
    """As it was typed, without «استان» or «شهر» before it."""
    name: str
    """As editors write it."""
    provinces: tuple[str, ...]
    town: bool
    """It is a place within the province, and not its capital."""
    sure: bool = True
    """It was typed as it is written; False: with a slip, or on the other keyboard layout."""
    together: bool = False
    """All of its provinces are meant: a part of the country."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a query means."""

    provinces: tuple[str, ...]
    """Slugs of the provinces that are meant, in the order of the query."""
    choices: tuple[str, ...] = ()
    """Slugs to choose from where a name means several provinces; then `provinces` is empty."""
    words: str = ""
    """The rest of the query, in its order."""
    named: tuple[Named, ...] = field(default=(), compare=False)
    """The names that were understood, in the order of the query."""


_Read = Callable[[tuple[str, ...]], Meaning | None]


def lookup(query: str) -> Lookup:
    """Find the provinces that a query names.

    A name of several provinces (خراسان، آذربایجان) is answered with choices. Nothing is guessed of names that are
    ordinary words, too (نور، بهار), unless «شهر» or «شهرستان» stands before them.
    """
    words = _SHARED.sub(r"\g<0> \1", _PARTING.sub(" ", query)).split()
    if found := _scan(words, _written):
        return found
    if any(_MAY_BE_SPOKEN.search(word) for word in words) and (found := _scan(words, _spoken)):
        return found
    if found := _scan_other_layout(words) or _scan(words, _slipped):
        return replace(found, named=tuple(replace(named, sure=False) for named in found.named))
    return Lookup((), (), " ".join(words))


def _scan_other_layout(words: Sequence[str]) -> Lookup | None:
    return _on_layout(words, keyboard.to_persian) or _on_layout(words, keyboard.to_latin)


def _on_layout(words: Sequence[str], layout: Callable[[str], str]) -> Lookup | None:
    """What a query says on a layout; a word that is one is left, and only the words that are read anew name a place."""
    read = [word if _is_word(_persian_word(word)) else layout(word) or word for word in words]
    anew = set(read).difference(words)
    return _scan(read, lambda span: _sure(span) if anew.issuperset(span) else None, typed=words) if anew else None


def _scan(words: Sequence[str], read: _Read, *, typed: Sequence[str] = ()) -> Lookup | None:
    """Read a query from left to right, the longest name first; nothing where it names no place.

    `typed` is what the words were on the keyboard, where they are another reading of it.
    """
    found: list[tuple[Meaning, str]] = []
    rest: list[str] = []
    index = 0
    while index < len(words):
        size, meaning = _match(words, index, read) if index < _MOST_WORDS else (1, None)
        if meaning is None:
            rest.append(words[index])
        else:
            _drop_markers(rest, between_names=bool(found))
            found.append((meaning, " ".join((typed or words)[index : index + size])))
        index += size
    return _answer(found, rest) if found else None


def _match(words: Sequence[str], index: int, read: _Read) -> tuple[int, Meaning | None]:
    """The longest name that begins with a word, and how many words it has; one word where none does."""
    before = _clean(words[index - 1]) if index else ""
    for size in range(min(_LONGEST, len(words) - index), 0, -1):
        meaning = read(tuple(words[index : index + size]))
        if meaning is None and size > 1 and read is _written:
            meaning = _in_pieces(words[index : index + size], alone=size == len(words) or before in _MARKERS)
        after = _clean(words[index + size]) if index + size < len(words) else ""
        if meaning and _counts(meaning, before=before, after=after, whole=size == len(words)):
            return size + (after in _AFTER), meaning
    return 1, None


def _drop_markers(rest: list[str], *, between_names: bool) -> None:
    """Take off what leads to a name and says nothing more: «استان», and «و» between two names."""
    while rest and _clean(rest[-1]) in _MARKERS:
        rest.pop()
    if between_names and rest and _clean(rest[-1]) in _JOINERS:
        rest.pop()


def _counts(meaning: Meaning, *, before: str, after: str, whole: bool) -> bool:
    """Whether a name of a place is meant as one here."""
    if context.names_another_thing(before) or context.is_namesake_abroad(meaning.name, after):
        return False
    if meaning.needs in {Needs.NOTHING, Needs.PLACE} or before in _MARKERS:
        return True
    if meaning.needs is Needs.PROVINCE:
        return whole and (meaning.known or len(meaning.provinces) > 1)
    return whole and meaning.needs is Needs.OFFICE and meaning.known


def _answer(found: Iterable[tuple[Meaning, str]], rest: Sequence[str]) -> Lookup:
    sure: list[str] = []
    open_choices: list[str] = []
    named = tuple(
        Named(
            typed,
            meanings.TODAY.get(meaning.name, meaning.name) or typed,
            meaning.provinces,
            meaning.is_town,
            together=meaning.together,
        )
        for meaning, typed in found
    )
    for meaning, _ in found:
        (sure if len(meaning.provinces) == 1 or meaning.together else open_choices).extend(meaning.provinces)
    words = " ".join(rest) if any(_clean(word) not in _JOINERS | _MARKERS for word in rest) else ""
    if open_choices and not set(open_choices) & set(sure):
        return Lookup((), tuple(dict.fromkeys((*sure, *open_choices))), words, named)
    return Lookup(tuple(dict.fromkeys(sure)), (), words, named)


@lru_cache(_REMEMBERED)
def _written(span: tuple[str, ...]) -> Meaning | None:
    """A name as it is written, in Persian or in Latin letters; one of several words may have a slip in it."""
    known = None
    if key := _persian(span):
        known = meanings.persian(key) or meanings.persian(meanings.plain(key))
    elif key := _latin(span):
        known = meanings.latin().get(key) or meanings.latin_sounds().get(meanings.sound(key))
    return known or (_slipped(span) if len(span) > 1 and not _begins_with_province(span) else None)


def _begins_with_province(span: Sequence[str]) -> bool:
    """Whether the first word is a province already: «کرمان شده» is no slip of «کرمان شاه»."""
    first = meanings.persian(_persian(span[:1]))
    return first is not None and first.capital


def _in_pieces(span: Sequence[str], *, alone: bool) -> Meaning | None:
    """A province, capital or county with a space too many, «هرمز گان»; of plain words («زن جان») only as all of it."""
    key = meanings.plain(_persian(span))
    meaning = meanings.broken().get(key.replace(" ", "")) if key else None
    pieces = key.split()
    if meaning is None or pieces[0] in _PREPOSITIONS or any(len(piece) < _SHORTEST_PIECE for piece in pieces):
        return None
    words = lexicon.load().words
    return meaning if alone or meaning.name in _SOUND_WHOLE or not all(piece in words for piece in pieces) else None


def _spoken(span: tuple[str, ...]) -> Meaning | None:
    """A name as it is spoken: «تهرون», «کرمون», with the «و» of the object, «قمو», or one with the word before it."""
    if len(span) > 1:
        return _written(span)
    key = _persian(span)
    if not key or key in lexicon.load().words or key in meanings.ordinary_words():
        return _written(span)
    ways = (_SPOKEN_AN.sub("ان", key), _OBJECT.sub("", key), _OBJECT.sub("", _SPOKEN_AN.sub("ان", key)))
    for spoken in (*ways, _BEFORE_IT.sub("", key)):
        meaning = meanings.persian(spoken) if spoken != key else None
        if meaning and meaning.needs in {Needs.NOTHING, Needs.PLACE} and (meaning.known or len(key) >= ONE_SLIP):
            return meaning
    return _written(span)


_MAY_BE_SPOKEN = re.compile("ون|و$|^(?:استان|اخبار|خبر).")
_BEFORE_IT = re.compile(r"^(?:استان|اخبار|خبر(?:های?|ای)?)\s*(?=.)")
"""What leads to a name, written as one with it: «اخبارگیلان»."""
_SPOKEN_AN = re.compile(r"ون(?=و?$)")
_OBJECT = re.compile(r"(?<=..)و$")
_SHORTEST_PIECE = 2
_PREPOSITIONS = frozenset({"به", "در", "از", "با", "بر"})
"""«به شهر» is no «بهشهر»."""
_SOUND_WHOLE = frozenset({"چهارمحال", "چهارمحال و بختیاری"})
"""Names of ordinary words that together mean nothing else."""


def _sure(span: tuple[str, ...]) -> Meaning | None:
    """A name that is known on the wrong layout, too: no short one but a province's or a capital's."""
    meaning = _written(span)
    if meaning is None or meaning.needs not in {Needs.NOTHING, Needs.PLACE}:
        return None
    return meaning if meaning.capital or len(_persian(span) or _latin(span)) >= _SHORTEST else None


@lru_cache(_REMEMBERED)
def _slipped(span: tuple[str, ...]) -> Meaning | None:
    """A name with a slip: one letter wrong, missing, doubled or swapped with the next; two in a long name."""
    if key := _persian(span):
        joined = meanings.plain(key.replace(" ", ""))
        several = len(span) > 1
        known = (
            joined in meanings.ordinary_words()
            or (not several and meanings.persian(joined) is not None)
            or all(_is_word(word) for word in key.split())
        )
        table = meanings.persian_with_slips(several_words=several)
        begins, ends = _edges(several_words=several)
        hopeless = known or (joined[:2] not in begins and joined[-2:] not in ends)
        return None if hopeless else _nearest(joined, table)
    key = _latin(span)
    if len(key) < ONE_SLIP:
        return None
    return _nearest(key, meanings.latin_with_slips(key[0], several_words=len(span) > 1))


@cache
def _edges(*, several_words: bool) -> tuple[frozenset[str], frozenset[str]]:
    """How the names begin and end that are known with a slip: most words that are none do neither."""
    names = meanings.persian_with_slips(several_words=several_words)
    return frozenset(name[:2] for name in names), frozenset(name[-2:] for name in names)


def _is_word(word: str) -> bool:
    """Whether it is a word of the language, maybe with the «ی» of adjectives: «مرزی» is no slip of «مرکزی»."""
    known = lexicon.load()
    return word in known.common or (word.endswith("ی") and word[:-1] in known.nouns)


def _nearest(key: str, table: Mapping[str, Meaning]) -> Meaning | None:
    """The meaning of the name that is nearest to a word; of equally near ones the better known, where one is."""
    if len(key) < _SHORTEST:
        return None
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - for a word that is no name alone
    from rapidfuzz.process import extract  # noqa: PLC0415 - as above

    matches = extract(key, table.keys(), scorer=OSA.distance, score_cutoff=2, limit=None)
    near = [(slips, not table[name].capital, name) for name, slips, _ in matches if slips <= meanings.slips(name)]
    if not near:
        return None
    best = min(near)[:2]
    nearest = {table[name].provinces: table[name] for *rank, name in near if tuple(rank) == best}
    return next(iter(nearest.values())) if len(nearest) == 1 else None


def _clean(word: str) -> str:
    return word.strip(_STRAY).lower()


def _persian(span: Sequence[str]) -> str:
    """The words of a span in one spelling; empty where they are not all Persian."""
    words = [_persian_word(word) for word in span]
    return " ".join(words) if all(words) else ""


@lru_cache(_REMEMBERED)
def _persian_word(word: str) -> str:
    cleaned = _clean(word)
    return fold(cleaned) if _PERSIAN.fullmatch(cleaned) else ""


def _latin(span: Sequence[str]) -> str:
    cleaned = [_clean(word) for word in span]
    if not all(_LATIN.fullmatch(word) for word in cleaned):
        return ""
    return meanings.together("".join(cleaned))
