"""How things look in a terminal: the welcome, the status, what a search found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from bot.settings import Settings
from feeds.models import SearchPage, SearchQuery

OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)


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
    return {
        "query": query.text,
        "provinces": list(query.provinces),
        "terms": list(query.terms),
        "choices": list(query.choices),
        "total": page.total,
        "articles": [
            {
                "uid": article.uid,
                "title": article.title,
                "summary": article.summary.text,
                "provinces": list(article.provinces),
                "published": article.published.isoformat(),
                "url": article.url or f"{settings.base_url}/a/{article.uid}",
            }
            for article in page.articles
        ],
    }


def show_found(query: SearchQuery, page: SearchPage, settings: Settings) -> None:
    """What a search found, for people."""
    from feeds.provinces import gazetteer
    from feeds.text import jalali

    if query.choices:
        names = "، ".join(gazetteer.by_slug(slug).name for slug in query.choices)
        OUT.print(f"«{query.text}» is the name of several provinces; say which: {names}", markup=False)
        return
    if not page.articles:
        OUT.print(f"nothing found for «{query.text}»", markup=False)
        return
    OUT.print(f"{page.total:,} found")
    for article in page.articles:
        OUT.print()
        OUT.print(Text(article.title, style="bold"))
        if article.summary.lead:
            OUT.print(Text(article.summary.lead))
        where = "، ".join(gazetteer.by_slug(slug).name for slug in article.provinces)
        day = jalali.news_date(article.published.astimezone(settings.timezone).date())
        parts = (day, where, article.url or f"{settings.base_url}/a/{article.uid}")
        OUT.print(Text(" · ".join(part for part in parts if part), style="dim"), soft_wrap=True)
