"""The picture of an entry is the largest that fits, and one of the news."""

from __future__ import annotations

import json

import pytest

from feeds.sources.reading.formats.syndication import read
from feeds.sources.reading.pages import webpage
from feeds.sources.reading.text.markup import paragraphs

URL = "https://www.example.org/rss"
SPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


def picture(item: str = "", *, text: str = "", channel: str = "") -> str:
    """The path of the picture of an entry; "" where it has none."""
    feed = (
        f'<rss version="2.0" {SPACES}><channel>{channel}<item><title>خبر</title><link>/n/1</link>{item}'
        f"<description><![CDATA[{text}]]></description></item></channel></rss>"
    )
    (entry,) = read(feed.encode(), URL).entries
    return entry.image.url.removeprefix("https://www.example.org") if entry.image else ""


LARGE = '<media:content url="/l.jpg" medium="image" width="1200" height="800"/>'
SMALL = '<media:content url="/s.jpg" medium="image" width="150" height="100"/>'
HUGE = '<media:content url="/h.jpg" medium="image" width="6000" height="4000"/>'
THUMB = '<media:thumbnail url="/t.jpg" width="120" height="80"/>'


@pytest.mark.parametrize(
    ("item", "path"),
    [
        (SMALL + LARGE, "/l.jpg"),
        (f"<media:group>{SMALL}{HUGE}{LARGE}</media:group>", "/l.jpg"),
        (HUGE, "/h.jpg"),
        (THUMB + LARGE, "/l.jpg"),
        (THUMB, "/t.jpg"),
        (THUMB + '<enclosure url="/e.jpg" type="image/jpeg"/>', "/e.jpg"),
        (f'<media:content url="/v.mp4" type="video/mp4">{THUMB}</media:content>', "/t.jpg"),
        (f'<media:group><media:content url="https://v.example/1" medium="video"/>{THUMB}</media:group>', "/t.jpg"),
        ('<enclosure url="/a.mp3" type="audio/mpeg"/><itunes:image href="/i.jpg"/>', "/i.jpg"),
        ('<enclosure url="/a.mp3" type="audio/mpeg"/>', ""),
        ('<enclosure url="/e.jpg?w=3"/>', "/e.jpg?w=3"),
        ('<enclosure url="/e.jpg" type="application/octet-stream"/>', "/e.jpg"),
        ('<enclosure url="/e.jpg" type="jpg"/>', "/e.jpg"),
        ('<enclosure url="/e.zip" type="application/octet-stream"/>', ""),
        ("<image><url>/n.png</url></image>", "/n.png"),
        ("<image>/n.png</image>", "/n.png"),
        ('<thumbnail url="/n.png"/>', "/n.png"),
        ('<atom:link rel="enclosure" type="image/png" href="/e.png"/>', "/e.png"),
        ('<link rel="enclosure" type="image/png">/e.png</link>', "/e.png"),
        ('<enclosure url="" type="image/jpeg"/>', ""),
        ('<enclosure url="/rss" type="image/jpeg"/>', ""),
        ('<enclosure url="/" type="image/jpeg"/>', ""),
        ('<media:content url="/logo.svg" type="image/svg+xml" medium="image"/>', ""),
        ('<media:content url="https://secure.gravatar.com/avatar/1?s=96" medium="image"/>' + LARGE, "/l.jpg"),
        ('<media:thumbnail url="/blank.gif"/>', ""),
        ('<enclosure media:url="/e.jpg" TYPE="image/jpeg"/>', "/e.jpg"),
    ],
)
def test_the_pictures_that_come_with_an_entry_are_taken_in_their_order(item: str, path: str) -> None:
    assert picture(item) == path


