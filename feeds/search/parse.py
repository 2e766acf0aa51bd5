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

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from feeds.models import Chip, Order, SearchQuery, Term
from feeds.provinces import gazetteer, lookup
from feeds.provinces.lookup import Lookup, Named
from feeds.search import alike, asking, latin, signs, sources
from feeds.search.signs import Signs
from feeds.text import colloquial, fold
from feeds.text.times import jalali, periods
from feeds.text.times.periods import Period

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
    if command := asking.command(_unaddressed(text)):
        return SearchQuery(text, command=command, order=order)
    marked = signs.read(asking.without_courtesy(_unaddressed(text)), is_place=_is_place)
    agency, rest = sources.find(marked.words)
    period, undated = periods.find(rest, now, zone)
    places = _one_place(_places(undated), undated)
    left_out = [(word, _whole_provinces(word)) for word in marked.left_out]
    excluded = [
        tokens for word, slugs in left_out if not slugs for tokens in (tuple(fold.tokens(word)), *asking.kinds(word))
    ]
    nothing_else = not (places.named or agency or marked.phrases or marked.left_out)
    urgent = nothing_else and asking.is_breaking(places.words)
    words = _words(places.words, alone=nothing_else and not (period or urgent))
    dated = _taken_out(rest, undated)
    phrases = tuple(tokens for phrase in marked.phrases if (tokens := tuple(fold.tokens(phrase))))
    return SearchQuery(
        text=text,
        provinces=places.provinces,
        terms=_tokens(word for word in words if word.needed),
        words=words,
        town=_town(places),
        towns=_towns(places),
        names=_names(places),
        guessed=() if all(named.sure for named in places.named) else _terms(_typed_names(places)),
        since=period.since if period else None,
        until=period.until if period else None,
        period_words=_terms(dated) if period else (),
        agency=agency,
        phrases=phrases,
        excluded=tuple(filter(None, excluded)),
        elsewhere=tuple(dict.fromkeys(slug for _, slugs in left_out for slug in slugs)),
        urgent=urgent,
        choices=places.choices,
        chips=_chips(places, _dates(dated, period, zone), agency, marked, urgent=urgent),
        order=order,
    )


_ADDRESS = re.compile(r"@[A-Za-z]\w*bot\b|@(?=[\u0621-\u06cc])", re.IGNORECASE)
"""A bot that is spoken to, as in groups; and the sign of it before a word."""


def _unaddressed(text: str) -> str:
    return " ".join(_ADDRESS.sub(" ", text).split()) or text


def _whole_provinces(words: str) -> tuple[str, ...]:
    """The slugs of the province or part of the country that words name; empty where they name a town, or no place."""
    match lookup.lookup(words).named:
        case [Named(town=False, provinces=slugs) as named] if len(slugs) == 1 or named.together:
            return slugs
    return ()


def _dates(typed: str, period: Period | None, zone: ZoneInfo) -> tuple[str, str]:
    """A period as it was typed, and with the days that it was taken for: «هفته پیش (۱۳ تا ۱۹ دی ۱۴۰۴)»."""
    if period is None:
        return "", ""
    days = jalali.days_between(period.since, period.until, zone)
    return typed, days if days.startswith(typed) else f"{typed} ({days})"


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
    words = alike.with_figures(fold.words(_WEATHER.sub("هوا", text)))
    return tuple(
        Term(word, tokens, _spoken(word, tokens), alike.figures(tokens) or alike.alike(tokens))
        for word, tokens in words
    )[:MOST_TERMS]


_WEATHER = re.compile("[آا]ب و هوای?(?!\\w)")
"""Reports of the weather are of «هوا»."""


