"""Every feed asked now, for people: `chapar sources check`."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.sources import SourceSettings
from feeds.sources.discovery import fetch_onward
from feeds.sources.fetching.fetch import Fetched, Fetcher, FetchError, Limits, Wanted
from feeds.sources.reading.content import channel_of
from feeds.sources.reading.entry import Channel
from feeds.sources.reading.formats import syndication
from feeds.sources.reading.formats.pieces import pieces

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a feed answered when it was asked just now; nothing was stored."""

    source: SourceSettings
    seconds: float
    size: int = 0
    entries: int = 0
    newest: datetime | None = None
    title: str = ""
    moved_to: str = ""
    trouble: str = ""
    """Why it can't be read, or what is wrong with it; "" where all is well."""


def check(
    sources: Sequence[SourceSettings],
    *,
    proxy: str = "",
    limits: Limits | None = None,
    told: Callable[[Checked], None] = lambda _: None,
) -> tuple[Checked, ...]:
    """Ask each feed now, many at once, and say what it answers; nothing is stored, nothing is posted.

    Args:
        sources: The feeds.
        proxy: For those that name none of their own.
        limits: What a fetch may take.
        told: Is called with each result as it comes, from the thread that calls this.
    """

    async def ask_all() -> tuple[Checked, ...]:
        async with Fetcher(limits) as fetcher:

            async def ask(source: SourceSettings) -> Checked:
                checked = await _ask(fetcher, source, proxy)
                told(checked)
                return checked

            return tuple(await asyncio.gather(*map(ask, sources)))

    return asyncio.run(ask_all())


async def _ask(fetcher: Fetcher, source: SourceSettings, proxy: str) -> Checked:
    begin = time.perf_counter()
    wanted = Wanted(
        source.address,
        proxy=source.proxy or proxy,
        allow_private=source.allow_private,
        login=source.login,
        agent=source.agent,
    )
    try:
        answer = await fetch_onward(fetcher, wanted)
        if not isinstance(answer, Fetched):
            return Checked(source, time.perf_counter() - begin, trouble="nothing came")
        channels = await asyncio.to_thread(
            lambda: [_summed(channel_of(answer, piece, source)) for piece in pieces(answer.open())]
        )
    except (FetchError, syndication.NotAFeedError) as error:
        return Checked(source, time.perf_counter() - begin, trouble=str(error))
    except Exception as error:  # one that breaks us hides none of the others
        log.exception("%s could not be read", source.url)
        return Checked(source, time.perf_counter() - begin, trouble=f"could not be read ({type(error).__name__})")
    return Checked(
        source,
        seconds=time.perf_counter() - begin,
        size=answer.size,
        entries=sum(entries for _, entries, _ in channels),
        newest=max((newest for _, _, newest in channels if newest), default=None),
        title=channels[0][0].title,
        moved_to=answer.moved_to,
        trouble=answer.fault or next((channel.fault for channel, _, _ in channels if channel.fault), ""),
    )


def _summed(channel: Channel) -> tuple[Channel, int, datetime | None]:
    """A piece of a feed without its entries; how many it has, and when the newest was published."""
    newest = max((entry.published for entry in channel.entries if entry.published), default=None)
    return replace(channel, entries=()), len(channel.entries), newest
