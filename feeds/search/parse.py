"""What a person typed -> SearchQuery.

    سلام، خبرهای سیل قم هفته گذشته از ایرنا -بازار
      signs      -بازار           left out
      source     از ایرنا         agency
      period     هفته گذشته       since, until
      command    (none: it is more than «راهنما»)
      places     قم               provinces, town
      words      سیل              terms; «سلام» and «خبرهای» ask, and need not be found

Pure: the words, `now` and the zone in; the query out. Nothing typed can fail here, however hostile: what is understood
as nothing else is folded to search tokens, and only those reach the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from feeds.models import Chip, Order, SearchQuery, Term
from feeds.provinces import gazetteer, lookup
from feeds.provinces.lookup import Lookup, Named
from feeds.search import asking, latin, signs, sources
from feeds.search.signs import Signs
from feeds.text import colloquial, fold, periods
from feeds.text.periods import Period

LONGEST = 256
"""Characters of a query that are read; Telegram's inline queries have the same limit."""
MOST_TERMS = 12
_MOST_FORMS = 2


def parse(typed: str, now: datetime, zone: ZoneInfo, *, order: Order = Order.BEST) -> SearchQuery:
    """Understand what a person typed.

    `choices` of the result is filled where a name means several provinces; where nothing else was typed, nothing is to
    be searched then.
    """
    text = latin.with_persian_times(" ".join(typed[:LONGEST].split()))
    if command := asking.command(text):
        return SearchQuery(text, command=command, order=order)
    marked = signs.read(asking.without_courtesy(text), is_plain=_is_place)
    agency, rest = sources.find(marked.words)
    period, undated = periods.find(rest, now, zone)
    places = _places(undated)
    words = _words(places.words, alone=not (places.named or period or agency or marked.phrases or marked.left_out))
    phrases = tuple(tokens for phrase in marked.phrases if (tokens := tuple(fold.tokens(phrase))))
    return SearchQuery(
        text=text,
        provinces=places.provinces,
        terms=_tokens(word for word in words if word.needed),
        words=words,
        town=_town(places),
        names=_names(places),
        guessed=() if all(named.sure for named in places.named) else _terms(_typed_names(places)),
        since=period.since if period else None,
        until=period.until if period else None,
        period_words=_terms(_taken_out(rest, undated)) if period else (),
        agency=agency,
        phrases=phrases,
        excluded=tuple(tokens for word in marked.left_out if (tokens := tuple(fold.tokens(word)))),
        choices=places.choices,
        chips=_chips(places, period, _taken_out(rest, undated), agency, marked),
        order=order,
    )


def _is_place(quoted: str) -> bool:
    """«آذربایجان شرقی» in quotes is the province, and not a phrase."""
    found = lookup.lookup(quoted)
    return len(found.named) == 1 and not found.words


def _places(text: str) -> Lookup:
    """The places that are named, as they were typed or, where that names none, in formal Persian («نون کرمون»)."""
    found = _named(text)
    formal = text if found.named else colloquial.formal(text)
    return found if formal == text else _named(formal, typed=text)


def _named(text: str, *, typed: str = "") -> Lookup:
    """The places of a text; the words that ask stand in no name's way («خبر نور» is not «نور» alone)."""
    words = text.split()
    asked = [word for word in words if asking.key(word) in asking.REQUESTS]
    if not asked:
        found = lookup.lookup(text)
        return found if found.named or not typed else Lookup((), (), typed)
    kept = [word for word in words if asking.key(word) not in asking.REQUESTS]
    found = lookup.lookup(" ".join(kept))
    if not found.named:
        return Lookup((), (), typed or text)
    return Lookup(found.provinces, found.choices, _in_order(words, [*asked, *found.words.split()]), found.named)


def _in_order(words: Sequence[str], kept: Iterable[str]) -> str:
    """The kept words in the order in which all were typed."""
    left = list(kept)
    ordered = []
    for word in words:
        if word in left:
            left.remove(word)
            ordered.append(word)
    return " ".join([*ordered, *left])


