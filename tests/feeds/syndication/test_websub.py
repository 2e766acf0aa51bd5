"""The hub hears of each real change, once, on any number of nodes and over restarts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from lxml import etree
from pytest_httpserver import HTTPServer

from feeds.errors import FeedError
from feeds.models import Article, Draft
from feeds.store import Store
from feeds.syndication import Channel, Site, websub, write

SITE = "https://chapar.example"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def site(tehran: ZoneInfo, httpserver: HTTPServer) -> Site:
    return Site(SITE, tehran, hub=httpserver.url_for("/hub"))


@pytest.fixture
def save(archive: Store, edited: Callable[..., Draft], noon: datetime) -> Callable[..., Article]:
    return lambda key="one", **changes: archive.articles.save(edited(key, **changes), (), noon).article


def due(archive: Store, folder: Path, site: Site) -> list[Channel]:
    """The feeds that the hub has to hear of; then it has."""
    found = []
    for channel in (*site.standing, *site.agencies(archive)):
        if state := websub.news_of(archive, folder, channel):
            websub.remember(archive, channel, state, datetime.now().astimezone())
            found.append(channel.slug)
    return found


def test_every_feed_names_the_hub_and_itself(
    archive: Store, tmp_path: Path, site: Site, save: Callable[..., Article], noon: datetime
) -> None:
    save()
    write(archive, tmp_path, site, now=noon)
    for ending in ("rss", "atom"):
        root = etree.fromstring((tmp_path / f"qom.{ending}").read_bytes())
        links = {link.get("rel"): link.get("href") for link in root.iter(f"{ATOM}link")}
        assert (links["hub"], links["self"]) == (site.hub, f"{SITE}/feeds/qom.{ending}")
    assert f'"hubs": [\n  {{\n   "type": "WebSub",\n   "url": "{site.hub}"' in (tmp_path / "qom.json").read_text(
        "utf-8"
    )


def test_the_hub_hears_of_what_has_news_once_and_of_nothing_else(
    archive: Store, tmp_path: Path, site: Site, save: Callable[..., Article], noon: datetime
) -> None:
    write(archive, tmp_path, site, now=noon)
    assert due(archive, tmp_path, site) == []  # nothing is in them yet
    save()
    write(archive, tmp_path, site, now=noon)
    assert due(archive, tmp_path, site) == ["all", "qom", "sources/خبرگزاری-نمونه"]
    write(archive, tmp_path, site, now=noon)
    assert due(archive, tmp_path, site) == []
    other_node = tmp_path / "other"
    write(archive, other_node, Site(SITE, site.zone, hub=site.hub), now=noon)
    assert due(archive, other_node, site) == []
    save(title="برف در قم")
    write(archive, tmp_path, site, now=noon)
    assert "qom" in due(archive, tmp_path, site)


def test_a_hub_is_told_each_address_in_its_own_words(site: Site, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hub", method="POST").respond_with_data("", status=204)
    with httpx.Client() as client:
        websub.tell(client, site.of_agency("روابط عمومی"))
    told = [request.form.to_dict() for request, _ in httpserver.log]
    address = f"{SITE}/feeds/sources/%D8%B1%D9%88%D8%A7%D8%A8%D8%B7-%D8%B9%D9%85%D9%88%D9%85%DB%8C"
    assert [one["hub.mode"] for one in told] == ["publish"] * 3
    assert [one["hub.url"] for one in told] == [f"{address}.{ending}" for ending in ("rss", "atom", "json")]


def test_a_hub_that_refuses_or_is_away_is_a_clear_error(site: Site, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hub").respond_with_data("slow down", status=429)
    with httpx.Client() as client:
        with pytest.raises(FeedError, match=r"WEBSUB_HUB=.* answered 429 slow down"):
            websub.tell(client, site.standing[0])
        away = Site(SITE, site.zone, hub="http://127.0.0.1:9/hub").standing[0]
        with pytest.raises(FeedError, match=r"WEBSUB_HUB=http://127\.0\.0\.1:9/hub: ConnectError"):
            websub.tell(client, away)