def _spoken(word: str, tokens: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The tokens of what a word may be the spoken form of, or stand for in Latin letters."""
    formal = (form for said in colloquial.read(word) for form in said.formal[:_MOST_FORMS])
    spoken = (other for form in formal if (other := tuple(fold.tokens(form))) and other != tokens)
    return tuple(dict.fromkeys((*spoken, *((spelling,) for spelling in latin.spellings(word)))))


def _words(text: str, *, alone: bool) -> tuple[Term, ...]:
    """The words to be found. Those that join others are needed where there is nothing else to go by."""
    terms = _terms(text)
    found = [
        replace(term, needed=not (_asks(term) or _only_leads(term, terms[at + 1 :]))) for at, term in enumerate(terms)
    ]
    needed = [term for term in found if term.needed]
    if len(needed) == 1 and (kinds := asking.kinds(needed[0].typed)):
        found[found.index(needed[0])] = replace(needed[0], kinds=(*kinds, *needed[0].kinds))
    if alone and not any(term.needed for term in found):
        found = [replace(term, needed=asking.key(term.typed) not in asking.REQUESTS) for term in found]
        if not any(term.needed for term in found):
            found = [replace(term, needed=True) for term in found]
    return _bounded(found)


def _only_leads(term: Term, following: Sequence[Term]) -> bool:
    """Whether a word that may be needed elsewhere leads to the words behind it here."""
    return (asking.is_title(term.typed) and _names_somebody(following)) or asking.asks_who(
        term.typed, (other.typed for other in following)
    )


def _names_somebody(following: Sequence[Term]) -> bool:
    """Whether a name may follow a title: «دکتر پزشکیان», but not «دکتر یزد», whose place is no word any more."""
    return bool(following) and not _asks(following[0])


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


def _towns(places: Lookup) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The towns among several places, with their provinces; none of a province that is named itself."""
    whole = {slug for named in places.named if not named.town for slug in named.provinces}
    towns = [(named.provinces[0], tuple(fold.tokens(named.name))) for named in places.named if named.town]
    return tuple(town for town in towns if town[0] not in whole) if len(places.named) > 1 else ()


def _town(places: Lookup) -> tuple[str, ...]:
    """The town that was named, as an article would name it: «کاشان»; of several places, none."""
    return tuple(fold.tokens(places.named[0].name)) if len(places.named) == 1 and places.named[0].town else ()


def _one_place(places: Lookup, text: str) -> Lookup:
    """«کاشان استان اصفهان» is Kashan: the province says which one, unless «و» makes two places of them."""
    towns = [named for named in places.named if named.town]
    others = [named.provinces for named in places.named if not named.town]
    if len(towns) != 1 or not others or _AND.search(text) or any(other != towns[0].provinces for other in others):
        return places
    return replace(places, named=(towns[0],))


_AND = re.compile(r"(?<!\w)(?:و|یا|تا|va|ya|and|or)(?!\w)|[،,]")


def _names(places: Lookup) -> tuple[tuple[str, ...], ...]:
    """How an article may name the places: as they were typed and as they are written."""
    spelled = (
        fold.tokens(name) for named in places.named for name in (named.name, named.typed, _ROAD.sub("", named.name))
    )
    return tuple(dict.fromkeys(tuple(tokens) for tokens in spelled if tokens))


_ROAD = re.compile("^(?:جاده|محور|آزادراه|گردنه) ")
"""«جاده هراز» is «محور هراز» as well."""


def _chips(places: Lookup, dated: tuple[str, str], agency: str, marked: Signs, *, urgent: bool) -> tuple[Chip, ...]:
    """What was understood, each with the search that is left without it."""
    parts: list[tuple[str, str, str]] = [("", "", "" if urgent else places.words)]
    if urgent:
        parts.append(("urgent", "فوری", "خبر فوری"))
    parts += _labelled(places.named)
    if dated[0]:
        parts.append(("period", dated[1], dated[0]))
    if agency:
        parts.append(("source", agency, f"از {agency}"))
    parts += [("phrase", f"«{phrase}»", f"«{phrase}»") for phrase in marked.phrases]
    parts += [("without", f"بدون «{word}»", f"به جز {word}" if " " in word else f"-{word}") for word in marked.left_out]
    return tuple(
        Chip(kind, label, " ".join(part for at, (*_, part) in enumerate(parts) if at != index and part))
        for index, (kind, label, _) in enumerate(parts)
        if kind
    )


def _labelled(named: Sequence[Named]) -> list[tuple[str, str, str]]:
    """The names, each label once: «رشت گیلان» is Gilan."""
    again: dict[tuple[str, str], list[str]] = {}
    for one in named:
        again.setdefault((_kind(one), _label(one)), []).append(_again(one))
    return [(kind, label, " ".join(names)) for (kind, label), names in again.items()]


def _kind(named: Named) -> str:
    return "town" if named.town else "region" if named.together else "province"


def _label(named: Named) -> str:
    if named.town:
        return named.name
    names = [gazetteer.by_slug(slug).name for slug in named.provinces]
    if len(names) == 1:
        return f"استان {names[0]}"
    return f"{named.name} ({'، '.join(names)})" if named.together else named.name


def _again(named: Named) -> str:
    """A name as it is understood again, whatever stands beside it."""
    return f"شهر {named.name}" if named.town else named.name
