"""What a fetch may not do: reach into the network that this machine stands in, unless the desk allows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from feeds.errors import SourceError

_PRIVATE = "{} is loopback, private or link-local: set allow_private = true at the source if this is meant"


class FetchError(SourceError):
    """Nothing came, or nothing that may be used. The message says why; it holds no password of a proxy."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None, status: int = 0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        """How long the server asks to be left alone."""
        self.status = status
        """The HTTP status, 0 where it did not come to one."""


def refuse_private_name(host: str) -> None:
    """Refuse what is private by its name alone; with a proxy, nothing else is known of it."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal")) or _is_private(name):
        raise FetchError(_PRIVATE.format(host))


async def refuse_private_peer(event: str, info: Mapping[str, Any]) -> None:
    """Look at the address that a name turned out to have, before anything is sent there.

    httpx tells of each connection when it stands; looking a name up beforehand would leave the moment in between to
    a name server that changes its answer.
    """
    if event == "connection.connect_tcp.complete":
        stream = info["return_value"]
        peer = stream.get_extra_info("server_addr")
        if peer is None or _is_private(str(peer[0])):
            await stream.aclose()
            raise FetchError(_PRIVATE.format(peer[0] if peer else "the address"))


def _is_private(host: str) -> bool:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        # Other ways to write an address: 127.1, 0x7f000001, 2130706433.
        return re.fullmatch(r"[\d.]+|0x[\da-f.x]+", host, re.IGNORECASE) is not None
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return not (mapped or address).is_global or (mapped or address).is_multicast
