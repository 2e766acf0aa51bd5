"""What goes wrong, by script or by chance."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """What happens to a call."""

    TOO_MANY = "429, not processed"
    ERROR_BEFORE = "5xx, not processed"
    ERROR_AFTER = "5xx although it was processed"
    DROP_BEFORE = "connection reset, not processed"
    DROP_AFTER = "connection reset after it was processed"
    SLOW_AFTER = "processed, and answered too late"
    SLOW = "answered late, but in time"
    GARBAGE_AFTER = "processed, and answered with a page of HTML"
    BLOCKED = "403"
    REFUSED = "400"
    STATUS = "another status, not processed"


@dataclass
class Fault:
    """A fault for the next `times` calls that match."""

    kind: Kind
    method: str = ""
    chat_id: int | None = None
    times: int = 1
    seconds: float = 1.0
    """retry_after, or how late the answer is."""
    description: str = ""
    code: int = 0

    def matches(self, method: str, chat_id: int | None) -> bool:
        fits_method = not self.method or self.method.lower() == method
        return self.times > 0 and fits_method and self.chat_id in (None, chat_id)


@dataclass
class Faults:
    """The script: planned faults first, then chance."""

    planned: list[Fault] = field(default_factory=list)
    chances: dict[Kind, float] = field(default_factory=dict)
    seconds: dict[Kind, float] = field(default_factory=dict)
    methods: frozenset[str] = frozenset(
        {"sendmessage", "sendphoto", "editmessagetext", "editmessagecaption", "deletemessage"}
    )
    """What chance strikes."""
    rng: random.Random = field(default_factory=lambda: random.Random(1))
    struck: dict[Kind, int] = field(default_factory=dict)

    def plan(
        self,
        kind: Kind,
        method: str = "",
        *,
        chat_id: int | None = None,
        times: int = 1,
        seconds: float = 1.0,
        description: str = "",
        code: int = 0,
    ) -> None:
        self.planned.append(Fault(kind, method, chat_id, times, seconds, description, code))

    def clear(self) -> None:
        """Nothing more goes wrong by plan."""
        self.planned.clear()

    def next(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that strikes this call, if any."""
        fault = next((fault for fault in self.planned if fault.matches(method, chat_id)), None)
        if fault is not None:
            fault.times -= 1
        elif method in self.methods:
            fault = self._by_chance()
        if fault is not None:
            self.struck[fault.kind] = self.struck.get(fault.kind, 0) + 1
        return fault

    def _by_chance(self) -> Fault | None:
        draw = self.rng.random()
        for kind, chance in self.chances.items():
            if draw < chance:
                return Fault(kind, seconds=self.seconds.get(kind, 1.0))
            draw -= chance
        return None
