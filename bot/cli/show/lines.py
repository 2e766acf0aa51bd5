"""Lines of the terminal, in pieces, some of them styled: drawn by rich where somebody looks, else their words alone."""

from __future__ import annotations

import os
import sys

import typer

Piece = str | tuple[str, str]
"""Words, or words with the style that rich gives them."""


def say(*pieces: Piece) -> None:
    """Print a line; none is folded: a terminal wraps what is too long, a program gets it whole."""
    if sys.stdout.isatty() or os.environ.get("FORCE_COLOR"):
        from rich.text import Text

        from bot.cli.terminal import OUT

        OUT.print(Text.assemble(*pieces), soft_wrap=True)
    else:
        typer.echo("".join(piece if isinstance(piece, str) else piece[0] for piece in pieces))
