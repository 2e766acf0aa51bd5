"""`chapar channels …`: how each does, and the desk's word on one that is stuck or is no more."""

from __future__ import annotations

from typing import Annotated

import typer

from feeds.errors import ChaparError

FAILED = 1

app = typer.Typer(no_args_is_help=True, help="The channels that posts go to.")


@app.callback()
def channels() -> None:
    """The channels that posts go to."""


@app.command(name="list")
def show(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Every channel: what it is, what waits for it, and when it got its last post."""
    import json

    from bot import status
    from bot.cli.show import overview
    from bot.settings import Settings
    from feeds.store import open_store

    settings = Settings.load()
    with open_store(settings.database_url.get_secret_value()) as store:
        rows = list(status.channels(settings, store))
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        overview.show_channels(rows)


@app.command(name="test")
def look(channel: Annotated[str, typer.Argument(help="The channel; none: each.")] = "") -> None:
    """Ask Telegram now whether the bot may post, correct and delete there; nothing is posted."""
    import asyncio

    from bot.cli import terminal
    from bot.cli.doctor.command import line_of
    from bot.cli.doctor.telegram import telegram
    from bot.settings import Settings

    settings = Settings.load()
    keys = [one.key for one in settings.channels]
    if channel and channel not in keys:
        raise ChaparError(f"no channel {channel} in the settings; there are: {', '.join(keys) or 'none'}")
    found = asyncio.run(telegram(settings))
    wanted = {f"channel {channel}"} if channel else {"channels", *(f"channel {key}" for key in keys)}
    chosen = [one for one in found if one.what in wanted] or found
    for finding in chosen:
        terminal.OUT.print(line_of(finding), soft_wrap=True)
    raise typer.Exit(FAILED if any(finding.level == "failed" for finding in chosen) else 0)


@app.command()
def forget(
    channel: Annotated[str, typer.Argument(help="The channel, as `chapar channels list` names it.")],
    to: Annotated[str, typer.Option(help="The channel that gets what waits for it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Forget a channel that is in no setting any more, as one that was misspelt, with what waits for it."""
    import getpass
    from datetime import UTC, datetime

    from bot.cli import terminal
    from bot.settings import Settings
    from feeds.store import open_store
    from feeds.store.delivery.deliveries import Traffic

    settings = Settings.load()
    keys = [one.key for one in settings.channels]
    if channel in keys:
        raise ChaparError(f"{channel} is in the settings: take it out of chapar.toml or .env, and restart, first")
    if to and to not in keys:
        raise ChaparError(f"no channel {to} in the settings; there are: {', '.join(keys) or 'none'}")
    with open_store(settings.database_url.get_secret_value()) as store:
        traffic = store.deliveries.traffic()
        if channel not in {*traffic, *(state.key for state in store.channels.all())}:
            raise ChaparError(f"no channel {channel} is known; `chapar channels list` names them")
        moves = traffic.get(channel, Traffic())
        waits, way = moves.waiting + moves.held, f"go to {to}" if to else "are not sent"
        terminal.confirm(
            f"forget {channel}: {waits:,} that wait {way}, its {moves.posts:,} posts can't be corrected any more",
            yes=yes,
        )
        moved = store.desk.forget(f"terminal:{getpass.getuser()}", datetime.now(UTC), channel, to=to)
    if moved is None:
        raise ChaparError(f"a post is on its way to {channel}: try again in a minute")
    typer.echo(f"{channel} is forgotten{f'; {moved:,} posts go to {to}' if to else ''}")


@app.command()
def resume(
    channel: Annotated[str, typer.Argument(help="The channel, as `chapar status` names it.")],
    settle: Annotated[
        bool, typer.Option("--settle/--send", help="What waits stands in the channel already; or it is to be sent.")
    ] = False,
) -> None:
    """Let a channel flow that is held after a restored backup; what waits is sent, or counts as posted."""
    import getpass
    from datetime import UTC, datetime

    from bot.settings import Settings
    from feeds.store import open_store

    settings = Settings.load()
    with open_store(settings.database_url.get_secret_value()) as store:
        who = f"terminal:{getpass.getuser()}"
        count = store.restored.decide(who, datetime.now(UTC), channel, send=not settle)
    if count is None:
        raise ChaparError(f"channel {channel} is not held after a restored backup")
    typer.echo(f"{count} posts {'count as posted' if settle else 'are sent'}")
