"""How the whole does: what is stored, what is on its way, what was set aside; for the terminal and the status page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.settings import Settings
from feeds.models import ChannelState
from feeds.sources.following import health
from feeds.store import Store
from feeds.store.delivery.deliveries import Traffic
from feeds.store.delivery.restored import ALL, Behind

INBOX = "seeds"
"""The inbox's key among the sources."""
PREVIEW = "preview"
"""The key of the channel that is a page, see `bot.publishing.routing`."""


def status(settings: Settings, store: Store) -> Mapping[str, Any]:
    """What the desk wants to know, as JSON-able values."""
    inbox = {"key": INBOX, "folder": str(settings.seeds_dir)}
    feeds = health.report(store, settings.sources, datetime.now(UTC))
    return {
        "articles": store.articles.total(),
        "deliveries": store.deliveries.counts(),
        "channels": list(channels(settings, store)),
        "sources": [inbox, *map(health.as_dict, feeds)],
        "problems": [asdict(problem) | {"since": problem.since.isoformat()} for problem in store.problems.all()],
        "ticks": {name.removeprefix("tick:"): value for name, value in store.key_values.all("tick:").items()},
        "paused": store.desk.paused(),
    }


def channels(settings: Settings, store: Store) -> Iterator[dict[str, Any]]:
    """Each channel: those of the settings in their order, then what the store knows besides."""
    known = {channel.key: channel for channel in store.channels.all()}
    traffic, behind = store.deliveries.traffic(), store.restored.behind()
    served = [channel.key for channel in settings.channels] or [PREVIEW]
    for key in dict.fromkeys((*served, *sorted(known), *sorted(traffic))):
        state, moves = known.get(key), traffic.get(key, Traffic())
        held = behind.get(key) or (behind.get(ALL) if key in served else None)
        yield {
            "key": key,
            "title": state.title if state else "",
            "username": state.username if state else "",
            "number": state.chat_id if state else None,
            "served": key in served,
            "state": (why := _trouble(key, state, held, served=key in served))[0],
            "trouble": why[1],
            **asdict(moves),
            "last": moves.last.isoformat() if moves.last else None,
        }


def _trouble(key: str, state: ChannelState | None, behind: Behind | None, *, served: bool) -> tuple[str, str]:
    """How a channel does, in a word and in a sentence; no sentence while posts flow."""
    if not served:
        return "unserved", "no longer among the channels" if key == PREVIEW else "in no setting"
    if state is None:
        return "unknown", "not looked at yet"
    if behind:
        return "behind", f"held: {behind.asked or behind.why}"
    if state.paused:
        return "paused", f"paused: {state.paused}"
    return ("blocked", f"refuses the bot: {state.blocked}") if state.blocked else ("flows", "")
