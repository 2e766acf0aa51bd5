"""What leads into a private network, in whatever form it is written, and what `allow_private` opens."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sources_site import Site, reply

from feeds.sources.fetching.fetch import Fetched, Fetcher, FetchError, Limits, Unchanged, Wanted
from feeds.sources.fetching.guard import is_private_host

LIMITS = Limits(seconds=2)


async def fetch(url: str, **wanted: Any) -> Fetched | Unchanged:
    async with Fetcher(LIMITS) as fetcher:
        return await fetcher.fetch(Wanted(url, **wanted))


async def refusal(url: str, **wanted: Any) -> str:
    with pytest.raises(FetchError) as caught:
        await fetch(url, **wanted)
    return str(caught.value)


PRIVATE = (
    *("127.0.0.1", "127.1", "127.0x0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", "%31%32%37.0.0.1"),
    *("１２７.0.0.1", "127。0。0。1", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1"),
    *("169.254.169.254", "192.0.0.8", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255"),
    *("localhost", "LOCALHOST.", "a.localhost", "router.local", "db.internal", "nas.lan", "x.home.arpa", "redis", ""),
    *("[::1]", "::", "[fe80::1]", "fe80::1%eth0", "fec0::1", "fd12::1", "fc00::1", "ff02::1", "2001:db8::1"),
    *("[::ffff:127.0.0.1]", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8", "::ffff:0:10.0.0.1", "100::1"),
    *("64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::8.8.8.8", "2002:7f00:1::", "2002:c0a8:101::1"),
    *("2001:0:7f00:1::", "2001:0:808:808:0:0:f5ff:fffe", "3fff::1", "4000::1", "5f00::1"),
)
PUBLIC = (
    *("www.mehrnews.com", "8.8.8.8", "94.182.146.1", "172.32.0.1", "100.128.0.1", "192.169.0.1", "198.20.0.1"),
    *("[2606:4700::1111]", "2a00:1450:4001::1", "64:ff9b::8.8.8.8", "2002:808:808::1", "local.example", "خبر.ایران"),
    *("11.example.org", "0x7f.example", "1.2.3.example"),
)


@pytest.mark.parametrize("host", PRIVATE)
def test_a_host_in_a_private_network_is_known_by_itself(host: str) -> None:
    assert is_private_host(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_a_public_host_is_not_taken_for_a_private_one(host: str) -> None:
    assert not is_private_host(host)


@given(st.ip_addresses(v=4))
def test_an_ipv6_address_is_as_private_as_the_ipv4_address_that_it_leads_to(address: IPv4Address) -> None:
    number = int(address)
    private = is_private_host(str(address))
    assert is_private_host(str(IPv6Address((0x64FF9B << 96) | number))) is private
    assert is_private_host(str(IPv6Address((0x2002 << 112) | (number << 80) | 1))) is private
    assert is_private_host(str(IPv6Address((0xFFFF << 32) | number)))
    assert is_private_host(str(IPv6Address(number)))


@given(st.ip_addresses())
def test_what_python_calls_private_is_private(address: IPv4Address | IPv6Address) -> None:
    # Newer Pythons call all of 6to4 not global; it is as private as the IPv4 address that it leads to.
    leads_on = isinstance(address, IPv6Address) and address.sixtofour is not None
    assert is_private_host(str(address)) or address.is_global or leads_on


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "2130706433"])
async def test_private_addresses_are_refused_by_name(host: str) -> None:
    assert "allow_private = true" in await refusal(f"http://{host}:9/")


async def test_a_name_that_turns_out_to_be_private_is_refused_before_anything_is_sent(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.url.rpartition(":")[2])
    real = socket.getaddrinfo

    def resolve(host: Any, *arguments: Any, **options: Any) -> Any:
        return real("127.0.0.1" if host in ("news.example", b"news.example") else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    site.pages["/f"] = reply(b"<rss/>")
    assert "127.0.0.1 is loopback" in await refusal(f"http://news.example:{port}/f")
    assert site.requests == []
    assert isinstance(await fetch(f"http://news.example:{port}/f", allow_private=True), Fetched)


async def test_what_is_allowed_to_a_feed_is_its_own_host_and_port(site: Site) -> None:
    other = Site()
    try:
        site.pages["/f"] = reply(b"", status=302, Location=f"{other.url}/admin")
        site.pages["/g"] = reply(b"", status=302, Location=site.url.replace("127.0.0.1", "localhost") + "/h")
        site.pages["/h"] = reply(b"<rss/>")
        site.pages["/i"] = reply(b"", status=302, Location="/h")
        assert "127.0.0.1 is loopback" in await refusal(f"{site.url}/f", allow_private=True)
        assert "localhost is loopback" in await refusal(f"{site.url}/g", allow_private=True)
        page = {"allow_private": True, "site": f"{site.url}/f"}
        assert "127.0.0.1 is loopback" in await refusal(f"{other.url}/admin", **page)
        assert other.requests == []
        assert isinstance(await fetch(f"{site.url}/i", **page), Fetched)
    finally:
        other.close()


_PIECES = st.lists(st.sampled_from([*"[]:/?#@%.\\ \t\n\0abx019-_۱\udcff۔", "http", "://", "xn--"]), max_size=24).map(
    "".join
)


@given(_PIECES | st.text(max_size=24), st.sampled_from(["", "http://", "https://", "http://["]), st.booleans())
@example("[::1", "http://", True)
@example("a:99999/", "http://", True)
@example("xn--/", "http://", False)
@example("a" * 70 + ".example/", "http://", False)
@example("[v1.x]/", "http://", False)
def test_a_malformed_address_is_a_fetch_error(words: str, scheme: str, allowed: bool) -> None:
    async def ask() -> None:
        async with Fetcher(Limits(seconds=0.5)) as fetcher:
            await fetcher.fetch(Wanted(scheme + words, proxy="http://127.0.0.1:9", allow_private=allowed))

    with pytest.raises(FetchError):
        asyncio.run(ask())
