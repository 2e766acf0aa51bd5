"""What `chapar doctor` looks at: is everything in place, and what to do where it isn't.

Nothing is posted and nothing is stored. Each check is a function that gives findings; one that breaks is a finding too,
and hides none of the others.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.cli.doctor.finding import FINE, LOOK, SECONDS, WRONG, Finding
from bot.cli.doctor.telegram import rates, telegram
from bot.posts.links import is_public
from bot.settings import Settings
from feeds.errors import ChaparError, StoreError

if TYPE_CHECKING:
    from feeds.store import Store

log = logging.getLogger(__name__)

SCARCE, LITTLE = 200_000_000, 1_000_000_000
"""Bytes left on the disk: where the service will soon stand still, and where it is time to see to it."""
STALE = timedelta(days=7)
SAMPLES = "samples"


Check = Callable[[Settings], Awaitable[Iterable[Finding]]]


async def examine(settings: Settings) -> list[Finding]:
    """All findings, check by check in the order of going live."""
    checks: dict[str, Check] = {
        "telegram": telegram,
        "rates": rates,
        "sources": sources,
        "samples": samples,
        "pages": pages,
        "database": database,
        "disk": disk,
    }

    async def run(name: str, check: Check) -> list[Finding]:
        try:
            return list(await check(settings))
        except Exception as error:  # one that breaks hides none of the others
            log.debug("the check of %s broke", name, exc_info=True)
            return [Finding(name, WRONG, f"could not be looked at ({type(error).__name__}: {error})", "report it")]

    found = await asyncio.gather(*(run(name, check) for name, check in checks.items()))
    return [finding for findings in found for finding in findings]


# What comes in --------------------------------------------------------------------------------------------------------


async def sources(settings: Settings) -> list[Finding]:
    """Each feed: reachable, fresh, named once; and what channels name exists."""
    from feeds.sources import source_key
    from feeds.sources.following.check import check

    keys = [source_key(source) for source in settings.sources]
    found = [
        Finding(f"source {key}", WRONG, f"is named {count} times", "leave one [[source]] of it in chapar.toml")
        for key, count in Counter(keys).items()
        if count > 1
    ]
    known = {"seeds", *keys}
    for channel in settings.channels:
        if strange := [name for name in channel.sources if name not in known]:
            said = f"takes from {', '.join(strange)}, which no [[source]] is called"
            found.append(Finding(f"channel {channel.key}", WRONG, said, f"one of: {', '.join(sorted(known))}"))
    if not settings.seeds_dir.is_dir():
        do = "make the folder, or set SEEDS_DIR"
        found.append(Finding("inbox", WRONG, f"there is no folder {settings.seeds_dir}", do))
    if not settings.sources:
        return found
    now = datetime.now(UTC)
    for row in await asyncio.to_thread(check, settings.sources, proxy=settings.feed_proxy):
        what = f"source {row.source.name or row.title or row.source.url}"
        if row.trouble:
            found.append(Finding(what, WRONG, row.trouble, f"see {row.source.url} and FEED_PROXY, or take it out"))
        elif row.moved_to:
            found.append(Finding(what, LOOK, "it moved", f"write {row.moved_to} in chapar.toml"))
        elif row.newest is not None and now - row.newest > STALE:
            said = f"nothing new for {(now - row.newest).days} days"
            found.append(Finding(what, LOOK, said, "see whether the site has another feed: `chapar sources add SITE`"))
        else:
            found.append(Finding(what, FINE, f"{row.entries} entries in {row.seconds:.1f} s"))
    return found


async def samples(settings: Settings) -> list[Finding]:
    """The invented documents that come with Chapar are for looking at, not for readers."""
    folder = settings.seeds_dir / SAMPLES
    count = sum(1 for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
    if not count:
        return []
    level = WRONG if settings.channels else LOOK
    said = f"{count} invented documents lie in {folder}"
    do = "delete that folder: they are held, and would be news that never happened"
    return [Finding("samples", level, said, do)]


# What goes out --------------------------------------------------------------------------------------------------------


async def pages(settings: Settings) -> list[Finding]:
    """The pages, at the address that readers have, and the feeds there."""
    import httpx

    from feeds.sources.reading.formats import syndication

    address = settings.base_url
    found: list[Finding] = []
    if not is_public(address):
        do = "set PUBLIC_URL to the address that readers have"
        found.append(Finding("PUBLIC_URL", LOOK, f"links in posts lead to {address}, which only this machine has", do))
    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False, follow_redirects=True) as client:
            answer = await client.get(f"{address}/healthz")
            feed = await client.get(f"{address}/feeds/all.rss")
    except httpx.HTTPError as error:
        do = "start `chapar run`; see the proxy in front of it, and the name's address"
        said = f"{address} can't be reached ({type(error).__name__})"
        return [*found, Finding("pages", WRONG if settings.public_url else LOOK, said, do)]
    if answer.status_code != httpx.codes.OK:
        said = f"{address}/healthz answers {answer.status_code}"
        found.append(Finding("pages", WRONG, said, "see the log of `chapar run`, and the proxy in front of it"))
    else:
        found.append(Finding("pages", FINE, f"{address} answers"))
    try:
        entries = len(syndication.read(feed.content, f"{address}/feeds/all.rss").entries)
    except (syndication.NotAFeedError, ChaparError) as error:
        said = f"{address}/feeds/all.rss is no feed ({feed.status_code}: {error})"
        return [*found, Finding("feeds", WRONG, said, "see the log of `chapar run`, and what the proxy does to /feeds")]
    return [*found, Finding("feeds", FINE, f"all.rss is valid, with {entries} items")]


# Where things are kept ------------------------------------------------------------------------------------------------


async def database(settings: Settings) -> list[Finding]:
    """The store can be opened, is of this version, and what waits in it for the desk."""
    return await asyncio.to_thread(_database, settings)


def _database(settings: Settings) -> list[Finding]:
    from feeds.store import open_store

    url = settings.database_url.get_secret_value()
    if (file := _file_of(url)) is not None and not file.exists():
        return [Finding("database", FINE, f"none yet at {file}; `chapar run` makes it")]
    try:
        with open_store(url) as store:
            return [
                Finding("database", FINE, f"{store.articles.total():,} articles; its tables are of this version"),
                *_open(store),
            ]
    except StoreError as error:
        return [Finding("database", WRONG, str(error), "see docs/operations.md, «Backup, and back»")]


def _open(store: Store) -> list[Finding]:
    """What needs the desk."""
    found: list[Finding] = []
    if why := store.desk.paused():
        found.append(Finding("posts", LOOK, f"everything is paused: {why}", "`chapar resume`"))
    found += [
        Finding(
            f"channel {channel.key}", LOOK, f"is paused: {channel.paused}", f"`chapar resume --channel {channel.key}`"
        )
        for channel in store.channels.all()
        if channel.paused
    ]
    for key, behind in store.restored.behind().items():
        do = f"`chapar channels resume {key}`" if behind.asked else "`chapar run` looks into it"
        found.append(
            Finding("channels" if key == "*" else f"channel {key}", LOOK, f"is held: {behind.asked or behind.why}", do)
        )
    counts = store.deliveries.counts()
    if dead := counts["dead"]:
        found.append(Finding("posts", LOOK, f"{dead} were refused for good", "`chapar status` says why"))
    if problems := len(store.problems.all()):
        found.append(Finding("problems", LOOK, f"{problems} are on record", "`chapar status` names them"))
    return found


async def disk(settings: Settings) -> list[Finding]:
    """There is room, and what is written may be written."""
    file = _file_of(settings.database_url.get_secret_value())
    found = []
    for folder in dict.fromkeys([file.parent if file else settings.feeds_dir, settings.feeds_dir]):
        if not os.access(_existing(folder), os.W_OK):
            do = "let the user that runs Chapar own it"
            found.append(Finding(f"folder {folder}", WRONG, "may not be written", do))
    free = shutil.disk_usage(_existing(file or settings.feeds_dir)).free
    said = f"{free / 1e9:.1f} GB free"
    if free < LITTLE:
        return [*found, Finding("disk", WRONG if free < SCARCE else LOOK, said, "free some, or move DATABASE_URL")]
    return [*found, Finding("disk", FINE, said)]


def _existing(path: Path) -> Path:
    """It, or the nearest folder above it that is there."""
    return next(above for above in (path.absolute(), *path.absolute().parents) if above.exists())


def _file_of(url: str) -> Path | None:
    """The file of a SQLite store."""
    address = urlsplit(url)
    return Path(address.path.removeprefix("/")) if address.scheme.startswith("sqlite") else None
