"""Every item once, none lost in silence, whatever a feed calls them: the names that readers' users report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from itertools import count
from pathlib import Path

import pytest
from empty_store import empty_store
from hypothesis import given
from hypothesis import strategies as st
from sources_site import Site, feed, reply

from feeds.models import Route
from feeds.pipeline import follow
from feeds.sources import SourceSettings
from feeds.sources.following import entry_names
from feeds.sources.following.poll import Poller
from feeds.sources.reading.formats import syndication
from feeds.store import Store, open_store
from feeds.stories.coverage import Coverage

NOW = datetime.now(UTC).replace(microsecond=0)
LONG = "مسئولان می‌گویند کار از هفتهٔ آینده آغاز می‌شود و تا پایان سال به سرانجام می‌رسد؛ شمارهٔ {}."
TITLES = (
    "سیب سمیرم به انبار رفت",
    "پل کشکان ترمیم شد",
    "موزهٔ ایلام گشوده شد",
    "بازار رشت آتش گرفت",
    "نرگس بهبهان رسید",
)
TOKENS = count(1)


def one(
    title: str, *, link: str = "", guid: str = "", hours: float | None = 1, text: str = "", permalink: str = "false"
) -> str:
    date = "" if hours is None else f"<pubDate>{format_datetime(NOW - timedelta(hours=hours))}</pubDate>"
    return (
        f"<item><title>{escape(title)}</title>"
        + (f"<link>{escape(link)}</link>" if link else "")
        + (f"<guid isPermaLink='{permalink}'>{escape(guid)}</guid>" if guid else "")
        + (f"<description>{escape(text)}</description>" if text else "")
        + f"{date}</item>"
    )


class Followed:
    """A feed, polled again and again."""

    def __init__(self, site: Site, store: Store) -> None:
        self.site = site
        self.store = store
        self.poller = Poller(store, [SourceSettings(f"{site.url}/f", allow_private=True, full_text=False)])
        self.coverage = Coverage(store)
        self.polls = 0

    def shows(self, *items: str) -> None:
        self.polls += 1
        self.site.pages["/f"] = reply(feed(*items))
        polls = self.poller.poll(NOW + timedelta(minutes=5 * self.polls), due_only=False)
        list(follow(self.store, polls, lambda _: [Route("@a")], self.coverage))

    @property
    def articles(self) -> int:
        return self.store.articles.total()

    @property
    def posts(self) -> int:
        return self.store.deliveries.counts(["@a"]).get("pending", 0)

    @property
    def told(self) -> str:
        """What the desk hears of it."""
        return "".join(problem.what for problem in self.store.problems.all())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        yield opened


@pytest.fixture
def followed(site: Site, store: Store) -> Followed:
    return Followed(site, store)


Items = Callable[[], list[str]]


def token() -> str:
    return f"k{next(TOKENS)}Zq"


ONCE: dict[str, Items] = {
    "a token in the query": lambda: [
        one(t, link=f"https://a.example/show?id={n}x&v={token()}", hours=n + 1) for n, t in enumerate(TITLES)
    ],
    "a token in the query, no dates": lambda: [
        one(t, link=f"https://a.example/show?id={n}x&t={token()}", hours=None) for n, t in enumerate(TITLES)
    ],
    "a token in guid and link, and a text": lambda: [
        one(t, link=f"https://a.example/{n}?s={token()}", guid=token(), hours=n + 1, text=LONG.format(n))
        for n, t in enumerate(TITLES)
    ],
    "a new guid at each fetch": lambda: [
        one(t, link=f"https://a.example/{n}", guid=token(), hours=n + 1) for n, t in enumerate(TITLES)
    ],
    "a new guid at each fetch, no dates": lambda: [
        one(t, link=f"https://a.example/{n}", guid=token(), hours=None) for n, t in enumerate(TITLES)
    ],
    "a session in the path": lambda: [
        one(t, link=f"https://a.example/n/{n};jsessionid={token()}?p=1") for n, t in enumerate(TITLES)
    ],
    "campaigns": lambda: [
        one(t, link=f"https://a.example/n/{n}?utm_source=rss&utm_content={token()}#utm_term={token()}")
        for n, t in enumerate(TITLES)
    ],
    "headlines alone": lambda: [one(t, hours=None) for t in TITLES],
    "headlines and dates alone": lambda: [one(t, hours=n + 1) for n, t in enumerate(TITLES)],
    "a placeholder for a guid": lambda: [one(t, guid="N/A", hours=n + 1) for n, t in enumerate(TITLES)],
    "a placeholder for a guid, and links": lambda: [
        one(t, guid=("-", "0", "null", "N/A", "")[n], link=f"https://a.example/{n}") for n, t in enumerate(TITLES)
    ],
    "one guid for all": lambda: [
        one(t, guid="https://a.example/feed", link=f"https://a.example/{n}") for n, t in enumerate(TITLES)
    ],
    "one guid and one link for all": lambda: [
        one(t, guid="news", link="https://a.example/news", hours=n + 1) for n, t in enumerate(TITLES)
    ],
    "one link for all": lambda: [one(t, guid=f"g{n}", link="https://a.example/news") for n, t in enumerate(TITLES)],
    "parts of one page": lambda: [
        one(t, guid=f"https://a.example/live#p{n}", link=f"https://a.example/live#p{n}", permalink="true")
        for n, t in enumerate(TITLES)
    ],
    "parts of one page, no guids": lambda: [one(t, link=f"https://a.example/live#p{n}") for n, t in enumerate(TITLES)],
    "a site of one page": lambda: [one(t, link=f"https://a.example/#!/news/{n}") for n, t in enumerate(TITLES)],
    "one number on two sites": lambda: [
        one(t, link=f"https://{'abcde'[n]}.example/news/52310/x") for n, t in enumerate(TITLES)
    ],
    "one number for a section": lambda: [
        one(t, link=f"https://a.example/news/52310/{n}") for n, t in enumerate(TITLES)
    ],
    "guids that differ in their case": lambda: [
        one(t, guid="xYz" if n == 1 else "xyZ" if n == 2 else f"g{n}") for n, t in enumerate(TITLES)
    ],
}


@pytest.mark.parametrize("names", ONCE)
def test_each_item_is_stored_and_posted_once_however_often_it_is_shown(names: str, followed: Followed) -> None:
    for polls in range(4):
        followed.shows(*ONCE[names]())
        assert (followed.articles, followed.posts) == (5, 5), f"after poll {polls + 1}"


@pytest.mark.parametrize("names", ONCE)
def test_items_that_come_one_by_one_are_all_stored(names: str, followed: Followed) -> None:
    for number in range(1, 6):
        followed.shows(*reversed(ONCE[names]()[:number]))
        assert followed.articles == number


FLIPS = (
    ("http://a.example/b/1", "https://www.a.example/b/1/"),
    ("https://a.example/b/1", "https://a.example/b/1#matn"),
    ("https://a.example/b/1#more", "https://a.example/b/1"),
    ("https://a.example/%D9%82%D9%85", "https://a.example/قم"),
    ("https://A.example/b/1", "https://a.EXAMPLE/b/1"),
    ("https://a.example/B/1", "https://a.example/b/1"),
    ("https://a.example/b/1?b=2&a=1", "https://a.example/b/1?a=1&b=2"),
    ("https://a.example:443/b/1", "https://a.example/b/1"),
    ("https://a.example/news/52310/old-slug", "https://a.example/news/52310/new-slug"),
)


@pytest.mark.parametrize(("first", "second"), FLIPS)
def test_an_address_that_flips_is_the_same_article(first: str, second: str, followed: Followed) -> None:
    for link in (first, second, first, second):
        followed.shows(one(TITLES[0], link=link))
    assert (followed.articles, followed.posts) == (1, 1)


def test_a_guid_that_is_given_to_another_article_takes_none_away(followed: Followed) -> None:
    for number, title in enumerate(TITLES):
        followed.shows(one(title, guid="latest", link=f"https://a.example/{number}", hours=5 - number))
        followed.shows(one(title, guid="latest", link=f"https://a.example/{number}", hours=5 - number))
        assert followed.articles == number + 1
    assert len({article.title for article in followed.store.articles.latest(limit=9)}) == 5


def test_a_corrected_headline_is_a_revision_though_its_slug_follows(followed: Followed) -> None:
    followed.shows(one("پل کشکان ترمیم شد", guid="g7", link="https://a.example/pol-tarmim"))
    followed.shows(one("پل کشکان پس از یک ماه ترمیم شد", guid="g7", link="https://a.example/pol-mah", hours=0.5))
    (article,) = followed.store.articles.latest(limit=9)
    assert article.revision == 2


def test_the_same_headline_on_another_day_is_another_item(followed: Followed) -> None:
    for day in (3, 2, 1):
        followed.shows(one("نرخ ارز امروز", hours=day * 24 + 6))
    assert followed.articles == 3
    followed.shows(*(one("نرخ ارز امروز", hours=day * 24 + 6) for day in (1, 2, 3)))
    assert followed.articles == 3


def test_a_page_that_is_told_anew_each_day_under_a_guid_of_its_own_is_another_item(followed: Followed) -> None:
    for day in (3, 2, 1):
        title = f"نرخ ارز، {day} روز پیش"
        followed.shows(one(title, guid=f"arz-{day}", link="https://a.example/arz", hours=day * 24))
    assert (followed.articles, followed.posts) == (3, 3)
    followed.shows(one("نرخ ارز، 1 روز پیش", guid="arz-moved", link="https://a.example/arz", hours=24))
    assert followed.articles == 3


def test_two_items_of_one_headline_with_names_of_their_own_are_two(followed: Followed) -> None:
    for number in (1, 2, 3):
        items = (one("نرخ ارز امروز", link=f"https://a.example/p/{n}", hours=30 - n) for n in range(number, 0, -1))
        followed.shows(*items)
    assert followed.articles == 3


def test_the_desk_hears_of_a_feed_whose_items_nothing_tells_apart(followed: Followed) -> None:
    followed.shows(one(TITLES[0], guid="N/A"), one(TITLES[1], guid="N/A"))
    assert "neither a guid nor a link" in followed.told


def test_the_desk_hears_of_names_that_are_new_at_each_fetch(followed: Followed) -> None:
    for _ in range(2):
        followed.shows(*ONCE["a token in the query"]())
    assert "other ones at each fetch" in followed.told


def test_no_memory_grows_where_names_are_new_at_each_fetch(followed: Followed) -> None:
    for _ in range(4):
        followed.shows(*ONCE["a token in the query"]())
    (source,) = followed.poller.sources
    words = followed.store.sources.known(source.key, keys=[])
    assert words == ()
    with followed.store._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM entries").scalar() == 5


def test_what_a_poll_stored_before_it_fell_is_corrected_by_the_next(followed: Followed, store: Store) -> None:
    followed.site.pages["/f"] = reply(feed(one(TITLES[0], guid="g1", text=LONG.format(1))))
    falling = followed.poller.poll(NOW, due_only=False)
    results = follow(store, falling, lambda _: [Route("@a")], followed.coverage)
    next(results)
    falling.close()
    followed.shows(one(TITLES[0], guid="g1", text=LONG.format(2)))
    (article,) = store.articles.latest(limit=9)
    assert (article.revision, followed.posts) == (2, 1)


NAMES = st.sampled_from(["", "N/A", "g1", "g2", "https://a.example/", "https://a.example/x#1", "https://a.example/x#2"])
LINKS = st.sampled_from(
    [
        "",
        "https://a.example/",
        "https://a.example/x",
        "https://a.example/x#1",
        "https://a.example/x#2",
        "https://a.example/y",
    ]
)


@given(names=st.lists(st.tuples(NAMES, LINKS), min_size=1, max_size=8))
def test_whatever_names_a_feed_gives_each_headline_has_one_of_its_own(names: list[tuple[str, str]]) -> None:
    source = SourceSettings("https://a.example/f", key="f")
    entries = [
        syndication.Entry(guid, link, f"{number} {TITLES[number % 5]}", published=NOW - timedelta(hours=number))
        for number, (guid, link) in enumerate(names)
    ]
    named = entry_names.name((one, syndication.document(one, source, name="", now=NOW)) for one in entries)
    assert len({item.document.key for item in named}) == len(names)
    links = [item.link for item in named if item.link]
    assert len(set(links)) == len(links)


# -- Names that follow the headline ------------------------------------------------------------------------------------


def slugged(title: str, *, hours: float = 1, text: str = "") -> str:
    link = f"https://a.example/news/{title.replace(' ', '-')}"
    return one(title, link=link, guid=link, hours=hours, text=text)


OTHERS = [slugged(title, hours=hours, text=LONG.format(hours)) for hours, title in enumerate(TITLES[:3], 2)]
TEXT = "فرماندار شهر گفت بزرگراه پس از بارش سنگین دیروز تا پایان هفته بسته می‌ماند و راه دیگری باز است."


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("بزرگراه تا پایان هفته بسته ماند", "بزرگراه شهر تا پایان هفته بسته می‌ماند", ""),
        ("بزرگراه تا پایان هفته بسته ماند", "رانندگان از مسیر دیگر بروند", TEXT),
        ("بزرگراه بسته شد", "بزرگراه تا پایان هفته بسته می‌ماند", TEXT),
    ],
)
def test_an_edited_headline_is_a_revision_where_link_and_guid_follow_it(
    before: str, after: str, text: str, followed: Followed
) -> None:
    followed.shows(slugged(before, text=text), *OTHERS)
    followed.shows(slugged(after, text=text), *OTHERS)
    followed.shows(slugged(after, text=text), *OTHERS)
    assert (followed.articles, followed.posts) == (4, 4)
    (article,) = followed.store.articles.latest(limit=1)
    assert (article.title, article.revision) == (after, 2)


@pytest.mark.parametrize(
    ("items", "articles"),
    [
        (
            [slugged("بزرگراه تا پایان هفته بسته ماند"), slugged("بزرگراه شهر تا پایان هفته بسته می‌ماند")],
            5,
        ),  # both stand there
        ([slugged("مدرسه‌ها فردا باز می‌شوند")], 5),  # it tells something else
        ([slugged("بزرگراه شهر تا پایان هفته بسته می‌ماند", hours=1.1)], 5),  # at another moment
        (
            [slugged("بزرگراه تا پایان هفته بسته است"), slugged("بزرگراه تا پایان هفته باز است")],
            6,
        ),  # which of them is it
    ],
)
def test_what_is_not_proven_to_be_the_same_is_an_article_of_its_own(
    items: list[str], articles: int, followed: Followed
) -> None:
    followed.shows(slugged("بزرگراه تا پایان هفته بسته ماند"), *OTHERS)
    followed.shows(*items, *OTHERS)
    assert followed.articles == articles


def test_a_version_that_is_numbered_behind_an_address_is_a_revision(followed: Followed) -> None:
    def version(number: int, title: str) -> str:
        return one(title, link="https://a.example/news/abc", guid=f"https://a.example/news/abc#{number}", text=TEXT)

    followed.shows(version(0, "بزرگراه بسته شد"), *OTHERS)
    followed.shows(version(1, "بزرگراه تا پایان هفته بسته می‌ماند"), *OTHERS)
    assert (followed.articles, followed.posts) == (4, 4)
    assert followed.store.articles.latest(limit=1)[0].revision == 2
