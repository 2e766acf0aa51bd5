"""What an article is found by: its folded tokens, bounded so that FTS5 and tsvector both take them.

Both index the same keys of an article: the tokens of its title, those of its text, and its provinces and its agency as
one more kind of token. So a search for words in a province is one walk over one index, newest first. Both keep the
tokens in their order, too: by them an article that was found is ranked, without reading its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

LONGEST_TOKEN = 64
"""Characters of a token that count; PostgreSQL refuses a lexeme past 2 KB."""
MOST_BYTES = 1_000_000
"""Bytes of an article's tokens that count, with 8 for each token's place and those of the title twice, as PostgreSQL
keeps them; it refuses a tsvector past 1 MB."""
MOST_TERMS = 32
"""Terms of a query that count."""
LEAD_END = "."
"""Stands in the stored tokens of a text where its lead ends; no index takes it for a token."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What an article is found by, in the order of the text."""

    title: tuple[str, ...]
    lead: tuple[str, ...]
    """With the place of its dateline, which the text that is shown leaves out."""
    body: tuple[str, ...]

    @property
    def tokens(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.title, *self.lead, *self.body)

    @property
    def text(self) -> str:
        """The tokens of lead and body as they are stored."""
        return " ".join((*self.lead, LEAD_END, *self.body))


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the index."""

    article_id: int
    keys: Keys
    provinces: Sequence[str]
    agency: str = ""

    @property
    def places(self) -> list[str]:
        """What it is found by beside its words."""
        return [*self.provinces, *([agency_key(self.agency)] if self.agency else ())]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to meet a clause: all the tokens are there."""

    tokens: tuple[str, ...]
    place: bool = False
    """They are provinces or agencies, and no words."""
    weight: float = 1.0
    """How well it is what was asked for."""


Clause = tuple[Choice, ...]
"""What an article has to meet in any of these ways."""


@lru_cache(maxsize=1024)
def agency_key(agency: str) -> str:
    """The token of an agency, which no word and no slug can be."""
    from feeds.text import fold  # noqa: PLC0415 - its tables take longer than all else that a command reads here

    return "-" + "-".join(searchable(fold.tokens(agency)))


def keys_of(title: str, lead: str, body: str, *, place: str = "") -> Keys:
    """The search keys of an article's edited title, lead and text, and of the place of its dateline.

    The text may begin with the lead: it counts once.
    """
    from feeds.text import fold  # noqa: PLC0415 - as above

    body = body.removeprefix(lead) if lead else body
    budget = MOST_BYTES
    parts = []
    for text, times, few in ((title, 2, 100), (f"{place}\n{lead}" if place else lead, 1, 3000), (body, 1, 3000)):
        kept = tuple(_within(list(searchable(fold.tokens(text, restored=True))), budget // times))
        budget -= times * sum(len(token.encode()) + 8 for token in kept) if len(kept) > few else 0
        parts.append(kept)
    return Keys(*parts)


def terms_of(terms: Iterable[str]) -> tuple[str, ...]:
    """The terms of a query as they may be looked up: whatever is not a letter or a digit is gone."""
    return tuple(islice(dict.fromkeys(searchable(terms)), MOST_TERMS))


def searchable(tokens: Iterable[str]) -> Iterable[str]:
    """Tokens that are alike to both indexes, and that mean nothing in either's query language."""
    given = list(tokens)
    whole = "".join(given)
    if whole.isalnum() and whole == whole.lower() and all(given) and len(max(given, key=len)) <= LONGEST_TOKEN:
        return given  # as nearly all are: three looks at a text, and not three at each of its words
    return _searchable(given)


def _searchable(tokens: Iterable[str]) -> Iterator[str]:
    for token in tokens:
        kept = token if token.isalnum() else "".join(filter(str.isalnum, token))
        if kept:
            yield kept[:LONGEST_TOKEN].lower()


def _within(tokens: Sequence[str], budget: int) -> Iterable[str]:
    """The first tokens, as many as the budget holds."""
    if len(tokens) * (4 * LONGEST_TOKEN + 8) <= budget:  # four bytes are the longest character
        return tokens
    return _first_within(tokens, budget)


def _first_within(tokens: Iterable[str], budget: int) -> Iterator[str]:
    for token in tokens:
        budget -= len(token.encode()) + 8
        if budget < 0:
            return
        yield token
