"""What was found -> the page of it that is shown, with what is to be said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from feeds.models import Article, SearchPage, SearchQuery
from feeds.store.search.find import Found
from feeds.text import fold

_WORD = re.compile(r"[^\W_]+(?:\u200c+[^\W_]+)*")


def page_of(query: SearchQuery, found: Found, articles: Sequence[Article], offset: int) -> SearchPage:
    """A page of what was found.

    Args:
        query: What was asked for.
        found: All that was found.
        articles: Those of the page, in order.
        offset: How many come before them.
    """
    written = {token: _as_written(token, articles) for _, token, _ in found.guessed}
    return SearchPage(
        tuple(articles),
        len(found.ids),
        offset,
        found=found.tokens,
        missing={article.id: found.missing[article.id] for article in articles if article.id in found.missing},
        complete=found.complete,
        corrected=tuple((typed, written[token]) for typed, token, clear in found.guessed if clear),
        suggestion=_suggestion(query, {typed: written[token] for typed, token, clear in found.guessed if not clear}),
        dropped=found.dropped,
    )


def _suggestion(query: SearchQuery, unclear: Mapping[str, str]) -> str:
    """The search with the likelier words, where it is not clear that they were meant."""
    if not unclear:
        return ""
    words = query.text.split()
    if any(word in unclear for word in words):
        return " ".join(unclear.get(word, word) for word in words)
    return " ".join(unclear.get(word.typed, word.typed) for word in query.words)


def _as_written(token: str, articles: Sequence[Article]) -> str:
    """A token as the articles that were found write it: «مسئولان» for `مسوولان`."""
    for article in articles[:_LOOKED_AT]:
        for text in (article.title, article.lead):
            for word in _WORD.findall(text):
                alike = word[-1] == token[-1] and abs(len(word) - len(token)) <= 1
                if alike and fold.tokens_of_word(word) == (token,):
                    return str(word)
    return token


_LOOKED_AT = 3
