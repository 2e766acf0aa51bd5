"""What may be followed, and which articles it takes. Pure.

    province  qom                         every article that is placed there
    search    the terms of «قم سیل»       every article that has all of them
    story     an article's id             what goes on with its story
    all       all                         every article

A topic has signs, one of which stands in every article that it takes (`p:qom`, `w:سیل`, `s:ID`, `*`): by them an
article finds its topics in an index, however many there are; what the terms ask besides is looked at for those alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from feeds.models import Article, SearchQuery

EVERYTHING = "*"
_NAME_DIGITS = 16

Tokens = Sequence[str]


def _tokens(text: str) -> list[str]:
    from feeds.text import fold  # noqa: PLC0415 - its tables take longer than all else that a command reads here

    return fold.tokens(text)


@dataclass(frozen=True, slots=True)
class Topic:
    """What somebody follows."""

    kind: str
    name: str
    """Under which it is one topic for all who follow it."""
    label: str
    """As the follower reads it."""
    signs: tuple[str, ...]
    terms: Mapping[str, Any] = field(default_factory=dict)
    """Of a search, what an article must have."""


@dataclass(frozen=True)
class Matter:
    """An article as topics look at it."""

    article: Article
    story: Collection[int]
    """Ids of all that was told of its matter, itself among them."""

    @cached_property
    def words(self) -> list[str]:
        """Its tokens, in their order."""
        return _tokens(f"{self.article.title}\n{self.article.lead}\n{self.article.body}")

    @cached_property
    def tokens(self) -> frozenset[str]:
        """The same, each once."""
        return frozenset(self.words)

    @cached_property
    def signs(self) -> frozenset[str]:
        """The signs by which topics find it."""
        provinces = (f"p:{slug}" for slug in self.article.provinces)
        stories = (f"s:{number}" for number in self.story)
        words = (f"w:{token}" for token in self.tokens)
        return frozenset((EVERYTHING, f"a:{self.article.agency}", *provinces, *stories, *words))

    @cached_property
    def shown(self) -> str:
        """A hash of its words: marks, digits and spellings that readers hold equal make no difference."""
        return hashlib.sha256(" ".join(self.words).encode("utf-8", "replace")).hexdigest()[:32]

    def holds(self, phrases: Iterable[str]) -> bool:
        """Whether it holds all words of one of these phrases."""
        folded = (frozenset(_tokens(phrase)) for phrase in phrases)
        return any(words and words <= self.tokens for words in folded)


def of_province(slug: str, label: str) -> Topic:
    """The news of a province."""
    return Topic("province", slug, label, (f"p:{slug}",))


def of_story(article_id: int, label: str) -> Topic:
    """What goes on with the story of an article."""
    return Topic("story", str(article_id), label, (f"s:{article_id}",))


def of_everything(label: str) -> Topic:
    """All news."""
    return Topic("all", "all", label, (EVERYTHING,))


def of_query(query: SearchQuery, label: str) -> Topic | None:
    """What a search asks for, as far as it can be followed: a period can't; None where nothing is left."""
    words = [[list(word.tokens), *map(list, word.also)] for word in query.words if word.needed]
    words += [[[token]] for token in query.terms if not query.words]
    terms: dict[str, Any] = {
        "provinces": sorted(query.provinces),
        "town": list(query.town),
        "words": sorted(words),
        "phrases": sorted(map(list, query.phrases)),
        "without": sorted(map(list, query.excluded)),
        "agency": query.agency,
    }
    if query.towns:  # only where there are any: the name of what is followed already is made of the rest
        terms["towns"] = sorted([slug, list(name)] for slug, name in query.towns)
    if query.elsewhere:
        terms["elsewhere"] = sorted(query.elsewhere)
    if not (query.town or words or query.phrases or query.agency):
        if len(query.provinces) == 1 and not (query.excluded or query.elsewhere or query.towns):
            return of_province(query.provinces[0], label)
        if not query.provinces:
            return None
    name = hashlib.sha256(json.dumps(terms, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()
    return Topic("search", name[:_NAME_DIGITS], label, _signs(terms), terms)


def takes(terms: Mapping[str, Any], matter: Matter) -> bool:
    """Whether an article that bears a topic's sign has what its terms ask besides; of no terms it has everything."""
    if not terms:
        return True
    article, tokens = matter.article, matter.tokens
    return (
        _is_there(terms, matter)
        and (not terms["agency"] or terms["agency"] == article.agency)
        and tokens.issuperset(terms["town"])
        and all(any(tokens.issuperset(form) for form in forms) for forms in terms["words"])
        and all(_stands(phrase, matter.words) for phrase in terms["phrases"])
        and not any(tokens.issuperset(word) for word in terms["without"])
        and set(terms.get("elsewhere", ())).isdisjoint(article.provinces)
    )


def _is_there(terms: Mapping[str, Any], matter: Matter) -> bool:
    """Whether an article is of one of the places; of a town, what names it."""
    towns = terms.get("towns", ())
    whole = set(terms["provinces"]) - {slug for slug, _ in towns}
    if not terms["provinces"] or not whole.isdisjoint(matter.article.provinces):
        return True
    return any(matter.tokens.issuperset(name) for _, name in towns)


def _signs(terms: Mapping[str, Any]) -> tuple[str, ...]:
    """The rarest of what every article of a search has, as far as can be told without one: a long word."""
    needed: list[list[list[str]]] = (
        [[[token]] for token in terms["town"]] + terms["words"] + [[phrase] for phrase in terms["phrases"]]
    )
    choices: list[set[str]] = [{f"w:{_longest(form)}" for form in forms} for forms in needed]
    if choices:
        rarest: set[str] = min(choices, key=_commonness)
        return tuple(sorted(rarest))
    if terms["agency"]:
        return (f"a:{terms['agency']}",)
    towns = terms.get("towns", ())
    whole = set(terms["provinces"]) - {slug for slug, _ in towns}
    return (*(f"p:{slug}" for slug in sorted(whole)), *(f"w:{_longest(name)}" for _, name in towns))


def _commonness(signs: set[str]) -> tuple[int, int]:
    """How common what bears one of these signs may be: one sign is rarer than several, a long word than a short one."""
    return len(signs), -max(map(len, signs))


def _longest(form: Tokens) -> str:
    return max(form, key=len)


def _stands(phrase: Tokens, words: Tokens) -> bool:
    width = len(phrase)
    return any(list(words[at : at + width]) == list(phrase) for at in range(len(words) - width + 1))
