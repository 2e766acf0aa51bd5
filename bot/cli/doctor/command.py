"""`chapar doctor`, before going live and any time after: is everything in place, and what to do where it isn't."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.text import Text

    from bot.cli.doctor.finding import Finding

FAILED = 1
_SIGNS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "failed": ("✗", "bold red")}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """See whether everything is in place, and what to do where it isn't; posts and stores nothing."""
    import asyncio
    import json
    import logging
    from dataclasses import asdict

    from bot.cli import terminal
    from bot.cli.doctor import checks
    from bot.settings import Settings

    settings = Settings.load()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    findings = asyncio.run(checks.examine(settings))
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            terminal.OUT.print(line_of(finding), soft_wrap=True)
    raise typer.Exit(FAILED if any(finding.level == "failed" for finding in findings) else 0)


def line_of(finding: Finding) -> Text:
    """A finding for the terminal."""
    from rich.text import Text

    sign, style = _SIGNS[finding.level]
    line = Text.assemble((f"{sign} ", style), (f"{finding.what}: ", "bold"), finding.said)
    return line if not finding.do else Text.assemble(line, ("  → ", "dim"), finding.do)
