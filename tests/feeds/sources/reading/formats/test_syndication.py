"""Feeds of every kind, sound and broken: no entry that can be read is lost, and what is no feed is named."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from feeds.sources import SourceSettings
from feeds.sources.reading.formats import syndication
from feeds.sources.reading.formats.syndication import Entry, NotAFeedError, read

URL = "https://www.example.org/rss/tp/19"
NOW = datetime(2025, 9, 25, 12, tzinfo=UTC)

# The system that Mehr, IRNA, ISNA, Khabaronline and Hamshahri share writes its feeds like this one.
AGENCY = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>خبرگزاری نمونه :: استان‌ها</title><link>https://www.example.org/</link><ttl>5</ttl>
<atom:link href="https://www.example.org/rss/tp/19" rel="self"/>
<item>
 <title>بهره‌برداری از ۱۲ طرح آبرسانی در «دلیجان»</title>
 <link>https://www.example.org/news/6601234/بهره-برداری-از-۱۲-طرح</link>
 <description>اراک- نمونه- فرماندار دلیجان گفت: ۱۲ طرح آبرسانی به بهره‌برداری رسید.</description>
 <content:encoded></content:encoded>
 <category domain="markazi">استان‌ها &gt; مرکزی</category>
 <enclosure url="https://media.example.org/d/2025/09/24/3/5.jpg" type="image/jpeg"/>
 <pubDate>Wed, 24 Sep 2025 14:22:10 GMT</pubDate>
 <guid isPermaLink="true">https://www.example.org/news/6601234/بهره-برداری-از-۱۲-طرح</guid>
</item>
<item>
 <title>گزارش تصویری: پاییز در باغ‌ها</title>
 <link>https://www.example.org/photo/6601200/پاییز-در-باغ-ها</link>
 <description></description>
 <pubDate>Wed, 24 Sep 2025 10:00:00 GMT</pubDate>
</item>
</channel></rss>"""

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://www.example.org/"><title>نمونه</title><link>https://www.example.org/</link></channel>
<item rdf:about="https://www.example.org/a"><title>عنوان</title><link>https://www.example.org/a</link>
<description>متن خبر</description><dc:date>2025-09-24T10:00:00+03:30</dc:date><dc:subject>اقتصاد</dc:subject></item>
</rdf:RDF>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.example.org/blog/">
<title>نمونه</title><link rel="self" href="/feed"/><link href="https://www.example.org/"/><id>tag:example.org,2025:f</id>
<entry><title type="html">باران &amp;amp; برف</title><id>tag:example.org,2025:1</id><link href="a/b"/>
<link rel="enclosure" type="image/png" href="/p.png"/>
<published>2025-09-24T10:00:00Z</published><updated>2025-09-24T11:00:00Z</updated>
<summary>خلاصه</summary><category term="weather" label="هوا"/><author><name>نویسنده</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>بند یک</p><p>بند <b>دو</b></p></div></content>
</entry>
</feed>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "نمونه", "home_page_url": "https://www.example.org/",
"items": [{"id": 17, "url": "/a", "title": "عنوان", "content_html": "<p>یک</p><p>دو</p>", "tags": ["هوا"],
"date_published": "2025-09-24T10:00:00+03:30", "image": "/p.png"}, "junk", {"id": "18", "content_text": "تنها متن"}]}"""


def entries(text: str | bytes) -> tuple[Entry, ...]:
    return read(text.encode() if isinstance(text, str) else text, URL).entries


def test_an_agencys_feed_gives_all_that_it_holds() -> None:
    channel = read(AGENCY.encode(), URL)
    assert (channel.form, channel.title, channel.fault) == ("rss", "خبرگزاری نمونه :: استان‌ها", "")
    assert channel.ttl == timedelta(minutes=5)
    entry, photo = channel.entries
    assert entry.title == "بهره‌برداری از ۱۲ طرح آبرسانی در «دلیجان»"
    assert entry.link.isascii()
    assert entry.link.startswith("https://www.example.org/news/6601234/%D8%A8")
    assert entry.summary.startswith("اراک- نمونه-")
    assert entry.content == ""
    assert entry.categories == ("markazi", "استان‌ها > مرکزی")
    assert entry.published == datetime(2025, 9, 24, 14, 22, 10, tzinfo=UTC)
    assert entry.image is not None
    assert (entry.image.url, entry.image.media_type) == ("https://media.example.org/d/2025/09/24/3/5.jpg", "image/jpeg")
    assert photo.title == "گزارش تصویری: پاییز در باغ‌ها"


def test_an_agencys_entry_becomes_a_document_under_the_agencys_number() -> None:
    source = SourceSettings("https://www.example.org/rss", key="example.org/rss", province="qom")
    document = syndication.document(entries(AGENCY)[0], source, name="نمونه", now=NOW)
    assert (document.source, document.key, document.agency) == ("example.org/rss", "example.org/6601234", "نمونه")
    assert document.body == "اراک- نمونه- فرماندار دلیجان گفت: ۱۲ طرح آبرسانی به بهره‌برداری رسید."
    assert document.lead == ""
    assert document.province == "qom"
    assert document.feed == "example.org/rss"


def test_two_feeds_of_one_agency_give_one_article() -> None:
    link = "https://www.mehrnews.com/news/6601234/x"
    sources = (
        SourceSettings("https://www.mehrnews.com/rss", key="a"),
        SourceSettings("https://www.mehrnews.com/b", key="b"),
    )
    first, second = (
        syndication.document(Entry(title="ت", link=link), s, name="مهر", now=NOW, voice="mehrnews.com") for s in sources
    )
    assert (first.source, first.key) == (second.source, second.key) == ("mehrnews.com", "6601234")


def test_an_endless_text_ends_with_a_whole_paragraph() -> None:
    entry = Entry(guid="1", title="ت", content="<p>" + "</p><p>".join(["خبر تازه از شهر. " * 50] * 400) + "</p>")
    body = syndication.document(entry, SourceSettings(URL, key="k"), name="", now=NOW).body
    assert syndication.BODY_LIMIT * 0.9 < len(body) <= syndication.BODY_LIMIT + 1
    assert body.endswith("شهر.…")


def test_rdf_is_read() -> None:
    (entry,) = entries(RDF)
    assert (entry.title, entry.link, entry.summary) == ("عنوان", "https://www.example.org/a", "متن خبر")
    assert entry.published == datetime(2025, 9, 24, 6, 30, tzinfo=UTC)
    assert entry.categories == ("اقتصاد",)


def test_atom_is_read_with_its_base_and_its_xhtml() -> None:
    channel = read(ATOM.encode(), URL)
    (entry,) = channel.entries
    assert channel.site == "https://www.example.org/"
    assert (entry.title, entry.guid, entry.author) == ("باران & برف", "tag:example.org,2025:1", "نویسنده")
    assert entry.link == "https://www.example.org/blog/a/b"
    assert entry.image is not None
    assert entry.image.url == "https://www.example.org/p.png"
    document = syndication.document(entry, SourceSettings(URL, key="k"), name="", now=NOW)
    assert (document.lead, document.body) == ("خلاصه", "بند یک\n\nبند دو")


def test_json_feed_is_read_and_junk_in_it_costs_no_other_item() -> None:
    channel = read(JSON.encode(), URL)
    assert [entry.guid for entry in channel.entries] == ["17", "18"]
    assert channel.fault == "1 of 3 entries could not be read"
    assert channel.entries[0].link == "https://www.example.org/a"
    assert channel.entries[0].published == datetime(2025, 9, 24, 6, 30, tzinfo=UTC)
    document = syndication.document(channel.entries[1], SourceSettings(URL, key="k"), name="", now=NOW)
    assert (document.title, document.body, document.published) == ("تنها متن", "تنها متن", NOW)


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_old_rss_is_read_without_dates_and_guids(version: str) -> None:
    text = f'<rss version="{version}"><channel><item><title>ت</title><link>http://example.org/1</link></item></channel></rss>'
    (entry,) = entries(text)
    assert (entry.title, entry.link, entry.guid, entry.published) == ("ت", "http://example.org/1", "", None)


ITEM = (
    "<item><title>خبر {0}</title><link>https://www.example.org/news/66000{0}/x</link>"
    "<description>متن {0} استان</description></item>"
)
ITEMS = "".join(ITEM.format(number) for number in range(10, 15))
SOUND = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>نمونه</title>{ITEMS}</channel></rss>'


def damaged(find: str, put: str) -> bytes:
    assert find in SOUND
    return SOUND.replace(find, put, 1).encode()


@pytest.mark.parametrize(
    ("data", "titles"),
    [
        (SOUND[: SOUND.rindex("</item>") + 7].encode(), 5),
        (SOUND[: SOUND.rindex("متن 14")].encode(), 4),
        (SOUND.encode()[:-60], 4),
        (damaged("متن 12 استان", "الف & ب &nbsp; &laquo;ج&raquo; &unknown; استان"), 5),
        (damaged("/66000", "/a?b=1&c=2&/66000"), 5),
        (damaged("متن 12", "متن \x0b\x00 12"), 5),
        (damaged("متن 12", "۳ < ۵ و 12"), 5),
        (damaged("</description>", ""), 4),
        (damaged("<channel>", '<channel><atom:link href="x"/><dc:date>2025</dc:date>'), 5),
        (b"\n\n  <br/>Warning: foo in bar.php\n" + SOUND.encode(), 5),
        (b"\xef\xbb\xbf\xef\xbb\xbf" + SOUND.encode(), 5),
        (damaged('encoding="utf-8"', 'encoding="iso-8859-1"'), 5),
        (damaged('encoding="utf-8"', 'encoding="klingon"'), 5),
        (SOUND.replace("utf-8", "utf-16").encode("utf-16"), 5),
        (SOUND.replace("utf-8", "windows-1256").encode("cp1256", "xmlcharrefreplace"), 5),
        (SOUND.replace("utf-8", "windows-1252").encode("cp1256", "xmlcharrefreplace"), 5),
        (SOUND.replace(' encoding="utf-8"', "").encode("cp1256", "xmlcharrefreplace"), 5),
        (SOUND.encode().replace("متن 12".encode(), "متن".encode() + b"\xff 12"), 5),
    ],
    ids=[
        *("truncated between items", "truncated in an item", "truncated in a character", "entities of HTML"),
        *("bare ampersands", "control characters", "a stray angle", "an unclosed tag", "undeclared prefixes"),
        *("a warning before it", "two BOMs", "Latin declared", "nonsense declared", "UTF-16", "Windows-1256"),
        *("Windows-1256 as 1252", "Windows-1256 undeclared", "a damaged byte"),
    ],
)
def test_no_entry_that_can_be_read_is_lost(data: bytes, titles: int) -> None:
    found = read(data, URL).entries
    assert [entry.title for entry in found[:4]] == [f"خبر {number}" for number in range(10, 14)]
    assert len(found) >= titles
    assert len({entry.link for entry in found}) == len(found)
    assert all("متن" in entry.summary for entry in found if "۳ " not in entry.summary and "الف" not in entry.summary)


def test_damage_is_on_record() -> None:
    assert "not well-formed" in read(SOUND[:-40].encode(), URL).fault
    assert read(SOUND.encode(), URL).fault == ""


def test_half_an_article_is_not_published() -> None:
    cut = SOUND[: SOUND.rindex("متن 14") + 5]
    assert [entry.title for entry in entries(cut)] == ["خبر 10", "خبر 11", "خبر 12", "خبر 13"]


def test_entities_that_explode_or_read_files_are_never_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    text = SOUND.replace("<rss", doctype + "<rss", 1).replace("متن 12", "&l9; &file; متن 12")
    channel = read(text.encode(), URL)
    assert len(channel.entries) == 5
    assert all(len(entry.summary) < 100 for entry in channel.entries)
    assert not any("root:" in entry.summary for entry in channel.entries)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        ("<!DOCTYPE html><html><head><title>صفحهٔ نخست</title></head></html>".encode(), "HTML page («صفحهٔ نخست»)"),
        (b"<html><body><script>document.cookie='a=b';location.reload()</script></body></html>", "challenge page"),
        (b"<html><head><title>Just a moment...</title></head></html>", "challenge page"),
        (b"{}", "no JSON Feed"),
        (b'{"items": [', "broken JSON"),
        (b'{"items": {"a": 1}}', "no JSON Feed"),
        (b"plain words", "neither RSS"),
        (b"<?xml version='1.0'?><!-- x --><opml><head><title>x</title></head></opml>", "a list of feeds (OPML)"),
        (b"<urlset><url/></urlset>", "a site map"),
        (b"<b>Fatal error</b>: in x.php", "neither RSS, RDF, Atom nor JSON Feed («Fatal error : in x.php»)"),
        (b"<!-- x -->" * 600, "neither RSS"),
        (b"<?x?>" * 600 + b"x", "neither RSS"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a picture"),
        (b"<" * 100_000, "neither RSS"),
        (b"[" * 100_000, "neither RSS"),
        (b'{"a":' * 100_000, "broken JSON"),
    ],
)
def test_what_is_no_feed_is_named_with_what_to_do(data: bytes, reason: str) -> None:
    with pytest.raises(NotAFeedError, match=reason.replace("(", r"\(").replace(")", r"\)")):
        read(data, URL)


def test_an_empty_feed_is_a_feed() -> None:
    assert read(b'<rss version="2.0"><channel><title>x</title></channel></rss>', URL).entries == ()


def test_deep_nesting_neither_hangs_nor_raises() -> None:
    bomb = SOUND.replace("متن 12", "<b>" * 50_000 + "متن 12", 1)
    assert len(read(bomb.encode(), URL).entries) >= 2


def test_texts_are_cleaned_of_markup_however_often_it_was_escaped() -> None:
    text = SOUND.replace("خبر 10", "&lt;b&gt;خبر&lt;/b&gt; &amp;quot;10&amp;quot;").replace(
        "متن 10",
        "&lt;p&gt;بند یک&lt;/p&gt;&lt;script&gt;bad()&lt;/script&gt;&lt;p&gt;بند&amp;nbsp;دو&lt;br&gt;متن&lt;/p&gt;",
    )
    entry = entries(text)[0]
    assert entry.title == 'خبر "10"'
    document = syndication.document(entry, SourceSettings(URL, key="k"), name="", now=NOW)
    assert document.body == "بند یک\n\nبند دو\n\nمتن استان" or document.body.split("\n\n")[:2] == ["بند یک", "بند دو"]
    assert "bad" not in document.body


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("Wed, 24 Sep 2025 14:22:10 GMT", "2025-09-24T14:22:10"),
        ("Wed, 24 Sep 2025 17:52:10 +0330", "2025-09-24T14:22:10"),
        ("24 Sep 25 10:22 EDT", "2025-09-24T14:22:00"),
        ("2025-09-24T14:22:10Z", "2025-09-24T14:22:10"),
        ("2025-09-24 17:52:10", "2025-09-24T14:22:10"),
        ("۲۰۲۵-۰۹-۲۴ ۱۷:۵۲:۱۰", "2025-09-24T14:22:10"),
        ("1404/07/02 17:52", "2025-09-24T14:22:00"),
        ("۱۴۰۴/۰۷/۰۲ ۱۷:۵۲", "2025-09-24T14:22:00"),
        ("چهارشنبه ۲ مهر ۱۴۰۴ - ۱۷:۵۲", "2025-09-24T14:22:00"),
        ("Wed, 02 Mehr 1404 17:52:00 +0330", "2025-09-24T14:22:00"),
        ("2099-01-01T00:00:00Z", "2025-09-25T12:00:00"),
        ("Wed, 24 Sep 2025 17:52:10 IRST", "2025-09-24T14:22:10"),
        ("Wed, 24 Sep 2025 17:52:10 +03:30", "2025-09-24T14:22:10"),
        ("Wed, 24 Sep 2025 17:52:10 GMT+0330", "2025-09-24T14:22:10"),
        ("Wed, 24 Sep 2025 14:22:10 -0000", "2025-09-24T14:22:10"),
        ("Wed, 02 مهر 1404 14:22:00 GMT", "2025-09-24T14:22:00"),
        ("Wed, 24 سپتامبر 2025 17:52:10 +0330", "2025-09-24T14:22:10"),
        ("۱۷:۵۲ - ۱۴۰۴/۰۷/۰۲", "2025-09-24T14:22:00"),
        ("۱۴۰۴/۰۷/۰۲ - ۰۵:۵۲ ب.ظ", "2025-09-24T14:22:00"),
        ("2025-09-24T14:22:10.123456Z", "2025-09-24T14:22:10"),
        ("2025-09-24T17:52:10+0330", "2025-09-24T14:22:10"),
        ("20250924T142210Z", "2025-09-24T14:22:10"),
        ("Sep 24, 2025 5:52 PM", "2025-09-24T14:22:00"),
        ("1758723730", "2025-09-24T14:22:10"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "2025-09-25T12:00:00"),
        ("1 " * 500_000, "2025-09-25T12:00:00"),
        ("1 Oct 1404 10:00:00 +0330", "2025-09-25T12:00:00"),
        ("0000-00-00 00:00:00", "2025-09-25T12:00:00"),
        ("yesterday", "2025-09-25T12:00:00"),
        ("", "2025-09-25T12:00:00"),
    ],
)
def test_dates_are_understood_and_never_in_the_future(words: str, hour: str) -> None:
    text = SOUND.replace("<title>خبر 10", f"<pubDate>{words}</pubDate><title>خبر 10")
    document = syndication.document(entries(text)[0], SourceSettings(URL, key="k"), name="", now=NOW)
    assert document.published.isoformat() == f"{hour}+00:00"


ITEM = "<item><title>خبر كوي استان قم</title><link>https://www.example.org/a</link></item>"


def rss(items: str, prolog: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{prolog}<rss version="2.0"><channel><title>نمونه</title>{items}</channel></rss>'


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (rss(ITEM).encode("cp1256", "replace"), "hex"),
        (rss(ITEM).encode("cp1256", "replace"), "idna"),
        (rss(ITEM).encode("cp1256", "replace"), "undefined"),
        (rss(ITEM).encode("cp1256", "replace"), "utf-7"),
        (rss(ITEM).encode("cp1256", "replace"), "utf-16"),
        (("\n" + rss(ITEM)).encode("utf-16-be"), ""),
        (("\n" + rss(ITEM)).encode("utf-16-le"), "windows-1256"),
        (rss(ITEM, '<!DOCTYPE rss [<!ENTITY a "]>"><!ENTITY b "&a;">]>').encode(), ""),
        (rss(ITEM, '<!DOCTYPE rss [<!ENTITY a "never closed').encode(), ""),
    ],
)
def test_an_encoding_or_doctype_that_makes_no_sense_hides_no_entry(data: bytes, charset: str) -> None:
    assert [entry.title for entry in read(data, URL, charset=charset).entries] == ["خبر كوي استان قم"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<!DOCTYPE ",
        "<!DOCTYPE a [",
        '<!DOCTYPE "',
        "<?xml ",
        "<![CDATA[",
        "<!--",
        "&",
        "<a ",
        "<title>",
        "<item>",
        '"items":[',
    ],
)
@pytest.mark.parametrize("place", ["<rss>{}", "<rss><item><title><![CDATA[{}]]></title></item></rss>", "{}"])
def test_a_feed_of_nothing_but_beginnings_takes_no_time(place: str, hostile: str) -> None:
    data = place.format(hostile * (1_000_000 // len(hostile))).encode()
    begin = time.process_time()
    with suppress(NotAFeedError):
        read(data, URL)
    assert time.process_time() - begin < 5


def test_relative_links_start_where_the_feed_says() -> None:
    (entry,) = entries(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/blog/"><title>ن</title><link href="https://other.org/"/>
        <entry xml:base="2025/"><title>خبر</title><id>1</id><link href="a"/><content type="xhtml">
        <div xmlns="http://www.w3.org/1999/xhtml"><img src="p.png" width="300" alt="پل"/></div></content></entry>
        </feed>"""
    )
    assert entry.link == "https://www.example.org/blog/2025/a"
    assert entry.image is not None
    assert (entry.image.url, entry.image.alt) == ("https://www.example.org/blog/2025/p.png", "پل")


