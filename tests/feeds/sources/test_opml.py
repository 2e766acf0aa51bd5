"""Lists of feeds as other readers write them: each feed is taken, or left out by name."""

from __future__ import annotations

import time
import tomllib

import pytest

from feeds.errors import SourceError
from feeds.sources import SourceSettings, opml


def test_opml_goes_round() -> None:
    sources = (
        SourceSettings("https://example.org/rss?a=1&b=2", "نام «خبر» & <بیشتر>"),
        SourceSettings("https://b.example/f"),
    )
    data = opml.write(sources)
    assert [source.url for source in opml.read(data).sources] == [source.url for source in sources]
    assert opml.read(data).sources[0].name == sources[0].name


def test_folders_are_flattened_and_repeated_feeds_are_one() -> None:
    data = b"""<opml version="1.0"><body><outline text="Folder"><outline text="A" xmlUrl="https://a.example/f"/>
    <outline text="again" xmlUrl="http://www.a.example/f/"/><outline text="no feed" htmlUrl="https://x.example/"/></outline>
    <outline title="B" xmlUrl="https://b.example/f"/></body></opml>"""
    assert [(source.url, source.name) for source in opml.read(data).sources] == [
        ("https://a.example/f", "A"),
        ("https://b.example/f", "B"),
    ]


@pytest.mark.parametrize(
    ("outlines", "urls"),
    [
        ('<outline xmlUrl="https://a.example/1?a=1&b=2" text="a & b"/>', ["https://a.example/1?a=1&b=2"]),
        ('<outline xmlUrl="https://a.example/1"/><outline xmlUrl="https://a.example/2', ["https://a.example/1"]),
        ('<OUTLINE XMLURL="https://a.example/1"/>', ["https://a.example/1"]),
        ('<outline xmlUrl="feed://a.example/1"/>', ["https://a.example/1"]),
        ('<outline xmlUrl="feed:http://a.example/1"/>', ["http://a.example/1"]),
        ('<outline xmlUrl="javascript:x"/><outline xmlUrl="file:///etc/passwd"/><outline text="folder"/>', []),
        ('<outline text="<b>a</b> & b" xmlUrl="https://a.example/1"/>', ["https://a.example/1"]),
        ('<outline text="a" xmlUrl="/1"/><outline text="b" xmlUrl="//a.example/1"/>', ["https://a.example/1"]),
        ("<outline>" * 100 + '<outline xmlUrl="https://a.example/1"/>', ["https://a.example/1"]),
    ],
)
@pytest.mark.parametrize(
    "before", ["", "\ufeff \n<?xml version='1.0'?>", "<!DOCTYPE opml [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"]
)
def test_odd_lists_give_what_can_be_read_of_them(before: str, outlines: str, urls: list[str]) -> None:
    data = f"{before}<opml version='2.0'><body>{outlines}</body></opml>".encode()
    assert [source.url for source in opml.read(data).sources][: len(urls)] == urls


@pytest.mark.parametrize("data", [b"", b"junk", b"<html/>", b"\0\1\2", b"\xff\xfe"])
def test_what_is_no_opml_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="not an OPML file"):
        opml.read(data)


def test_imported_feeds_become_settings_that_can_be_read() -> None:
    name = 'نام "خبر"\n\u200cدوم \u202e🏴\U000e0067'
    text = opml.as_toml([SourceSettings("https://example.org/a?b=\\c", name)])
    assert tomllib.loads(text)["source"] == [{"url": "https://example.org/a?b=\\c", "name": name}]


def read_body(outlines: str) -> opml.Listed:
    return opml.read(f'<?xml version="1.0"?><opml version="2.0"><head/><body>{outlines}</body></opml>'.encode())


