"""The desk's commands in the terminal: `chapar queue`, `pause`, `resume`, `audit`; `articles` has the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from feeds.errors import ChaparError

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(queue)
    app.command()(pause)
    app.command()(resume)
    app.command()(audit)


@contextmanager
def opened() -> Iterator[tuple[Desk, Settings]]:
    """The desk, as who is at this terminal."""
    import getpass

    from bot.desk import Desk
    from bot.settings import Settings
    from feeds.store import open_store

    settings = Settings.load()
    with open_store(settings.database_url.get_secret_value()) as store:
        yield Desk(store, f"terminal:{getpass.getuser()}"), settings


def queue(limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50) -> None:
    """What is not published yet, and why: in doubt, under way, held, waiting."""
    from bot.cli.show import overview

    with opened() as (desk, settings):
        waiting = desk.queue(limit)
    overview.show_queue(waiting, settings.timezone)
    if not waiting:
        typer.echo("nothing waits")


def pause(
    why: Annotated[str, typer.Argument(help="Why, for the others.")] = "",
    channel: Annotated[str, typer.Option(help="One channel; none: everything.")] = "",
) -> None:
    """Publish nothing more, until `resume`; articles, feeds and pages go on."""
    with opened() as (desk, _):
        if not desk.pause(why, channel):
            raise ChaparError("nothing to pause: no such channel, or it is paused for that already")
    typer.echo("paused")


def resume(channel: Annotated[str, typer.Option(help="One channel; none: everything.")] = "") -> None:
    """Publish again."""
    with opened() as (desk, _):
        if not desk.resume(channel):
            raise ChaparError("nothing to resume: no such channel, or it is not paused")
    typer.echo("resumed")


def audit(limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50) -> None:
    """What the desk did: when, who, what, to what."""
    from bot.cli.show import overview

    with opened() as (desk, settings):
        deeds = desk.audit(limit)
    overview.show_audit(deeds, settings.timezone)
    if not deeds:
        typer.echo("nothing was done yet")
