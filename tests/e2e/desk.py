"""A desk's machine for the tests: a folder with an inbox, and the command run in it as a process."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
# `httpx.get` reads all certificates at each call, 23 ms of them, and a start is asked twenty times a second.
PLAIN = httpx.Client(timeout=10, verify=False, limits=httpx.Limits(max_keepalive_connections=0))
START_SECONDS = 40
"""Two cores and a cold cache are given time; a test that waits so long has failed."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Desk:
    """A working directory with its settings."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)

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
        python = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error,ignore::DeprecationWarning:hazm"}
        return {**kept, "HTTP_ADDRESS": f"127.0.0.1:{self.port}", **python, **self.settings}

    def run(self, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run `chapar …` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def status(self) -> dict[str, Any]:
        done = self.run("status", "--json")
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def start(self) -> subprocess.Popen[str]:
        """Start `chapar run`; its output goes to a file beside the inbox."""
        log = (self.folder / "run.log").open("a", encoding="utf-8")
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=self.folder,
                env=self.environment(),
                stdout=log,
                stderr=log,
                text=True,
            )

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[str]]:
        """`chapar run`, answering; ended at the end."""
        process = self.start()
        try:
            self.until(lambda: self.get("/healthz") is not None, process)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                raise

    def get(self, path: str) -> httpx.Response | None:
        try:
            return PLAIN.get(self.url + path)
        except httpx.TransportError:
            return None

    def until(
        self, condition: Any, process: subprocess.Popen[str] | None = None, seconds: float = START_SECONDS
    ) -> None:
        """Wait for something to become true."""
        end = time.monotonic() + seconds
        while not condition():
            assert process is None or process.poll() is None, self.log()
            assert time.monotonic() < end, self.log()
            time.sleep(0.05)

    def log(self) -> str:
        path = self.folder / "run.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""