def test_a_number_for_a_guid_is_no_link() -> None:
    (entry,) = entries(rss("<item><title>خبر</title><guid>12345</guid></item>"))
    assert (entry.guid, entry.link) == ("12345", "")


def test_links_are_encoded_once_and_tell_nobody_where_the_reader_came_from() -> None:
    link = "https://www.example.org/%D9%82%D9%85/۵۰%-تخفیف?utm_source=rss&amp;id=7&amp;utm_medium=x#بالا"
    (entry,) = entries(rss(f"<item><title>خبر</title><link>{link}</link></item>"))
    url = syndication.document(entry, SourceSettings(URL, key="k"), name="", now=NOW).url
    assert url.startswith("https://www.example.org/%D9%82%D9%85/%DB%B5%DB%B0%25-%D8%AA")
    assert url.endswith("?id=7#%D8%A8%D8%A7%D9%84%D8%A7")


ODD_JSON = """{"version": "https://jsonfeed.org/version/1", "title": null, "items": [
{"id": 1, "title": "یک", "authors": 5}, {"id": 2.5, "content_text": "دو", "authors": [null], "tags": null},
{"id": null, "title": null, "content_html": "<p>سه\\u0000</p>", "date_published": null},
{"id": "4", "title": "\\ud800چهار", "url": "https://www.example.org/\\ud800"}, null, 5, {"id": true, "title": ["x"]},
{"id": "5", "title": "پنج", "image": {}, "attachments": [{"url": "/i.jpg", "mime_type": "image/jpeg"}]}"""


