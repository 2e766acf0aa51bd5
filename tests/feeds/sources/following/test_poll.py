"""Following feeds: every article once, whatever a feed does to its names; and how each feed does is on record."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from empty_store import empty_store
from sources_site import Answer, Site, feed, item, reply, validated

from feeds.errors import PollError
from feeds.models import Document, SourceState
from feeds.sources import SourceSettings
from feeds.sources.fetching.fetch import Limits
from feeds.sources.following.poll import Poller
from feeds.sources.following.polled import Polled
from feeds.store import Store, open_store
from feeds.store.sources import Noted

LINK = "https://news.example/story/{}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        yield opened


@pytest.fixture
def follow(site: Site, store: Store) -> Callable[..., Poller]:
    def make(*paths: str, **settings: Any) -> Poller:
        options = {"allow_private": True, "full_text": False, **settings}
        sources = [SourceSettings(site.url + path, **options) for path in paths or ("/f",)]
        return Poller(store, sources, limits=Limits(seconds=2))

    return make


def take(poller: Poller, now: datetime | None = None, **options: Any) -> list[Document]:
    """What a round brings when every feed can be read."""
    found = list(poller.poll(now, **{"due_only": False, **options}))
    assert not [one for one in found if isinstance(one, PollError)]
    return [document for one in found if not isinstance(one, PollError) for document in one]


def errors(poller: Poller, now: datetime | None = None) -> list[PollError]:
    return [one for one in poller.poll(now, due_only=False) if isinstance(one, PollError)]


def test_a_feed_brings_its_articles_once_oldest_first(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = reply(feed(*(item(n, link=LINK.format(n)) for n in (1, 2, 3))))
    poller = follow()
    assert [document.url for document in take(poller)] == [LINK.format(n) for n in (3, 2, 1)]
    assert take(poller) == []


def test_a_feed_and_its_pages_are_asked_for_as_the_desk_says(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = reply(feed(item(1, link=f"{site.url}/n/1")))
    take(follow(full_text=True, agent="Browser/1"))
    take(follow())
    agents = [headers["user-agent"] for _, headers in site.requests]
    assert agents[:2] == ["Browser/1"] * 2
    assert agents[-1].startswith("Chapar")


def test_an_unchanged_feed_costs_almost_no_bytes(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = validated(feed(item(1, link=LINK.format(1))), '"1"')
    poller = follow()
    told: list[Polled] = []
    take(poller)
    take(poller, told=told.append)
    assert site.requests[-1][1]["if-none-match"] == '"1"'
    assert told[0].size == 0


def test_a_server_that_knows_no_conditions_still_brings_nothing_twice(
    site: Site, follow: Callable[..., Poller]
) -> None:
    site.pages["/f"] = reply(feed(item(1), item(2)))
    poller = follow()
    assert len(take(poller)) == 2
    assert take(poller) == []


def test_only_what_is_new_comes(site: Site, follow: Callable[..., Poller]) -> None:
    old = [item(n, guid=f"g{n}") for n in (2, 3)]
    poller = follow()
    site.pages["/f"] = reply(feed(*old))
    take(poller)
    site.pages["/f"] = reply(feed(item(1, guid="g1"), *old))
    assert [document.key for document in take(poller)] == ["g1"]


def test_an_edited_entry_is_a_revision_of_the_same_article(site: Site, follow: Callable[..., Poller]) -> None:
    poller = follow()
    site.pages["/f"] = reply(feed(item(1, link=f"{site.url}/news/6601234/old-slug")))
    (first,) = take(poller)
    site.pages["/f"] = reply(
        feed(item(1, link=f"{site.url}/news/6601234/new-slug", title="تیتر تازهٔ خبر گشایش طرح قم"))
    )
    (second,) = take(poller)
    assert (second.source, second.key) == (first.source, first.key)
    assert second.fingerprint != first.fingerprint


@pytest.mark.parametrize("case", ["guids", "https", "links and guids"])
def test_a_feed_that_renames_all_its_entries_brings_nothing(
    case: str, site: Site, follow: Callable[..., Poller]
) -> None:
    numbers = range(1, 20)
    before = [item(n, guid=f"g{n}", link=LINK.format(n)) for n in numbers]
    after = {
        "guids": [item(n, guid=f"new-{n}", link=LINK.format(n)) for n in numbers],
        "https": [item(n, link=LINK.format(n).replace("https", "http")) for n in numbers],
        "links and guids": [item(n, guid=f"new-{n}", link=f"https://other.example/{n}") for n in numbers],
    }[case]
    if case == "https":
        before = [item(n, link=LINK.format(n)) for n in numbers]
    poller = follow()
    site.pages["/f"] = reply(feed(*before))
    assert len(take(poller)) == 19
    site.pages["/f"] = reply(feed(*after))
    assert take(poller) == []
    site.pages["/f"] = reply(feed(item(50, guid="really", link=LINK.format(50)), *after))
    assert [document.key for document in take(poller)] == ["really"]


def test_an_entry_that_was_renamed_and_is_edited_later_is_still_the_same_article(
    site: Site, follow: Callable[..., Poller]
) -> None:
    poller = follow()
    site.pages["/f"] = reply(feed(item(1, guid="a", link=LINK.format(1))))
    (first,) = take(poller)
    site.pages["/f"] = reply(feed(item(1, guid="b", link=LINK.format(1))))
    assert take(poller) == []
    site.pages["/f"] = reply(feed(item(1, guid="b", link=LINK.format(1), title="تیتر دیگر برای همان خبر")))
    (edited,) = take(poller)
    assert (edited.source, edited.key) == (first.source, first.key)


def test_two_entries_with_one_guid_are_two_articles(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = reply(feed(*(item(n, guid="https://news.example/", link=LINK.format(n)) for n in (1, 2, 3))))
    poller = follow()
    assert len({document.key for document in take(poller)}) == 3
    site.pages["/f"] = reply(feed(*(item(n, guid="https://news.example/", link=LINK.format(n)) for n in (1, 2))))
    assert take(poller) == []


def test_entries_that_all_link_to_the_front_page_are_told_apart(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = reply(feed(*(item(n, guid=f"g{n}", link="https://news.example/") for n in (1, 2))))
    poller = follow()
    assert len(take(poller)) == 2
    site.pages["/f"] = reply(feed(item(3, guid="g3", link="https://news.example/")))
    assert len(take(poller)) == 1


def test_an_entry_that_stands_twice_in_a_feed_is_one_article(site: Site, follow: Callable[..., Poller]) -> None:
    one = item(1, guid="a", link=LINK.format(1))
    site.pages["/f"] = reply(feed(one, one, item(2, guid="b")))
    assert len(take(follow())) == 2


def test_a_new_feed_floods_no_channel(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = reply(feed(*(item(n, guid=str(n)) for n in range(1, 101))))
    documents = take(follow())
    assert len(documents) == 100
    assert [document.key for document in documents if not document.quiet] == [str(n) for n in range(10, 0, -1)]


def test_what_is_old_when_a_feed_is_new_is_stored_without_being_posted(
    site: Site, follow: Callable[..., Poller]
) -> None:
    site.pages["/f"] = reply(feed(item(1), item(2, age=timedelta(days=2))))
    assert [document.quiet for document in take(follow())] == [True, False]


def test_an_archive_that_is_published_again_floods_no_channel(site: Site, follow: Callable[..., Poller]) -> None:
    poller = follow()
    site.pages["/f"] = reply(feed(item(1)))
    take(poller)
    archive = [item(n, guid=f"old{n}", age=timedelta(days=n)) for n in range(5, 55)]
    site.pages["/f"] = reply(feed(item(2), *archive))
    documents = take(poller)
    assert len(documents) == 51
    assert sum(not document.quiet for document in documents) == 1


@pytest.mark.parametrize(
    "before",
    [
        reply(b"", status=304),
        reply(feed()),
        reply(feed(item(1, guid="1"), item(2, guid="2"))[:-40]),
        reply(b'{"items": [{"id": "1", "title": "a"}, {"id"'),
    ],
    ids=["nothing known", "empty", "cut off", "broken JSON"],
)
def test_a_feed_that_shows_itself_whole_only_later_floods_no_channel(
    site: Site, follow: Callable[..., Poller], before: Answer
) -> None:
    poller = follow()
    site.pages["/f"] = before
    list(poller.poll(due_only=False))
    site.pages["/f"] = reply(feed(*(item(n, guid=f"g{n}") for n in range(1, 101))))
    assert sum(not document.quiet for document in take(poller)) == 10


def test_an_old_article_that_appears_late_is_no_news(site: Site, follow: Callable[..., Poller]) -> None:
    poller = follow()
    site.pages["/f"] = reply(feed(item(1, guid="1")))
    take(poller)
    site.pages["/f"] = reply(feed(item(2, guid="2"), item(3, guid="3", age=timedelta(days=400)), item(1, guid="1")))
    assert [(document.key, document.quiet) for document in take(poller)] == [("3", True), ("2", False)]


def test_a_number_that_all_entries_have_for_a_guid_names_none(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = reply(feed(*(item(n, guid="12345", link=LINK.format(n)) for n in (1, 2, 3))))
    assert [document.url for document in take(follow())] == [LINK.format(n) for n in (3, 2, 1)]


def test_the_front_page_for_a_guid_names_nothing(site: Site, follow: Callable[..., Poller]) -> None:
    poller = follow()
    for number in (1, 2):
        site.pages["/f"] = reply(feed(item(number, guid="https://news.example/", link=LINK.format(number))))
        assert [document.url for document in take(poller)] == [LINK.format(number)]


def test_what_was_not_taken_comes_again(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = validated(feed(item(1), item(2)), '"1"')
    poller = follow()
    falling = poller.poll(due_only=False)
    next(falling)
    falling.close()
    assert len(take(poller)) == 2


def test_an_entry_without_a_date_keeps_the_time_when_it_was_first_seen(
    site: Site, follow: Callable[..., Poller]
) -> None:
    undated = "<item><title>{}</title><guid>a</guid><description>متن خبر بدون تاریخ انتشار</description></item>"
    poller = follow()
    site.pages["/f"] = reply(feed(undated.format("تیتر")))
    first_seen = datetime(2025, 9, 24, 10, tzinfo=UTC)
    (first,) = take(poller, first_seen)
    site.pages["/f"] = reply(feed(undated.format("تیتر تازه")))
    (second,) = take(poller, first_seen + timedelta(hours=5))
    assert first.published == second.published == first_seen


def test_a_feed_that_fails_is_an_error_a_problem_and_polled_ever_less(
    site: Site, follow: Callable[..., Poller], store: Store
) -> None:
    poller = follow()
    now = datetime.now(UTC)
    waits = []
    for _ in range(3):
        (error,) = errors(poller, now)
        assert "HTTP 404" in error.reason
        state = store.sources.all()[poller.sources[0].key]
        assert state.next_poll is not None
        waits.append((state.next_poll - now).total_seconds() / 60)
    assert waits[0] < waits[1] < waits[2] <= 20
    (problem,) = store.problems.all(kind="source")
    assert problem.where == f"{site.url}/f"
    assert "3 times in a row" in problem.what
    site.pages["/f"] = reply(feed(item(1)))
    take(poller)
    assert store.problems.all(kind="source") == ()


@pytest.mark.parametrize("status", [400, 412, 500])
def test_a_server_that_stumbles_over_conditions_is_asked_without(
    status: int, site: Site, follow: Callable[..., Poller]
) -> None:
    def stumbling(handler: BaseHTTPRequestHandler) -> None:
        asks = handler.headers.get("If-None-Match")
        (reply(b"", status=status) if asks else reply(feed(item(2, guid="b")), ETag='"1"'))(handler)

    poller, now = follow(), datetime.now(UTC)
    site.pages["/f"] = reply(feed(item(1, guid="a")), ETag='"1"')
    take(poller, now)
    site.pages["/f"] = stumbling
    assert len(errors(poller, now)) == 1
    assert [document.key for document in take(poller, now)] == ["b"]


def test_a_server_that_says_unchanged_for_ever_is_doubted_when_its_feed_is_silent(
    site: Site, follow: Callable[..., Poller]
) -> None:
    poller, morning = follow(), datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    site.pages["/f"] = reply(feed(item(1, guid="a")), ETag='"1"')
    take(poller, morning)
    site.pages["/f"] = lambda handler: (
        reply(b"", status=304) if handler.headers.get("If-None-Match") else reply(feed(item(2, guid="b")))
    )(handler)
    for days, hours in ((0, 0), (0, 1), (3, 1), (3, 5)):
        assert take(poller, morning + timedelta(days=days, hours=hours)) == []
    assert [one.key for one in take(poller, morning + timedelta(days=3, hours=6))] == ["b"]


def test_a_page_that_sends_its_reader_on_leads_to_the_feed(site: Site, follow: Callable[..., Poller]) -> None:
    page = '<html><head><META content="0; url={}" http-equiv="refresh"></head></html>'
    site.pages |= {"/f": reply(page.format("/g").encode(), kind="text/html"), "/g": reply(feed(item(1)))}
    assert len(take(follow())) == 1
    site.pages["/f"] = reply(page.format("/f?again").encode(), kind="text/html")
    site.pages["/f?again"] = site.pages["/f"]
    assert "HTML page" in errors(follow())[0].reason


def test_a_page_sends_nobody_into_the_desks_own_network(site: Site, follow: Callable[..., Poller]) -> None:
    page = '<html><head><meta http-equiv="refresh" content="0; url=http://127.0.0.1:1/feed"></head></html>'
    site.pages["/f"] = reply(page.encode(), kind="text/html")
    assert "loopback" in errors(follow())[0].reason


def test_a_feed_is_left_alone_until_it_is_due(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = reply(feed(item(1)))
    poller = follow()
    now = datetime.now(UTC)
    assert len(list(poller.poll(now))) == 1
    assert list(poller.poll(now + timedelta(minutes=1))) == []
    assert len(site.requests) == 1
    assert list(poller.poll(now + timedelta(minutes=40))) == []
    assert len(site.requests) == 2


def test_a_failing_feed_is_tried_at_once_by_a_service_that_starts_again(
    site: Site, follow: Callable[..., Poller]
) -> None:
    assert len(errors(follow())) == 1
    site.pages["/f"] = reply(feed(item(1)))
    assert len(list(follow().poll())) == 1


def stalls_after(body: bytes) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(body)
        handler.wfile.flush()
        time.sleep(2.5)
        handler.close_connection = True

    return answer


def test_one_bad_feed_takes_nothing_from_the_others(site: Site, follow: Callable[..., Poller]) -> None:
    def hangs_up(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    def garbage(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\0\1\2 nonsense\r\n\r\n")
        handler.close_connection = True

    site.pages |= {
        "/good": reply(feed(item(1))),
        "/html": reply(b"<html><title>x</title></html>", kind="text/html"),
        "/hangs": hangs_up,
        "/garbage": garbage,
        "/stalls": stalls_after(b"<"),
        "/empty": reply(b""),
        "/zip": reply(b"junk", Content_Encoding="gzip"),
        "/odd": reply(b"junk", Content_Encoding="zstd"),
    }
    poller = follow(*site.pages, "/missing")
    found = list(poller.poll(due_only=False))
    assert [len(one) for one in found if not isinstance(one, PollError)] == [1]
    reasons = {one.url.rpartition("/")[2]: one.reason for one in found if isinstance(one, PollError)}
    assert set(reasons) == {"html", "hangs", "garbage", "stalls", "empty", "zip", "odd", "missing"}
    assert all(reasons.values())


def test_a_feed_that_stalls_gives_what_came(site: Site, follow: Callable[..., Poller], store: Store) -> None:
    site.pages["/f"] = stalls_after(feed(item(1, guid="1"), item(2, guid="2"))[:-40])
    assert [document.key for document in take(follow())] == ["1"]
    assert "within 2 seconds" in store.problems.all(kind="source")[0].what


def test_a_feed_that_breaks_off_gives_what_came_and_is_asked_for_whole_again(
    site: Site, follow: Callable[..., Poller], store: Store
) -> None:
    whole = feed(*(item(n, guid=str(n)) for n in (1, 2, 3)))

    def breaks_off(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(whole)))
        handler.send_header("ETag", '"1"')
        handler.end_headers()
        handler.wfile.write(whole[: whole.rindex(b"<title>")])
        handler.wfile.flush()
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    site.pages["/f"] = breaks_off
    poller = follow()
    assert sorted(document.key for document in take(poller)) == ["1", "2"]
    assert "broke off" in store.problems.all(kind="source")[0].what
    site.pages["/f"] = validated(whole, '"1"')
    assert [document.key for document in take(poller)] == ["3"]
    assert store.problems.all(kind="source") == ()


def test_a_feed_that_ends_before_its_end_is_asked_for_whole_again(
    site: Site, follow: Callable[..., Poller], store: Store
) -> None:
    whole = feed(*(item(n, guid=str(n)) for n in (1, 2, 3)))
    site.pages["/f"] = validated(whole[: whole.rindex(b"<title>")], '"1"')
    poller = follow()
    assert sorted(document.key for document in take(poller)) == ["1", "2"]
    site.pages["/f"] = validated(whole, '"1"')  # the server takes no note of what broke
    assert [document.key for document in take(poller)] == ["3"]
    assert store.problems.all(kind="source") == ()


def test_what_is_wrong_with_a_feed_stays_on_record_while_it_is_unchanged(
    site: Site, follow: Callable[..., Poller], store: Store
) -> None:
    damaged = validated(feed(item(1, guid="1")).replace(b"</channel>", b"<a></b></channel>"), '"1"')
    site.pages["/f"] = damaged
    poller = follow()
    for _ in range(2):
        take(poller)
        assert "not well-formed" in store.problems.all(kind="source")[0].what
    site.pages["/f"] = reply(b"", status=503)
    assert errors(poller)
    site.pages["/f"] = damaged
    take(poller)
    assert "not well-formed" in store.problems.all(kind="source")[0].what


def test_a_clock_that_was_ahead_holds_no_feed_back(site: Site, follow: Callable[..., Poller], store: Store) -> None:
    site.pages["/f"] = reply(feed(item(1)))
    poller = follow()
    now = datetime.now(UTC)
    take(poller, now + timedelta(days=1000))
    site.pages["/f"] = reply(feed(item(2), item(1)))
    assert len(take(poller, now, due_only=True)) == 1
    (state,) = store.sources.all().values()
    assert state.newest is not None
    assert state.newest <= now


def test_a_source_that_falls_silent_is_a_problem(site: Site, follow: Callable[..., Poller], store: Store) -> None:
    site.pages["/f"] = validated(feed(*(item(n) for n in range(1, 20))), '"1"')
    poller = follow()
    take(poller)
    assert store.problems.all() == ()
    take(poller, datetime.now(UTC) + timedelta(hours=14))
    (problem,) = store.problems.all(kind="source")
    assert "no new article for 14 h; usually there is one every 1 min" in problem.what


def test_the_problems_of_a_feed_that_is_followed_no_more_are_forgotten(
    follow: Callable[..., Poller], store: Store
) -> None:
    errors(follow("/a"))
    follow("/b").forget_problems()
    assert store.problems.all() == ()


PAGE = """<html><head><meta property="og:image" content="/big.jpg"><meta property="og:image:width" content="1200">
<meta property="og:image:height" content="800"></head><body><nav>منو خانه تماس</nav>
<p class="introtext item-summary">{lead}</p><div itemprop="articleBody" class="item-text"><p>{lead}</p>
<p>{text}</p><p>پایان گزارش با <a href="/x">پیوند</a>.</p><script>evil()</script></div>
<footer>پانویس</footer></body></html>"""


def test_the_full_text_is_read_where_a_feed_has_only_the_lead(site: Site, follow: Callable[..., Poller]) -> None:
    lead = "قم – طرح آبرسانی با حضور مردم گشایش یافت."
    text = "شرح این خبر بلند است و در صفحهٔ آن آمده است. " * 10
    site.pages["/f"] = reply(feed(item(1, text=lead, link=f"{site.url}/news/6601234/x")))
    site.pages["/news/6601234/x"] = reply(PAGE.format(lead=lead, text=text).encode(), kind="text/html; charset=utf-8")
    (document,) = take(follow(full_text=True))
    assert document.lead == lead
    assert document.body == f"{text.strip()}\n\nپایان گزارش با پیوند."
    assert document.image is not None
    assert (document.image.url, document.image.width, document.image.height) == (f"{site.url}/big.jpg", 1200, 800)


LEAD = "قم – طرح آبرسانی روستاهای جعفریه با حضور فرماندار گشایش یافت."
LONG = "شرح آبرسانی به روستاهای جعفریه بلند است و در صفحهٔ آن آمده است. " * 10
WALL = "برای خواندن ادامهٔ مطالب این پایگاه لازم است نام کاربری و گذرواژهٔ خود را وارد کنید. " * 10


@pytest.mark.parametrize(
    ("page", "body"),
    [
        (
            f'<?xml version="1.0" encoding="windows-1256"?><html><div itemprop="articleBody">{LONG}</div></html>',
            LONG.strip(),
        ),
        (
            (
                f'<div itemprop="articleBody"><p>{LONG}</p><div class="share-box">اشتراک</div>'
                '<ul class="related-news"><li>خبر دیگر</li></ul><div class="item-tags">برچسب</div></div>'
            ),
            LONG.strip(),
        ),
        (f'<div itemprop="articleBody">{WALL}</div>', LEAD),
        (f"<article><p>{WALL}</p></article>", LEAD),
        ("", LEAD),
        ("<div>" * 5000 + LONG, LEAD),
        ("<html>" + "\0" * 1000, LEAD),
    ],
    ids=["xhtml", "asides", "wall", "wall without selectors", "nothing", "deep", "zeros"],
)
def test_of_a_page_only_the_article_is_taken(site: Site, follow: Callable[..., Poller], page: str, body: str) -> None:
    site.pages["/f"] = reply(feed(item(1, title="آبرسانی جعفریه", text=LEAD, link=f"{site.url}/news/6601234/x")))
    site.pages["/news/6601234/x"] = reply(page.encode(), kind="text/html")
    (document,) = take(follow(full_text=True))
    assert document.body == body


def test_the_desk_may_turn_full_text_off(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = reply(feed(item(1, link=f"{site.url}/news/6601234/x")))
    take(follow(full_text=False))
    assert [path for path, _ in site.requests] == ["/f"]


def test_without_a_page_the_lead_is_the_article(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = reply(feed(*(item(n, link=f"{site.url}/news/66012{n}/x") for n in range(10, 20))))
    documents = take(follow(full_text=True))
    assert len(documents) == 10
    assert all("گشایش یافت" in document.body for document in documents)
    assert len(site.requests) <= 1 + 4  # a host that fails thrice is left alone; a fourth was under way


def test_a_network_without_answers_is_soon_given_up(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = reply(feed(*(item(n, link=f"http://127.0.0.1:{n}/x") for n in range(1, 10))))
    begin = time.monotonic()
    assert len(take(follow(full_text=True))) == 9
    assert time.monotonic() - begin < 10


def test_a_trusted_source_may_be_held_and_bound_to_a_province(site: Site, follow: Callable[..., Poller]) -> None:
    site.pages["/f"] = reply(feed(item(1)))
    (document,) = take(follow(hold=True, province="qom", name="خبر قم"))
    assert (document.hold, document.province, document.agency) == (True, "qom", "خبر قم")


@pytest.mark.parametrize("depth", [255, 300, 2000, 2100, 50_000])
@pytest.mark.parametrize("tag", ["div", "b"])
def test_text_is_kept_however_deep_its_markup_nests(
    depth: int, tag: str, site: Site, follow: Callable[..., Poller]
) -> None:
    text = f"<p>راه تازهٔ قم</p>{f'<{tag}>' * depth}<p>گشوده <i>شد</i>.</p>{f'</{tag}>' * depth}"
    site.pages["/f"] = reply(feed(item(1, text=text)))
    (document,) = take(follow())
    assert document.body == "راه تازهٔ قم\n\nگشوده شد."


@pytest.mark.parametrize("depth", [300, 1500])
def test_a_page_that_nests_deep_gives_its_text(depth: int, site: Site, follow: Callable[..., Poller]) -> None:
    lead, rest = "قم – راه تازهٔ روستاهای قم گشوده شد.", "این راه روستاهای قم را به شهر می‌رساند. " * 20
    page = f"<div itemprop='articleBody'>{'<div>' * depth}<p>{lead}</p><p>{rest}</p></div>"
    site.pages["/f"] = reply(feed(item(1, text=lead, link=f"{site.url}/p")))
    site.pages["/p"] = reply(page.encode(), kind="text/html; charset=utf-8")
    (document,) = take(follow(full_text=True))
    assert rest.strip() in document.body


def test_a_feed_that_becomes_due_waits_for_no_slow_one(
    site: Site, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.sources.following.poll_round.LOOK", 0.05)
    done = threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        done.wait(30)
        reply(feed(item(1)))(handler)

    site.pages["/slow"], site.pages["/f"] = slow, reply(feed(item(2)))
    options: Any = {"allow_private": True, "full_text": False}
    sources = [SourceSettings(site.url + path, key=path, **options) for path in ("/slow", "/f")]
    poller, now = Poller(store, sources, limits=Limits(seconds=30)), datetime.now(UTC)
    later = SourceState("/f", sources[1].url, polled=now, next_poll=now + timedelta(seconds=1))
    store.sources.put_all([Noted(later)], now=now)
    brought = []
    for one in poller.poll(now):
        brought += [document.feed for document in one] if not isinstance(one, PollError) else []
        done.set()
    assert brought == ["/f", "/slow"]
    assert len(site.requests) == 2
