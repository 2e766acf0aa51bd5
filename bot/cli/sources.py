"""`chapar sources …`: the feeds that a desk follows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from feeds.sources import SourceSettings
    from feeds.sources.discovery import Found
    from feeds.sources.following.check import Checked

FAILED = 1

app = typer.Typer(no_args_is_help=True, help="Where articles come from.")

AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command(name="list")
def list_(as_json: AsJson = False) -> None:
    """The inbox and the feeds, and how each does."""
    from bot.settings import Settings
    from feeds.sources.following import health
    from feeds.store import open_store

    settings = Settings.load()
    now = datetime.now(UTC)
    with open_store(settings.database_url.get_secret_value()) as store:
        rows = health.report(store, settings.sources, now)
    if as_json:
        inbox = {"key": "seeds", "folder": str(settings.seeds_dir)}
        typer.echo(json.dumps([inbox, *map(health.as_dict, rows)], ensure_ascii=False, indent=2))
        return
    from bot.cli import terminal

    table = terminal.table("source", "last success", "newest", "every", "lag p50/p95", "failures", "")
    table.add_row("seeds", "", "", "", "", "", str(settings.seeds_dir))
    for row in rows:
        lags = f"{_span(row.lag_median)}/{_span(row.lag_p95)}" if row.lag_median else ""
        succeeded, newest = _ago(row.state.succeeded, now), _ago(row.state.newest, now)
        failures = str(row.state.failures or "")
        table.add_row(row.name, succeeded, newest, _span(row.state.habit), lags, failures, row.trouble or row.url)
    terminal.OUT.print(table)


@app.command(name="check")
def check_(as_json: AsJson = False) -> None:
    """Ask every feed now, and say what it answers and why it fails; nothing is stored."""
    from rich.progress import Progress

    from bot.cli import terminal
    from bot.settings import Settings
    from feeds.sources.following.check import check

    settings = Settings.load()
    sources = settings.sources
    with Progress(console=terminal.ERR, transient=True, disable=not terminal.ERR.is_terminal) as progress:
        task = progress.add_task("asking", total=len(sources))
        rows = check(sources, proxy=settings.feed_proxy, told=lambda _: progress.advance(task))
    if as_json:
        typer.echo(json.dumps([_checked(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        now = datetime.now(UTC)
        table = terminal.table("source", "entries", "newest", "kB", "s", "")
        for row in rows:
            name, entries = row.source.name or row.title or row.source.url, str(row.entries or "")
            said = row.trouble or (f"moved to {row.moved_to}: write this address" if row.moved_to else "fine")
            table.add_row(name, entries, _ago(row.newest, now), f"{row.size / 1000:.0f}", f"{row.seconds:.1f}", said)
        terminal.OUT.print(table)
    raise typer.Exit(FAILED if any(row.trouble for row in rows) else 0)


@app.command(name="try")
def try_(
    address: Annotated[str, typer.Argument(help="A feed, a site, a page of news, or a channel such as t.me/NAME.")],
    selector: Annotated[str, typer.Option("--list", help="A CSS selector: what it matches is an article each.")] = "",
    allow_private: Annotated[bool, typer.Option(help="It is on this machine, or in a private network.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what would be read of an address, with times, pictures and provinces; nothing is stored."""
    from bot.cli.show import trial
    from bot.settings import Settings

    found = trial.attempt(address, selector, allow_private=allow_private, proxy=Settings.load().feed_proxy)
    drafts = trial.edited(found)
    if as_json:
        typer.echo(json.dumps(trial.as_dict(found, drafts), ensure_ascii=False, indent=2))
    else:
        trial.show(found, drafts)
    raise typer.Exit(0 if drafts else FAILED)


