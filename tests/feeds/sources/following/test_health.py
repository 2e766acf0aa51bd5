"""How feeds do, told to people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from empty_store import empty_store
from sources_site import Site, feed, item, reply

from feeds.sources import SourceSettings
from feeds.sources.fetching.fetch import Limits
from feeds.sources.following.check import Checked, check
from feeds.sources.following.health import percentile, report
from feeds.sources.following.poll import Poller
from feeds.store import open_store


def test_a_check_says_of_each_feed_what_it_answers(site: Site) -> None:
    site.pages |= {"/good": reply(feed(item(1), item(2))), "/html": reply(b"<html></html>", kind="text/html")}
    sources = [SourceSettings(site.url + path, allow_private=True) for path in ("/good", "/html", "/missing")]
    told: list[Checked] = []
    good, html, missing = check(sources, limits=Limits(seconds=2), told=told.append)
    assert (good.entries, good.trouble, good.title) == (2, "", "نمونه")
    assert good.newest is not None
    assert "HTML page" in html.trouble
    assert "HTTP 404" in missing.trouble
    assert len(told) == 3


def test_a_report_names_each_feed_even_one_that_was_never_polled(site: Site, tmp_path: Path) -> None:
    site.pages["/a"] = reply(feed(item(1)))
    sources = [SourceSettings(f"{site.url}/{name}", allow_private=True, full_text=False) for name in ("a", "b")]
    with open_store(empty_store(tmp_path)) as store:
        list(Poller(store, sources[:1]).poll())
        first, second = report(store, sources, datetime.now(UTC))
    assert (first.name, first.trouble, first.state.entries) == ("نمونه", "", 1)
    assert (second.state.polled, second.lag_median, second.name) == (None, None, second.key)


@pytest.mark.parametrize(("share", "minutes"), [(50, 5), (95, 10), (1, 1), (100, 10)])
def test_a_percentile_is_a_value_that_occurred(share: int, minutes: int) -> None:
    assert percentile([timedelta(minutes=n) for n in range(1, 11)], share) == timedelta(minutes=minutes)


def test_of_nothing_there_is_no_percentile() -> None:
    assert percentile([], 50) is None
