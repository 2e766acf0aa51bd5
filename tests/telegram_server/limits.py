"""Telegram's limits as sliding windows, and the penalty for breaking them."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field


@dataclass
class Window:
    """At most `count` calls in any `seconds`."""

    count: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until one more call is allowed; 0 for now."""
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        if len(self.times) < self.count:
            return 0.0
        return self.times[-self.count] + self.seconds - now


@dataclass
class Limits:
    """The limits of one bot token: overall, and of each chat."""

    overall: tuple[int, float] = (30, 1.0)
    private: tuple[int, float] = (1, 1.0)
    group: tuple[int, float] = (20, 60.0)
    refusals: int = 0
    during_penalty: int = 0
    """Calls that came although a penalty was running: a good client never makes one."""
    _windows: dict[int | None, Window] = field(default_factory=dict)
    _penalties: dict[int, float] = field(default_factory=dict)

    def refuse(self, chat_id: int, now: float) -> int:
        """Count a call, and return 0; or the seconds of `retry_after` where it is one too many."""
        until = self._penalties.get(chat_id, 0.0)
        if until > now:
            self.during_penalty += 1
            self.refusals += 1
            return math.ceil(until - now)
        windows = (self._window(None, self.overall), self._window(chat_id, self._rate(chat_id)))
        wait = max(window.wait(now) for window in windows)
        if wait > 0:
            self.refusals += 1
            self.punish(chat_id, math.ceil(wait), now)
            return math.ceil(wait)
        for window in windows:
            window.times.append(now)
        return 0

    def punish(self, chat_id: int, seconds: float, now: float) -> None:
        """Take nothing for the chat for some seconds."""
        self._penalties[chat_id] = now + seconds

    def _rate(self, chat_id: int) -> tuple[int, float]:
        return self.private if chat_id > 0 else self.group

    def _window(self, key: int | None, rate: tuple[int, float]) -> Window:
        return self._windows.setdefault(key, Window(*rate))
