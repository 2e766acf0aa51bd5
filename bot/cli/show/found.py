"""What a search found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bot.cli.show.lines import Piece, say

if TYPE_CHECKING:
    from bot.settings import Settings
    from feeds.models import SearchPage, SearchQuery


def as_values(query: SearchQuery, page: SearchPage, settings: Settings) -> dict[str, Any]:
    """What a search found, as JSON-able values."""
    from feeds.search import marking

    return {
        "query": query.text,
        "provinces": list(query.provinces),
        "terms": list(query.terms),
        "choices": list(query.choices),
        "command": query.command,
        "understood": [{"kind": chip.kind, "label": chip.label, "without": chip.rest} for chip in query.chips],
        "order": query.order.value,
        "total": page.total,
        "complete": page.complete,
        "corrected": dict(page.corrected),
        "suggestion": page.suggestion,
        "dropped": list(page.dropped),
        "articles": [
            {
                "uid": article.uid,
                "title": article.title,
                "summary": article.summary.text,
                "provinces": list(article.provinces),
                "published": article.published.isoformat(),
                "url": article.url or f"{settings.base_url}/a/{article.uid}",
                "title_marked": _pieces(article.title, page),
                "snippet": _pieces(marking.snippet(article, page.found), page),
                "missing": list(page.missing.get(article.id, ())),
            }
            for article in page.articles
        ],
    }


def _pieces(text: str, page: SearchPage) -> list[dict[str, Any]]:
    """A text in pieces, with whether each was found."""
    from feeds.search import marking

    return [{"text": piece.text, "marked": piece.marked} for piece in marking.mark(text, page.found)]


def show(query: SearchQuery, page: SearchPage, settings: Settings) -> None:
    """What a search found, for people."""
    from feeds.provinces import gazetteer
    from feeds.search import marking
    from feeds.text.times import jalali

    for sentence in _said(query, page):
        say(sentence)
    for article in page.articles:
        say()
        say(*_marked(article.title, page, "bold"))
        if sentence := marking.snippet(article, page.found):
            say(*_marked(sentence, page))
        where = "، ".join(gazetteer.by_slug(slug).name for slug in article.provinces)
        day = jalali.news_date(article.published.astimezone(settings.timezone).date())
        without = "، ".join(f"«{word}»" for word in page.missing.get(article.id, ()))
        address = article.url or f"{settings.base_url}/a/{article.uid}"
        parts = (day, where, f"بدون {without}" if without else "", address)
        say((" · ".join(part for part in parts if part), "dim"))


def _said(query: SearchQuery, page: SearchPage) -> Iterator[str]:
    """What is to be said of a search before its results."""
    from feeds.provinces import gazetteer

    if query.choices:
        names = "، ".join(gazetteer.by_slug(slug).name for slug in query.choices)
        yield f"«{query.text}» is the name of several provinces; say which: {names}"
    if query.command:
        yield f"«{query.text}» asks the bot for /{query.command}; for this command, see chapar --help"
    for typed, meant in page.corrected:
        yield f"«{meant}» was searched for in place of «{typed}»"
    if page.suggestion:
        yield f"did you mean «{page.suggestion}»?"
    if page.articles:
        yield from (f"nothing in that {what}; this is without it" for what in page.dropped)
        if not page.complete and page.missing:
            yield "nothing has all of the words; these have most of them"
        yield f"{page.total:,} found"
    elif not query.asks_nothing:
        yield f"nothing found for «{query.text}»"


def _marked(text: str, page: SearchPage, style: str = "") -> Iterator[Piece]:
    """A text with what was found underlined."""
    from feeds.search import marking

    for piece in marking.mark(text, page.found):
        yield piece.text, f"{style} underline".strip() if piece.marked else style
