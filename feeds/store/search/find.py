"""Which articles a search means, and in what order.

    places alone      the newest of the provinces, from their own index
    words             candidates  ->  `ranking`  ->  the best; or, if asked for, all that have everything, newest first

A score over every match of a common word would read the whole index, so candidates are few: of those that have
everything, the ones with most of it in the title and the newest; where hardly any has everything, those that have the
rare words, and those that lack one. What had to be let go is said (`Found`).

Long, as a search falls back step by step and each step reads what the one before it left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from feeds.models import Order, SearchQuery, Term
from feeds.store import stories
from feeds.store.database.rows import SEQUENCE_BITS
from feeds.store.database.tables import EPOCH, HIDDEN, article_provinces, articles
from feeds.store.search import ranking, readings
from feeds.store.search.frequencies import PROBE, Frequencies
from feeds.store.search.fulltext import FullText
from feeds.store.search.keys import LEAD_END, Choice, Clause, agency_key, searchable, terms_of
from feeds.store.search.ranking import Fit, Slot, Wanted
from feeds.store.search.readings import Reading

CAP = 1000
"""The most results of a search; its total is exact up to here."""
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
FEW = 10
"""Of so few results that have everything, those that lack something come behind them."""
_ENOUGH_OF_IT = 0.5
"""The share of a search, by rarity, that an article has to have."""
_RARE = 2
"""A word of so few articles may be a slip, too."""
_PLACE_RARITY = 2.0
_NAMED = 0.85
"""What an article counts that names the place and is not placed in it."""
_LAST_ID = (1 << 63) - 1
_MOST_DRIVERS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to, in the order of showing."""

    ids: Sequence[int]
    complete: int = 0
    """How many of them have all that was asked for."""
    missing: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    tokens: tuple[tuple[str, ...], ...] = ()
    guessed: tuple[tuple[str, str, bool], ...] = ()
    """A word as it was typed, the token that was taken for it, and whether that is clear."""
    dropped: tuple[str, ...] = ()


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
class _Search:
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
        archive, without = self.archive, _left_out(self.query)
        return archive.fulltext.match(archive.connection, wanted, self.ids, limit, without=without, in_title=in_title)

    def contents(self, ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
        """The tokens of some articles."""
        unread = [one for one in ids if one not in self.read]
        self.read.update(self.archive.fulltext.contents(self.archive.connection, unread))
        return {one: self.read[one] for one in ids if one in self.read}


def search(archive: Archive, query: SearchQuery, now: datetime) -> Found:
    """The ids of what was asked for, in the order of showing, `CAP` at most."""
    query = _with_words(query)
    guessed = bool(query.guessed) and readings.known_words(archive.connection, query.guessed)
    if guessed:
        query = _without_guess(query)
    found = _search(archive, query, now)
    return replace(found, dropped=("province", *found.dropped)) if guessed else found


def _without_guess(query: SearchQuery) -> SearchQuery:
    """What was taken for a province with a slip is a word of the archive: so it is a word."""
    words = (*query.words, *query.guessed)
    terms = tuple(token for word in query.guessed for token in word.tokens)
    return replace(
        query,
        provinces=(),
        choices=(),
        names=(),
        town=(),
        towns=(),
        guessed=(),
        words=words,
        terms=(*query.terms, *terms),
    )


def _search(archive: Archive, query: SearchQuery, now: datetime) -> Found:
    if query.command or (query.asks_nothing and query.choices):
        return Found(())
    if query.provinces and not _slugs(query.provinces):
        return Found(())
    if not (query.terms or query.town or query.towns or query.phrases or query.agency or query.choices):
        ids = _newest(archive, query)
        if query.urgent and not ids:
            return replace(_search(archive, replace(query, urgent=False), now), dropped=("urgent",))
        return Found(ids, len(ids))
    found = _found(archive, query, now)
    if not found.complete and (query.since or query.until):
        at_any_time = _without_period(archive, query, now)
        found = at_any_time if at_any_time.complete or not found.ids else found
    if not found.ids and query.town and query.terms:
        found = _of_town_alone(archive, query, now)
    if not found.ids and query.agency and (query.terms or query.phrases):
        of_any = _search(archive, replace(query, agency=""), now)
        found = replace(of_any, dropped=("source", *of_any.dropped)) if of_any.ids else found
    if not found.ids and (query.provinces or query.choices) and not query.only_places:
        anywhere = replace(query, provinces=(), choices=(), names=(), town=(), towns=())
        found = replace(_found(archive, anywhere, now), dropped=("province",))
    return found


def _of_town_alone(archive: Archive, query: SearchQuery, now: datetime) -> Found:
    """What there is of a town, where nothing of it has the words."""
    needed = tuple(word.typed for word in query.words if word.needed)
    others = tuple(word for word in query.words if not word.needed)
    found = _found(archive, replace(query, words=others, terms=()), now)
    return replace(found, complete=0, missing=dict.fromkeys(found.ids, needed), guessed=())


def _with_words(query: SearchQuery) -> SearchQuery:
    """A query that names its terms alone has a word of each."""
    if query.words or not query.terms:
        return query
    return replace(query, words=tuple(Term(term, (term,)) for term in terms_of(query.terms)))


def _without_period(archive: Archive, query: SearchQuery, now: datetime) -> Found:
    """«زلزله دیروز» may be a headline: its words are looked for wherever they stand in time."""
    if not query.terms and not query.phrases:
        return Found(())
    words = (*query.words, *(replace(word, needed=False) for word in query.period_words))
    wider = _found(archive, replace(query, words=words, since=None, until=None), now)
    return replace(wider, dropped=("period", *wider.dropped)) if wider.ids else wider


def _found(archive: Archive, query: SearchQuery, now: datetime) -> Found:
    search = _prepare(archive, query, now)
    everything = _everything(search)
    if query.order is Order.NEWEST and everything:
        return _newest_of(search, everything)
    if len(everything) < min(FEW, CAP):
        guessed = _with_guesses(search, everything)
        if guessed is not search:
            search, everything = guessed, _everything(guessed)
    return _best(search, everything)


def _everything(search: _Search) -> list[int]:
    """The newest that have everything.

    An index that looks for a rare and a common word together walks much of the common one. So the rarest words are
    looked for, and where few articles have these, the others are looked for in their tokens.
    """
    driving = _driving(search, search.slots, VERIFIED // _CORRELATED)
    if len(driving) < len(search.slots):
        found = search.match([*_place_clause(search), *(slot.choices for slot in driving)], VERIFIED)
        if len(found) < VERIFIED:
            contents = search.contents(found)
            others = [slot.choices for slot in search.slots if slot not in driving]
            return [one for one in found if one in contents and _meets(contents[one], others)]
    return search.match(_needed(search), CAP)


def _driving(search: _Search, slots: Sequence[Slot], few: float, *, in_title: bool = False) -> list[Slot]:
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


def _newest_with(search: _Search, slots: Sequence[Slot], limit: int, *, in_title: bool) -> list[int]:
    """The newest candidates that have some words; of the archive, as much as has the rarest in `WALKED` articles."""
    rarest = min((slot.frequency for slot in slots), default=0)
    oldest, newest = search.archive.bounds
    first = oldest if rarest <= WALKED else newest - (newest - oldest) * WALKED // rarest
    within = replace(search, ids=(max(search.ids[0], first), search.ids[1]))
    return within.match([*_place_clause(search), *(slot.choices for slot in slots)], limit, in_title=in_title)


def _meets(texts: tuple[str, str], clauses: Iterable[Clause]) -> bool:
    """Whether an article's tokens meet clauses of words."""
    text = f" {texts[0]} {texts[1]} "
    return all(any(all(f" {token} " in text for token in choice.tokens) for choice in clause) for clause in clauses)


def _prepare(archive: Archive, query: SearchQuery, now: datetime) -> _Search:
    read = readings.read(archive.connection, archive.frequency_of, query.words)
    slots = [_slot(archive, one) for one in read]
    strict: list[Clause] = [(Choice(tokens),) for phrase in query.phrases if (tokens := tuple(searchable(phrase)))]
    if query.agency:
        strict.append((Choice((agency_key(query.agency),), place=True),))
    if query.town:
        named = dict.fromkeys(tuple(searchable(name)) for name in (query.town, *query.names))
        strict.append(tuple(Choice(tokens) for tokens in named if tokens))
    period = _ids_between(query.since, query.until)
    return _Search(archive, query, period, tuple(strict), _place(query), read, slots, now)


def _slot(archive: Archive, reading: Reading) -> Slot:
    frequency = archive.frequency(reading.choices)
    return Slot(reading.term.typed, reading.choices, ranking.rarity(frequency, archive.total), int(frequency))


def _place(query: SearchQuery) -> Clause:
    slugs = _slugs((*query.provinces, *query.choices))
    if not slugs:
        return ()
    # What is said of a town is said in its name, which is strict; a province is placed, or named beside other words.
    names = query.names if (query.terms or query.phrases) and not query.town else ()
    named = [Choice(tokens, weight=_NAMED) for name in names if (tokens := tuple(searchable(name)))]
    towns = [Choice(tokens) for _, name in query.towns if (tokens := tuple(searchable(name)))]
    of_towns = {slug for slug, _ in query.towns}
    return (*(Choice((slug,), place=True) for slug in slugs if slug not in of_towns), *towns, *named)


def _slugs(slugs: Iterable[str]) -> list[str]:
    return [slug for slug in slugs if slug.replace("-", "").isalnum()]


def _needed(search: _Search) -> list[Clause]:
    return [*_place_clause(search), *(slot.choices for slot in search.slots)]


def _with_guesses(search: _Search, everything: Sequence[int]) -> _Search:
    """Where hardly anything has everything, a word that the archive hardly has may be a slip, too."""
    words_alone = not (search.strict or search.place or search.query.since or search.query.until)
    read = [
        readings.guess(search.archive.connection, search.archive.frequency_of, reading)
        if reading.known and slot.frequency <= _RARE and not everything and words_alone
        else reading
        for reading, slot in zip(search.readings, search.slots, strict=True)
    ]
    if read == list(search.readings):
        return search
    return replace(search, readings=read, slots=[_slot(search.archive, one) for one in read])


def _newest_of(search: _Search, everything: Sequence[int]) -> Found:
    if search.query.phrases:
        contents = search.contents(everything)
        everything = [one for one in everything if _has_phrases(search.query, contents.get(one, ("", "")))]
    return Found(everything, len(everything), tokens=_tokens(search), guessed=_guessed(search))


def _best(search: _Search, everything: Sequence[int]) -> Found:
    candidates = _promising(search, everything) if len(everything) > RANKED else list(everything)
    partial: list[int] = []
    if len(everything) < min(FEW, CAP) and search.slots:
        partial = _partial(search, everything)
    fits = _rank(search, [*candidates, *partial])
    behind: list[int] = []
    if len(everything) > RANKED:
        ranked = {fit.article_id for fit in fits}
        behind = [one for one in everything if one not in ranked]
        if search.query.phrases:
            contents = search.contents(behind)
            behind = [one for one in behind if _has_phrases(search.query, contents.get(one, ("", "")))]
    kept = [fit for fit in fits if not fit.missing or fit.coverage >= _ENOUGH_OF_IT]
    kept = kept or fits[:FEW]
    slots = _slots(search)
    nowhere = len(slots) > len(search.slots) and bool(kept) and all(len(slots) - 1 in fit.missing for fit in kept)
    names = [slot.typed for slot in (search.slots if nowhere else slots)]
    missing = {fit.article_id: tuple(names[at] for at in fit.missing if at < len(names)) for fit in kept}
    return Found(
        [fit.article_id for fit in kept] + behind,
        sum(not fit.missing for fit in kept) + len(behind),
        {article_id: words for article_id, words in missing.items() if words},
        _tokens(search),
        _guessed(search),
        ("province",) if nowhere else (),
    )


def _promising(search: _Search, everything: Sequence[int]) -> list[int]:
    """Of many that have everything, those with all of it in the title, then those with the rarest words there."""
    driving = _driving(search, search.slots, RANKED, in_title=True)
    titled = _newest_with(search, driving, RANKED, in_title=True)
    newest = replace(search, ids=(everything[-1], everything[0]))
    value = dict.fromkeys(everything, 0.0)
    for slot in search.slots:
        for one in newest.match([slot.choices], CAP, in_title=True):
            if one in value:
                value[one] += slot.rarity
    ordered = sorted(everything, key=lambda one: (-value[one], -one))
    return list(dict.fromkeys((*titled, *ordered[:RANKED])))[: RANKED + RANKED // 2]


def _partial(search: _Search, everything: Sequence[int]) -> list[int]:
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
    known = set(everything)
    ordered = sorted((one for one in value if one not in known), key=lambda one: (-value[one], -one))
    return ordered[:PARTIAL]


def _with_rare_words(search: _Search, live: Sequence[Slot], drivers: Sequence[Slot]) -> dict[int, float]:
    """All that have a rare word, with the rarities of all words that they have."""
    value: dict[int, float] = {}
    if not drivers:
        return value
    for slot in drivers:
        for one in search.match([slot.choices], PROBE):
            value[one] = value.get(one, 0.0) + slot.rarity
    rare: Clause = tuple(choice for slot in drivers for choice in slot.choices)
    others = [(slot.choices, slot.rarity) for slot in live if slot not in drivers]
    others += [(clause, _PLACE_RARITY) for clause in _place_clause(search)]
    for clause, rarity in others:
        for one in search.match([clause, rare], CAP):
            value[one] = value.get(one, 0.0) + rarity
    return value


def _place_clause(search: _Search) -> list[Clause]:
    """The place, where it has to be met beside the words: a town is strict anyway."""
    return [search.place] if search.place and not search.query.town else []


def _all_but_one(live: Sequence[Slot], drivers: Sequence[Slot]) -> list[list[Slot]]:
    """The words without each that the others may do without; what has a rare word is a candidate already."""
    if len(drivers) > 1:
        rest = [slot for slot in live if slot not in drivers]
        return [rest] if len(rest) > 1 else []
    left_out = list(drivers) or list(live)
    return [rest for one in left_out if (rest := [slot for slot in live if slot is not one])]


def _slots(search: _Search) -> list[Slot]:
    if not search.place or search.query.town:
        return list(search.slots)
    name = " ".join(search.query.names[0]) if search.query.names else ""
    return [*search.slots, Slot(name, search.place, _PLACE_RARITY)]


def _rank(search: _Search, candidates: Sequence[int]) -> list[Fit]:
    slots = _slots(search)
    places = frozenset(index for index, slot in enumerate(slots) if any(choice.place for choice in slot.choices))
    contents = dict(search.contents(list(dict.fromkeys(candidates))))
    if search.query.phrases:
        contents = {one: texts for one, texts in contents.items() if _has_phrases(search.query, texts)}
    wanted = Wanted(
        slots,
        places,
        [tokens for word in search.query.words if not word.needed and (tokens := tuple(searchable(word.tokens)))],
        _pairs(search),
        int(search.now.timestamp()),
    )
    return ranking.rank(wanted, contents, _placed(search, contents, places), SEQUENCE_BITS)


def _pairs(search: _Search) -> list[tuple[str, float]]:
    """What stood side by side as it was typed, words that ask among them, and without these."""
    rarities = {reading.term: slot.rarity for reading, slot in zip(search.readings, search.slots, strict=True)}
    every = [(tuple(searchable(word.tokens)), rarities.get(word, 0.5)) for word in search.query.words]
    needed = [
        (slot.choices[0].tokens if reading.known or len(slot.choices) == 1 else slot.choices[1].tokens, slot.rarity)
        for reading, slot in zip(search.readings, search.slots, strict=True)
    ]
    return list(dict(ranking.pairs_of(every) + ranking.pairs_of(needed)).items())


def _placed(search: _Search, ids: Iterable[int], places: frozenset[int]) -> Mapping[int, frozenset[int]]:
    slugs = _slugs((*search.query.provinces, *search.query.choices))
    if not slugs or not places:
        return {}
    number = article_provinces.c.article_id
    query = select(number).where(number.in_(list(ids)), article_provinces.c.province.in_(slugs))
    return dict.fromkeys(search.archive.connection.scalars(query), places)


def _has_phrases(query: SearchQuery, texts: tuple[str, str]) -> bool:
    """Whether every phrase stands in an article; one whose keys are old does not tell, and passes."""
    title, text = (f" {part} " for part in texts)
    if f" {LEAD_END} " not in text:
        return True
    phrases = (" ".join(searchable(phrase)) for phrase in query.phrases)
    return all(f" {phrase} " in title or f" {phrase} " in text.replace(f" {LEAD_END} ", " ") for phrase in phrases)


def _tokens(search: _Search) -> tuple[tuple[str, ...], ...]:
    ways = [choice.tokens for slot in search.slots for choice in slot.choices if not choice.place]
    ways += [choice.tokens for choice in search.place if not choice.place]
    ways += [tuple(searchable(phrase)) for phrase in search.query.phrases]
    if search.query.town:
        ways.append(tuple(searchable(search.query.town)))
    return tuple(dict.fromkeys(ways))


def _guessed(search: _Search) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (reading.term.typed, reading.guesses[0][1], reading.is_clear and not reading.known)
        for reading in search.readings
        if reading.guesses
    )


def _left_out(query: SearchQuery) -> list[Choice]:
    """What no result may have: words, and provinces that it is placed in."""
    words = [Choice(tokens) for one in query.excluded if (tokens := tuple(searchable(one)))]
    return [*words, *(Choice((slug,), place=True) for slug in _slugs(query.elsewhere))]


def _newest(archive: Archive, query: SearchQuery) -> list[int]:
    period = _ids_between(query.since, query.until)
    found = _newest_in_period(archive.connection, _slugs(query.provinces), period, urgent=query.urgent)
    without = _left_out(query)
    if not without or not found:
        return found
    out = set(archive.fulltext.match(archive.connection, [tuple(without)], (found[-1], found[0]), CAP))
    return [one for one in found if one not in out]


def _newest_in_period(
    connection: Connection, provinces: Sequence[str], period: tuple[int, int], *, urgent: bool
) -> list[int]:
    if not provinces:
        query = select(articles.c.id).where(stories.STANDING, ~stories.is_member(), articles.c.id.between(*period))
        query = query.where(articles.c.urgent) if urgent else query
        return list(connection.scalars(query.order_by(articles.c.id.desc()).limit(CAP)).all())
    newest: set[int] = set()
    for slug in provinces:  # one walk over the index each, where a single query for all would sort all of them
        number = article_provinces.c.article_id
        query = select(number).where(
            article_provinces.c.province == slug, article_provinces.c.rank != HIDDEN, number.between(*period)
        )
        newest.update(connection.scalars(query.order_by(number.desc()).limit(CAP)).all())
    return sorted(newest, reverse=True)[:CAP]


def _ids_between(since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """The first and the last id of a period: ids begin with the second of publication."""
    first = _first_id(since) if since else -_LAST_ID
    last = _first_id(until) - 1 if until else _LAST_ID
    return first, last


def _first_id(moment: datetime) -> int:
    return -((EPOCH - moment) // timedelta(seconds=1)) << SEQUENCE_BITS
