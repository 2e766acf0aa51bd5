"""Which channels the store lags behind, or may: nothing is sent there until `recovery` has looked."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from bot.publishing.registry import ChannelRegistry
from bot.publishing.restored.newest import Newest
from feeds.models import ChannelState
from feeds.store.delivery.restored import ALL, Behind, Restored

log = logging.getLogger(__name__)


class Lag:
    """Holds channels.

    Args:
        restored: where it is kept which are held.
        registry: the node's channels.
        newest: what the channels are known to have reached; None where nothing outside the store tells.
        now: the clock.
    """

    def __init__(
        self, restored: Restored, registry: ChannelRegistry, newest: Newest | None, now: Callable[[], datetime]
    ) -> None:
        self._restored = restored
        self._registry = registry
        self._newest = newest
        self._now = now
        self._glanced: set[str] = set()

    def look(self, states: Iterable[ChannelState]) -> frozenset[str]:
        """The channels that nothing may be sent to now; those that lag are found here."""
        served = [state for state in states if state.key in self._registry.facts]
        served = [state for state in served if not self._registry.channels[state.key].stored]
        behind = self._restored.behind()
        if ALL in behind:
            keys = [key for key, channel in self._registry.channels.items() if not channel.stored]
            self._restored.spread(behind[ALL], keys, self._now())
            behind = dict.fromkeys(keys, behind[ALL]) | {key: one for key, one in behind.items() if key != ALL}
        for key, found in self._suspected(served).items():
            known = behind.get(key)
            if known is None or found.newest > known.newest or (found.proven and not known.proven):
                behind[key] = replace(found, asked=known.asked if known else "")
                self._restored.mark(key, behind[key], self._now())
                if found.proven:
                    log.warning("channel %s is held: %s", key, found.why)
        if self._newest is not None:
            self._newest.learn(state for state in served if state.key not in behind)
        return frozenset(behind)

    def _suspected(self, served: Iterable[ChannelState]) -> dict[str, Behind]:
        if self._newest is None:
            return {}
        served = list(served)
        why = "the store does not know its newest messages, as after a backup was put in place"
        found = {key: Behind(why, newest=newest) for key, newest in self._newest.lagging(served).items()}
        for state in served:
            if state.key in self._glanced:
                continue
            self._glanced.add(state.key)
            if not self._newest.vouches and state.last_message_id and state.key not in found:
                found[state.key] = Behind("it is looked whether the store is as new as the channel", proven=False)
        return found

    def learn(self, state: ChannelState) -> None:
        """A channel is caught up with."""
        if self._newest is not None:
            self._newest.learn([state])