@pytest.mark.parametrize(
    ("outline", "name", "url"),
    [
        ('<outline text="خبر "ویژه" گیلان" type="rss" xmlUrl="https://a.example/1"/>', 'خبر "ویژه" گیلان', "1"),
        ('<outline xmlUrl="https://a.example/1" text="او گفت: "باران""/>', 'او گفت: "باران"', "1"),
        ("<outline text='روزنامهٔ 'صبح'' xmlUrl='https://a.example/1'/>", "روزنامهٔ 'صبح'", "1"),
        ('<outline text="۵ > ۳ و ۲ < ۴" xmlUrl="https://a.example/1"/>', "۵ > ۳ و ۲ < ۴", "1"),
        ('<outline text="A & B" xmlUrl="https://a.example/1?a=1&b=2"/>', "A & B", "1?a=1&b=2"),
        ('<outline text="A &amp;amp; B" xmlUrl="https://a.example/1?a=1&amp;amp;b=2"/>', "A & B", "1?a=1&b=2"),
        ('<outline text="A" xmlUrl="https://a.example/1?a=1&amp;amp;amp;b=2"/>', "A", "1?a=1&b=2"),
        ('<outline text="A" xmlUrl="https://a.example/1?copy=1&amp;copy=2"/>', "A", "1?copy=1&copy=2"),
        ('<outline type="rss" xmlUrl="https://a.example/1"/>', "", "1"),
        ('<outline title="نام" xmlUrl="https://a.example/1"/>', "نام", "1"),
        ('<outline text="" title="نام" xmlUrl="https://a.example/1"/>', "نام", "1"),
        ('<outline text="A" XmlURL="https://a.example/1"/>', "A", "1"),
        ('<outline text="A" type="rss" url="https://a.example/1"/>', "A", "1"),
        ('<outline text="A" xmlUrl=" a.example/1 "/>', "A", "1"),
        ('<outline text="A" xmlUrl="feed:https://a.example/1"/>', "A", "1"),
        ('<outline text="A&nbsp;B" xmlUrl="https://a.example/1"/>', "A B", "1"),
        ('<outline text="A"\n  xmlUrl="https://a.example/1"\n></outline>', "A", "1"),
    ],
)
@pytest.mark.parametrize(
    "beside", ["", '<outline text="an "other"" xmlUrl="https://b.example/2"/>'], ids=["alone", "broken"]
)
def test_what_other_readers_get_wrong_costs_no_feed(outline: str, name: str, url: str, beside: str) -> None:
    listed = read_body(f'<outline text="پوشه">{outline}</outline>{beside}')
    assert (listed.sources[0].name, listed.sources[0].url) == (name, f"https://a.example/{url}")
    assert len(listed.sources) == (2 if beside else 1)
    assert listed.left_out == ()


@pytest.mark.parametrize(
    ("outline", "named"),
    [
        ('<outline text="بی‌نشانی" type="rss" htmlUrl="https://a.example/"/>', "chapar sources add https://a.example/"),
        ('<outline text="پرونده" xmlUrl="file:///etc/passwd"/>', "no http or https address"),
        ('<outline text="برنامه" xmlUrl="exec:~/x.sh"/>', "no http or https address"),
        ('<outline text="رمزدار" xmlUrl="ftp://user:secret@a.example/x"/>', "no http or https address"),
        ('<outline text="خالی" type="rss" xmlUrl=""/>', "no address of a feed"),
        ('<outline text="a "b"" type="rss"/>', "no address of a feed"),
        ('<outline text="شکسته" type="rss" xmlUrl="https://a.example', "no address of a feed"),
    ],
)
def test_a_feed_that_can_not_be_taken_is_named(outline: str, named: str) -> None:
    listed = read_body(outline)
    assert listed.sources == ()
    (sentence,) = listed.left_out
    assert named in sentence
    assert "secret" not in sentence


def test_folders_are_no_feeds_that_were_left_out() -> None:
    assert read_body('<outline text="پوشه"><outline text="درون"/></outline>') == opml.Listed((), ())


@pytest.mark.parametrize(
    "hostile", ['<outline text="', "<outline ", '<outline a="b" ', "<outline>", '"', "<opml>", "&amp;"]
)
def test_a_list_of_nothing_but_beginnings_takes_no_time(hostile: str) -> None:
    begin = time.process_time()
    read_body(hostile * (500_000 // len(hostile)))
    assert time.process_time() - begin < 5


def test_a_folder_that_calls_itself_a_feed_is_not_missed() -> None:
    listed = opml.read(
        b"<opml><body><outline type='rss' text='Folder'><outline type='rss' xmlUrl='https://a.example/f'/></outline>"
        b"<outline type='rss' text='Lost'/></body></opml>"
    )
    assert [source.url for source in listed.sources] == ["https://a.example/f"]
    assert [words.partition(" ")[0] for words in listed.left_out] == ["«Lost»"]
