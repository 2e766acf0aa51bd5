"""What a person typed: which provinces are meant, or may be meant, and the words that remain.

In this order, and the first that finds something is the answer: names as they are written, in Persian or Latin
letters; the wrong keyboard layout; a slip of the finger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from feeds.provinces import context, gazetteer, keyboard, names
from feeds.provinces.gazetteer import Needs, Place
from feeds.provinces.words import fold

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
_VOWELS = re.compile(r"[aeiouy]+")
_ONE_SLIP, _TWO_SLIPS = 5, 8
"""From how many letters a name is still known with one letter wrong, and with two."""
_SHORTEST = 4
"""Nothing is guessed of a word of fewer letters."""
_RANKS = ({"province", "region"}, {"county"}, {"city", "alias"}, {"district", "landmark"})


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a query means."""

    provinces: tuple[str, ...]
    """Slugs of the provinces that are meant, in the order of the query."""
    choices: tuple[str, ...] = ()
    """Slugs to choose from where a name means several provinces; then `provinces` is empty."""
    words: str = ""
    """The rest of the query, in its order."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a name may mean to someone who types it."""

    provinces: tuple[str, ...]
    needs: Needs = Needs.NOTHING
    known: bool = True
    """It is a county, or an older name of one: known beyond its province."""
    capital: bool = False
    """It is a province, or the capital of one."""


_Read = Callable[[Sequence[str]], _Meaning | None]


def lookup(query: str) -> Lookup:
    """Find the provinces that a query names.

    A name of several provinces (خراسان، آذربایجان) is answered with choices. Nothing is guessed of names that are
    ordinary words, too (نور، بهار), unless «شهر» or «شهرستان» stands before them.
    """
    words = _PARTING.sub(" ", query).split()
    found = _scan(words, _written) or _scan_other_layout(words) or _scan(words, _slipped)
    return found or Lookup((), (), " ".join(words))


def _scan_other_layout(words: Sequence[str]) -> Lookup | None:
    persian = [keyboard.to_persian(word) or word for word in words]
    if persian != list(words) and (found := _scan(persian, _sure)):
        return found
    latin = [keyboard.to_latin(word) or word for word in words]
    return _scan(latin, _sure) if latin != list(words) else None


def _scan(words: Sequence[str], read: _Read) -> Lookup | None:
    """Read a query from left to right, the longest name first; nothing where it names no place."""
    found: list[_Meaning] = []
    rest: list[str] = []
    index = 0
    while index < len(words):
        size, meaning = _match(words, index, read) if index < _MOST_WORDS else (1, None)
        if meaning is None:
            rest.append(words[index])
        else:
            _drop_markers(rest, between_names=bool(found))
            found.append(meaning)
        index += size
    return _answer(found, rest) if found else None


def _match(words: Sequence[str], index: int, read: _Read) -> tuple[int, _Meaning | None]:
    """The longest name that begins with a word, and how many words it has; one word where none does."""
    before = _clean(words[index - 1]) if index else ""
    for size in range(min(_LONGEST, len(words) - index), 0, -1):
        meaning = read(words[index : index + size])
        if meaning and _counts(meaning, before=before, whole=size == len(words)):
            after = words[index + size] if index + size < len(words) else ""
            return size + (_clean(after) in _AFTER), meaning
    return 1, None


def _drop_markers(rest: list[str], *, between_names: bool) -> None:
    """Take off what leads to a name and says nothing more: «استان», and «و» between two names."""
    while rest and _clean(rest[-1]) in _MARKERS:
        rest.pop()
    if between_names and rest and _clean(rest[-1]) in _JOINERS:
        rest.pop()


def _counts(meaning: _Meaning, *, before: str, whole: bool) -> bool:
    """Whether a name of a place is meant as one here."""
    if context.names_another_thing(before):
        return False
    if meaning.needs in {Needs.NOTHING, Needs.PLACE} or before in _MARKERS:
        return True
    if meaning.needs is Needs.PROVINCE:
        return whole and (meaning.known or len(meaning.provinces) > 1)
    return whole and meaning.needs is Needs.OFFICE and meaning.known


