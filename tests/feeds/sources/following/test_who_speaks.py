"""Who may speak for an agency: its own feeds and those that the desk declares; a stranger tells for itself alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from empty_store import empty_store
from sources_site import Site, feed, item, reply

from feeds.models import Article, Route
from feeds.pipeline import follow
from feeds.sources import SourceSettings
from feeds.sources.fetching.fetch import Limits
from feeds.sources.following.poll import Poller
from feeds.store import Store, open_store, uid_of
from feeds.store.sources import Noted
from feeds.stories.coverage import Coverage

NOW = datetime.now(UTC)
MEHR = "http://www.mehrnews.com/rss"
STRANGER = "http://stranger.example/rss"
LINK = "https://www.mehrnews.com/news/66012{}/slug"
TITLES = ("سیل راه خرم‌آباد را بست", "زعفران قائن به بازار رسید")
TEXTS = (
    "فرماندار خرم‌آباد گفت: راه این شهر به پلدختر از بامداد امروز بسته است و رانندگان باید از راه کوهدشت بروند.",
    "رئیس اتحادیهٔ زعفران قائن خبر داد که برداشت امسال یک‌سوم بیشتر است و بهای هر مثقال پایین آمده است.",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        yield opened


@pytest.fixture
def take(site: Site, store: Store) -> Callable[..., list[Article]]:
    """Polls feeds wherever they lie: the tests' site is a proxy to them all."""

    def run(*sources: SourceSettings | str) -> list[Article]:
        settings = [SourceSettings(one, full_text=False) if isinstance(one, str) else one for one in sources]
        poller = Poller(store, settings, limits=Limits(seconds=2), proxy=site.url)
        polls = poller.poll(due_only=False)
        results = list(follow(store, polls, lambda _: [Route("@a")], Coverage(store)))
        assert not [one for one in results if not hasattr(one, "article")], results
        return [one.article for one in results if hasattr(one, "article")]

    return run


def news(number: int, *, title: str = "", text: str = "", link: str = "", guid: str = "") -> str:
    title, text = title or TITLES[number % 2], text or TEXTS[number % 2]
    return item(number, title=title, text=text, link=link or LINK.format(number), guid=guid)


def mehrs(store: Store, number: int) -> Article | None:
    return store.articles.by_uid(uid_of("mehrnews.com", f"66012{number}"))


def test_an_agencys_feeds_bring_an_article_once_and_each_may_correct_it(
    site: Site, store: Store, take: Callable[..., list[Article]]
) -> None:
    other = "http://qom.mehrnews.com/rss/tp/19"
    site.pages |= {MEHR: reply(feed(news(10))), other: reply(feed(news(10)))}
    take(MEHR, other)
    site.pages[other] = reply(feed(news(10, text=TEXTS[0].replace("امروز", "دیروز"))))
    take(MEHR, other)
    article = mehrs(store, 10)
    assert article is not None
    assert (article.revision, store.articles.total()) == (2, 1)


@pytest.mark.parametrize("name", ["link", "guid"])
def test_a_stranger_changes_nothing_of_an_agency(
    name: str, site: Site, store: Store, take: Callable[..., list[Article]]
) -> None:
    where = {"link": LINK.format(10)} if name == "link" else {"link": f"{STRANGER}/x", "guid": LINK.format(10)}
    site.pages |= {MEHR: reply(feed(news(10)))}
    take(MEHR)
    before = mehrs(store, 10)
    for title in ("سخن بیگانه دربارهٔ راه شهر", "سخن دیگر بیگانه دربارهٔ شهر", "سخن سوم بیگانه"):
        site.pages[STRANGER] = reply(
            feed(news(10, title=title, text=f"{title} که هیچ پیوندی با خبر مهر ندارد.", **where))
        )
        take(MEHR, STRANGER)
    assert mehrs(store, 10) == before


def test_numbers_that_a_stranger_lists_ahead_keep_no_news_from_appearing(
    site: Site, store: Store, take: Callable[..., list[Article]]
) -> None:
    ahead = [
        news(n, title=f"هنوز نیامده {n}", text=f"این خبر شمارهٔ {n} هنوز نوشته نشده است و جایش را گرفته‌اند.")
        for n in range(10, 20)
    ]
    site.pages |= {STRANGER: reply(feed(*ahead)), MEHR: reply(feed())}
    take(STRANGER)
    site.pages[MEHR] = reply(feed(news(10), news(11)))
    assert {one.title for one in take(MEHR)} == set(TITLES)
    assert mehrs(store, 10) is not None


