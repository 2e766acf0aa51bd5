"""The command `chapar`: what a desk types.

Exit codes: 0 all went well, 1 something failed and was named, 2 the command or a setting is wrong.
"""

from __future__ import annotations

import os
import sys

import typer

from feeds.errors import ChaparError, DocumentError, SettingError

FAILED, WRONG = 1, 2


def main() -> None:
    """Run the command; an error that Chapar raises on purpose is a sentence, not a traceback."""
    try:
        _text_commands()() if sys.argv[1:2] == ["text"] else _all_commands()()
    except SettingError as error:
        typer.echo(str(error), err=True)
        sys.exit(WRONG)
    except ChaparError as error:
        typer.echo(f"{type(error).__name__}: {error}" if not isinstance(error, DocumentError) else str(error), err=True)
        sys.exit(FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `chapar … | head`
        sys.exit(FAILED)


def _text_commands() -> typer.Typer:
    """`chapar text …` alone: scripts call it in pipes, again and again, and it needs no library of the service."""
    from bot.cli.text_provinces import app as text_filters  # noqa: PLC0415 - see above

    app = typer.Typer(pretty_exceptions_enable=False)
    app.add_typer(text_filters, name="text")
    return app


def _all_commands() -> typer.Typer:
    from bot.cli.service import app  # noqa: PLC0415 - takes a second: Telegram, the store, the pages

    return app