def _answer(found: Iterable[_Meaning], rest: Sequence[str]) -> Lookup:
    meanings = list(found)
    sure = [meaning.provinces[0] for meaning in meanings if len(meaning.provinces) == 1]
    open_choices = [slug for meaning in meanings if len(meaning.provinces) > 1 for slug in meaning.provinces]
    words = " ".join(rest) if any(_clean(word) not in _JOINERS | _MARKERS for word in rest) else ""
    if open_choices and not set(open_choices) & set(sure):
        return Lookup((), tuple(dict.fromkeys((*sure, *open_choices))), words)
    return Lookup(tuple(dict.fromkeys(sure)), (), words)


def _written(span: Sequence[str]) -> _Meaning | None:
    """A name as it is written, in Persian or in Latin letters; one of several words may have a slip in it."""
    if key := _persian(span):
        return _meanings().get(key) or _meanings().get(_plain(key)) or (_slipped(span) if len(span) > 1 else None)
    if key := _latin(span):
        known = _latin_names().get(key) or _latin_sounds().get(_sound(key))
        return known or (_slipped(span) if len(span) > 1 else None)
    return None


def _sure(span: Sequence[str]) -> _Meaning | None:
    """A name that is known on the wrong layout, too: no short one but a province's or a capital's."""
    meaning = _written(span)
    if meaning is None or meaning.needs not in {Needs.NOTHING, Needs.PLACE}:
        return None
    return meaning if meaning.capital or len(_persian(span) or _latin(span)) >= _SHORTEST else None


def _slipped(span: Sequence[str]) -> _Meaning | None:
    """A name with a slip: one letter wrong, missing, doubled or swapped with the next; two in a long name."""
    if key := _persian(span):
        joined = _plain(key.replace(" ", ""))
        several = len(span) > 1
        known = joined in _ordinary_words() or (not several and joined in _meanings())
        return None if known else _nearest(joined, _slip_names(several_words=several))
    key = _latin(span)
    return _nearest(key, _latin_slip_names(key[0], several_words=len(span) > 1)) if len(key) >= _ONE_SLIP else None


def _nearest(key: str, table: Mapping[str, _Meaning]) -> _Meaning | None:
    """The meaning of the name that is nearest to a word; of equally near ones the better known, where one is."""
    matches = (
        extract(key, table.keys(), scorer=OSA.distance, score_cutoff=2, limit=None) if len(key) >= _SHORTEST else ()
    )
    near = [(slips, not table[name].capital, name) for name, slips, _ in matches if slips <= _slips(name)]
    if not near:
        return None
    best = min(near)[:2]
    meanings = {table[name].provinces: table[name] for *rank, name in near if tuple(rank) == best}
    return next(iter(meanings.values())) if len(meanings) == 1 else None


def _slips(name: str) -> int:
    """How many letters of a name may be wrong."""
    return 2 if len(name) >= _TWO_SLIPS else 1 if len(name) >= _ONE_SLIP else 0


def _clean(word: str) -> str:
    return word.strip(_STRAY).lower()


def _persian(span: Sequence[str]) -> str:
    """The words of a span in one spelling; empty where they are not all Persian."""
    cleaned = [_clean(word) for word in span]
    if not all(_PERSIAN.fullmatch(word) for word in cleaned):
        return ""
    return fold(" ".join(cleaned))


def _latin(span: Sequence[str]) -> str:
    cleaned = [_clean(word) for word in span]
    if not all(_LATIN.fullmatch(word) for word in cleaned):
        return ""
    return "".join(character for character in "".join(cleaned) if character.isalpha())


def _plain(key: str) -> str:
    return key.replace("آ", "ا")


def _sound(key: str) -> str:
    """A Latin spelling without what writers differ in: vowels, doubled letters, q and gh, k and c."""
    key = key.replace("gh", "q").replace("sch", "sh").replace("ph", "f")
    key = _VOWELS.sub("a", key)
    return re.sub(r"(.)\1+", r"\1", key)


