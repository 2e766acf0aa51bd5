"""RSS, Atom and JSON Feed: valid each, equal among themselves, whatever the articles hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import feedparser
import pytest
from feed_rules import broken_in_atom, broken_in_json, broken_in_rss
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds.models import Article, Image, Summary
from feeds.syndication import Channel
from feeds.syndication.channel import channels_of
from feeds.syndication.entry import Entry, entry_of
from feeds.syndication.formats import atom, rss
from feeds.syndication.items import FORMATS, Item, Items, Unfit, document, written

SITE = "https://chapar.example"
EVERYTHING, *PROVINCES = channels_of(SITE, "چاپار")

HOSTILE = {
    "control": "خبر\x00 از \x1b[31m قم \x7f",
    "surrogate": "خبر \ud800 از قم",
    "noncharacter": "خبر \uffff\ufffe \U0001fffe از قم",
    "markup": "<b>خبر</b> &amp; </item></channel>",
    "cdata": "خبر ]]> از <![CDATA[ قم",
    "bidi": "\u202eخبر\u202c \u2067از\u2069 قم",
    "entity": "خبر &zwnj;&#8204; &nbsp; قم",
    "bom": "\ufeffخبر \ufffd از قم",
    "emoji": "خبر 👨‍👩‍👧‍👦🇮🇷 قم",
    "lines": "خبر\r\n\x0b\x0c\x85\u2028\u2029 قم",
    "empty": "",
    "space": " \u200c \t ",
}


@dataclass(frozen=True)
class Rendered:
    files: dict[str, bytes]
    unfit: dict[str, Exception]


def render_feed(channel: Channel, articles: Iterable[Article], zone: ZoneInfo) -> Rendered:
    told = [replace(one, id=number) for number, one in enumerate(articles)]
    return _rendered(channel, Items(SITE, zone).made(channel, told).values())


def render_entries(channel: Channel, entries: Mapping[str, Entry]) -> Rendered:
    return _rendered(channel, written(channel, entries))


def _rendered(channel: Channel, found: Iterable[Item | Unfit]) -> Rendered:
    told = list(found)
    items = [one for one in told if isinstance(one, Item)]
    files = {form.ending: document(channel, items, form.ending) for form in FORMATS}
    return Rendered(files, {one.name: one.reason for one in told if isinstance(one, Unfit)})


def _broken(channel: Channel, files: Mapping[str, bytes], now: datetime) -> list[str]:
    return [
        *broken_in_rss(files["rss"], channel.address("rss"), now=now),
        *broken_in_atom(files["atom"], channel.address("atom"), now=now),
        *broken_in_json(files["json"], channel.address("json"), now=now),
    ]


def _some(article: Callable[..., Article], noon: datetime) -> list:
    return [
        article("a", published=noon, image=Image("https://agency.example/a.jpg", "باران", 800, 450, "image/jpeg")),
        article("b", published=noon - timedelta(hours=1), revision=3, updated=noon, agency=""),
        article("c", published=noon - timedelta(days=2), url="", section="استان‌ها", provinces=("qom", "tehran")),
        article("d", published=noon - timedelta(days=9), provinces=(), image=Image("https://agency.example/d.webp")),
    ]


def test_every_format_follows_its_rules(article: Callable[..., Article], noon: datetime, tehran: ZoneInfo) -> None:
    rendered = render_feed(EVERYTHING, _some(article, noon), tehran)
    assert _broken(EVERYTHING, rendered.files, noon + timedelta(hours=1)) == []
    assert rendered.unfit == {}


@pytest.mark.parametrize("channel", PROVINCES, ids=lambda channel: channel.slug)
def test_a_province_without_news_has_a_valid_feed_without_items(
    channel: Channel, noon: datetime, tehran: ZoneInfo
) -> None:
    rendered = render_feed(channel, [], tehran)
    assert _broken(channel, rendered.files, noon) == []
    assert b"<item>" not in rendered.files["rss"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_in_any_place_leave_the_feed_valid(
    article: Callable[..., Article], noon: datetime, tehran: ZoneInfo, text: str
) -> None:
    hostile = article(
        "bad",
        title=text,
        lead=text,
        body=f"{text}\n\n{text}",
        summary=Summary(text, (text,)),
        agency=text,
        section=text,
        url=f"https://agency.example/{text}",
        image=Image(f"https://agency.example/{text}", text, -1, 5, text),
        published=noon - timedelta(days=30),
    )
    rendered = render_feed(EVERYTHING, [*_some(article, noon), hostile], tehran)
    assert _broken(EVERYTHING, rendered.files, noon + timedelta(hours=1)) == []
    assert rendered.files["rss"].count(b"<item>") == 5


ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.tuples(ANYTHING, ANYTHING, ANYTHING, ANYTHING))
def test_no_words_at_all_can_break_a_feed(
    article: Callable[..., Article], noon: datetime, tehran: ZoneInfo, words: tuple[str, str, str, str]
) -> None:
    title, body, agency, url = words
    strange = article(title=title, body=body, summary=Summary(body), agency=agency, section=title, url=url)
    rendered = render_feed(EVERYTHING, [strange], tehran)
    assert _broken(EVERYTHING, rendered.files, noon + timedelta(hours=1)) == []
    assert rendered.unfit == {}


def test_all_formats_have_equal_items(article: Callable[..., Article], noon: datetime, tehran: ZoneInfo) -> None:
    files = render_feed(EVERYTHING, _some(article, noon), tehran).files
    by_rss, by_atom = (_read_by_feedparser(files[ending]) for ending in ("rss", "atom"))
    assert by_rss == by_atom == _read_by_json(files["json"])
    assert len(by_rss) == 4


def test_a_document_of_kept_items_is_what_feedgen_writes_of_all_at_once(
    article: Callable[..., Article], noon: datetime, tehran: ZoneInfo
) -> None:
    told = _some(article, noon)
    entries = [entry_of(one, public_url=SITE, zone=tehran) for one in told]
    whole = rss._generator(EVERYTHING, entries)
    whole.lastBuildDate(max(entry.updated for entry in entries))
    whole_atom = atom._generator(EVERYTHING, entries)
    whole_atom.updated(max(entry.updated for entry in entries))
    files = render_feed(EVERYTHING, told, tehran).files
    assert files["rss"] == whole.rss_str(pretty=True)
    assert files["atom"] == whole_atom.atom_str(pretty=True)


def test_the_same_articles_give_the_same_bytes(
    article: Callable[..., Article], noon: datetime, tehran: ZoneInfo
) -> None:
    once, again = (render_feed(EVERYTHING, _some(article, noon), tehran) for _ in range(2))
    assert once.files == again.files


def test_an_article_that_can_t_be_told_leaves_the_others_alone(
    article: Callable[..., Article], noon: datetime, tehran: ZoneInfo
) -> None:
    poisoned = article("bad", uid="f" * 16, published=noon.replace(tzinfo=None))
    rendered = render_feed(EVERYTHING, [poisoned, *_some(article, noon)], tehran)
    assert rendered.files == render_feed(EVERYTHING, _some(article, noon), tehran).files
    assert list(rendered.unfit) == ["f" * 16]


def test_an_entry_that_one_format_refuses_is_in_none_and_the_others_are_in_all(
    article: Callable[..., Article], noon: datetime, tehran: ZoneInfo
) -> None:
    entries = {one.uid: entry_of(one, public_url=SITE, zone=tehran) for one in _some(article, noon)}
    bad = replace(next(iter(entries.values())), guid="tag:chapar,2026:bad", author="\x00")
    rendered = render_entries(EVERYTHING, {"bad": bad, **entries})
    assert list(rendered.unfit) == ["bad"]
    assert rendered.files == render_entries(EVERYTHING, entries).files


def test_a_feed_of_long_articles_stays_under_a_megabyte(
    article: Callable[..., Article], noon: datetime, tehran: ZoneInfo
) -> None:
    long = [
        article(str(n), body=("متن بلند " * 30 + "\n\n") * 100, published=noon - timedelta(hours=n)) for n in range(60)
    ]
    files = render_feed(EVERYTHING, long, tehran).files
    assert _broken(EVERYTHING, files, noon + timedelta(hours=1)) == []
    assert 10 <= files["rss"].count(b"<item>") < 60


def test_the_feed_names_provinces_agency_and_picture_as_readers_expect(
    article: Callable[..., Article], noon: datetime, tehran: ZoneInfo
) -> None:
    files = render_feed(EVERYTHING, _some(article, noon)[:1], tehran).files
    item = etree.fromstring(files["rss"]).find(".//item")
    category = item.find("category")
    assert (category.text, category.get("domain")) == ("قم", f"{SITE}/provinces")
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "خبرگزاری نمونه"
    picture = dict(item.find("{http://search.yahoo.com/mrss/}content").attrib)
    assert picture == {
        "url": "https://agency.example/a.jpg",
        "medium": "image",
        "type": "image/jpeg",
        "width": "800",
        "height": "450",
    }


def _read_by_feedparser(data: bytes) -> list[tuple[object, ...]]:
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo
    assert feed.feed.language == "fa"
    return [
        (
            item.id,
            item.link,
            item.title,
            item.summary,
            item.content[0].value,
            [tag.term for tag in item.get("tags", [])],
            item.get("author", ""),
            tuple(item.published_parsed[:6]),
            tuple(item.updated_parsed[:6]),
        )
        for item in feed.entries
    ]


def _read_by_json(data: bytes) -> list[tuple[object, ...]]:
    return [
        (
            item["id"],
            item["url"],
            item["title"],
            item["summary"],
            item["content_html"],
            item["tags"],
            item.get("authors", [{"name": ""}])[0]["name"],
            tuple(datetime.fromisoformat(item["date_published"]).utctimetuple()[:6]),
            tuple(datetime.fromisoformat(item["date_modified"]).utctimetuple()[:6]),
        )
        for item in json.loads(data)["items"]
    ]
