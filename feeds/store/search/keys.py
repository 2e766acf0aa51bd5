"""What an article is found by: its folded tokens, bounded so that FTS5 and tsvector both take them.

Both index the same keys of an article: the tokens of its title, those of its text, and its provinces as one more kind
of token. So a search for words in a province is one walk over one index, newest first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

LONGEST_TOKEN = 64
"""Characters of a token that count; PostgreSQL refuses a lexeme past 2 KB."""
MOST_BYTES = 1_000_000
"""Bytes of an article's tokens that count, with 8 for each token's place; PostgreSQL refuses a tsvector past 1 MB."""
MOST_TERMS = 32
"""Terms of a query that count."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What an article is found by."""

    title: tuple[str, ...]
    body: tuple[str, ...]
    """Tokens that the title has not."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the index."""

    article_id: int
    keys: Keys
    provinces: Sequence[str]


@dataclass(frozen=True, slots=True)
class Match:
    """An article that has all the terms."""

    article_id: int
    in_title: bool
    """The title alone has them all."""


def keys_of(title: str, text: str) -> Keys:
    """The search keys of an article's edited title and text."""
    from feeds.text import fold  # noqa: PLC0415 - its tables take longer than all else that a command reads here

    first = _distinct(fold.tokens(title, restored=True))
    tokens = _distinct([*first, *fold.tokens(text, restored=True)])
    kept = tuple(_within(tokens, MOST_BYTES))
    return Keys(kept[: len(first)], kept[len(first) :])


def terms_of(terms: Iterable[str]) -> tuple[str, ...]:
    """The terms of a query as they may be looked up: whatever is not a letter or a digit is gone."""
    return tuple(islice(_distinct(terms), MOST_TERMS))


def _distinct(tokens: Iterable[str]) -> Collection[str]:
    """The searchable tokens among these, in order, each once."""
    return dict.fromkeys(_searchable(dict.fromkeys(tokens)))


def _searchable(tokens: Iterable[str]) -> Iterator[str]:
    """Tokens that are alike to both indexes, and that mean nothing in either's query language."""
    for token in tokens:
        kept = token if token.isalnum() else "".join(filter(str.isalnum, token))
        if kept:
            yield kept[:LONGEST_TOKEN].lower()


def _within(tokens: Collection[str], budget: int) -> Iterable[str]:
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