@pytest.mark.parametrize("end", ["]}", ', {"id": "6", "title": "شش و نیم'])
def test_json_of_odd_types_or_cut_off_gives_what_it_holds(end: str) -> None:
    channel = read((ODD_JSON + end).encode(), URL)
    documents = [
        syndication.document(entry, SourceSettings(URL, key="k"), name="", now=NOW) for entry in channel.entries
    ]
    assert [(one.key[:3], one.title) for one in documents if one.title != "سه"] == [
        ("1", "یک"),
        ("2.5", "دو"),
        ("4", "چهار"),
        ("5", "پنج"),
    ]
    assert len(documents) == 5
    assert channel.fault
    assert channel.cut_off == (end != "]}")
    assert documents[-1].image is not None


@pytest.mark.parametrize("markup", ["<p>متن  خبر</p>", "<div class='x'>متن خبر<img src='/a.png?v=2'></div>", "متن خبر"])
def test_markup_that_is_touched_changes_no_article(markup: str) -> None:
    (entry,) = entries(rss(f"<item><title>خبر</title><description><![CDATA[{markup}]]></description></item>"))
    document = syndication.document(entry, SourceSettings(URL, key="k"), name="", now=NOW)
    assert document.fingerprint == syndication.fingerprint("خبر", "", "متن خبر")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("طرح به پایان رسید. ادامه مطلب...", "طرح به پایان رسید."),
        ("طرح به پایان رسید. <a href='/x'>بیشتر بخوانید »</a>", "طرح به پایان رسید."),
        ("طرح به پایان نمی‌رسد [&amp;hellip;]", "طرح به پایان نمی‌رسد…"),
        (
            "<p>طرح به پایان رسید.</p><p>نوشته <a href='/x'>طرح</a> اولین بار در <a href='/'>خبر</a>. پدیدار شد.</p>",
            "طرح به پایان رسید.",
        ),
        ("<p>Done.</p><p>The post <a href='/x'>Done</a> appeared first on <a href='/'>News</a>.</p>", "Done."),
        ("این روند ادامه دارد.", "این روند ادامه دارد."),
        ("<p>پل باز شد.</p><video>مرورگر شما آن را نشان نمی‌دهد.</video><label>نام</label>", "پل باز شد."),
        ("<p>پل باز شد.</p><p style='display:none'>کد ۱۲</p><span hidden>نهان</span>", "پل باز شد."),
        (
            "<p>پل.</p><i style='font-size:0'>x</i><td style='font-size:0'><p style='font-size:9pt'>باز شد.</p>",
            "پل.\n\nباز شد.",
        ),
        ("<del>۵ نفر</del> ۶ نفر و <s>۷</s> ۸ نفر", "۶ نفر و ۸ نفر"),
        ("ده به توان ۱۰<sup>۶</sup> و قم<sup>الف</sup>", "ده به توان ۱۰⁶ و قمالف"),
        ("<xml><w:View>Normal</w:View></xml><p>پل باز شد.</p>", "پل باز شد."),
        ("<p>Normal 0 false false false EN-US X-NONE FA /* Style */</p><p>پل باز شد.</p>", "پل باز شد."),
        ("<p>پل باز شد.</p> .a-12 a{color:red}<p>(window.ads || []).push({});</p>", "پل باز شد."),
        ("<p>پل باز شد.</p>&lt;!--[if gte mso 9]&gt;&lt;xml&gt;x&lt;/xml&gt;&lt;![endif]--&gt;", "پل باز شد."),
        ("پل باز شد {عکس}.", "پل باز شد {عکس}."),
        ("<p>Smith (2023); Nature. 12, 5</p><p>show(1); var x = 2</p>", "Smith (2023); Nature. 12, 5"),
        ("می&amp;amp;zwnj;رود", "می‌رود"),
        ("پل باز شد. <p>تعداد بازدید: ۱٬۲۰۳ بار</p>", "پل باز شد."),
        ("پل باز شد | نظرات (۳)", "پل باز شد"),
        ("پل باز شد؛ شمار بازدید: ۳۰ هزار نفر.", "پل باز شد؛ شمار بازدید: ۳۰ هزار نفر."),
        ("[vc_row][vc_column width='1/2']پل باز شد.[/vc_column][/vc_row]", "پل باز شد."),
        ("[caption id='1']<img src='/a.jpg'/> عکس: رضا[/caption]پل [b]باز[/b] شد. [gallery ids='1']", "پل باز شد."),
        ("پل باز شد [PDF] و [دیگر].", "پل باز شد [PDF] و [دیگر]."),
        ("دما < ۵ درجه\nو باد > ۳۰", "دما < ۵ درجه\n\nو باد > ۳۰"),
        (r"پل باز شد.\n\nمردم گذشتند.", "پل باز شد.\n\nمردم گذشتند."),
        ("ادامهٔ متن قانون را بخوانید.", "ادامهٔ متن قانون را بخوانید."),
    ],
)
def test_invitations_to_read_on_are_no_text(markup: str, text: str) -> None:
    (entry,) = entries(rss(f"<item><title>خبر</title><description><![CDATA[{markup}]]></description></item>"))
    assert syndication.document(entry, SourceSettings(URL, key="k"), name="", now=NOW).body == text


