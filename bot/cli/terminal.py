"""How things look in a terminal: the welcome, the status, what a search found."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
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


def show_channels(rows: Iterable[Mapping[str, Any]], now: datetime | None = None) -> None:
    """A line a channel."""
    made = table("channel", "name", "posts", "last", "waiting", "held", "state")
    for row in rows:
        last = datetime.fromisoformat(row["last"]) if row["last"] else None
        name = " ".join(part for part in (row["title"], row["username"] and f"@{row['username']}") if part)
        waiting = f"{row['waiting']:,}" + (f" (+{row['doubtful']:,} in doubt)" if row["doubtful"] else "")
        state = row["trouble"] or (f"{row['dead']:,} were refused" if row["dead"] else "flows")
        made.add_row(
            row["key"], Text(name), f"{row['posts']:,}", ago(last, now), waiting, f"{row['held']:,}", Text(state)
        )
    OUT.print(made)


_UNITS = ((86_400, "d"), (3600, "h"), (60, "min"))


def ago(moment: datetime | None, now: datetime | None = None) -> str:
    """How long ago a moment was, or how far ahead it lies: `3 min ago`, `in 2 h`."""
    if moment is None:
        return ""
    seconds = ((now or datetime.now(UTC)) - moment).total_seconds()
    for size, unit in _UNITS:
        if abs(seconds) >= size:
            span = f"{int(abs(seconds) // size)} {unit}"
            return f"{span} ago" if seconds > 0 else f"in {span}"
    return "just now" if seconds > -1 else "in a moment"


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


def show_status(now: Mapping[str, Any]) -> None:
    """The desk's overview."""
    OUT.print(f"[bold]articles[/]    {now['articles']:,}")
    deliveries = ", ".join(f"{count:,} {state}" for state, count in now["deliveries"].items() if count) or "none"
    OUT.print(f"[bold]deliveries[/]  {deliveries}")
    for source in now["sources"]:
        where = source.get("folder") or source.get("url", "")
        OUT.print(f"[bold]source[/]      {where} {source.get('trouble', '')}", soft_wrap=True)
    if now["paused"]:
        OUT.print(f"[bold red]paused[/]      {now['paused']}")
    for name, tick in now["ticks"].items():
        OUT.print(f"[bold]{name}[/]  last at {tick['began']}, {tick['seconds']} s {tick['error']}")
    if not now["problems"]:
        OUT.print("[green]no problems[/]")
        return
    OUT.print(f"[bold red]{len(now['problems'])} set aside[/]")
    for problem in now["problems"]:
        line = f":{problem['line']}" if problem["line"] else ""
        OUT.print(f"  {problem['where']}{line}: {problem['what']}", markup=False, soft_wrap=True)


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
    from feeds.text import jalali

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
