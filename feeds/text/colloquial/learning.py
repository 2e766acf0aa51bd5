"""Have hazm asked, once for each of its versions, by a child process that the service outlives whatever happens to it.

The child is niced and ends itself after two minutes of processor time; after `LIMIT_SECONDS` it is killed. Where it
fails (hazm is missing or broken, memory is short, the folder can't be written), the rules go on alone.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from feeds.text.colloquial import reading, table

log = logging.getLogger(__name__)

AFTER_SECONDS = 20.0
"""How long the service is left alone first: its first posts come before everything else."""
LIMIT_SECONDS = 300.0
"""On a processor that others use, a niced process takes long."""
NEEDED_MEGABYTES = 800
"""hazm's 600 to 700 while it answers, and something for the others."""
_MEMORY = Path("/proc/meminfo")
_TOLD = 300
"""Characters of what the child says last."""
COMMAND = (sys.executable, "-P", "-W", "ignore", "-m", "feeds.text.colloquial.asking")


class LearningError(Exception):
    """hazm could not be asked; the text says why."""


async def keep(folder: Path, stop: asyncio.Event, *, after: float = AFTER_SECONDS) -> None:
    """Have the installed hazm asked unless it was, and use what it said from then on.

    A part of the service: it never fails, tells of trouble once, and leaves no child behind when `stop` is set.
    """
    if await _is_set_within(stop, after):
        return
    learning = asyncio.create_task(_learn_if_due(folder))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({learning, stopping}, return_when=asyncio.FIRST_COMPLETED)
    for task in (learning, stopping):
        task.cancel()
    await asyncio.gather(learning, stopping, return_exceptions=True)


async def _learn_if_due(folder: Path) -> None:
    try:
        if is_due(folder):
            log.info("%s", await learn(folder))
            reading.use(folder)
    except LearningError as error:
        log.warning("colloquial words are understood by rules alone, as hazm can't be asked: %s", error)
    except Exception:
        log.exception("colloquial words are understood by rules alone, as hazm can't be asked")


async def _is_set_within(stop: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()


def is_due(folder: Path) -> bool:
    """Whether the installed hazm was not asked yet.

    Raises:
        LearningError: it is not installed.
    """
    try:
        installed = version("hazm")
    except PackageNotFoundError:
        raise LearningError("hazm is not installed; `pip install hazm`") from None
    return not table.path_of(folder, installed).exists()


async def learn(folder: Path, *, limit: float = LIMIT_SECONDS, command: Sequence[str] = COMMAND) -> str:
    """Ask hazm, and write what it says into a folder.

    Cancelled, it takes the child along.

    Returns:
        What was learnt, a sentence.

    Raises:
        LearningError: it did not answer, or not in time.
    """
    pipes = {"stdin": asyncio.subprocess.DEVNULL, "stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
    if (free := _free_megabytes()) < NEEDED_MEGABYTES:
        raise LearningError(f"it needs {NEEDED_MEGABYTES} MB of memory for some seconds, and {free} MB are free")
    try:
        child = await asyncio.create_subprocess_exec(*command, str(folder), **pipes)  # type: ignore[arg-type]
    except OSError as error:
        raise LearningError(f"its process can't be started: {error.strerror}") from None
    try:
        out, err = await asyncio.wait_for(child.communicate(), limit)
    except TimeoutError:
        raise LearningError(f"it took longer than {limit:.0f} s") from None
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    if child.returncode:
        raise LearningError(_last_line(err) or f"its process ended with {child.returncode}")
    return _last_line(out)


def _free_megabytes() -> int:
    """Memory that a process can have without others being swapped out; taken for enough where no Linux tells."""
    try:
        lines = _MEMORY.read_text("ascii").splitlines()
    except OSError:
        return NEEDED_MEGABYTES
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable:")), NEEDED_MEGABYTES)


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").split("\n")
    return next((line.strip()[:_TOLD] for line in reversed(lines) if line.strip()), "")
