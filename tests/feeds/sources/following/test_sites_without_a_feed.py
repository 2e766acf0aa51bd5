"""Channels of Telegram and sites' pages of news are followed as feeds are: each article once, and its edits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from channel_site import channel, message, no_preview
from empty_store import empty_store
from sources_site import Site, reply

from feeds.errors import PollError
from feeds.models import Document, Route
from feeds.pipeline import follow
from feeds.sources import SourceSettings
from feeds.sources.following.poll import Poller
from feeds.sources.following.trial import attempt
from feeds.store import Store, open_store
from feeds.stories.coverage import Coverage

HTML = "text/html; charset=utf-8"
CHANNEL = "/s/qom_paper"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        yield opened


def poller(store: Store, site: Site, path: str = CHANNEL, **settings: str) -> Poller:
    return Poller(store, [SourceSettings(site.url + path, allow_private=True, **settings)])


def take(poller: Poller, after: timedelta = timedelta()) -> list[Document]:
    came = list(poller.poll(datetime.now(UTC) + after, due_only=False))
    assert not [one for one in came if isinstance(one, PollError)]
    return [document for documents in came if isinstance(documents, tuple) for document in documents]


def told(number: int, text: str = "") -> str:
    """A message; the higher its number, the newer."""
    return message(number, text or f"طرح شمارهٔ {number} در قم گشایش یافت.", age=timedelta(minutes=300 - number))


def test_a_channel_brings_its_messages_once(site: Site, store: Store) -> None:
    site.pages[CHANNEL] = reply(channel(told(1), told(2)), kind=HTML)
    following = poller(store, site)
    first = take(following)
    assert [document.url for document in first] == ["https://t.me/qom_paper/1", "https://t.me/qom_paper/2"]
    assert first[0].agency == "قم‌نامه"
    site.pages[CHANNEL] = reply(channel(told(2), told(3)), kind=HTML)
    assert [document.url for document in take(following)] == ["https://t.me/qom_paper/3"]


def test_an_edited_message_is_a_revision_of_the_same_article(site: Site, store: Store) -> None:
    following = poller(store, site)
    for text in ("در تصادف قم سه تن زخمی شدند.", "در تصادف قم پنج تن زخمی شدند."):
        site.pages[CHANNEL] = reply(channel(told(8, text)), kind=HTML)
        (document,) = take(following)
        assert (document.key, document.title) == (document.key, text)
    assert document.key.endswith("qom_paper/8")


def test_two_hundred_messages_on_many_pages_all_come(site: Site, store: Store) -> None:
    numbers = range(1, 201)
    for end in range(20, 201, 20):
        page = channel(*map(told, numbers[end - 20 : end]), older=f"{CHANNEL}?before={end - 19}")
        site.pages[CHANNEL if end == 200 else f"{CHANNEL}?before={end + 1}"] = reply(page, kind=HTML)
    following = poller(store, site)
    assert [document.title for document in take(following)] == [f"طرح شمارهٔ {n} در قم گشایش یافت." for n in numbers]
    assert take(following) == []


def test_older_pages_are_asked_for_only_as_far_as_they_bring_what_is_new(site: Site, store: Store) -> None:
    site.pages[CHANNEL] = reply(channel(told(1), told(2)), kind=HTML)
    following = poller(store, site)
    take(following)
    site.pages[CHANNEL] = reply(channel(told(4), told(5), older=f"{CHANNEL}?before=4"), kind=HTML)
    site.pages[f"{CHANNEL}?before=4"] = reply(channel(told(2), told(3), older=f"{CHANNEL}?before=2"), kind=HTML)
    assert [document.url[-1] for document in take(following)] == ["3", "4", "5"]
    assert f"{CHANNEL}?before=2" not in [path for path, _ in site.requests]


def test_an_older_page_that_fails_takes_nothing_from_the_newest(site: Site, store: Store) -> None:
    site.pages[CHANNEL] = reply(channel(told(4), older=f"{CHANNEL}?before=4"), kind=HTML)
    site.pages[f"{CHANNEL}?before=4"] = reply(b"", status=502)
    assert [document.url[-1] for document in take(poller(store, site))] == ["4"]


def test_a_channel_without_a_public_page_is_a_trouble_that_says_so(site: Site, store: Store) -> None:
    site.pages[CHANNEL] = reply(no_preview(), kind=HTML)
    (error,) = poller(store, site).poll()
    assert "no messages on the web" in str(error)


def test_what_an_agency_tells_in_its_feed_and_in_its_channel_is_one_story(site: Site, store: Store) -> None:
    text = (
        "محیط‌بانان سوادکوه خرسی را که در تله سیمی روستای لفور گرفتار بود پس از شش ساعت رها کردند. "
        "رئیس ادارهٔ محیط زیست گفت: حال این خرس خوب است و به سوی جنگل‌های بالادست روستا رفت."
    )
    now = datetime.now(UTC)
    article = Document("مهر", "1", "رهاسازی خرس در سوادکوه", text, now, feed="مهر", agency="مهر", fingerprint="1")
    coverage = Coverage(store)
    list(follow(store, [(article,)], lambda _: [Route("@a")], coverage))
    site.pages[CHANNEL] = reply(channel(message(1, f"<b>رهاسازی خرس در سوادکوه</b><br/>{text}")), kind=HTML)
    list(follow(store, [tuple(take(poller(store, site)))], lambda _: [Route("@a")], coverage))
    assert len(store.articles.latest(limit=9)) == 1
    assert sum(store.deliveries.counts(["@a"]).values()) == 1


def news(*numbers: int) -> bytes:
    items = "".join(f'<li class=row><a href="/n/{n}">گزارش شمارهٔ {n} شورای شهر قم</a></li>' for n in numbers)
    return f"<html><head><title>شورای شهر</title></head><body><ul>{items}</ul></body></html>".encode()


def test_a_page_of_news_brings_each_item_once_with_the_text_of_its_page(site: Site, store: Store) -> None:
    body = "شورای شهر قم در نشست امروز طرح نوسازی بافت فرسوده را تصویب کرد و آن را به شهرداری فرستاد. " * 4
    site.pages["/news"] = reply(news(2, 1), kind=HTML)
    following = poller(store, site, "/news", list="li.row")
    take(following)
    page = (
        f'<html><body><h1>گزارش شمارهٔ 3 شورای شهر قم</h1><div itemprop="articleBody"><p>{body}</p></div></body></html>'
    )
    site.pages["/n/3"] = reply(page.encode(), kind=HTML)
    site.pages["/news"] = reply(news(3, 2, 1), kind=HTML)
    (document,) = take(following, timedelta(hours=1))
    assert (document.title, document.url) == ("گزارش شمارهٔ 3 شورای شهر قم", f"{site.url}/n/3")
    assert document.body.startswith("شورای شهر قم در نشست امروز")


def test_a_site_that_changed_its_pages_is_a_trouble_that_names_the_selector(site: Site, store: Store) -> None:
    site.pages["/news"] = reply(news(1), kind=HTML)
    (error,) = poller(store, site, "/news", list="div.gone").poll()
    assert "div.gone" in str(error)


def test_an_attempt_shows_what_would_be_read_and_stores_nothing(site: Site) -> None:
    site.pages[CHANNEL] = reply(channel(told(1), told(2)), kind=HTML)
    trial = attempt(SourceSettings(site.url + CHANNEL, allow_private=True))
    assert (trial.form, trial.title, len(trial.documents), trial.undated) == ("telegram", "قم‌نامه", 2, 0)


def test_an_attempt_at_a_page_says_what_may_be_followed_there(site: Site) -> None:
    site.pages["/news"] = reply(news(*range(1, 8)), kind=HTML)
    trial = attempt(SourceSettings(f"{site.url}/news", allow_private=True))
    assert trial.documents == ()
    assert "instead of a feed" in trial.trouble
    assert len(attempt(SourceSettings(f"{site.url}/news", list=trial.selectors[0], allow_private=True)).documents) == 7
