"""A page that can't be read when its article comes is asked for again, politely, and the article is not held back."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from empty_store import empty_store
from sources_site import Site, feed, item, reply

from feeds.models import Outcome, Saved
from feeds.pipeline import follow
from feeds.sources import SourceSettings
from feeds.sources.fetching.fetch import Limits
from feeds.sources.following import retries
from feeds.sources.following.poll import Poller
from feeds.store import Store, open_store
from feeds.stories.coverage import Coverage

NOW = datetime.now(UTC)
SOON = timedelta(minutes=11)
LEAD = "قم – طرح آبرسانی روستاهای قم با حضور مردم و مسئولان شهر گشایش یافت."
FULL = "این طرح آبرسانی روستاهای قم چهار سال زمان برد و هزینهٔ آن را دولت و مردم شهر با هم پرداختند. " * 8
PAGE = f"<div itemprop='articleBody'><p>{LEAD}</p><p>{FULL}</p></div>".encode()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        yield opened


def page(site: Site, number: int = 1) -> str:
    return f"/news/660123{number}/a"


def entry(site: Site, number: int = 1, **other: Any) -> str:
    return item(
        number, **{"text": LEAD, "title": f"آبرسانی روستاهای قم {number}", **other}, link=site.url + page(site, number)
    )


def poller(site: Site, store: Store) -> Poller:
    return Poller(store, [SourceSettings(f"{site.url}/f", key="f", allow_private=True)], limits=Limits(seconds=2))


def take(site: Site, store: Store, now: datetime, which: Poller | None = None) -> list[Saved]:
    polls = (which or poller(site, store)).poll(now, due_only=False)
    results = list(follow(store, polls, lambda _: [], Coverage(store)))  # type: ignore[arg-type]
    return [result for result in results if isinstance(result, Saved)]


def asked(site: Site, path: str) -> int:
    return sum(path == requested for requested, _ in site.requests)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_an_article_whose_page_failed_is_there_at_once_and_gets_its_full_text_later(
    status: int, site: Site, store: Store
) -> None:
    site.pages["/f"] = reply(feed(entry(site)))
    site.pages[page(site)] = reply(b"", status=status)
    (first,) = take(site, store, NOW)
    assert first.outcome is Outcome.NEW
    assert "چهار سال" not in first.article.body
    site.pages[page(site)] = reply(PAGE, kind="text/html; charset=utf-8")
    assert take(site, store, NOW + timedelta(minutes=5)) == []
    (second,) = take(site, store, NOW + SOON)
    assert (second.article.uid, second.article.revision) == (first.article.uid, 2)
    assert "چهار سال" in second.article.body
    assert take(site, store, NOW + timedelta(hours=12)) == []
    assert asked(site, page(site)) == 2


def test_a_page_that_breaks_off_is_asked_for_again(site: Site, store: Store) -> None:
    site.pages["/f"] = reply(feed(entry(site)))
    site.pages[page(site)] = reply(gzip.compress(PAGE)[:-12], kind="text/html", Content_Encoding="gzip")
    take(site, store, NOW)
    site.pages[page(site)] = reply(PAGE, kind="text/html; charset=utf-8")
    (second,) = take(site, store, NOW + SOON)
    assert "چهار سال" in second.article.body


def test_it_is_asked_for_a_few_times_within_a_day_and_then_given_up(site: Site, store: Store) -> None:
    site.pages["/f"] = reply(feed(entry(site)))
    site.pages[page(site)] = reply(b"", status=502)
    for minutes in range(0, 60 * 30, 20):
        take(site, store, NOW + timedelta(minutes=minutes), poller(site, store))
    assert asked(site, page(site)) == 1 + len(retries.PAUSES)
    assert store.key_values.all("page:") == {}


def test_a_page_that_is_not_there_is_not_asked_for_again(site: Site, store: Store) -> None:
    site.pages["/f"] = reply(feed(entry(site)))
    take(site, store, NOW)
    take(site, store, NOW + timedelta(hours=1))
    assert asked(site, page(site)) == 1


def test_a_round_asks_for_a_few_pages_and_leaves_a_tired_host_alone(site: Site, store: Store) -> None:
    site.pages["/f"] = reply(feed(*(entry(site, number) for number in range(10, 20))))
    for number in range(10, 20):
        site.pages[page(site, number)] = reply(b"", status=500)
    take(site, store, NOW)
    first = sum(path.startswith("/news") for path, _ in site.requests)
    assert len(store.key_values.all("page:")) == 10
    take(site, store, NOW + SOON)
    assert first <= 4
    assert sum(path.startswith("/news") for path, _ in site.requests) - first <= 4
    for number in range(10, 20):
        site.pages[page(site, number)] = reply(PAGE, kind="text/html; charset=utf-8")
    assert 0 < len(take(site, store, NOW + timedelta(hours=20))) <= retries.AT_ONCE


def test_what_the_feed_has_changed_meanwhile_is_not_put_back(site: Site, store: Store) -> None:
    site.pages["/f"] = reply(feed(entry(site)))
    site.pages[page(site)] = reply(b"", status=500)
    take(site, store, NOW)
    site.pages["/f"] = reply(feed(entry(site, title="تیتر تازهٔ آبرسانی روستاهای قم")))
    site.pages[page(site)] = reply(PAGE, kind="text/html; charset=utf-8")
    (changed,) = take(site, store, NOW + SOON)
    assert changed.article.title.startswith("تیتر")
    assert "چهار سال" in changed.article.body
    assert store.key_values.all("page:") == {}


def test_a_source_that_is_gone_waits_for_nothing(site: Site, store: Store) -> None:
    site.pages["/f"] = reply(feed(entry(site)))
    site.pages[page(site)] = reply(b"", status=500)
    take(site, store, NOW)
    assert list(Poller(store, []).poll(NOW + SOON)) == []
    assert store.key_values.all("page:") == {}
    assert asked(site, page(site)) == 1