@app.command(name="add")
def add(
    address: Annotated[str, typer.Argument(help="A site, a feed of it, a page of news, or a channel: t.me/NAME.")],
    every: Annotated[bool, typer.Option("--all", help="Follow each feed of the site, not the first alone.")] = False,
    selector: Annotated[str, typer.Option("--list", help="It is a page of news: each match is an article.")] = "",
    allow_private: Annotated[bool, typer.Option(help="It is on this machine, or in a private network.")] = False,
) -> None:
    """Find the feeds of a site, and follow the first of them: it is added to chapar.toml."""
    import asyncio

    from bot.settings import Settings
    from feeds.sources import SourceSettings
    from feeds.sources.discovery import discover
    from feeds.sources.fetching.fetch import Fetcher

    settings = Settings.load()
    if selector:
        from bot.cli.show import trial

        _follow([trial.to_follow(address, selector, allow_private=allow_private)], settings.sources)
        return

    async def find() -> tuple[Found, ...]:
        async with Fetcher() as fetcher:
            return await discover(fetcher, address, proxy=settings.feed_proxy, allow_private=allow_private)

    found = asyncio.run(find())
    for one in found:
        typer.echo(f"found {one.url}  {one.title}  ({one.entries} entries)")
    chosen = found if every else found[:1]
    sources = [SourceSettings(one.url, one.title, allow_private=allow_private, login=one.login) for one in chosen]
    _follow(sources, settings.sources)


@app.command(name="import")
def import_(file: Annotated[Path, typer.Argument(help="An OPML file of another reader.")]) -> None:
    """Follow the feeds of an OPML file: they are added to chapar.toml."""
    from bot.settings import Settings
    from feeds.errors import SettingError
    from feeds.sources import opml

    try:
        listed = opml.read(file.read_bytes())
    except OSError as error:
        raise SettingError(f"{file} can't be read: {error.strerror}") from None
    for sentence in listed.left_out:
        typer.echo(f"left out: {sentence}", err=True)
    if not listed.sources:
        raise SettingError(f"{file} names no feeds: its outlines have no xmlUrl; export the list again")
    _follow(listed.sources, Settings.load().sources)


@app.command(name="export")
def export() -> None:
    """The feeds as OPML, for other readers."""
    from bot.settings import Settings
    from feeds.redaction import redact
    from feeds.sources import opml

    sources = Settings.load().sources
    tokens = sum(redact(source.url) != source.url for source in sources)
    if tokens:
        typer.echo(f"{tokens} of these addresses hold a token: give the list to nobody else", err=True)
    typer.echo(opml.write(sources).decode(), nl=False)


def add_to_toml(path: Path, sources: Iterable[SourceSettings], known: Iterable[SourceSettings]) -> int:
    """Write those sources into chapar.toml that are not there yet; what stands in it stays as it is.

    Returns:
        How many were added.

    Raises:
        SettingError: The file can't be read or written, or its sources stand in it in another form.
    """
    import tomllib

    from bot.settings.files import write
    from feeds.errors import SettingError
    from feeds.sources import agencies, opml

    present = {agencies.plain_url(source.url) for source in known}
    named = {agencies.plain_url(source.url): source for source in reversed(list(sources))}
    fresh = [source for name, source in reversed(named.items()) if name not in present]
    if not fresh:
        return 0
    try:
        before = path.read_bytes().decode() if path.exists() else ""
        added = opml.as_toml(fresh)
        end = "\r\n" if "\r\n" in before else "\n"
        after = before + (end if before else "") + added.replace("\n", end)
        tomllib.loads(after)
        write(path.resolve(), after.encode())
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} can't be written: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{path}: sources can't be added ({error}); write them as [[source]] tables") from None
    return len(fresh)


def _follow(sources: Sequence[SourceSettings], known: Sequence[SourceSettings]) -> None:
    from bot.settings import TOML

    count = add_to_toml(TOML, sources, known)
    typer.echo(f"{count} added to {TOML}, {len(sources) - count} were there; restart the service to follow them")


def _checked(row: Checked) -> dict[str, Any]:
    return {
        "url": row.source.url,
        "name": row.source.name or row.title,
        "entries": row.entries,
        "newest": _iso(row.newest),
        "bytes": row.size,
        "seconds": round(row.seconds, 3),
        "moved_to": row.moved_to,
        "trouble": row.trouble,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _span(span: timedelta | None) -> str:
    if span is None:
        return ""
    minutes = round(span.total_seconds() / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"  # noqa: PLR2004


def _ago(moment: datetime | None, now: datetime) -> str:
    from feeds.text.times import jalali

    return "" if moment is None else jalali.ago(moment, now)