def _taken_out(text: str, rest: str) -> str:
    """What stands in a text and no more in its rest."""
    left = rest.split()
    taken = []
    for word in text.split():
        if word in left:
            left.remove(word)
        else:
            taken.append(word)
    return " ".join(taken)


def _typed_names(places: Lookup) -> str:
    return " ".join(named.typed for named in places.named)


def _terms(text: str) -> tuple[Term, ...]:
    return tuple(Term(word, tokens, _spoken(word, tokens)) for word, tokens in fold.words(text))[:MOST_TERMS]


def _spoken(word: str, tokens: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The tokens of what a word may be the spoken form of, or stand for in Latin letters."""
    formal = (form for said in colloquial.read(word) for form in said.formal[:_MOST_FORMS])
    spoken = (other for form in formal if (other := tuple(fold.tokens(form))) and other != tokens)
    return tuple(dict.fromkeys((*spoken, *((spelling,) for spelling in latin.spellings(word)))))


def _words(text: str, *, alone: bool) -> tuple[Term, ...]:
    """The words to be found. Those that join others are needed where there is nothing else to go by."""
    found = [replace(term, needed=not _asks(term)) for term in _terms(text)]
    if alone and not any(term.needed for term in found):
        found = [replace(term, needed=asking.key(term.typed) not in asking.REQUESTS) for term in found]
        if not any(term.needed for term in found):
            found = [replace(term, needed=True) for term in found]
    return _bounded(found)


def _bounded(words: Iterable[Term]) -> tuple[Term, ...]:
    """The first words, with `MOST_TERMS` tokens in all."""
    kept: list[Term] = []
    room = MOST_TERMS
    for word in words:
        if any(word.tokens == other.tokens for other in kept):
            continue
        room -= len(word.tokens)
        if room < 0:
            break
        kept.append(word)
    return tuple(kept)


def _asks(term: Term) -> bool:
    """Whether a word asks or joins, as it was typed or as it is spoken («چیه»)."""
    readings = (term.tokens, *term.also[:1])
    return asking.key(term.typed) in asking.UNNEEDED or any(
        all(token in asking.UNNEEDED for token in tokens) for tokens in readings
    )


def _tokens(words: Iterable[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token for word in words for token in word.tokens))


def _town(places: Lookup) -> tuple[str, ...]:
    """The town that was named, as an article would name it: «کاشان»; of several names, none."""
    towns = [named for named in places.named if named.town]
    return tuple(fold.tokens(towns[0].name)) if len(towns) == len(places.named) == 1 else ()


def _names(places: Lookup) -> tuple[tuple[str, ...], ...]:
    """How an article may name the places: as they were typed and as they are written."""
    spelled = (fold.tokens(name) for named in places.named for name in (named.name, named.typed))
    return tuple(dict.fromkeys(tuple(tokens) for tokens in spelled if tokens))


def _chips(places: Lookup, period: Period | None, dated: str, agency: str, marked: Signs) -> tuple[Chip, ...]:
    """What was understood, each with the search that is left without it."""
    parts: list[tuple[str, str, str]] = [("", "", places.words)]
    parts += [(_kind(named), _label(named), _again(named)) for named in places.named]
    if period:
        parts.append(("period", dated, dated))
    if agency:
        parts.append(("source", agency, f"از {agency}"))
    parts += [("phrase", f"«{phrase}»", f"«{phrase}»") for phrase in marked.phrases]
    parts += [("without", f"بدون «{word}»", f"-{word}") for word in marked.left_out]
    return tuple(
        Chip(kind, label, " ".join(part for at, (*_, part) in enumerate(parts) if at != index and part))
        for index, (kind, label, _) in enumerate(parts)
        if kind
    )


def _kind(named: Named) -> str:
    return "town" if named.town else "province"


def _label(named: Named) -> str:
    if named.town or len(named.provinces) != 1:
        return named.name
    return f"استان {gazetteer.by_slug(named.provinces[0]).name}"


def _again(named: Named) -> str:
    """A name as it is understood again, whatever stands beside it."""
    return f"شهر {named.name}" if named.town else named.name