def test_the_cover_of_a_podcast_stands_for_its_episodes_and_a_sites_logo_for_nothing() -> None:
    cover = '<itunes:image href="/cover.jpg"/>'
    assert picture('<enclosure url="/a.mp3" type="audio/mpeg"/>', channel=cover) == "/cover.jpg"
    assert picture(channel=cover) == ""
    assert picture(channel="<image><url>/logo.png</url></image>") == ""


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('<img src="/spin.gif" data-src="/p.jpg">', "/p.jpg"),
        ('<img src="data:image/gif;base64,R0lGOD" data-original="/p.jpg">', "/p.jpg"),
        ('<img src="/a.gif" data-lazy-src="/p.jpg" class="lazy">', "/p.jpg"),
        ('<img class="lazy" src="/w.gif"><noscript><img src="/p.jpg"></noscript>', "/p.jpg"),
        ('<img src="/s.jpg" srcset="/s.jpg 300w, /p.jpg 1200w, /x.jpg 9000w">', "/p.jpg"),
        ('<img src="/s.jpg" data-srcset="/s.jpg 1x, /p.jpg 2x">', "/p.jpg"),
        ('<picture><source srcset="/p.webp 1200w" type="image/webp"><img src="/s.jpg"></picture>', "/p.webp"),
        ('<picture><source srcset="/p.jpg"><img src="/blank.gif"></picture>', "/p.jpg"),
        ('<img src="/images/loading.gif"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="/placeholder-300x200.png"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="https://s.w.org/images/core/emoji/15/72x72/26bd.png" alt="⚽"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="/e.png" class="emoji" alt="⚽"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="/e.png" alt="🎉"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="/e.png" style="height: 1em; max-height: 1em"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="/c.gif?id=7" width="1" height="1"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="/c.gif" style="width:1px;height:1px"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="/c.jpg" style="display:none"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="http://feeds.feedburner.com/~r/x/~4/y"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="/u/ali.jpg" class="avatar avatar-96"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="/ads/big.jpg"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="/files/site-logo.png"><img src="/icons/telegram.png"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="/logo.svg"><img src="/p.jpg">', "/p.jpg"),
        ('<img src="#"><img src=""><img><img src="/p.jpg">', "/p.jpg"),
        ('<img src="/p.jpg" width="100%">', "/p.jpg"),
        ('<video poster="/p.jpg" src="/v.mp4"></video>', "/p.jpg"),
        ('<img src="/uploads/loading-dock-fire.jpg">', "/uploads/loading-dock-fire.jpg"),
        ('<img src="/up/s1.webp">', "/up/s1.webp"),
        ('<img src="/uploads/loads.jpg">', "/uploads/loads.jpg"),
    ],
)
def test_a_picture_in_the_text_is_the_one_that_is_meant(text: str, path: str) -> None:
    assert picture(text=f"<p>متن {text}</p>") == path


def test_a_thumbnail_gives_way_to_nothing_but_pictures() -> None:
    assert picture(THUMB, text='<img src="/p.jpg">') == "/p.jpg"
    assert picture(THUMB, text='<img src="/blank.gif">') == "/t.jpg"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "10.1.2.3", "192.168.0.5:8080", "172.20.1.1", "169.254.1.1", "100.64.0.1"),
        *("[::1]", "[fe80::1]", "[fd00::1]", "cms.local", "intranet", "files.lan", "2130706433", "0x7f000001", "127.1"),
    ],
)
def test_no_picture_and_no_link_into_a_private_network_reaches_readers(host: str) -> None:
    feed = (
        f'<rss version="2.0"><channel><item><title>خبر</title><link>http://{host}/n/1</link>'
        f'<enclosure url="http://{host}/p.jpg" type="image/jpeg"/></item></channel></rss>'
    )
    (entry,) = read(feed.encode(), URL).entries
    assert (entry.link, entry.image) == ("", None)
    (own,) = read(feed.encode(), f"http://{host}/feed").entries  # of the feed's own host, the desk allowed it
    assert own.link
    item = {"id": "1", "title": "خبر", "url": f"http://{host}/a", "image": f"http://{host}/p.jpg"}
    (entry,) = read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": [item]}).encode(), URL).entries
    assert (entry.link, entry.image) == ("", None)
    page = f'<html><head><meta property="og:image" content="http://{host}/p.jpg"></head><body><p>x</p></body></html>'
    assert webpage.read(page.encode(), "https://www.example.org/a").image is None


