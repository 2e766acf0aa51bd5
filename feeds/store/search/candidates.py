"""Which articles may be what a search means: few, however many have its words.

    everything    the newest that have all words; the index is driven by the rarest of them
    promising     of many that have all, those with the words in the title
    partial       those that lack something: that have the rare words, or all but one

A score over every match of a common word would read the whole index, and to look for a rare word and a common one
together walks much of the common one. So each of these is a few bounded walks; `find` reads and ranks what they bring.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection

from feeds.models import SearchQuery
from feeds.store.search.index.frequencies import PROBE, Frequencies
from feeds.store.search.index.fulltext import FullText
from feeds.store.search.index.keys import Choice, Clause, searchable
from feeds.store.search.ranking import Slot
from feeds.store.search.readings import Reading

WALKED = 6_000
"""Articles of a search's rarest word that are gone through for candidates, the newest: it takes some milliseconds."""
VERIFIED = 150
"""Articles that have the rarest words: of fewer, the other words are looked for in what is kept of each."""
_OF_TITLES = 0.05
"""The share of a word's articles that have it in the title."""
_CORRELATED = 10
"""By how much more articles have several words than chance would have it: words of one matter stand together."""
RANKED = 40
"""Candidates that are read, of those that have everything."""
PARTIAL = 40
"""And of those that lack something."""
_TITLED = 1000
"""Articles with one of the words that are counted for candidates, the newest."""
_MOST_DRIVERS = 6
PLACE_RARITY = 2.0
"""What a place tells, against words."""


@dataclass(frozen=True, slots=True)
class Archive:
    """What is searched: an index with how common its words are, in one transaction."""

    connection: Connection
    fulltext: FullText
    frequencies: Frequencies

    @property
    def total(self) -> int:
        """About how many articles there are."""
        return self.frequencies.total(self.connection, self.fulltext)

    @property
    def bounds(self) -> tuple[int, int]:
        """About the first and the last id of it."""
        return self.frequencies.bounds(self.connection, self.fulltext)

    def frequency(self, clause: Clause) -> float:
        """In about how many articles a word is."""
        return self.frequencies.of(self.connection, self.fulltext, clause)

    def frequency_of(self, word: str) -> float:
        """In about how many articles a single token is."""
        return self.frequency((Choice((word,)),))


