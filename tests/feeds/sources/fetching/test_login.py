"""A source that opens with a password gets it, nobody else does, and nothing that is kept or shown holds it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from empty_store import empty_store
from sources_site import Site, feed, item, reply

from feeds.errors import PollError
from feeds.models import SourceState
from feeds.sources import SourceSettings, opml, source_key
from feeds.sources.discovery import discover
from feeds.sources.fetching import addresses
from feeds.sources.fetching.fetch import Fetcher
from feeds.sources.fetching.login import apart
from feeds.sources.following import health
from feeds.sources.following.check import check
from feeds.sources.following.poll import Poller
from feeds.store import Store, open_store

SECRET = "hunter2/seven"
LOGIN = "desk:hunter2%2Fseven"
BASIC = "Basic " + b64encode(f"desk:{SECRET}".encode()).decode()
NOW = datetime.now(UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        yield opened


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Another site, as if it were out in the world."""
    monkeypatch.setattr("feeds.sources.fetching.guard.is_private_host", lambda _host: False)
    addresses._is_public.cache_clear()
    opened = Site()
    yield opened
    opened.close()
    addresses._is_public.cache_clear()  # what it remembers is of a world without private networks


def locked(site: Site, path: str = "/f") -> SourceSettings:
    address = f"{site.url}{path}".replace("://", f"://{LOGIN}@")
    return SourceSettings(address, allow_private=True)


def credentials(site: Site) -> list[tuple[str, str]]:
    return [(path, headers.get("authorization", "")) for path, headers in site.requests]


def test_the_feed_and_the_pages_of_its_site_get_the_password_and_nobody_else(
    site: Site, elsewhere: Site, store: Store
) -> None:
    links = [f"{site.url}/news/6601231/a", f"{elsewhere.url}/news/6601232/b"]
    site.pages["/f"] = reply(b"", status=302, Location=f"{site.url}/g")
    site.pages["/g"] = reply(feed(*(item(n, link=link) for n, link in enumerate(links, 1))))
    brought = list(Poller(store, [locked(site)]).poll())
    assert [len(one) for one in brought if not isinstance(one, PollError)] == [2]
    assert credentials(site) == [("/f", BASIC), ("/g", BASIC), ("/news/6601231/a", BASIC)]
    assert credentials(elsewhere) == [("/news/6601232/b", "")]


def test_a_redirect_to_another_site_takes_no_password_along(site: Site, elsewhere: Site, store: Store) -> None:
    site.pages["/f"] = reply(b"", status=301, Location=f"{elsewhere.url}/g")
    elsewhere.pages["/g"] = reply(feed(item(1)))
    list(Poller(store, [locked(site)]).poll())
    assert credentials(elsewhere) == [("/g", "")]


@pytest.mark.parametrize("status", [401, 200])
def test_nothing_that_is_kept_or_shown_holds_it(
    status: int, site: Site, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    site.pages["/f"] = reply(b"<html>log in</html>", status=status, kind="text/html")
    source = locked(site)
    proxied = replace(locked(site, "/p"), proxy=f"socks5://{LOGIN}@127.0.0.1:1")
    sources = [source, proxied]
    with caplog.at_level("DEBUG"):
        poller = Poller(store, sources)
        failures = [str(one) for one in poller.poll()]
        checked = check(sources)
    assert len(failures) == 2
    assert [one.trouble for one in checked if one.trouble]
    kept = (store.problems.all(), store.sources.all(), health.report(store, sources, NOW), poller.sources, checked)
    shown = (*map(health.as_dict, health.report(store, sources, NOW)), opml.write(sources).decode(), caplog.text)
    for told in (*failures, *map(str, kept), *map(str, shown)):
        assert "hunter2" not in told
        assert BASIC[6:] not in told
        assert "desk:" not in told


def test_its_name_in_the_store_is_the_same_with_a_password_and_without() -> None:
    plain = SourceSettings("https://news.example/rss")
    assert source_key(SourceSettings(f"https://{LOGIN}@news.example/rss")) == source_key(plain)


def test_a_password_that_an_earlier_version_noted_is_forgotten_at_the_next_poll(site: Site, store: Store) -> None:
    source = locked(site)
    key, noted = source_key(source), f"{site.url}/f".replace("://", f"://{LOGIN}@")
    store.sources.put(SourceState(key, noted, entries=3, succeeded=NOW), now=NOW)
    list(Poller(store, [source]).poll(due_only=False))
    after = store.sources.get(key)
    assert after is not None
    assert (after.url, after.entries) == (source.url, 3)


async def test_a_site_that_is_added_with_its_password_is_followed_with_it(site: Site) -> None:
    site.pages["/"] = reply(b"<link rel='alternate' type='application/rss+xml' href='/f'>", kind="text/html")
    site.pages["/f"] = reply(feed(item(1)))
    async with Fetcher() as fetcher:
        (found,) = await discover(fetcher, f"{site.url}/".replace("://", f"://{LOGIN}@"), allow_private=True)
    assert {sent for _, sent in credentials(site)} == {BASIC}
    assert found.login is not None
    assert f"://{LOGIN}@127.0.0.1" in opml.as_toml([SourceSettings(found.url, login=found.login)])
    assert "hunter2" not in repr(found)


def test_a_list_of_another_reader_may_hold_a_password() -> None:
    (source,) = opml.read(
        f'<opml><outline xmlUrl="https://{LOGIN}@news.example/rss" text="x"/></opml>'.encode()
    ).sources
    assert source.url == "https://news.example/rss"
    assert source.login is not None
    assert source.login.header == BASIC


@pytest.mark.parametrize(
    ("site", "url", "opens"),
    [
        ("https://a.example/f", "https://a.example:443/x", True),
        ("http://a.example/f", "https://a.example/x", True),
        ("https://a.example/f", "http://a.example/x", False),
        ("https://a.example/f", "https://a.example:8443/x", False),
        ("https://a.example/f", "https://b.a.example/x", False),
        ("https://a.example/f", "https://a.example.evil.example/x", False),
        ("https://a.example/f", "https://[broken", False),
    ],
)
def test_a_password_opens_its_own_site_alone(site: str, url: str, opens: bool) -> None:
    login = apart(site.replace("://", "://u:p@"))[1]
    assert login is not None
    assert login.opens(url) is opens