def test_what_an_aggregator_repeats_joins_the_story_and_its_own_headline_edits_no_post_of_the_agency(
    site: Site, store: Store, take: Callable[..., list[Article]]
) -> None:
    site.pages |= {MEHR: reply(feed(news(10)))}
    (first,) = take(MEHR)
    site.pages[STRANGER] = reply(feed(news(10)))
    take(STRANGER)
    (told,) = store.stories.story_sources([first.id])[first.id]
    assert told.agency == "نمونه"
    site.pages[STRANGER] = reply(feed(news(10, title="سیل راه خرم‌آباد را بست؛ عکس‌ها را ببینید")))
    take(STRANGER)
    after = mehrs(store, 10)
    assert after is not None
    assert (after.title, after.agency) == (TITLES[0], "مهر")
    assert store.deliveries.counts(["@a"]).get("pending") == 1


def test_a_feed_elsewhere_is_an_agencys_where_the_desk_declares_it(
    site: Site, store: Store, take: Callable[..., list[Article]]
) -> None:
    site.pages[STRANGER] = reply(feed(news(10)))
    (article,) = take(SourceSettings(STRANGER, full_text=False, speaks_for="mehrnews.com"))
    assert (article.source, article.key, article.agency) == ("mehrnews.com", "6601210", "مهر")


def test_a_feed_that_is_sent_elsewhere_speaks_for_nobody(
    site: Site, store: Store, take: Callable[..., list[Article]]
) -> None:
    site.pages |= {MEHR: reply(b"", status=302, Location=STRANGER), STRANGER: reply(feed(news(10)))}
    take(MEHR)
    assert mehrs(store, 10) is None


def test_nobody_signs_with_an_agencys_name_by_claiming_it(
    site: Site, store: Store, take: Callable[..., list[Article]]
) -> None:
    body = news(10, text="به گزارش خبرگزاری مهر، راه خرم‌آباد به پلدختر از بامداد امروز بسته است.", link=f"{STRANGER}/1")
    site.pages[STRANGER] = reply(feed(body).replace("نمونه".encode(), "خبرگزاری مهر".encode(), 1))
    (article,) = take(STRANGER)
    assert article.agency == "stranger.example"


def test_what_an_earlier_version_noted_under_an_agencys_name_is_old_and_not_the_strangers_to_change(
    site: Site, store: Store, take: Callable[..., list[Article]]
) -> None:
    site.pages |= {MEHR: reply(feed(news(10))), STRANGER: reply(feed(news(10)))}
    take(MEHR)
    take(STRANGER)
    # As it was noted when any feed gave articles an agency's number for their key.
    source = SourceSettings(STRANGER, full_text=False)
    state = next(state for key, state in store.sources.all().items() if key == "stranger.example/rss")
    (noted,) = store.sources.known(state.key, keys=["mehrnews.com/6601210"])
    old = replace(noted, key="6601210", source="mehrnews.com", article_key="6601210")
    store.sources.put_all([Noted(state, [old], [noted.key])], now=NOW - timedelta(hours=1))
    before, count = mehrs(store, 10), store.articles.total()
    for title in ("سیل راه خرم‌آباد را بست", "تیتر دیگری که بیگانه گذاشته است"):
        site.pages[STRANGER] = reply(feed(news(10, title=title)))
        take(source)
    assert before is not None
    assert mehrs(store, 10) == before
    assert store.articles.total() == count


def test_a_sites_numbers_of_an_earlier_version_are_not_posted_again(
    site: Site, store: Store, take: Callable[..., list[Article]]
) -> None:
    link = "https://shahr.example/news/52310/sarma"
    site.pages[STRANGER] = reply(feed(news(10, link=link)))
    take(STRANGER)
    state = store.sources.all()["stranger.example/rss"]
    (noted,) = store.sources.known(state.key, keys=["shahr.example/52310"])
    store.sources.put_all([Noted(state, [replace(noted, key="52310")], [noted.key])], now=NOW)
    site.pages[STRANGER] = reply(feed(news(10, link=link, title="سیل راه خرم‌آباد را دوباره بست")))
    take(STRANGER)
    assert store.articles.total() == 1
    (article,) = store.articles.latest(limit=5)
    assert article.revision == 2
