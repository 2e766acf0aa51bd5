"""A desk's machine for the tests: a folder with an inbox, and the command run in it as a process."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from forking import Forked

ROOT = Path(__file__).parents[2]
PYTHON = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error,ignore::DeprecationWarning:hazm"}
# `httpx.get` reads all certificates at each call, 23 ms of them, and a start is asked twenty times a second.
PLAIN = httpx.Client(timeout=10, verify=False, limits=httpx.Limits(max_keepalive_connections=0))
Process = Forked | subprocess.Popen[str]
PATIENCE = 120
"""Seconds: a busy machine is given time; a test that waits so long has failed."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def waited_for_processor(pid: int) -> float:
    """Seconds that the threads of a process were ready to run and others had the processors; 0 where none says so."""
    waited = 0
    for path in Path(f"/proc/{pid}/task").glob("*/schedstat"):  # https://docs.kernel.org/scheduler/sched-stats.html
        with suppress(OSError):  # a thread that ended meanwhile
            waited += int(path.read_text().split()[1])
    return waited / 1e9


@dataclass
class Desk:
    """A working directory with its settings."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    forked: bool = True
    """Whether its processes are forked from one that has the imports behind it: see `forking`."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def seeds(self) -> Path:
        return self.folder / "seeds"

    def write(self, name: str, title: str, body: str = "قم – متن خبر آمد.", day: str = "2025-09-24") -> Path:
        """A document, dropped into the inbox in one move as careful programs do."""
        path = self.seeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_text(f" date {day}   1. استانها\n{title}\n\n{body}\n", encoding="utf-8")
        past = time.time() - 60  # written a minute ago: nobody is still writing to it
        os.utime(part, (past, past))
        part.replace(path)
        return path

    def environment(self) -> Mapping[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "XDG_RUNTIME_DIR") if name in os.environ}
        return {**kept, "HTTP_ADDRESS": f"127.0.0.1:{self.port}", **PYTHON, **self.settings}

    def run(self, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run `chapar …` to its end."""
        with TemporaryDirectory() as name:
            stdout, stderr = Path(name, "stdout"), Path(name, "stderr")
            process = self._begin(arguments, stdout, stderr)
            try:
                code = process.wait(timeout)
            finally:
                process.kill()
            said = (path.read_text(encoding="utf-8") for path in (stdout, stderr))
            return subprocess.CompletedProcess(arguments, code, *said)

    def status(self) -> dict[str, Any]:
        done = self.run("status", "--json")
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def start(self) -> Process:
        """Start `chapar run`; its output goes to a file beside the inbox."""
        return self._begin(("run",), self._log, self._log)

    def _begin(self, arguments: Sequence[str], stdout: Path, stderr: Path) -> Process:
        environment = self.environment()
        if self.forked:
            return Forked(arguments, self.folder, environment, stdout, stderr)
        with stdout.open("a") as out, stderr.open("a") as err:
            command = [sys.executable, "-m", "bot", *arguments]
            return subprocess.Popen(command, cwd=self.folder, env=environment, stdout=out, stderr=err, text=True)

    @contextmanager
    def running(self) -> Iterator[Process]:
        """`chapar run`, answering; ended at the end."""
        process = self.start()
        try:
            self.until(lambda: self.get("/healthz") is not None, process)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                raise

    def get(self, path: str) -> httpx.Response | None:
        try:
            return PLAIN.get(self.url + path)
        except httpx.TransportError:
            return None

    def until(self, condition: Any, process: Process | None = None, seconds: float = PATIENCE) -> None:
        """Wait for something to become true."""
        end = time.monotonic() + seconds
        while not condition():
            assert process is None or process.poll() is None, self.log()
            assert time.monotonic() < end, self.log()
            time.sleep(0.05)

    @property
    def _log(self) -> Path:
        return self.folder / "run.log"

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""
