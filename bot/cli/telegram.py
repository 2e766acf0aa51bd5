"""What the desk does with its bot at Telegram: `chapar webhook`."""

from __future__ import annotations

from typing import Annotated

import typer

from feeds.errors import SettingError


def webhook(
    remove: Annotated[bool, typer.Option("--remove", help="Take it off, so that Chapar hears again.")] = False,
) -> None:
    """Say where a webhook leads that somebody set for the bot; while there is one, Chapar hears nobody."""
    import asyncio
    from urllib.parse import urlsplit

    from bot.publishing.telegram_channel import connect
    from bot.publishing.telegram_errors import proven
    from bot.settings import Settings

    settings = Settings.load()
    if not settings.token:
        raise SettingError("TELEGRAM_TOKEN is not set: there is no bot to look at")

    async def look() -> str:
        bot = connect(settings.token, api_url=settings.telegram_api_url, proxy=settings.telegram_proxy)
        try:
            with proven():
                url = (await bot.get_webhook_info()).url
                if url and remove:
                    await bot.delete_webhook()
        finally:
            await bot.request.shutdown()
        return url

    url = asyncio.run(look())
    host = urlsplit(url).hostname or url  # its path often holds a token
    if not url:
        typer.echo("no webhook is set")
    elif remove:
        typer.echo(f"the webhook to {host} was taken off")
    else:
        typer.echo(f"a webhook leads to {host}; --remove takes it off; find out who set it: they have the token")


def register(app: typer.Typer) -> None:
    """Add the commands to `chapar`."""
    app.command()(webhook)
