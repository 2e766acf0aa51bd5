"""Which articles a search means, and in what order.

    places alone      the newest of the provinces, from their own index
    words             candidates  ->  `ranking`  ->  the best; or, if asked for, all that have everything, newest first

Of those that have everything, the ones with most of it in the title and the newest are ranked; where hardly any has
everything, those that have the rare words as well, and those that lack one. What had to be let go is said (`Found`).

Long, as a search falls back step by step and each step reads what the one before it left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from feeds.models import Order, SearchQuery, Term
from feeds.store.archive import stories
from feeds.store.database.engine import fetch
from feeds.store.database.rows import SEQUENCE_BITS
from feeds.store.database.tables import EPOCH, HIDDEN, articles
from feeds.store.search import candidates, ranking, readings
from feeds.store.search.candidates import PLACE_RARITY, RANKED, Archive, Search
from feeds.store.search.index.keys import LEAD_END, Choice, Clause, agency_key, searchable, terms_of
from feeds.store.search.ranking import Fit, Slot, Wanted
from feeds.store.search.readings import Reading

CAP = 1000
"""The most results of a search; its total is exact up to here."""
FEW = 10
"""Of so few results that have everything, those that lack something come behind them."""
_ENOUGH_OF_IT = 0.5
"""The share of a search, by rarity, that an article has to have."""
_RARE = 2
"""A word of so few articles may be a slip, too."""
_NAMED = 0.85
"""What an article counts that names the place and is not placed in it."""
_LAST_ID = (1 << 63) - 1
_PLACED = "SELECT article_id FROM article_provinces WHERE article_id = ANY(:ids) AND province = ANY(:slugs)"
_NEWEST_OF = (
    f"SELECT article_id FROM article_provinces WHERE province = :province AND rank != {HIDDEN} "  # noqa: S608  # ours
    "AND article_id BETWEEN :first AND :last ORDER BY article_id DESC LIMIT :limit"
)


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
    if query.provinces and not candidates.slugs(query.provinces):
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
    everything = candidates.everything(search, CAP)
    if query.order is Order.NEWEST and everything:
        return _newest_of(search, everything)
    if len(everything) < min(FEW, CAP):
        guessed = _with_guesses(search, everything)
        if guessed is not search:
            search, everything = guessed, candidates.everything(guessed, CAP)
    return _best(search, everything)


def _prepare(archive: Archive, query: SearchQuery, now: datetime) -> Search:
    read = readings.read(archive.connection, archive.frequency_of, query.words)
    slots = [_slot(archive, one) for one in read]
    strict: list[Clause] = [(Choice(tokens),) for phrase in query.phrases if (tokens := tuple(searchable(phrase)))]
    if query.agency:
        strict.append((Choice((agency_key(query.agency),), place=True),))
    if query.town:
        named = dict.fromkeys(tuple(searchable(name)) for name in (query.town, *query.names))
        strict.append(tuple(Choice(tokens) for tokens in named if tokens))
    period = _ids_between(query.since, query.until)
    return Search(archive, query, period, tuple(strict), _place(query), read, slots, now)


def _slot(archive: Archive, reading: Reading) -> Slot:
    frequency = archive.frequency(reading.choices)
    return Slot(reading.term.typed, reading.choices, ranking.rarity(frequency, archive.total), int(frequency))


def _place(query: SearchQuery) -> Clause:
    slugs = candidates.slugs((*query.provinces, *query.choices))
    if not slugs:
        return ()
    # What is said of a town is said in its name, which is strict; a province is placed, or named beside other words.
    names = query.names if (query.terms or query.phrases) and not query.town else ()
    named = [Choice(tokens, weight=_NAMED) for name in names if (tokens := tuple(searchable(name)))]
    towns = [Choice(tokens) for _, name in query.towns if (tokens := tuple(searchable(name)))]
    of_towns = {slug for slug, _ in query.towns}
    return (*(Choice((slug,), place=True) for slug in slugs if slug not in of_towns), *towns, *named)


def _with_guesses(search: Search, everything: Sequence[int]) -> Search:
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


def _newest_of(search: Search, everything: Sequence[int]) -> Found:
    if search.query.phrases:
        contents = search.contents(everything)
        everything = [one for one in everything if _has_phrases(search.query, contents.get(one, ("", "")))]
    return Found(everything, len(everything), tokens=_tokens(search), guessed=_guessed(search))


def _best(search: Search, everything: Sequence[int]) -> Found:
    complete = candidates.promising(search, everything) if len(everything) > RANKED else list(everything)
    partial: list[int] = []
    if len(everything) < min(FEW, CAP) and search.slots:
        partial = candidates.partial(search, everything)
    fits = _rank(search, [*complete, *partial])
    behind: list[int] = []
    if len(everything) > RANKED:
        ranked = {fit.article_id for fit in fits}
        behind = [one for one in everything if one not in ranked]
        if search.query.phrases:
            contents = search.contents(behind)
            behind = [one for one in behind if _has_phrases(search.query, contents.get(one, ("", "")))]
    kept = [fit for fit in fits if not fit.missing or fit.coverage >= _ENOUGH_OF_IT]
    slots = _slots(search)
    kept = kept or [fit for fit in fits if not _has_figures_alone(fit, slots)][:FEW]
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


def _has_figures_alone(fit: Fit, slots: Sequence[Slot]) -> bool:
    """Whether all that an article has of several words is a number: «زلزله ۷ ریشتری» is no «قنات ۷ کیلومتری»."""
    met = [slot.typed for at, slot in enumerate(slots) if at not in fit.missing]
    return bool(fit.missing and met) and all(typed.isdecimal() for typed in met)


def _slots(search: Search) -> list[Slot]:
    if not search.place or search.query.town:
        return list(search.slots)
    name = " ".join(search.query.names[0]) if search.query.names else ""
    return [*search.slots, Slot(name, search.place, PLACE_RARITY)]


def _rank(search: Search, ids: Sequence[int]) -> list[Fit]:
    slots = _slots(search)
    places = frozenset(index for index, slot in enumerate(slots) if any(choice.place for choice in slot.choices))
    contents = dict(search.contents(list(dict.fromkeys(ids))))
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


def _pairs(search: Search) -> list[tuple[str, float]]:
    """What stood side by side as it was typed, words that ask among them, and without these."""
    rarities = {reading.term: slot.rarity for reading, slot in zip(search.readings, search.slots, strict=True)}
    every = [(tuple(searchable(word.tokens)), rarities.get(word, 0.5)) for word in search.query.words]
    needed = [
        (slot.choices[0].tokens if reading.known or len(slot.choices) == 1 else slot.choices[1].tokens, slot.rarity)
        for reading, slot in zip(search.readings, search.slots, strict=True)
    ]
    return list(dict(ranking.pairs_of(every) + ranking.pairs_of(needed)).items())


def _placed(search: Search, ids: Iterable[int], places: frozenset[int]) -> Mapping[int, frozenset[int]]:
    slugs = candidates.slugs((*search.query.provinces, *search.query.choices))
    if not slugs or not places:
        return {}
    rows = fetch(search.archive.connection, _PLACED, {"ids": list(ids), "slugs": slugs})
    return {row[0]: places for row in rows}


def _has_phrases(query: SearchQuery, texts: tuple[str, str]) -> bool:
    """Whether every phrase stands in an article; one whose keys are old does not tell, and passes."""
    title, text = (f" {part} " for part in texts)
    if f" {LEAD_END} " not in text:
        return True
    phrases = (" ".join(searchable(phrase)) for phrase in query.phrases)
    return all(f" {phrase} " in title or f" {phrase} " in text.replace(f" {LEAD_END} ", " ") for phrase in phrases)


def _tokens(search: Search) -> tuple[tuple[str, ...], ...]:
    ways = [choice.tokens for slot in search.slots for choice in slot.choices if not choice.place]
    ways += [choice.tokens for choice in search.place if not choice.place]
    ways += [tuple(searchable(phrase)) for phrase in search.query.phrases]
    if search.query.town:
        ways.append(tuple(searchable(search.query.town)))
    return tuple(dict.fromkeys(ways))


def _guessed(search: Search) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (reading.term.typed, reading.guesses[0][1], reading.is_clear and not reading.known)
        for reading in search.readings
        if reading.guesses
    )


def _newest(archive: Archive, query: SearchQuery) -> list[int]:
    period = _ids_between(query.since, query.until)
    found = _newest_in_period(archive.connection, candidates.slugs(query.provinces), period, urgent=query.urgent)
    without = candidates.left_out(query)
    if not without or not found:
        return found
    place = [tuple(Choice((slug,), place=True) for slug in candidates.slugs(query.provinces))]
    clauses = [tuple(without), *filter(None, place)]  # with the place: of the country, `CAP` may not reach the oldest
    out = set(archive.fulltext.match(archive.connection, clauses, (found[-1], found[0]), CAP))
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
        rows = fetch(connection, _NEWEST_OF, {"province": slug, "first": period[0], "last": period[1], "limit": CAP})
        newest.update(row[0] for row in rows)
    return sorted(newest, reverse=True)[:CAP]


def _ids_between(since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """The first and the last id of a period: ids begin with the second of publication."""
    first = _first_id(since) if since else -_LAST_ID
    last = _first_id(until) - 1 if until else _LAST_ID
    return first, last


def _first_id(moment: datetime) -> int:
    return -((EPOCH - moment) // timedelta(seconds=1)) << SEQUENCE_BITS
