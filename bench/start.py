"""How long until a word appears: the processor time of a command, from its start to its end.

Claim: `--version` takes at most 8 times what Python takes to do nothing, `--help` 10 times, and `status`, `search` and
`queue` on a store of 1,000 articles 20 times. `run` is measured to its first post of the samples, in seconds and in
processor time, and to its first page; what it was before is measured with `--before`.
Peer: `python -c pass` of the same environment, in the same run.

    python bench/start.py [--runs 9] [--articles 1000] [--before CHECKOUT]

`--before` measures the same commands of another checkout too, in turns. Medians; processor time is of all threads,
user and system, so other work on the machine changes it little.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ingest import count_sent, write_documents

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = (
    ("--version",),
    ("--help",),
    ("status", "--help"),
    ("status",),
    ("queue",),
    ("search", "قم گزارش"),
)
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60.0
"""Seconds until a start has failed."""


@dataclass(frozen=True)
class Figures:
    """Processor time, in seconds, of each run."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Of the processor time."""
        return statistics.median(self.cpu)


def environment(checkout: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(checkout),
        "PYTHONDONTWRITEBYTECODE": "",  # a desk's second start has compiled nothing, and so has its first with pip
        "LOG_LEVEL": "WARNING",
        "HTTP_ADDRESS": f"127.0.0.1:{port()}",
    }


def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def once(command: Sequence[str], home: Path, variables: Mapping[str, str], figures: Figures) -> int:
    """Run a command to its end; returns its exit code."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=home, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    figures.cpu.append(usage.ru_utime + usage.ru_stime)
    figures.wall.append(time.perf_counter() - begin)
    return process.returncode


def spent(pid: int) -> float:
    """The processor time of a running process, in seconds."""
    numbers = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / TICKS


def first_post(home: Path, variables: Mapping[str, str], post: Figures, page: Figures) -> None:
    """Start the service on the samples and an empty store; note when its first post is out, and its first page."""
    shutil.rmtree(home / "var", ignore_errors=True)
    url = f"http://{variables['HTTP_ADDRESS']}/healthz"
    begin = time.perf_counter()
    with (home / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=home, env=variables, stdout=log, stderr=log
        )
    try:
        while not count_sent(home / "var/chapar.db"):
            if process.poll() is not None or time.perf_counter() - begin > PATIENCE:
                raise SystemExit((home / "log.txt").read_text()[-2000:])
            time.sleep(0.01)
        post.cpu.append(spent(process.pid))
        post.wall.append(time.perf_counter() - begin)
        while not answers(url):
            time.sleep(0.01)
        page.cpu.append(spent(process.pid))
        page.wall.append(time.perf_counter() - begin)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def answers(url: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
        return bool(answer.status == 200)
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--before", type=Path, help="another checkout, to compare with")
    options = parser.parse_args()
    checkouts = {"now": ROOT} | ({"before": options.before.resolve()} if options.before else {})
    nothing = Figures()
    figures = {(name, command): Figures() for name in checkouts for command in COMMANDS}
    run = {(name, to): Figures() for name in checkouts for to in ("its first post", "its first page")}
    with tempfile.TemporaryDirectory() as name:
        homes = {name: Path(folder, name) for folder in [name] for name in checkouts}
        for label, home in homes.items():
            (home / "seeds").mkdir(parents=True)
            write_documents(home / "seeds", options.articles)
            code = once([sys.executable, "-m", "bot", "run", "--once"], home, environment(checkouts[label]), Figures())
            if code or count_sent(home / "var/chapar.db") != options.articles:
                raise SystemExit(f"{label}: the store could not be filled")
            (home / "fresh").mkdir()
            shutil.copytree(checkouts[label] / "seeds", home / "fresh" / "seeds")
        for _ in range(options.runs):
            once([sys.executable, "-c", "pass"], Path(name), os.environ, nothing)
            for label, home in homes.items():
                variables = environment(checkouts[label])
                for command in COMMANDS:
                    once([sys.executable, "-m", "bot", *command], home, variables, figures[label, command])
                post, page = run[label, "its first post"], run[label, "its first page"]
                first_post(home / "fresh", variables, post, page)
    print(f"`python -c pass`: {nothing.median * 1000:.0f} ms of processor time, median of {options.runs}\n")
    print("| | " + " | ".join(f"{label}, ms | times `pass`" for label in checkouts) + " |")
    print("|---|" + "---:|---:|" * len(checkouts))
    for command in COMMANDS:
        cells = (figures[label, command].median for label in checkouts)
        row = " | ".join(f"{cpu * 1000:.0f} | {cpu / nothing.median:.1f}" for cpu in cells)
        print(f"| `chapar {' '.join(command)}` | {row} |")
    for to in ("its first post", "its first page"):
        found = [run[label, to] for label in checkouts]
        row = " | ".join(f"{f.median * 1000:.0f} | {f.median / nothing.median:.1f}" for f in found)
        print(f"| `chapar run` to {to} | {row} |")
    for label in checkouts:
        walls = ", ".join(
            f"{to} {statistics.median(run[label, to].wall):.2f} s" for to in ("its first post", "its first page")
        )
        print(f"\nOn the clock, `chapar run`, {label}: {walls}.")


if __name__ == "__main__":
    main()
