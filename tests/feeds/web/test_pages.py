"""What readers see on each page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from lxml import html as lxml_html
from visitor import Publish, Save, Visitor

from feeds.models import Article, ChannelState, Draft, Image, Problem, Summary
from feeds.provinces import gazetteer
from feeds.store import Store
from feeds.web.pages import static_version


def _tree(response: httpx.Response) -> Any:
    return lxml_html.fromstring(response.text)


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _titles(response: httpx.Response) -> list[str]:
    return [_text(title) for title in _tree(response).cssselect(".card h2")]


# Home -----------------------------------------------------------------------------------------------------------------


def test_an_empty_site_says_what_to_do(site: Visitor) -> None:
    response = site.get("/")
    assert response.status_code == 200
    assert "هنوز خبری نیست" in response.text
    assert "seeds/FORMAT.md" in response.text


def test_the_home_page_shows_the_newest_first_with_what_a_reader_needs(
    site: Visitor, save: Save, noon: datetime
) -> None:
    save("old", title="برف در یزد", provinces=("yazd",), published=noon - timedelta(days=2))
    new = save("new")
    response = site.get("/")
    assert _titles(response) == ["باران در قم", "برف در یزد"]
    card = _tree(response).cssselect(".card")[0]
    assert card.cssselect("h2 a")[0].get("href") == f"/a/{new.uid}"
    assert card.cssselect(".label")[0].get("href") == "/p/qom"
    assert _text(card.cssselect(".gist")[0]) == "باران از بامداد امروز در قم آغاز شد."
    assert _text(card.cssselect(".by")[0]) == "۱۵ دقیقه پیش · خبرگزاری نمونه"


def test_paging_back_shows_every_article_once(site: Visitor, save: Save, noon: datetime) -> None:
    for number in range(45):
        save(str(number), title=f"خبر {number}", published=noon - timedelta(hours=number))
    seen, path = [], "/"
    while path:
        response = site.get(path)
        seen += _titles(response)
        path = next((link.get("href") for link in _tree(response).cssselect("a[rel=next]")), "")
    assert seen == [f"خبر {number}" for number in range(45)]


def test_breaking_news_is_marked(site: Visitor, save: Save) -> None:
    save(urgent=True)
    assert _text(_tree(site.get("/")).cssselect(".card .urgent")[0]) == "فوری"


def test_whom_an_agency_quotes_stands_behind_it(site: Visitor, save: Save) -> None:
    article = save(agency="خبرگزاری نمونه", origin="رویترز")
    for path in ("/", f"/a/{article.uid}"):
        assert "خبرگزاری نمونه به نقل از رویترز" in _text(_tree(site.get(path)).cssselect(".by")[0])


def test_an_article_of_no_province_has_no_label(site: Visitor, save: Save) -> None:
    save(provinces=())
    assert _tree(site.get("/")).cssselect(".card .label") == []


def test_a_province_that_is_none_is_left_out_and_breaks_nothing(site: Visitor, save: Save) -> None:
    save(provinces=("atlantis", "qom"))
    assert [label.text for label in _tree(site.get("/")).cssselect(".card .label")] == ["قم"]


def test_markup_in_a_headline_is_shown_and_not_run(site: Visitor, save: Save) -> None:
    article = save(title='<img src=x onerror="alert(1)"> باران', lead="<script>alert(1)</script>", agency="<b>نمونه")
    for path in ("/", f"/a/{article.uid}", "/p/qom", "/search?q=باران"):
        page = _tree(site.get(path))
        assert page.cssselect("script:not([src]):not([type]), img[onerror], main b") == []
        assert all("<" not in script.text for script in page.cssselect("script[type]"))


# An article -----------------------------------------------------------------------------------------------------------


def test_an_article_has_title_lead_text_source_and_feed(site: Visitor, save: Save) -> None:
    article = save(url="https://agency.example/news/1/باران")
    page = _tree(site.get(f"/a/{article.uid}"))
    assert _text(page.cssselect("h1")[0]) == "باران در قم"
    paragraphs = page.cssselect(".text p")
    assert [_text(paragraph) for paragraph in paragraphs] == article.body.split("\n\n")
    assert [paragraph.get("class") for paragraph in paragraphs] == ["lead", None, None]
    links = {link.get("href") for link in page.cssselect(".story a")}
    assert [_text(link) for link in page.cssselect(".share li a")] == ["تلگرام", "بله", "ایتا", "واتساپ"]
    assert page.cssselect("[data-copied]")[0].get("value") == f"http://testserver/a/{article.uid}"
    assert {"https://agency.example/news/1/%D8%A8%D8%A7%D8%B1%D8%A7%D9%86", "/feeds/qom.rss", "/p/qom"} <= links


def test_a_subhead_is_one_and_a_starred_sentence_an_item(site: Visitor, save: Save) -> None:
    article = save(body="باران بارید.\n\n*خسارت در روستاها\n\n* دو پل بسته شد.")
    text = _tree(site.get(f"/a/{article.uid}")).cssselect(".text")[0]
    assert [(element.tag, _text(element)) for element in text] == [
        ("p", "باران بارید."),
        ("h2", "خسارت در روستاها"),
        ("p", "• دو پل بسته شد."),
    ]


def test_an_article_tells_other_sites_what_it_is(site: Visitor, save: Save) -> None:
    article = save(image=Image("https://agency.example/1.jpg", "باران", 800, 450))
    head = _tree(site.get(f"/a/{article.uid}")).find("head")
    properties = {meta.get("property"): meta.get("content") for meta in head.iter("meta") if meta.get("property")}
    assert properties["og:title"] == "باران در قم"
    assert properties["og:image"] == "https://agency.example/1.jpg"
    assert properties["og:url"] == f"http://testserver/a/{article.uid}"
    assert properties["article:published_time"] == "2026-03-01T08:30:00+00:00"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/local", ""])
def test_an_address_that_is_none_is_no_link(site: Visitor, save: Save, url: str) -> None:
    article = save(url=url)
    page = site.get(f"/a/{article.uid}")
    assert "javascript:" not in page.text
    assert "data:text" not in page.text
    assert "متن اصلی" not in page.text


def test_a_corrected_article_says_when(site: Visitor, save: Save) -> None:
    save()
    article = save(title="باران سنگین در قم")
    note = _tree(site.get(f"/a/{article.uid}")).cssselect(".note")[0]
    assert _text(note) == "به‌روزرسانی: یکشنبه ۱۰ اسفند ۱۴۰۴، ۱۲:۰۱ عنوان پیشین: باران در قم"


def test_a_retracted_article_says_so_and_is_in_no_list(
    site: Visitor, save: Save, archive: Store, now: datetime
) -> None:
    article = save()
    archive.editorial.retract(article.uid, now)
    page = site.get(f"/a/{article.uid}")
    assert _text(_tree(page).cssselect(".note")[0]) == "این خبر تکذیب شد: یکشنبه ۱۰ اسفند ۱۴۰۴، ۱۲:۱۵"
    assert '<meta name="robots" content="noindex">' in page.text
    assert _titles(site.get("/")) == []


def test_related_news_is_of_the_same_province_and_not_the_article_itself(
    site: Visitor, save: Save, noon: datetime
) -> None:
    article = save()
    save("two", title="برف در قم", published=noon - timedelta(hours=2))
    save("three", title="برف در یزد", provinces=("yazd",))
    related = _tree(site.get(f"/a/{article.uid}")).cssselect(".related h3")
    assert [_text(title) for title in related] == ["برف در قم"]


def test_where_only_the_day_is_known_the_page_shows_no_hour(site: Visitor, save: Save) -> None:
    article = save(day_only=True)
    assert _text(_tree(site.get(f"/a/{article.uid}")).cssselect(".by")[0]).startswith("یکشنبه ۱۰ اسفند ۱۴۰۴ ·")


@pytest.fixture
def story(save: Save, archive: Store, now: datetime) -> tuple[Article, Article]:
    """An article, and one of another agency that tells the same."""
    lead = save()
    other = save("two", title="بارش در قم", agency="خبرگزاری دیگر", url="https://other.example/2")
    assert archive.editorial.merge(other.uid, lead.uid, now)
    return lead, other


def test_a_story_is_listed_once_with_all_its_sources(site: Visitor, story: tuple[Article, Article]) -> None:
    for path in ("/", "/p/qom", "/search?q=قم"):
        response = site.get(path)
        assert _titles(response) == ["باران در قم"]
        by = _tree(response).cssselect(".card .by")[0]
        assert _text(by) == "۱۵ دقیقه پیش · خبرگزاری نمونه | خبرگزاری دیگر"
        assert [link.get("href") for link in by.cssselect("a")] == ["https://other.example/2"]


def test_those_that_tell_the_same_lead_to_each_other(site: Visitor, story: tuple[Article, Article]) -> None:
    lead, other = story
    for one, another in ((lead, other), (other, lead)):
        links = _tree(site.get(f"/a/{one.uid}")).cssselect(".story header .by a[title]")
        assert [(link.get("href"), link.text) for link in links] == [(f"/a/{another.uid}", another.agency)]


# Provinces ------------------------------------------------------------------------------------------------------------


def test_the_page_of_a_province_has_its_news_only(site: Visitor, save: Save) -> None:
    save()
    save("two", title="برف در یزد", provinces=("yazd",))
    response = site.get("/p/yazd")
    assert _titles(response) == ["برف در یزد"]
    assert "/feeds/yazd.rss" in response.text


def test_a_province_without_news_points_to_neighbours_that_have_some(site: Visitor, save: Save) -> None:
    neighbour = gazetteer.by_slug("qom").neighbours[0]
    save(provinces=(neighbour,))
    page = site.get("/p/qom")
    assert "هنوز خبری از استان قم نیست" in page.text
    assert [link.get("href") for link in _tree(page).cssselect(".chips a")] == [f"/p/{neighbour}"]


def test_all_provinces_are_listed_in_the_order_of_the_alphabet_with_their_counts(site: Visitor, save: Save) -> None:
    save()
    rows = _tree(site.get("/provinces")).cssselect(".provinces li")
    assert len(rows) == 31
    names = [_text(row.cssselect("a")[0]) for row in rows]
    assert (names[0], names[8], names[-1]) == ("آذربایجان شرقی", "چهارمحال و بختیاری", "یزد")
    assert "قم ۱ خبر" in [_text(row) for row in rows]


def test_the_map_leads_to_every_province_and_tells_its_count(site: Visitor, save: Save) -> None:
    save()
    for path in ("/", "/provinces"):
        tiles = {tile.get("href"): tile.findtext("title") for tile in _tree(site.get(path)).cssselect("svg a")}
        assert len(tiles) == 31
        assert tiles["/p/qom"] == "قم، ۱ خبر"


# Search ---------------------------------------------------------------------------------------------------------------


def test_a_search_finds_and_says_how_many(site: Visitor, save: Save) -> None:
    save()
    save("two", title="برف در یزد", lead="", body="برف بارید.", provinces=("yazd",))
    response = site.get("/search?q=قم باران")
    assert _titles(response) == ["باران در قم"]
    assert "۱ خبر · استان قم" in _text(_tree(response).cssselect("main")[0])


def test_a_search_that_a_province_has_nothing_for_is_answered_from_all_and_says_so(site: Visitor, save: Save) -> None:
    save()
    response = site.get("/search?q=یزد باران")
    main = _tree(response).cssselect("main")[0]
    assert "در این استان چیزی نبود؛ از همهٔ استان‌ها" in _text(main)
    assert "/p/yazd" in [link.get("href") for link in main.cssselect("a")]
    assert _titles(response) == ["باران در قم"]


def test_a_part_of_the_country_that_has_nothing_is_several_provinces_parted(site: Visitor, save: Save) -> None:
    save()
    said = _text(_tree(site.get("/search?q=باران شمال کشور")).cssselect("main")[0])
    assert "در این استان‌ها چیزی نبود؛ از همهٔ استان‌ها" in said
    assert "خبرهای استان گیلان · تازه‌ترین خبرهای استان مازندران · " in said


def test_a_search_that_finds_nothing_offers_the_nearest(site: Visitor, save: Save) -> None:
    save()
    main = _tree(site.get("/search?q=یزد گردباد")).cssselect("main")[0]
    assert "خبری پیدا نشد" in _text(main)
    assert "/p/yazd" in [link.get("href") for link in main.cssselect("a")]


def test_what_was_found_is_marked_in_the_title_and_in_the_sentence_that_says_it(site: Visitor, save: Save) -> None:
    save(body="باران آمد.\n\nرئیس هواشناسی از سیلاب‌های تابستان گفت.")
    page = _tree(site.get("/search?q=سیلاب باران"))
    assert [mark.text for mark in page.cssselect("mark")] == ["باران", "سیلاب‌های"]
    assert "رئیس هواشناسی" in _text(page.cssselect(".gist")[0])


def test_what_was_understood_can_be_taken_off(site: Visitor, save: Save) -> None:
    save()
    chips = _tree(site.get("/search?q=باران قم ۱۰ اسفند ۱۴۰۴")).cssselect(".understood a")
    assert [_text(chip) for chip in chips] == ["استان قم ✕", "۱۰ اسفند ۱۴۰۴ ✕"]
    assert _titles(site.get(chips[1].get("href"))) == ["باران در قم"]


def test_words_of_the_archive_are_suggested(site: Visitor, save: Save) -> None:
    save(title="گردشگری در قم")
    assert site.get("/suggest?q=قم گرد").json() == ["قم گرد", ["قم گردشگری"]]
    assert site.get("/suggest?q=").json() == ["", []]


def test_a_command_in_words_is_no_search(site: Visitor, save: Save) -> None:
    save()
    assert _titles(site.get("/search?q=راهنما")) == []
    assert _titles(site.get("/search?q=آخرین خبرها")) == ["باران در قم"]


def test_an_empty_search_shows_how_to_search(site: Visitor) -> None:
    page = site.get("/search")
    assert page.status_code == 200
    assert len(_tree(page).cssselect(".chips a")) >= 3


def test_results_are_paged(site: Visitor, save: Save, noon: datetime) -> None:
    for number in range(25):
        save(str(number), title=f"باران {number} در قم", published=noon - timedelta(hours=number))
    first = site.get("/search?q=قم")
    second = site.get(_tree(first).cssselect("a[rel=next]")[0].get("href"))
    assert len(_titles(first)) == 20
    assert len(_titles(second)) == 5
    assert not set(_titles(first)) & set(_titles(second))
    assert site.get("/search?q=قم&page=3").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "%00",
        "%FF",
        "a" * 5000,
        "'; DROP TABLE articles;--",
        '"NEAR(a b)" OR *',
        "%E2%80%AE",
        "<script>",
        "&page=-1",
        "قم&page=9999999999999999999999",
        "%F0%9F%8C%A7",
    ],
)
def test_no_query_breaks_the_search(site: Visitor, save: Save, query: str) -> None:
    save()
    response = site.get(f"/search?q={query}")
    assert response.status_code == 200
    assert "<script>" not in response.text


# Preview --------------------------------------------------------------------------------------------------------------


def test_an_empty_channel_says_so(site: Visitor) -> None:
    assert "هنوز پستی نیست" in site.get("/preview").text


def test_the_preview_draws_the_stored_payload(site: Visitor, save: Save, publish: Publish) -> None:
    save()
    publish(
        {
            "html": "🔹 <b>باران در قم</b>\n\nباران آغاز شد.\n<blockquote expandable>"
            + "ادامه " * 40
            + "</blockquote>\n#استان_قم",
            "plain": "",
            "buttons": [[{"text": "متن کامل", "url": "https://agency.example/1"}]],
        }
    )
    post = _tree(site.get("/preview")).cssselect(".post")[0]
    assert _text(post.cssselect(".words b")[0]) == "باران در قم"
    assert _text(post.cssselect("details summary")[0]).startswith("ادامه ادامه")
    assert _text(post.cssselect(".at")[0]) == "۱۲:۱۵"
    assert post.cssselect(".buttons a")[0].get("href") == "https://agency.example/1"


def test_many_posts_are_paged_and_each_is_shown_once(
    site: Visitor, save: Save, publish: Publish, noon: datetime
) -> None:
    for number in range(120):
        save(str(number), published=noon + timedelta(seconds=number))
    publish({"html": "باران " * 100})
    seen, path = [], "/preview"
    while path:
        page = _tree(site.get(path))
        seen += [post.get("id") for post in page.cssselect(".post")]
        path = next((link.get("href") for link in page.cssselect(".day a")), "")
    assert seen == [f"post-{number}" for number in range(120, 0, -1)]


def test_several_channels_can_be_switched(site: Visitor, archive: Store) -> None:
    for key, title in (("preview", ""), ("@qom_news", "اخبار قم")):
        archive.channels.ensure(key)
        if title:
            archive.channels.describe(key, chat_id=-100, title=title)
    links = _tree(site.get("/preview")).cssselect(".channels a")
    assert [_text(link) for link in links] == ["اخبار قم", "preview"]
    shown = site.get(links[0].get("href"))
    assert _text(_tree(shown).cssselect("h1")[0]) == "اخبار قم"
    assert site.get("/preview?channel=@unknown").status_code == 404


# Status, feeds, errors ------------------------------------------------------------------------------------------------


def test_the_desk_sees_problems_by_kind_with_what_to_do_and_since_when(
    site: Visitor, archive: Store, save: Save, service: dict[str, Any], noon: datetime
) -> None:
    save()
    archive.problems.set(Problem("broken.txt", 3, "the body is missing", noon))
    archive.problems.set(Problem("channel @qom", 0, "the bot is no member", noon, "channel"))
    service |= {
        "paused": "شایعه",
        "channels": [
            {"key": "@qom", "title": "خبر قم", "state": "blocked", "trouble": "refuses the bot", "posts": 1234}
            | {"last": "2026-03-01T08:30:00+00:00", "waiting": 2, "held": 1, "doubtful": 0, "dead": 0}
        ],
        "sources": [{"key": "seeds", "folder": "seeds"}, {"key": "agency", "newest": None, "trouble": ""}],
        "ticks": {"ingest": {"began": "2026-03-01T08:30:00+00:00", "seconds": 0.5, "error": "SourceError: gone"}},
        "extra": [1, None, "<b>"],
    }
    page = _tree(site.get("/status"))
    shown = _text(page.cssselect(".desk")[0])
    assert [_text(title) for title in page.cssselect(".trouble h3")] == ["سندهای صندوق (۱)", "کانال‌ها (۱)"]
    for words in (
        "broken.txt:3",
        "the body is missing",
        "همین که دگرگون شود دوباره خوانده می‌شود",
        "۱۵ دقیقه پیش",
        "انتشار ایستاده است: شایعه",
        "خبر قم @qom ربات را نمی‌پذیرد",
        "· ۱٬۲۳۴ پست، آخرین ۱۵ دقیقه پیش · ۲ در نوبت · ۱ نگه‌داشته",
        "خواندن صندوق",
        "SourceError: gone",
    ):
        assert words in shown, words
    (moment,) = {element.get("title") for element in page.cssselect(".trouble time")}
    assert moment == "یکشنبه ۱۰ اسفند ۱۴۰۴، ۱۲:۰۰"
    figures = {_text(row.find("dt")): _text(row.find("dd")) for row in page.cssselect(".figures div")}
    assert figures == {"خبر": "۱", "در نوبت": "۱"}
    assert not page.cssselect("table")


def test_no_token_of_a_source_is_on_the_status_page(
    site: Visitor, archive: Store, service: dict[str, Any], noon: datetime
) -> None:
    address = "https://agency.example/rss?token=geheim"
    archive.problems.set(Problem(address, 0, f"a redirect to {address}", noon, "source"))
    service |= {
        "sources": [{"key": address.removeprefix("https://"), "trouble": f"{address} fails"}],
        "ticks": {"ingest": {"began": "2026-03-01T08:30:00+00:00", "seconds": 1, "error": address}},
    }
    page = site.get("/status").text
    assert "geheim" not in page
    assert page.count("agency.example/rss?token=***") >= 4


def test_a_healthy_desk_sees_that_there_are_no_problems(site: Visitor) -> None:
    assert "همه‌چیز روبه‌راه است." in site.get("/status").text


def test_the_page_of_feeds_lists_every_feed_in_every_format(site: Visitor) -> None:
    links = {link.get("href") for link in _tree(site.get("/feeds")).cssselect(".feeds td a")}
    assert len(links) == 102


def test_every_page_announces_its_feeds(site: Visitor, save: Save) -> None:
    article = save()
    for path in ("/", "/p/qom", f"/a/{article.uid}", "/search", "/status"):
        links = _tree(site.get(path)).cssselect('link[rel=alternate][type="application/rss+xml"]')
        assert "http://testserver/feeds/all.rss" in [link.get("href") for link in links]


@pytest.mark.parametrize(
    "path", ["/nothing", "/a/0000000000000000", "/p/atlantis", "/feeds/atlantis.rss", "/static/x", "/a/%00"]
)
def test_a_page_that_is_not_there_says_so_in_persian(site: Visitor, path: str) -> None:
    response = site.get(path)
    assert response.status_code == 404
    assert "این صفحه نیست" in response.text


# All pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def full_site(site: Visitor, save: Save, publish: Publish, archive: Store, noon: datetime) -> Visitor:
    """A site with some of everything."""
    for number, province in enumerate(gazetteer.PROVINCES):
        save(
            f"p{number}",
            title=f"باران در {province.name}",
            body="\n\n".join(["شرکت Ayande Tech گفت باران ادامه دارد. " * 12] * 30),
            summary=Summary("باران از بامداد آغاز شد. " * 10),
            provinces=(province.slug,),
            published=noon - timedelta(hours=number),
            url="https://agency.example/1",
            image=Image("https://agency.example/1.jpg", "باران", 800, 450),
        )
    publish({"html": "🔹 <b>باران</b>\n\n" + "باران آغاز شد. " * 60, "buttons": [[{"text": "متن", "url": ""}]]})
    archive.problems.set(Problem("broken.txt", 3, "the body is missing", noon))
    return site


def _crawl(site: Visitor) -> dict[str, object]:
    pages, waiting = {}, ["/"]
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        pages[path] = response = site.get(path)
        if response.headers["content-type"].startswith("text/html"):
            links = [link for _, name, link, _ in _tree(response).iterlinks() if name == "href"]
            waiting += [
                link.partition("#")[0]
                for link in links
                if link.startswith("/") and "/feeds/" not in link and link != "/opml" and "/archive/" not in link
            ]
    return pages


def test_every_page_keeps_the_rules_of_all_pages(full_site: Visitor) -> None:
    pages = _crawl(full_site)
    assert len(pages) > 70
    for path, response in pages.items():
        assert response.status_code == 200, path
        if response.headers["content-type"].startswith("text/html"):
            assert _broken_rules(response) == [], path


def _broken_rules(response: httpx.Response) -> list[str]:
    page = _tree(response)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    return [
        rule
        for rule, broken in {
            "60 KB at most": len(response.content) > 60_000,
            "Persian, right-to-left": (page.get("lang"), page.get("dir")) != ("fa", "rtl"),
            "one h1 or none": len(page.cssselect("h1")) > 1,
            "a title": not page.findtext(".//title"),
            "no script but our own": bool(
                page.xpath("//script[not(starts-with(@src, '/')) and not(@type='application/ld+json')]")
                or page.xpath("//script[@src and text()]")
            ),
            "no style of its own": bool(page.xpath("//@style | //style")),
            "every id once": len(set(ids)) != len(ids),
            "every picture has words": bool(page.xpath("//img[not(@alt)]")),
            "every link has words": any(not (_text(a) or a.get("aria-label")) for a in page.cssselect("a")),
            "every field has a label": bool(page.xpath("//input[not(@aria-label)]")),
            "a way past the masthead": not page.cssselect('a.skip[href="#main"]') or not page.cssselect("main#main"),
            "nothing but pictures from elsewhere": bool(
                page.xpath("//link[@rel='stylesheet' and not(starts-with(@href, '/'))] | //iframe | //*[@srcset]")
            ),
            "nothing unfinished": "None" in page.text_content() or "undefined" in response.text.lower(),
        }.items()
        if broken
    ]


def test_the_style_sheet_is_small_and_fetches_nothing(site: Visitor) -> None:
    style = site.get("/static/style.css")
    assert len(style.content) < 15_000
    assert len(site.get("/static/preview.css").content) < 5_000
    assert len(site.get("/static/vazirmatn.woff2").content) < 60_000
    assert re.findall(r"url\((.*?)\)", style.text) == [f'"vazirmatn.woff2?v={static_version("vazirmatn.woff2")}"']
    assert "@import" not in style.text


def test_the_style_sheet_is_the_same_in_both_directions(site: Visitor) -> None:
    physical = re.findall(
        r"(?:margin|padding|border)-(?:left|right)|(?:text-align|float):\s*(?:left|right)",
        site.get("/static/style.css").text,
    )
    assert physical == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_the_contrast_that_readers_need(site: Visitor, scheme: str) -> None:
    light, system, chosen = re.findall(
        r":root(?: |:not\S+ |\[data-theme=\"dark\"\] )\{(.*?)\}", site.get("/static/style.css").text, re.DOTALL
    )
    dark = chosen.replace("color-scheme: dark;", "")
    assert " ".join(dark.split()) == " ".join(system.split())
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", light if scheme == "light" else dark))
    for ground in ("paper", "raised", "tint", "bubble"):
        assert _contrast(colours["ink"], colours[ground]) >= 7
        for words in ("muted", "accent", "urgent"):
            assert _contrast(colours[words], colours[ground]) >= 4.5, (words, ground)


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_channel_state_without_a_title_is_shown_by_its_key(site: Visitor, archive: Store) -> None:
    archive.channels.ensure("@yazd_news")
    assert ChannelState(key="@yazd_news") in archive.channels.all()
    assert _text(_tree(site.get("/preview?channel=@yazd_news")).cssselect("h1")[0]) == "@yazd_news"


def test_an_article_that_waits_for_the_desk_has_no_page_before_its_release(
    site: Visitor, save: Save, archive: Store, noon: datetime
) -> None:
    article = save()
    archive.editorial.hold("me", noon, article_id=article.id)
    paths = [f"/a/{article.uid}", "/", "/p/qom", "/search?q=باران", "/suggest?q=بار"]
    held = site.get_all(paths)
    assert held[0].status_code == 404
    assert not [answer for answer in held if article.title in answer.text]
    assert held[-1].json() == ["بار", []]
    archive.editorial.release("me", noon, article_id=article.id)
    assert all(article.uid in answer.text for answer in site.get_all(paths[:-1]))


def test_a_story_whose_agencies_give_other_numbers_says_so_with_both_quotations(
    archive: Store, site: Visitor, edited: Callable[..., Draft], noon: datetime
) -> None:
    def told(key: str, count: str, agency: str, story: tuple[str, str] | None = None) -> str:
        lead = f"واژگونی اتوبوس در جادهٔ قم {count} برجای گذاشت."
        draft = edited(key, lead=lead, body=lead, agency=agency)
        return archive.articles.save(draft, [], noon, story=story).article.uid

    first = told("one", "۳ کشته", "مهر")
    assert "روایت‌ها یکی نیست" not in site.get(f"/a/{first}").text
    second = told("two", "۵ کشته", "ایرنا", (first, "event"))
    for uid in (first, second):
        page = site.get(f"/a/{uid}").text
        assert "<b>مهر</b>: ۳ کشته | <b>ایرنا</b>: ۵ کشته" in page
        assert "«واژگونی اتوبوس در جادهٔ قم ۳ کشته برجای گذاشت.»" in page
        assert f'<blockquote cite="/a/{second}"><p>«واژگونی اتوبوس در جادهٔ قم ۵ کشته برجای گذاشت.»' in page