@pytest.mark.parametrize(
    ("markup", "link"),
    [
        ("<link>www.news.example/a</link>", "https://www.news.example/a"),
        ("<link>//news.example/a</link>", "https://news.example/a"),
        ("<link>news.ir/a/1</link>", "https://news.ir/a/1"),
        ("<link>http:/news.example/a</link>", "http://news.example/a"),
        ("<link>http://https://news.example/a</link>", "https://news.example/a"),
        ("<link>\n  https://news.example/a/\n   b c\n</link>", "https://news.example/a/b%20c"),
        ("<link>\u200fhttps://news.example/a\u200e</link>", "https://news.example/a"),
        ("<link>n/1.html</link>", "https://www.example.org/n/1.html"),
        ("<link>https://news.example/a\nhttps://news.example/a</link>", "https://news.example/a"),
        ('<link>"https://news.example/a"</link>', "https://news.example/a"),
        ("<link>&lt;https://news.example/a&gt;</link>", "https://news.example/a"),
        ("<link><![CDATA[<a href='https://news.example/a'>x</a>]]></link>", "https://news.example/a"),
        (
            "<link>https://www.google.com/url?rct=j&amp;url=https://news.example/a%3Fb%3D1&amp;ct=ga</link>",
            "https://news.example/a?b=1",
        ),
        ("<link>feed://news.example/a</link>", "http://news.example/a"),
        ("<link>feed:https://news.example/a</link>", "https://news.example/a"),
        ("<link>https:\\\\news.example\\a</link>", "https://news.example/a"),
        ("<link>https://news.example/a?b=1&amp;amp;c=2</link>", "https://news.example/a?b=1&c=2"),
        ("<link><![CDATA[https://news.example/a?b=1&amp;c=2]]></link>", "https://news.example/a?b=1&c=2"),
        ('<guid isPermaLink="true">/a</guid>', "https://www.example.org/a"),
        ("<guid>/a</guid>", ""),
        ('<content type="text/html" src="/full/a"/>', "https://www.example.org/full/a"),
        ("<link>javascript:go(1)</link><guid>https://news.example/a</guid>", "https://news.example/a"),
        ("<link>mailto:x@y.example</link>", ""),
        ("<link>data:text/html,x</link>", ""),
        ("<link>N/A</link>", ""),
        ("<link>#</link><guid>12</guid>", ""),
        ("<guid>https://news.example/a</guid>", "https://news.example/a"),
        ('<guid isPermaLink="false">https://news.example/a</guid>', ""),
        ("<id>https://news.example/a</id>", "https://news.example/a"),
        (
            '<link href="/a.json" type="application/json"/><link href="/a" type="text/html"/>',
            "https://www.example.org/a",
        ),
        (
            '<link href="/a.json" type="application/json"/><id>https://www.example.org/a</id>',
            "https://www.example.org/a",
        ),
        ('<link href="/a.xml" type="application/atom+xml"/>', "https://www.example.org/a.xml"),
        ('<link rel="self" href="/x"/><link rel="Alternate" href="/a"/>', "https://www.example.org/a"),
        ('<link rel="http://www.iana.org/assignments/relation/alternate" href="/a"/>', "https://www.example.org/a"),
        ('<link rel="enclosure" href="/a.jpg"/>', ""),
        (
            (
                '<link>https://feeds.example/~r/1</link><f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">'
                "https://news.example/a</f:origLink>"
            ),
            "https://news.example/a",
        ),
    ],
)
def test_a_link_leads_to_a_page(markup: str, link: str) -> None:
    (entry,) = read(f"<rss><channel><item><title>خبر</title>{markup}</item></channel></rss>".encode(), URL).entries
    assert entry.link == link


def test_an_emoji_that_a_system_made_a_picture_of_stays_in_the_text() -> None:
    ball = '<img src="https://s.w.org/images/core/emoji/26bd.png" class="wp-smiley" alt="⚽"/>'
    markup = f'<p>سه گل {ball} زدند <img src="/a.jpg" alt="تیم"></p>'
    assert paragraphs(markup) == "سه گل ⚽ زدند"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('<a href="/up/a.jpg"><img src="/up/a-150x150.jpg" width="150"></a>', "/up/a.jpg"),
        ('<a href="/up/a.jpg?w=1"><img src="/small/a.jpg" width="150"></a>', "/up/a.jpg?w=1"),
        ('<a href="/up/b.jpg"><img src="/up/a-150x150.jpg" width="150"></a>', "/up/a-150x150.jpg"),
        ('<a href="/news/a"><img src="/up/a-150x150.jpg" width="150"></a>', "/up/a-150x150.jpg"),
        ('<img src="/timthumb.php?src=/up/a.jpg&amp;w=600">', "/timthumb.php?src=/up/a.jpg&w=600"),
        ('<img src="/count.php?id=5">', ""),
    ],
)
def test_a_small_picture_that_leads_to_itself_in_full_is_that(text: str, path: str) -> None:
    assert picture(text=text) == path


@pytest.mark.parametrize("name", ["imageUrl", "cover", "featured_image", "post-thumbnail"])
def test_a_picture_may_have_a_name_of_its_sites_own(name: str) -> None:
    assert picture(f"<{name}>https://www.example.org/i.jpg</{name}>") == "/i.jpg"
    assert picture(f"<{name}><url>/i.jpg</url></{name}>") == "/i.jpg"
