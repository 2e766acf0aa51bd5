"""What a fetch may not do: reach into the network that this machine stands in, unless the desk allows it.

What is private is written down here, not asked of `ipaddress`, whose answers differ between the releases of Python
that we run on (CVE-2024-4032) and never look at the IPv4 address inside an IPv6 one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import unquote

from feeds.errors import SourceError

_PRIVATE = (
    "{} is loopback, private or link-local: set allow_private = true at the source if this is meant; "
    "it opens the host and port of the feed itself, and no other"
)
_PRIVATE_NAMES = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa")
"""RFC 6761, 6762, 8375, and ICANN's and common usage: names that no public name server knows."""

# IANA's registries of special-purpose addresses: what is not "globally reachable", and multicast.
_PRIVATE_IPV4 = (
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
    "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
)
# Only this is given out as global unicast (RFC 4291), so loopback, mapped, compatible, site-local, unique local,
# link-local and multicast addresses need no list of their own.
_GLOBAL_IPV6 = "2000::/3"
_PRIVATE_IPV6 = "2001::/23 2001:db8::/32 3fff::/20"  # protocols (Teredo among them) and documentation
_EMBEDDED = {"2002::/16": 80, "64:ff9b::/96": 0}  # 6to4 and NAT64: how far from the right the IPv4 address stands


class FetchError(SourceError):
    """Nothing came, or nothing that may be used. The message says why; it holds no password of a proxy."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None, status: int = 0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        """How long the server asks to be left alone."""
        self.status = status
        """The HTTP status, 0 where it did not come to one."""


def is_private_host(host: str) -> bool:
    """Whether a host, as it stands in an address, leads into a private network or to this machine; by itself alone.

    Any way of writing an address that resolvers or browsers take counts (`127.1`, `0x7f000001`, `[::ffff:10.0.0.1]`,
    full-width digits), and so does a name without a dot, which only a private network knows. A public name may still
    have a private address: `refuse_private_peer` looks at that. An empty host is private: nothing is there to reach.
    """
    name = unicodedata.normalize("NFKC", unquote(host)).replace("\u3002", ".").strip("[]. \t\r\n").lower()
    try:
        address = ip_address(name.partition("%")[0])
    except ValueError:
        last = name.rpartition(".")[2]
        # A last part that is a number makes it an address, in a form that only those use who have something to hide.
        return "." not in name or bool(_NUMBER.fullmatch(last)) or _is_within(name, _PRIVATE_NAMES)
    return _is_private(address)


def refuse_private_name(host: str) -> None:
    """Refuse what is private by its name alone; with a proxy, nothing else is known of it."""
    if is_private_host(host):
        raise FetchError(_PRIVATE.format(host))


async def refuse_private_peer(event: str, info: Mapping[str, Any]) -> None:
    """Look at the address that a name turned out to have, before anything is sent there.

    httpx tells of each connection when it stands; looking a name up beforehand would leave the moment in between to
    a name server that changes its answer.
    """
    if event == "connection.connect_tcp.complete":
        stream = info["return_value"]
        peer = stream.get_extra_info("server_addr")
        if peer is None or is_private_host(str(peer[0])):
            await stream.aclose()
            raise FetchError(_PRIVATE.format(peer[0] if peer else "the address"))


_NUMBER = re.compile(r"\d+|0x[\da-f]*")


def _is_private(address: IPv4Address | IPv6Address) -> bool:
    tables = _tables()
    if isinstance(address, IPv4Address):
        return any(address in network for network in tables.ipv4)
    for network, shift in tables.embedded:
        if address in network:
            return _is_private(IPv4Address(int(address) >> shift & 0xFFFFFFFF))
    return address not in tables.ipv6_global or any(address in network for network in tables.ipv6)


@dataclass(frozen=True, slots=True)
class _Tables:
    ipv4: tuple[IPv4Network, ...]
    ipv6_global: IPv6Network
    ipv6: tuple[IPv6Network, ...]
    embedded: tuple[tuple[IPv6Network, int], ...]


@cache
def _tables() -> _Tables:
    return _Tables(
        tuple(map(IPv4Network, _PRIVATE_IPV4.split())),
        IPv6Network(_GLOBAL_IPV6),
        tuple(map(IPv6Network, _PRIVATE_IPV6.split())),
        tuple((IPv6Network(network), shift) for network, shift in _EMBEDDED.items()),
    )


def _is_within(name: str, domains: Iterable[str]) -> bool:
    return any(name == domain or name.endswith("." + domain) for domain in domains)
