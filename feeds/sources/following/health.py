"""How each followed feed does, for people: `chapar sources list`, the status page, alerts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from feeds.models import SourceState
from feeds.sources import SourceSettings, source_key
from feeds.sources.following import timing
from feeds.store import Store

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


def trouble(state: SourceState, now: datetime) -> str:
    """What the desk should know of a feed, in one sentence; "" where all is well."""
    if state.damage:
        return state.damage
    if state.error:
        times = f" ({state.failures} times in a row)" if state.failures > 1 else ""
        return f"{state.error}{times}"
    silence = timing.silent_for(state.newest, state.habit, now)
    if silence is None:
        return ""
    usual = f"; usually there is one every {_hours(state.habit)}" if state.habit else ""
    return f"no new article for {_hours(silence)}{usual}: look whether the site still publishes there"


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


def _hours(span: timedelta | None) -> str:
    minutes = round((span or timedelta()).total_seconds() / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"  # noqa: PLR2004
