"""`chapar channels …`: the desk's word on a channel that the store lags behind."""

from __future__ import annotations

from typing import Annotated

import typer

from feeds.errors import ChaparError

app = typer.Typer(no_args_is_help=True, help="The channels that posts go to.")


@app.callback()
def channels() -> None:
    """The channels that posts go to."""


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
