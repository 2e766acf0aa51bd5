"""How the whole does: what is stored, what is on its way, what was set aside; for the terminal and the status page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.settings import Settings
from feeds.sources.following import health
from feeds.store import Store

INBOX = "seeds"
"""The inbox's key among the sources."""


def status(settings: Settings, store: Store) -> Mapping[str, Any]:
    """What the desk wants to know, as JSON-able values."""
    inbox = {"key": INBOX, "folder": str(settings.seeds_dir)}
    feeds = health.report(store, settings.sources, datetime.now(UTC))
    return {
        "articles": store.articles.total(),
        "deliveries": store.deliveries.counts(),
        "sources": [inbox, *map(health.as_dict, feeds)],
        "problems": [asdict(problem) | {"since": problem.since.isoformat()} for problem in store.problems.all()],
        "ticks": {name.removeprefix("tick:"): value for name, value in store.key_values.all("tick:").items()},
        "paused": store.desk.paused(),
    }
