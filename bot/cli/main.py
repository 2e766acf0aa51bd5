"""The command `chapar`: what a desk types.

The modules beside this one say which commands there are and what they take; what a command works with is loaded when it
is called, so that `chapar --help` loads no service. Exit codes: 0 all went well, 1 something failed and was named,
2 the command or a setting is wrong.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from copy import copy
from typing import Annotated

import typer
from typer.main import get_command_name
from typer.models import CommandInfo

from bot.cli import articles, channels, desk, init, service, sources, telegram
from bot.cli.doctor import command as doctor
from bot.cli.text import provinces as text
from feeds.errors import ChaparError, DocumentError, SettingError

FAILED, WRONG = 1, 2
OBJECTS = 50_000
"""How many new objects the garbage collector waits for. Loading a library makes far more, and all of them stay: to look
for garbage among them each 700, as is usual, takes a tenth of a start."""

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Chapar carries provincial news to Telegram channels exactly once, to feeds, and to whoever asks.",
)
app.add_typer(text.app, name="text")
app.add_typer(service.feeds_app, name="feeds")
app.add_typer(sources.app, name="sources")
app.add_typer(service.db_app, name="db")
app.add_typer(channels.app, name="channels")
app.add_typer(articles.app, name="articles")
init.register(app)
service.register(app)
desk.register(app)
doctor.register(app)
telegram.register(app)


def main() -> None:
    """Run the command; an error that Chapar raises on purpose is a sentence, not a traceback."""
    gc.set_threshold(OBJECTS)
    try:
        only(sys.argv[1:2])()
    except SettingError as error:
        typer.echo(str(error), err=True)
        sys.exit(WRONG)
    except ChaparError as error:
        typer.echo(f"{type(error).__name__}: {error}" if not isinstance(error, DocumentError) else str(error), err=True)
        sys.exit(FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `chapar … | head`
        sys.exit(FAILED)


def only(named: Sequence[str]) -> typer.Typer:
    """`app` with the one command that is named first, or all of it where none is: Typer reads each that it is given.

    Forty signatures that nobody asked for take some 20 ms.
    """
    chosen = copy(app)
    chosen.registered_commands = [one for one in app.registered_commands if _name(one) in named]
    chosen.registered_groups = [one for one in app.registered_groups if one.name in named]
    return chosen if chosen.registered_commands or chosen.registered_groups else app


def _name(command: CommandInfo) -> str:
    return command.name or get_command_name(command.callback.__name__ if command.callback else "")


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"chapar {version('chapar')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass
