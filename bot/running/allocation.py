"""How a long-running process keeps and gives back what it takes: glibc's arenas, and Python's collector of garbage.

By default every thread gets an arena of its own, and an arena gives nothing back while its end is in use: a service
whose pages are made in turn by a dozen threads keeps a dozen times what one of them needed at most. Python's lock lets
one thread run at a time anyway, so one arena costs nothing.
"""

from __future__ import annotations

import ctypes
import gc

_ARENA_MAX = -8
"""M_ARENA_MAX of malloc.h."""
OBJECTS = 5_000
"""New objects after which garbage is looked for. At 50,000, as while libraries load, what hangs in circles is 4 MB
where feeds are read."""


def share_one_arena() -> bool:
    """Let all threads that are yet to begin share one arena; False where the C library is not glibc."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_ARENA_MAX, 1))


def settle() -> None:
    """Collect garbage in small portions from now on: what is loaded stays, and is looked through no more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS)
