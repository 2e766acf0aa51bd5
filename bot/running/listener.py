"""The address that pages and feeds are served at, taken before anything else starts."""

from __future__ import annotations

import socket

from feeds.errors import SettingError

SEND_BYTES = 256_000
"""What the system takes of an answer at once: a feed leaves in one call, and is not copied to wait its turn."""


def bind(host: str, port: int) -> socket.socket:
    """A socket of that address, for the pages to listen on.

    Raises:
        SettingError: the address is taken, or not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol named, asyncio turns Nagle off: else each answer on a connection that is kept waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingError(
            f"HTTP_ADDRESS={host}:{port}: {error.strerror}; stop what listens there, or set another port"
        ) from None
    listener.set_inheritable(True)
    return listener
