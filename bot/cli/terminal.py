"""How things look in a terminal: the welcome, a question."""

from __future__ import annotations

import sys

import typer
from rich.console import Console
from rich.table import Table

from bot.settings import Settings
from feeds.errors import ChaparError

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
