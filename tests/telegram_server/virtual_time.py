"""An event loop whose clock jumps: sleeping takes no time, while sockets and threads work as they do."""

from __future__ import annotations

import asyncio
import selectors
from concurrent.futures import ThreadPoolExecutor
from typing import Any

_SETTLE_SECONDS = 0.0005
"""How long a socket of this machine may take to hand over what was just written."""


_TICK = 0.000001
"""What a turn of the loop takes: a clock that stood still would let whoever polls it poll for ever."""


class _Selector(selectors.DefaultSelector):
    """Looks at the sockets; where nothing is to be read and no thread works, time jumps to the next timer."""

    jumped = 0.0
    busy = 0

    def select(self, timeout: float | None = None) -> list[Any]:
        self.jumped += _TICK
        if timeout is not None and timeout <= 0:
            return super().select(0)
        while self.busy or timeout is None:  # the end of a thread's work is told through a socket, too
            if ready := super().select(None):
                return ready
        if ready := super().select(_SETTLE_SECONDS):
            return ready
        self.jumped += timeout
        return []


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """Time begins at 0 and goes on only where nothing else is to do; work takes next to none of it."""

    def __init__(self) -> None:
        self._jumping = _Selector()
        super().__init__(self._jumping)
        self.set_default_executor(ThreadPoolExecutor(4))

    def time(self) -> float:
        return self._jumping.jumped

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:
        self._jumping.busy += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._rested)
        return future

    def _rested(self, _future: Any) -> None:
        self._jumping.busy -= 1

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:  # noqa: ARG002, ASYNC109
        """Wait for threads as long as they take: since Python 3.12 there is a limit, and here it passes at once."""
        await super().shutdown_default_executor()