@cache
def _meanings() -> Mapping[str, _Meaning]:
    """Every Persian spelling -> what it means."""
    gathered: dict[str, dict[str, Place]] = {}
    for spelling, places in names.spellings().items():
        for place in places:
            if place.kinds != names.DEMONYM:
                gathered.setdefault(spelling, {}).setdefault(place.province, place)
                if place.needs in {Needs.NOTHING, Needs.PROVINCE}:  # «اوج» is not «آوج»
                    gathered.setdefault(_plain(spelling), {}).setdefault(place.province, place)
    return {spelling: _meaning(places.values()) for spelling, places in gathered.items()}


def _meaning(places: Iterable[Place]) -> _Meaning:
    """Of places of one name those of the highest standing: a county before a village, all provinces of a region."""
    standing: dict[int, list[Place]] = {}
    for place in places:
        rank = next((rank for rank, kinds in enumerate(_RANKS) if kinds & place.kinds), len(_RANKS))
        standing.setdefault(rank, []).append(place)
    best = standing[min(standing)]
    if names.PROVINCE in {place.kinds for place in best}:
        return _Meaning(tuple(place.province for place in best), capital=True)
    if any("region" in place.kinds for place in best):
        return _Meaning(tuple(place.province for place in best))
    needs = best[0].needs if len({place.needs for place in best}) == 1 else Needs.NOTHING
    return _Meaning(
        tuple(place.province for place in best), needs, known=any({"county", "alias"} & place.kinds for place in best)
    )


@cache
def _latin_names() -> Mapping[str, _Meaning]:
    """Every Latin spelling, its words written together -> what it means."""
    return {_latin(name.split()): meaning for name, meaning in _latin_spellings().items()}


@cache
def _latin_spellings() -> Mapping[str, _Meaning]:
    """Every Latin spelling as it is in the tables; a province's own go before a town's."""
    towns: dict[str, list[str]] = {}
    for place in gazetteer.PLACES:
        for name in place.latin:
            towns.setdefault(name, []).append(place.province)
    table = {name: _Meaning(tuple(dict.fromkeys(slugs))) for name, slugs in towns.items()}
    for province in gazetteer.PROVINCES:
        for name in (*province.latin, province.english.lower(), province.slug.replace("-", " ")):
            table[name] = _Meaning((province.slug,), capital=True)
    return table


@cache
def _latin_slip_names(first: str, *, several_words: bool) -> Mapping[str, _Meaning]:
    """Latin spellings that are known with a slip; English has too many words to let short ones begin otherwise."""
    return {
        _latin(name.split()): meaning
        for name, meaning in _latin_spellings().items()
        if (" " in name) == several_words and (name[0] == first or len(name) >= _TWO_SLIPS)
    }


@cache
def _latin_sounds() -> Mapping[str, _Meaning]:
    """Latin spellings by their sound, of names long enough that few other words sound alike."""
    table: dict[str, set[tuple[str, ...]]] = {}
    for name, meaning in _latin_names().items():
        if len(name) > _ONE_SLIP:
            table.setdefault(_sound(name), set()).add(meaning.provinces)
    return {sound: _Meaning(next(iter(found))) for sound, found in table.items() if len(found) == 1}


@cache
def _slip_names(*, several_words: bool) -> Mapping[str, _Meaning]:
    """Names that are known with a slip: provinces, their capitals and counties that mean nothing else."""
    capitals = {fold(province.capital) for province in gazetteer.PROVINCES}
    table = {}
    for spelling, places in names.spellings().items():
        if (" " in spelling) != several_words:
            continue
        known = [p for p in places if p.kinds & {"province", "county", "region"} or spelling in capitals]
        meaning = _meanings().get(spelling)
        if known and meaning and meaning.needs in {Needs.NOTHING, Needs.PLACE}:
            table[_plain(spelling).replace(" ", "")] = replace(meaning, capital=meaning.capital or spelling in capitals)
    return table


@cache
def _ordinary_words() -> frozenset[str]:
    """Words of the language that are a slip away from a name: زندان is not زنجان."""
    text = files(__package__).joinpath("ordinary.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
