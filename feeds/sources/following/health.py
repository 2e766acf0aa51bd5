"""How each followed feed does, for people: `chapar sources list` and `check`, the status page, alerts."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from feeds.models import SourceState
from feeds.sources import SourceSettings
from feeds.sources.fetching.fetch import Fetched, Fetcher, FetchError, Limits, Wanted
from feeds.sources.following.poll import source_key
from feeds.sources.following.source_state import trouble
from feeds.sources.following.unread import channel_of
from feeds.sources.reading import syndication
from feeds.sources.reading.entry import Channel
from feeds.sources.reading.pieces import pieces
from feeds.store import Store

log = logging.getLogger(__name__)

LAG_WINDOW = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Health:
    """How a feed does. Times are UTC; None where it did not happen yet."""

    key: str
    name: str
    url: str
    state: SourceState
    trouble: str
    """What the desk should know, in one sentence; "" where all is well."""
    lag_median: timedelta | None
    """From publication to post, of the last week."""
    lag_p95: timedelta | None


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


def report(store: Store, sources: Iterable[SourceSettings], now: datetime) -> tuple[Health, ...]:
    """How each of these feeds does, in their order."""
    states, all_lags = store.sources.all(), store.sources.lags(now - LAG_WINDOW)
    found = []
    for source in sources:
        key = source_key(source)
        state = states.get(key) or SourceState(key, source.url)
        lags = all_lags.get(key, [])
        name = source.name or state.title or key
        median, p95 = percentile(lags, 50), percentile(lags, 95)
        found.append(Health(key, name, source.url, state, trouble(state, now), median, p95))
    return tuple(found)


def as_dict(health: Health) -> dict[str, Any]:
    """How a feed does, as JSON-able values; times are ISO 8601, spans seconds."""
    state = health.state
    return {
        "key": health.key,
        "name": health.name,
        "url": health.url,
        "polled": _iso(state.polled),
        "succeeded": _iso(state.succeeded),
        "newest": _iso(state.newest),
        "next_poll": _iso(state.next_poll),
        "entries": state.entries,
        "failures": state.failures,
        "usual_gap": _seconds(state.habit),
        "lag_p50": _seconds(health.lag_median),
        "lag_p95": _seconds(health.lag_p95),
        "trouble": health.trouble,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else round(span.total_seconds())


def percentile(ordered: Sequence[timedelta], share: int) -> timedelta | None:
    """The value that `share` percent of sorted values do not exceed (nearest rank); None of nothing."""
    return ordered[max(-(-len(ordered) * share // 100), 1) - 1] if ordered else None


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
    wanted = Wanted(source.url, proxy=source.proxy or proxy, allow_private=source.allow_private, login=source.login)
    try:
        answer = await fetcher.fetch(wanted)
        if not isinstance(answer, Fetched):
            return Checked(source, time.perf_counter() - begin, trouble="nothing came")
        channels = await asyncio.to_thread(
            lambda: [_summed(channel_of(answer, piece)) for piece in pieces(answer.open())]
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
