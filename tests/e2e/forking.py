"""`chapar` in a process that begins where its imports end: forked from one that has done them.

They are nine tenths of the processor time of a start. What is forked is a process as any other: a pid, signals, output
and an exit code of its own, and nothing shared. That `chapar` starts from nothing as well is seen where a test says
`desk.forked = False`, and in tests/bot/cli/test_lazy_imports.py.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import forkserver
from pathlib import Path
from subprocess import TimeoutExpired
from unittest.mock import patch

_CONTEXT = multiprocessing.get_context("forkserver")


@contextmanager
def server(environment: Mapping[str, str]) -> Iterator[None]:
    """The process that the others are forked from, with all of Chapar imported."""
    with patch.dict(os.environ, environment):
        _CONTEXT.set_forkserver_preload(["imported"])
        forkserver.ensure_running()
    yield
    forkserver._forkserver._stop()  # and its end is waited for, which nothing public does


class Forked:
    """A running `chapar`, as `subprocess.Popen` would have it.

    Args:
        arguments: after `chapar`.
        folder: where it works.
        environment: all of it.
        stdout: the file that its output is added to; stderr, the same.
    """

    def __init__(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], stdout: Path, stderr: Path
    ) -> None:
        self.args = arguments
        what = (arguments, str(folder), dict(environment), str(stdout), str(stderr))
        self._process = _CONTEXT.Process(target=_chapar, args=what, daemon=True)
        self._process.start()

    def poll(self) -> int | None:
        """Its exit code; None while it runs, and the number of the signal that killed it, below 0."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise TimeoutExpired(["chapar", *self.args], timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, where it still runs."""
        if self.poll() is None:
            os.kill(self._process.pid or 0, number)

    def kill(self) -> None:
        """End it as a loss of power would."""
        self._process.kill()


def _chapar(arguments: Sequence[str], folder: str, environment: dict[str, str], stdout: str, stderr: str) -> None:
    """In the forked process: be `chapar …`."""
    from bot.cli.main import main  # noqa: PLC0415 - imported here long since

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for stream, path in ((1, stdout), (2, stderr)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(file, stream)
        os.close(file)
    sys.argv = ["chapar", *arguments]
    main()
