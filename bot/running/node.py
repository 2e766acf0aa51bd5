"""What a process is called in the store, so that others can tell whether it still lives."""

from __future__ import annotations

import os
import socket
import uuid
from functools import cache
from pathlib import Path


def name() -> str:
    """This process among all nodes, unlike any other before or after it: `place/process id/random`."""
    return f"{place()}/{os.getpid()}/{uuid.uuid4().hex[:12]}"


def has_ended(owner: str) -> bool:
    """Whether the process of that name is known to have ended.

    Only a process of this same place can be judged: the host's name is not enough, as containers may share it, so the
    boot and the space of process ids count too. Of all others (and where the system tells neither) it is not known,
    and their leases have to run out. A process id that was given out again only makes us wait, too.
    """
    where, _, rest = owner.partition("/")
    number = rest.partition("/")[0]
    if where != place() or not number.isdecimal() or not where.count("@"):
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


@cache
def place() -> str:
    """The host, and where the system tells them, the boot and the space of process ids that we live in."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{socket.gethostname()}@{boot}@{Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return socket.gethostname()