@dataclass(frozen=True, slots=True)
class Search:
    """A search under way."""

    archive: Archive
    query: SearchQuery
    ids: tuple[int, int]
    strict: tuple[Clause, ...]
    """What every result has to meet."""
    place: Clause
    """The provinces with their names; empty where none was named."""
    readings: Sequence[Reading]
    slots: Sequence[Slot]
    now: datetime
    read: dict[int, tuple[str, str]] = field(default_factory=dict)
    """The tokens of articles that were read already."""

    def match(self, clauses: Iterable[Clause], limit: int, *, in_title: bool = False) -> list[int]:
        """The newest ids that meet these and all that is strict."""
        wanted = [*self.strict, *clauses]
        if not wanted:
            return []
        archive, without = self.archive, left_out(self.query)
        return archive.fulltext.match(archive.connection, wanted, self.ids, limit, without=without, in_title=in_title)

    def contents(self, ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
        """The tokens of some articles."""
        unread = [one for one in ids if one not in self.read]
        self.read.update(self.archive.fulltext.contents(self.archive.connection, unread))
        return {one: self.read[one] for one in ids if one in self.read}


def everything(search: Search, limit: int) -> list[int]:
    """The newest that have everything, at most so many.

    An index that looks for a rare and a common word together walks much of the common one. So the rarest words are
    looked for, and where few articles have these, the others are looked for in their tokens.
    """
    driving = _driving(search, search.slots, VERIFIED // _CORRELATED)
    if len(driving) < len(search.slots):
        found = search.match([*place_clause(search), *(slot.choices for slot in driving)], VERIFIED)
        if len(found) < VERIFIED:
            contents = search.contents(found)
            others = [slot.choices for slot in search.slots if slot not in driving]
            return [one for one in found if one in contents and _meets(contents[one], others)]
    return search.match(_needed(search), limit)


def _driving(search: Search, slots: Sequence[Slot], few: float, *, in_title: bool = False) -> list[Slot]:
    """The rarest words, as many as it takes for few articles to have them all, by chance."""
    total = max(search.archive.total, 1)
    share = _OF_TITLES if in_title else 1.0
    expected = float(total)
    driving: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: slot.frequency):
        if len(driving) > 1 and expected <= few:
            break
        driving.append(slot)
        expected *= min(slot.frequency / total, 1.0) * share
    return driving


def _newest_with(search: Search, slots: Sequence[Slot], limit: int, *, in_title: bool) -> list[int]:
    """The newest candidates that have some words; of the archive, as much as has the rarest in `WALKED` articles."""
    rarest = min((slot.frequency for slot in slots), default=0)
    if rarest > WALKED:
        oldest, newest = search.archive.bounds
        # A whole number: to any other, PostgreSQL compares each id without its index.
        first = newest - int((newest - oldest) * WALKED / rarest)
        search = replace(search, ids=(max(search.ids[0], first), search.ids[1]))
    return search.match([*place_clause(search), *(slot.choices for slot in slots)], limit, in_title=in_title)


def _meets(texts: tuple[str, str], clauses: Iterable[Clause]) -> bool:
    """Whether an article's tokens meet clauses of words."""
    text = f" {texts[0]} {texts[1]} "
    return all(any(all(f" {token} " in text for token in choice.tokens) for choice in clause) for clause in clauses)


def _needed(search: Search) -> list[Clause]:
    return [*place_clause(search), *(slot.choices for slot in search.slots)]


def promising(search: Search, complete: Sequence[int]) -> list[int]:
    """Of many that have everything, those with all of it in the title, then those with the rarest words there."""
    driving = _driving(search, search.slots, RANKED, in_title=True)
    titled = _newest_with(search, driving, RANKED, in_title=True)
    contents = search.contents(titled)
    others = [slot.choices for slot in search.slots if slot not in driving]
    titled = [one for one in titled if one in contents and _meets(contents[one], others)]
    newest = replace(search, ids=(complete[-1], complete[0]))
    value = dict.fromkeys(complete, 0.0)
    for slot in search.slots:
        for one in newest.match([slot.choices], _TITLED, in_title=True):
            if one in value:
                value[one] += slot.rarity
    ordered = sorted(complete, key=lambda one: (-value[one], -one))
    return list(dict.fromkeys((*titled, *ordered[:RANKED])))[: RANKED + RANKED // 2]


def partial(search: Search, complete: Collection[int]) -> list[int]:
    """Those that have most: all that have a rare word, and those that lack one word alone."""
    live = [slot for slot in search.slots if slot.frequency]
    drivers = sorted((slot for slot in live if slot.frequency < PROBE), key=lambda slot: slot.frequency)
    drivers = drivers[:_MOST_DRIVERS]
    value = _with_rare_words(search, live, drivers)
    for rest in _all_but_one(live, drivers):
        for in_title in (True, False):
            few = _driving(search, rest, PARTIAL / _CORRELATED, in_title=in_title)
            worth = sum(slot.rarity for slot in few)
            for one in _newest_with(search, few, PARTIAL, in_title=in_title):
                value[one] = max(value.get(one, 0.0), worth)
    known = set(complete)
    ordered = sorted((one for one in value if one not in known), key=lambda one: (-value[one], -one))
    return ordered[:PARTIAL]


def _with_rare_words(search: Search, live: Sequence[Slot], drivers: Sequence[Slot]) -> dict[int, float]:
    """All that have a rare word, with the rarities of all words that they have."""
    value: dict[int, float] = {}
    if not drivers:
        return value
    for slot in drivers:
        for one in search.match([slot.choices], PROBE):
            value[one] = value.get(one, 0.0) + slot.rarity
    rare: Clause = tuple(choice for slot in drivers for choice in slot.choices)
    others = [(slot.choices, slot.rarity) for slot in live if slot not in drivers]
    others += [(clause, PLACE_RARITY) for clause in place_clause(search)]
    for clause, rarity in others:
        for one in search.match([clause, rare], _TITLED):
            value[one] = value.get(one, 0.0) + rarity
    return value


def place_clause(search: Search) -> list[Clause]:
    """The place, where it has to be met beside the words: a town is strict anyway."""
    return [search.place] if search.place and not search.query.town else []


def _all_but_one(live: Sequence[Slot], drivers: Sequence[Slot]) -> list[list[Slot]]:
    """The words without each that the others may do without; what has a rare word is a candidate already."""
    if len(drivers) > 1:
        rest = [slot for slot in live if slot not in drivers]
        return [rest] if len(rest) > 1 else []
    left_out = list(drivers) or list(live)
    return [rest for one in left_out if (rest := [slot for slot in live if slot is not one])]


def left_out(query: SearchQuery) -> list[Choice]:
    """What no result may have: words, and provinces that it is placed in."""
    words = [Choice(tokens) for one in query.excluded if (tokens := tuple(searchable(one)))]
    return [*words, *(Choice((slug,), place=True) for slug in slugs(query.elsewhere))]


def slugs(named: Iterable[str]) -> list[str]:
    """Slugs as an index may be asked for them."""
    return [slug for slug in named if slug.replace("-", "").isalnum()]
