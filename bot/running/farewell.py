"""Ctrl-C: the service is gone within two seconds, and says what it waits for meanwhile.

What is under way then is safe at any moment, as with a crash: stores and files change whole or not at all, and a post
whose answer did not come is looked for at the next start. So nothing needs to be waited for longer than a person waits.
SIGTERM, which programs send, has no such limit: it lets all that is under way end.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)

SAY_SECONDS = 0.4
LEAVE_SECONDS = 1.7
THREADS = "work in a thread (a source that answers slowly, or the store)"


class Farewell:
    """The end that a person asked for."""

    def __init__(self, waited: Callable[[], Sequence[str]], leave: Callable[[int], object] = os._exit) -> None:
        """Prepare the end.

        Args:
            waited: names what is still under way; called in a thread.
            leave: ends the process at once.
        """
        self._waited = waited
        self._leave = leave
        self._begun = False

    def begin(self) -> None:
        """Ctrl-C was pressed; a second time, nothing is waited for."""
        if self._begun:
            self._leave(0)
        self._begun = True
        threading.Thread(target=self._watch, name="farewell", daemon=True).start()

    def _watch(self) -> None:
        pause = threading.Event()
        pause.wait(SAY_SECONDS)
        log.warning("stopping, and waiting for %s; Ctrl-C again leaves at once", self._names())
        pause.wait(LEAVE_SECONDS - SAY_SECONDS)
        log.warning("%s did not end in time: left as it is, and taken up at the next start", self._names())
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self._leave(0)

    def _names(self) -> str:
        return ", ".join(self._waited()) or THREADS
