"""How things look in a terminal: the welcome, a question, what a search found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.settings import Settings
from feeds.errors import ChaparError
from feeds.models import SearchPage, SearchQuery

OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)


def table(*columns: str) -> Table:
    """A table of plain rows."""
    made = Table(box=None, pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def confirm(what: str, *, yes: bool) -> None:
    """Say what is going to be done, and do it only after a yes.

    Raises:
        ChaparError: nobody is there to say it.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise ChaparError(f"{what}; --yes does it")
    typer.confirm(f"{what}?", abort=True)


def welcome(settings: Settings) -> None:
    """Say where to look."""
    rows = {
        "pages": settings.base_url,
        "preview": f"{settings.base_url}/preview"
        + ("" if settings.channels else "  (posts, as Telegram would show them)"),
        "status": f"{settings.base_url}/status",
        "feeds": f"{settings.feeds_dir}/  and {settings.base_url}/feeds",
        "inbox": f"{settings.seeds_dir}/",
    }
    OUT.print("\n[bold]Chapar is running.[/] Look here:")
    for name, where in rows.items():
        OUT.print(f"  {name:<8} {where}", soft_wrap=True)
    if not settings.token:
        OUT.print(
            "  No TELEGRAM_TOKEN in .env: nothing leaves this machine. README says how to go live.", soft_wrap=True
        )
    elif not settings.channels:
        OUT.print("  No TELEGRAM_CHANNEL in .env: the bot answers, and posts go to the preview.", soft_wrap=True)
    OUT.print("  Ctrl-C stops it.\n")


def found(query: SearchQuery, page: SearchPage, settings: Settings) -> dict[str, Any]:
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


def show_found(query: SearchQuery, page: SearchPage, settings: Settings) -> None:
    """What a search found, for people."""
    from feeds.provinces import gazetteer
    from feeds.search import marking
    from feeds.text.times import jalali

    for sentence in _said(query, page):
        OUT.print(sentence, markup=False)
    for article in page.articles:
        OUT.print()
        OUT.print(_marked(article.title, page, "bold"))
        if sentence := marking.snippet(article, page.found):
            OUT.print(_marked(sentence, page))
        where = "، ".join(gazetteer.by_slug(slug).name for slug in article.provinces)
        day = jalali.news_date(article.published.astimezone(settings.timezone).date())
        without = "، ".join(f"«{word}»" for word in page.missing.get(article.id, ()))
        address = article.url or f"{settings.base_url}/a/{article.uid}"
        parts = (day, where, f"بدون {without}" if without else "", address)
        OUT.print(Text(" · ".join(part for part in parts if part), style="dim"), soft_wrap=True)


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


def _marked(text: str, page: SearchPage, style: str = "") -> Text:
    """A text with what was found underlined."""
    from feeds.search import marking

    shown = Text(style=style)
    for piece in marking.mark(text, page.found):
        shown.append(piece.text, "underline" if piece.marked else None)
    return shown
