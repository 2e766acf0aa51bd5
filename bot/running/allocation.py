"""How glibc keeps what a long-running process gives back.

By default every thread gets an arena of its own, and an arena gives nothing back while its end is in use: a service
whose pages are made in turn by a dozen threads keeps a dozen times what one of them needed at most. Python's lock lets
one thread run at a time anyway, so one arena costs nothing.
"""

from __future__ import annotations

import ctypes

_ARENA_MAX = -8
"""M_ARENA_MAX of malloc.h."""


def share_one_arena() -> bool:
    """Let all threads that are yet to begin share one arena; False where the C library is not glibc."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_ARENA_MAX, 1))
