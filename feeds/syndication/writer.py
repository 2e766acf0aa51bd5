"""One pass over all feeds: what has changed is written into its files, and nothing else is touched."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feeds.models import Problem
from feeds.store import Store
from feeds.store.archive.lists import Selection
from feeds.store.database.touched import CORRECTED, EVERYTHING
from feeds.syndication.catalogue import Site, feed_of, heads_of
from feeds.syndication.channel import CORRECTIONS, SOURCES, Channel
from feeds.syndication.files import FeedFolder
from feeds.syndication.formats import opml, rss
from feeds.syndication.items import FORMATS, Unfit

log = logging.getLogger(__name__)

OPML_FILE = "feeds.opml"
RENDERING = 2
"""Raise it when the same articles are to be written down in another way: all files are then made again."""
_AGENCY = "agency:"
_AT_ONCE = 4
"""Files that are written at a time: each waits for the disk."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a pass came to."""

    changed: tuple[str, ...]
    """Names of the files that have new bytes."""
    unchanged: int
    """How many files were left alone."""
    problems: tuple[str, ...] = ()
    """Articles that fit into no feed, a sentence each; the others are there."""


def write(
    store: Store, folder: Path, site: Site, *, now: datetime, touched: Collection[str] = frozenset((EVERYTHING,))
) -> Written:
    """Bring the feed files up to the store: everything, each province, each agency, breaking news, corrections.

    Args:
        store: Where the articles are.
        folder: Where the files go; made when it is not there.
        site: Whose feeds they are; it remembers what was written of them.
        now: The time of the pass, for problems it sets in the store: no byte of a feed depends on it.
        touched: The tags of what has changed since the last pass: other feeds are not looked at.

    Raises:
        FeedError: a file can't be written; those already written are whole, and so is the old one.
        StoreError: the articles can't be read.
    """
    files = FeedFolder(folder)
    whole = EVERYTHING in touched
    listed = site.agencies_known
    agencies = site.agencies(store, signed=None if whole else _agencies_in(touched))
    unfit: list[Unfit] = []
    with ThreadPoolExecutor(_AT_ONCE, "feed-files") as disk:
        for channel in (*site.standing, *agencies):
            if whole or _is_touched(channel, touched):
                unfit += _bring_up(store, files, site, channel, disk)
    if whole or agencies != listed:
        files.keep_only(SOURCES, {channel.slug for channel in agencies})
        files.put(OPML_FILE, opml.render(site.name, _groups(site, agencies), ending=rss.ENDING))
    files.close()
    return Written(tuple(files.changed), files.unchanged, _set_aside(store, unfit, now) if whole or unfit else ())


def _agencies_in(tags: Collection[str]) -> set[str]:
    return {tag.removeprefix(_AGENCY) for tag in tags if tag.startswith(_AGENCY)} - {""}


def _is_touched(channel: Channel, tags: Collection[str]) -> bool:
    """Whether a feed may be another after changes with these tags."""
    of = channel.selection
    if of == Selection():
        return bool(tags) and (channel.slug != CORRECTIONS or CORRECTED in tags)
    return (f"province:{of.province}" if of.province else f"{_AGENCY}{of.agency}" if of.agency else "urgent") in tags


def _bring_up(
    store: Store, files: FeedFolder, site: Site, channel: Channel, disk: ThreadPoolExecutor
) -> Iterable[Unfit]:
    names = {f"{channel.slug}.{form.ending}": form.ending for form in FORMATS}
    heads = heads_of(store, channel)
    made_of = _digest(RENDERING, heads, channel, site.zone.key)
    if files.stands(channel.slug, made_of, list(names)):
        return ()
    feed = feed_of(store, site, channel, heads)
    list(disk.map(lambda name: files.put(name, feed.document(names[name])), names))
    files.remember(channel.slug, made_of)
    return feed.unfit


def _groups(site: Site, agencies: Iterable[Channel]) -> Mapping[str, Iterable[Channel]]:
    everything, *others = site.standing
    provinces = [channel for channel in others if channel.province]
    single = [channel for channel in others if not channel.province]
    groups = {"": [everything, *single], "استان‌ها": provinces, "منبع‌ها": list(agencies)}
    return {name: channels for name, channels in groups.items() if channels}


def _set_aside(store: Store, unfit: Iterable[Unfit], now: datetime) -> tuple[str, ...]:
    """Show the desk which articles are in no feed, and forget those that have been mended since."""
    sentences = []
    for uid, error in {one.name.partition("/")[0]: one.reason for one in unfit}.items():
        what = f"it fits into no feed and was left out ({error}); mend its text or address at the source"
        log.error("article %s: %s", uid, what)
        store.problems.set(Problem(where=f"article {uid}", line=0, what=what, since=now, kind="feed"))
        sentences.append(f"article {uid}: {what}")
    for problem in store.problems.all(kind="feed"):
        article = store.articles.by_uid(problem.where.removeprefix("article "))
        if article is None or article.retracted or article.held or article.updated > problem.since:
            store.problems.clear(problem.where)
    return tuple(sentences)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
