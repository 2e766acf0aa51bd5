"""The commands of `chapar` that work with the service: its settings, its store, its channels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from bot.settings import Settings
    from feeds.pipeline import Tally
    from feeds.store import Store

FAILED = 1

feeds_app = typer.Typer(no_args_is_help=True, help="The feed files.")
db_app = typer.Typer(no_args_is_help=True, help="The database.")

AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(run)
    app.command()(status)
    app.command()(search)
    app.command()(preview)


@contextmanager
def _store(settings: Settings) -> Iterator[Store]:
    from feeds.store import open_store

    with open_store(settings.database_url.get_secret_value()) as store:
        yield store


def _settings() -> Settings:
    from bot.running import logs
    from bot.settings import Settings

    settings = Settings.load()
    logs.configure(settings.log_level, settings.log_format, secrets=settings.secrets)
    return settings


def run(
    once: Annotated[bool, typer.Option("--once", help="One pass (ingest, publish, feeds), then exit.")] = False,
) -> None:
    """Run the service: take in, publish, write feeds, serve pages, answer."""
    settings = _settings()
    if once:
        failed = _once(settings)
        for sentence in failed:
            typer.echo(f"failed: {sentence}", err=True)
        raise typer.Exit(FAILED if failed else 0)
    _serve(settings)


def _serve(settings: Settings) -> None:
    import asyncio

    from bot.cli import terminal
    from bot.running.allocation import share_one_arena
    from bot.running.listener import bind
    from bot.service import Service

    share_one_arena()
    listener = bind(*settings.host_port)

    async def serve(store: Store) -> None:
        service = Service(settings, store)
        service.stop_on_signals()
        terminal.welcome(settings)
        await service.run(listener)

    with listener, _store(settings) as store:
        asyncio.run(serve(store))


def _once(settings: Settings) -> list[str]:
    import asyncio

    from bot.service import Service

    with _store(settings) as store, _progress() as bar:
        task = bar.add_task("taking in the inbox")

        def show(tally: Tally) -> None:
            bar.update(task, description=f"{tally.new} new, {tally.changed} changed, {tally.broken} set aside")

        async def once() -> list[str]:
            service = Service(settings, store)
            service.stop_on_signals()
            return await service.once(show)

        return asyncio.run(once())


def _progress() -> Progress:
    """What long work shows in a terminal; nothing where nobody looks."""
    import sys

    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from bot.cli import terminal

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=terminal.ERR, disable=not sys.stderr.isatty())


def status(as_json: AsJson = False) -> None:
    """What is stored, what is on its way, what was set aside."""
    import json

    from bot.status import status

    settings = _settings()
    with _store(settings) as store:
        now = status(settings, store)
    if as_json:
        typer.echo(json.dumps(now, ensure_ascii=False, indent=2))
    else:
        from bot.cli.show import overview

        overview.show_status(now, settings.timezone)


def search(
    words: Annotated[list[str], typer.Argument(help='A province, words, a time: "قم سیل هفته گذشته"')],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many articles.")] = 10,
    newest: Annotated[bool, typer.Option("--newest", help="The newest first, not the best.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find articles, as the bot's /search does."""
    import json
    from datetime import UTC, datetime

    from bot.cli.show import found
    from feeds import search
    from feeds.models import Order, SearchQuery
    from feeds.text import colloquial

    settings = _settings()
    colloquial.use(settings.data_dir)
    now = datetime.now(UTC)
    order = Order.NEWEST if newest else Order.BEST
    query = search.parse(" ".join(words), now, settings.timezone, order=order)
    if query.command == "latest":
        query = SearchQuery(query.text, order=order)
    with _store(settings) as store:
        page = store.articles.search(query, limit=limit, now=now)
    if as_json:
        typer.echo(json.dumps(found.as_values(query, page, settings), ensure_ascii=False, indent=2))
    else:
        found.show(query, page, settings)
    raise typer.Exit(0 if page.articles else FAILED)


def preview(file: Annotated[Path, typer.Argument(help="A document, as seeds/FORMAT.md describes it.")]) -> None:
    """Show the post that a document would become."""
    from bot.cli.show import bubble
    from feeds import pipeline
    from feeds.errors import DocumentError
    from feeds.sources.reading import document as document_format

    settings = _settings()
    try:
        document = document_format.parse(file.name, file.read_bytes(), zone=settings.timezone)
    except OSError as error:
        raise DocumentError(str(file), 0, f"can't be read: {error.strerror}") from None
    bubble.show_post(pipeline.edit(document), settings)


@feeds_app.command(name="write")
def feeds_write() -> None:
    """Write every feed whose articles changed into FEEDS_DIR."""
    from datetime import UTC, datetime

    from feeds import syndication

    settings = _settings()
    with _store(settings) as store:
        site = syndication.Site(settings.base_url, settings.timezone, hub=settings.websub_hub)
        written = syndication.write(store, settings.feeds_dir, site, now=datetime.now(UTC))
    typer.echo(f"{len(written.changed)} written, {written.unchanged} unchanged, in {settings.feeds_dir}")
    for problem in written.problems:
        typer.echo(f"failed: {problem}", err=True)
    raise typer.Exit(FAILED if written.problems else 0)


@db_app.command(name="upgrade")
def db_upgrade() -> None:
    """Bring the database to this version's schema (every start does so too)."""
    settings = _settings()
    with _store(settings):
        typer.echo("the database is up to date")


@db_app.command(name="reindex")
def db_reindex() -> None:
    """Fold every stored article again: after an upgrade that changes how words are searched."""
    settings = _settings()
    done = 0
    with _store(settings) as store, _progress() as bar:
        task = bar.add_task("folding")
        for done in store.articles.reindex():
            bar.update(task, description=f"{done:,} articles")
    typer.echo(f"{done:,} articles folded again")


@db_app.command(name="backup")
def db_backup(file: Annotated[Path, typer.Argument(help="Where the copy goes; it must not exist.")]) -> None:
    """Copy the database into a file, whole, while the service runs."""
    from feeds.store import backup

    settings = _settings()
    backup(settings.database_url.get_secret_value(), file)
    typer.echo(f"{file}: {file.stat().st_size:,} bytes")


@db_app.command(name="restore")
def db_restore(file: Annotated[Path, typer.Argument(help="A backup of the database.")]) -> None:
    """Put a backup in the database's place, while no service runs; the present file is kept aside."""
    from datetime import UTC, datetime

    from bot.running import node
    from feeds.store import restore

    settings = _settings()
    now = datetime.now(UTC)
    done = restore(settings.database_url.get_secret_value(), file, now=now, ended=node.has_ended)
    with _store(settings) as store:  # its first opening holds the channels
        articles = store.articles.total()
    typer.echo(f"{done.path}: {articles:,} articles, from {file}")
    if done.aside:
        typer.echo(f"the file that was there is {done.aside}")
    typer.echo(_HELD)


@db_app.command(name="restored")
def db_restored() -> None:
    """Say that the database was put back by other means (pg_restore): its channels are looked into first."""
    from datetime import UTC, datetime

    from feeds.store.delivery.restored import ALL, Behind

    settings = _settings()
    with _store(settings) as store:
        store.restored.mark(ALL, Behind("the store was restored"), datetime.now(UTC))
    typer.echo(_HELD)


_HELD = (
    "before `chapar run` sends anything, it reads what each channel has and this database does not know; "
    "where it can't, it asks the desk"
)