def test_the_scripts_of_a_title_are_none_of_it() -> None:
    (entry,) = entries(rss("<item><title><![CDATA[<style>p{}</style>پل<script>x(1)</script> باز شد]]></title></item>"))
    assert entry.title == "پل باز شد"


def test_what_atom_holds_in_base64_is_no_text() -> None:
    entry = '<entry><title>پل</title><content type="image/png">iVBORw0KGgo=</content><summary>باز شد</summary></entry>'
    (found,) = entries(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>')
    assert (found.summary, found.content) == ("باز شد", "")


def test_json_that_was_made_by_hand_is_read() -> None:
    item = '{"guid": "7", "title": "پل", "link": "/n/7", "description": "یک\nدو", "pubDate": "2026-11-20T06:30:00Z"}'
    (entry,) = read(f'{{"items": [{item}]}}'.encode(), URL).entries
    assert (entry.guid, entry.link, entry.summary) == ("7", "https://www.example.org/n/7", "یک\nدو")


def test_titles_and_links_without_end_are_no_titles_and_links() -> None:
    long = "تیتر بی‌پایان " * 5000
    link = f"https://www.example.org/{long}{' ' * 100_000}a"
    (entry,) = entries(rss(f"<item><title>{long}</title><link>{link}</link><pubDate>{link}</pubDate></item>"))
    document = syndication.document(entry, SourceSettings(URL, key="k"), name="", now=NOW)
    assert len(document.title) < 200
    assert document.body == long.strip()
    assert document.url == ""


@pytest.mark.parametrize(
    "title",
    [
        "null",
        "undefined",
        "N/A",
        "(No title)",
        "[object Object]",
        "بدون عنوان",
        "---",
        "۱۴۰۵/۰۹/۰۴",
        "https://a.example/n/1",
    ],
)
def test_what_systems_write_where_they_have_no_words_is_no_title_and_no_text(title: str) -> None:
    told = f"<title>{title}</title><description>پل شهر باز شد.</description>"
    mute = "<title>پل شهر باز شد</title><description>null</description>"
    first, second = (
        syndication.document(entry, SourceSettings(URL, key="k"), name="", now=NOW)
        for entry in entries(rss(f"<item>{told}</item><item>{mute}</item>"))
    )
    assert (first.title, first.body) == ("پل شهر باز شد.", "پل شهر باز شد.")
    assert (second.title, second.body) == ("پل شهر باز شد", "")


def test_the_words_of_a_media_group_are_the_entrys_where_it_has_none() -> None:
    group = "<media:title>نام پرونده</media:title><media:description>پل شهر باز شد.</media:description>"
    (entry,) = entries(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><entry><id>v:1</id>'
        f"<title>ویدئوی پل</title><media:group>{group}</media:group></entry></feed>"
    )
    assert (entry.title, entry.summary) == ("ویدئوی پل", "پل شهر باز شد.")
