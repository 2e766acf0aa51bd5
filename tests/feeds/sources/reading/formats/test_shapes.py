"""Documents of every shape: what their writers got wrong costs no article, and half an article is none."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from empty_store import empty_store
from sources_site import Site, item, reply
from sources_site import feed as rss_feed

from feeds.sources import SourceSettings
from feeds.sources.following.poll import Poller
from feeds.sources.reading.formats.syndication import Channel, NotAFeedError, read
from feeds.store import Store, open_store

URL = "https://www.example.org/rss"
ITEM = (
    "<item><title>بارش در {0}</title><link>https://www.example.org/n/{0}</link><guid>g{0}</guid>"
    "<pubDate>Fri, 20 Nov 2026 06:30:00 GMT</pubDate><description>باران در شهر {0} بارید.</description></item>"
)
ITEMS = ITEM.format(1) + ITEM.format(2)
RSS = f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>{ITEMS}</channel></rss>'
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>نمونه</title>'
    '<entry><id>urn:1</id><title>بارش در 1</title><link href="https://www.example.org/n/1"/>'
    '<published>2026-11-20T06:30:00Z</published><content type="html">باران در شهر 1 بارید.</content></entry></feed>'
)
FACTS = ("بارش در 1", "https://www.example.org/n/1", "باران در شهر 1 بارید.", "2026-11-20 06:30")


def facts(channel: Channel) -> list[tuple[str, str, str, str]]:
    return [
        (one.title, one.link, one.content or one.summary, f"{one.published:%Y-%m-%d %H:%M}" if one.published else "")
        for one in channel.entries
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("http://www.w3.org/2005/Atom", "https://www.w3.org/2005/Atom"),
        ("http://www.w3.org/2005/Atom", "http://www.w3.org/2005/Atom/"),
        ("http://www.w3.org/2005/Atom", "http://www.w3.org/2005/atom#"),
        ("http://www.w3.org/2005/Atom", "http://w3.org/2005/Atom"),
        ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"),
        ("http://www.w3.org/2005/Atom", "urn:of-our-own"),
        (' xmlns="http://www.w3.org/2005/Atom"', ""),
        ("href=", "HREF="),
        (' xmlns="http://www.w3.org/2005/Atom"', ' xmlns="http://www.w3.org/2005/Atom" xmlns:a="urn:a" a:lang="fa"'),
        ('link href="', 'link xmlns:a="http://www.w3.org/2005/Atom" a:href="'),
        ("entry>", "Entry>"),
    ],
)
def test_atom_is_read_whatever_its_namespace_and_its_attributes_look_like(old: str, new: str) -> None:
    assert old in ATOM
    assert facts(read(ATOM.replace(old, new).encode(), URL)) == [FACTS]


def prefixed(prefix: str, declared: str) -> str:
    names = ("feed", "title", "entry", "id", "link", "published", "content")
    text = ATOM.replace(' xmlns="http://www.w3.org/2005/Atom"', declared)
    for name in names:
        text = text.replace(f"<{name}", f"<{prefix}:{name}").replace(f"</{name}", f"</{prefix}:{name}")
    return text


@pytest.mark.parametrize(
    ("prefix", "declared"),
    [("a", ' xmlns:a="http://www.w3.org/2005/Atom"'), ("atom", ' xmlns:atom="urn:x"'), ("atom", "")],
)
def test_atom_is_read_under_a_prefix_declared_or_not(prefix: str, declared: str) -> None:
    assert facts(read(prefixed(prefix, declared).encode(), URL)) == [FACTS]


@pytest.mark.parametrize(
    "text",
    [
        RSS.replace("<rss ", '<rss xmlns="http://www.w3.org/2005/Atom" '),
        RSS.replace("<rss ", '<rss xmlns="http://backend.userland.com/rss2" '),
        RSS.replace("<rss ", '<rss xmlns="http://purl.org/rss/1.0/" '),
        RSS.upper().replace("GMT", "GMT"),
        RSS.replace("title>", "Title>").replace("item>", "Item>").replace("description>", "DESCRIPTION>"),
        RSS.replace("</title>", "</Title>").replace("<pubDate>", "<PubDate>"),
        RSS.replace("<description>", "<description><![CDATA[<![CDATA[").replace(
            "</description>", "]]>]]></description>"
        ),
        RSS.replace("<description>", "<description>&lt;![CDATA[").replace("</description>", "]]&gt;</description>"),
        RSS.replace("<link>", "<link><![CDATA[\n  ").replace("</link>", "\n ]]></link>"),
        RSS.replace("<item>", '<item><media:content url="x"/><foo:bar a=b>&nbsp;</foo:bar>'),
        RSS.replace("<description>", "<description><br>").replace("</description>", "<hr></description>"),
        RSS.replace("</channel>", "<br />\n<b>Notice</b>: in <b>/x.php</b> on line <b>9</b><br /></channel>"),
    ],
    ids=[
        *("Atom's namespace", "Userland's", "RSS 1.0's", "upper case", "capitals", "two cases of one tag"),
        *(
            "CDATA in CDATA",
            "CDATA escaped",
            "links in CDATA",
            "prefixes undeclared",
            "tags of HTML",
            "a notice within",
        ),
    ],
)
def test_rss_is_read_whatever_its_elements_look_like(text: str) -> None:
    lowered = [tuple(part.lower() for part in one) for one in facts(read(text.encode(), URL))]
    assert [one[:2] for one in lowered] == [("بارش در 1", FACTS[1]), ("بارش در 2", FACTS[1][:-1] + "2")]
    assert all("باران در شهر" in one[2] and one[3] == FACTS[3] for one in lowered)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        yield opened


NOTICES = (
    '<script type="text/javascript">if (a < b && c) { document.write("<b>x</b>"); }</script>\n',
    "<br />\n<b>Warning</b>:  Cannot modify header information in <b>/home/x/feed.php</b> on line <b>9</b><br />\n",
    "\n\n \t",
    "\ufeff\ufeff",
    "<!-- made by <rss> maker -->\n<?xml-stylesheet href='x.xsl'?>",
    "<style>.x{}</style><div id='ad'>آگهی</div>",
    "Deprecated: x in y.php on line 3\n",
    "<!DOCTYPE html><html><head><title>x</title></head><body>موقت</body></html>",
    "<html><head></head><body>",
)


@pytest.mark.parametrize("before", NOTICES)
@pytest.mark.parametrize("text", [RSS, ATOM], ids=["RSS", "Atom"])
def test_what_stands_before_and_behind_a_feed_is_left_out(before: str, text: str) -> None:
    behind = '\n<script id="b">var a = {width: 400 && "<b>"};\n</script>' * 30 + "<!-- 0.3 s --></body></html>"
    channel = read(f"{before}{text}{behind}".encode(), URL)
    assert facts(channel)[0] == FACTS
    assert (channel.fault, channel.cut_off) == ("", False)


@pytest.mark.parametrize("before", NOTICES[:4])
def test_a_json_feed_is_found_among_scripts_too(before: str) -> None:
    text = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "خبر"}]}'
    channel = read(f"{before}{text}<script>x()</script>".encode(), URL)
    assert ([one.title for one in channel.entries], channel.fault, channel.cut_off) == (["خبر"], "", False)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><title>ساخت خوراک</title></head><body><pre>{RSS}</pre></body></html>",
        "<!-- <rss> --><html><body>x</body></html>",
        "<html><body>&lt;rss&gt;</body></html>",
    ],
)
def test_a_page_that_quotes_a_feed_is_no_feed(page: str) -> None:
    with pytest.raises(NotAFeedError, match="HTML page"):
        read(page.encode(), URL)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859-6"])
@pytest.mark.parametrize("declared", ["utf-8", "windows-1256", "iso-8859-6", "utf-16", "latin1", ""])
def test_bytes_are_read_as_what_they_are(encoding: str, declared: str) -> None:
    if encoding in ("cp1256", "iso8859-6") and declared.startswith(("iso", "win")) and declared[-1] != encoding[-1]:
        return  # one Arabic encoding declared as another: nothing in the bytes tells
    if encoding == "iso8859-6" and declared != "iso-8859-6":
        return  # likewise: undeclared, it is taken for the common one
    text = RSS.replace("ی", "ي").replace("utf-8", declared).replace(' encoding=""', "")
    entry = read(text.encode(encoding), URL).entries[0]
    assert entry.title == "بارش در 1"


@pytest.mark.parametrize("entry", [1, 2])
@pytest.mark.parametrize(
    "at", ["بارش در", "</title>", "<link>", "https://www", "<pubDate>", "باران در", "</description>"]
)
def test_a_feed_that_is_cut_off_within_an_entry_gives_no_half_of_it(entry: int, at: str) -> None:
    begin = RSS.index("<item>") if entry == 1 else RSS.rindex("<item>")
    cut = RSS[: RSS.index(at, begin) + 3]
    channel = read(cut.encode(), URL)
    assert [one.title for one in channel.entries] == ["بارش در 1"][: entry - 1]
    assert channel.cut_off


def test_a_cut_within_the_first_entry_of_atom_and_json_gives_nothing_either() -> None:
    assert read(ATOM[: ATOM.index("در 1") + 3].encode(), URL).entries == ()
    with pytest.raises(NotAFeedError, match="broken JSON"):
        read('{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "نیم'.encode(), URL)


def test_an_entry_without_an_end_in_a_feed_with_one_is_whole() -> None:
    text = RSS.replace("</item></channel>", "</channel>")
    channel = read(text.encode(), URL)
    assert [one.title for one in channel.entries] == ["بارش در 1", "بارش در 2"]
    assert not channel.cut_off


def test_an_unclosed_tag_lets_no_entry_into_the_text_of_another() -> None:
    text = RSS.replace("<description>باران", "<description><p>باران<p>", 1)
    channel = read(text.encode(), URL)
    assert [one.title for one in channel.entries] == ["بارش در 1", "بارش در 2"]
    assert all("شهر 2" not in one.summary for one in channel.entries[:1])
    assert "شهر 2" in channel.entries[1].summary


def test_a_base_counts_wherever_it_stands() -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/"><title>t</title>
    <link href="https://a.example/"/>
    <entry xml:base="y/"><title>یک</title><id>1</id><link xml:base="z/" href="1.html"/>
    <content type="html" xml:base="/pics/">&lt;p&gt;متن&lt;/p&gt;&lt;img src="1.jpg"&gt;</content></entry></feed>"""
    (entry,) = read(text.encode(), URL).entries
    assert entry.link == "https://a.example/x/y/z/1.html"
    assert entry.image is not None
    assert entry.image.url == "https://a.example/pics/1.jpg"
    inside = RSS.replace("<channel>", '<channel xml:base="https://a.example/c/">').replace(
        "https://www.example.org/n/", ""
    )
    assert read(inside.encode(), URL).entries[0].link == "https://a.example/c/1"


def test_a_base_that_is_no_address_costs_nothing() -> None:
    assert read(RSS.replace("<channel>", '<channel xml:base="http://[">').encode(), URL).entries[0].link == FACTS[1]


@pytest.mark.parametrize("status", [200, 202, 203, 206])
@pytest.mark.parametrize("length", [None, 100_000])
def test_a_whole_feed_is_whole_under_any_success_and_length(
    store: Store, site: Site, status: int, length: int | None
) -> None:
    body = rss_feed(item(1), item(2))

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Connection", "close")
        if length:
            handler.send_header("Content-Length", str(length))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    site.pages["/f"] = answer
    poller = Poller(store, [SourceSettings(f"{site.url}/f", allow_private=True, full_text=False)])
    (documents,) = list(poller.poll())
    assert len(documents) == 2  # type: ignore[arg-type]
    (state,) = store.sources.all().values()
    assert state.error == ""
    assert state.digest


@pytest.mark.parametrize("end", ["", "0\r\n\r\n", "zz\r\n", "-1\r\n\r\n"])
@pytest.mark.parametrize("label", ["", "gzip", "utf-8"])
def test_chunks_without_an_end_and_packing_that_is_none_cost_nothing(
    store: Store, site: Site, end: str, label: str
) -> None:
    body = b"Notice: x in y.php\n" + rss_feed(item(1), item(2))

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        if label:
            handler.send_header("Content-Encoding", label)
        handler.end_headers()
        handler.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n" + end.encode())
        handler.close_connection = True

    site.pages["/f"] = answer
    (documents,) = list(Poller(store, [SourceSettings(f"{site.url}/f", allow_private=True, full_text=False)]).poll())
    assert len(documents) == 2  # type: ignore[arg-type]
    (state,) = store.sources.all().values()
    assert state.error == ""


@pytest.mark.parametrize("status", [404, 500])
def test_a_feed_under_a_refusal_is_one_where_it_holds_entries(store: Store, site: Site, status: int) -> None:
    source = SourceSettings(f"{site.url}/f", full_text=False, allow_private=True)
    for body, articles in ((rss_feed(item(1)), 1), (rss_feed(), 0), (b"<html>", 0)):
        site.pages["/f"] = reply(body, status=status, Content_Type="application/rss+xml")
        found = list(Poller(store, [source]).poll(due_only=False))
        assert sum(isinstance(one, tuple) for one in found) == articles
        assert articles or str(status) in str(found)


def test_a_status_without_a_body_is_no_feed(store: Store, site: Site) -> None:
    site.pages["/f"] = reply(b"", status=204)
    list(Poller(store, [SourceSettings(f"{site.url}/f", allow_private=True)]).poll())
    (state,) = store.sources.all().values()
    assert "empty" in state.error


@pytest.mark.parametrize("value", ['"نسخه-۱"'.encode(), b'"\xe9\xff"', b'W/"a b"'])
def test_a_validator_goes_back_byte_for_byte(store: Store, site: Site, value: bytes) -> None:
    known = value.decode("latin-1")

    def answer(handler: BaseHTTPRequestHandler) -> None:
        same = handler.headers.get("If-None-Match") == known
        reply(b"" if same else rss_feed(item(1)), status=304 if same else 200, ETag=known)(handler)

    site.pages["/f"] = answer
    poller = Poller(store, [SourceSettings(f"{site.url}/f", allow_private=True, full_text=False)])
    list(poller.poll())
    list(poller.poll(due_only=False))
    assert [headers.get("if-none-match") for _, headers in site.requests] == [None, known]
    (state,) = store.sources.all().values()
    assert state.error == ""


# -- Pieces of feeds, and sections without their end -------------------------------------------------------------------


@pytest.mark.parametrize("declared", ['<?xml version="1.0"?>', "<!-- ما -->\n<?xml-stylesheet href='a'?>", ""])
def test_a_document_of_one_entry_is_a_feed_of_one(declared: str) -> None:
    entry = ATOM[ATOM.index("<entry") : ATOM.index("</feed")]
    for bare in (entry.replace("<entry>", '<entry xmlns="http://www.w3.org/2005/Atom">'), entry):
        assert facts(read(f"{declared}{bare}".encode(), URL)) == [FACTS]
    assert not read(f"{declared}{entry}".encode(), URL).fault


def test_a_channel_and_items_without_their_root_are_a_feed() -> None:
    for around in ("<channel>{}</channel>", "<items>{}</items>", "{}"):
        assert facts(read(around.format(ITEM.format(1)).encode(), URL)) == [FACTS]


@pytest.mark.parametrize("end", ["", "]", "]>", "]] >", " ]] "])
def test_a_section_without_its_end_swallows_no_entry(end: str) -> None:
    broken = ITEMS.replace("<title>بارش در 1", f"<title><![CDATA[بارش در 1{end}").replace(
        "<description>باران در شهر 2 بارید.", "<description><![CDATA[باران در شهر 2 بارید.]]>"
    )
    assert facts(read(RSS.replace(ITEMS, broken).encode(), URL))[0] == FACTS
    assert len(read(RSS.replace(ITEMS, broken).encode(), URL).entries) == 2


def test_the_last_section_without_its_end_keeps_its_words() -> None:
    broken = RSS.replace("باران در شهر 2 بارید.", "<![CDATA[<p>باران در شهر 2 بارید.</p>")
    assert [one.summary for one in read(broken.encode(), URL).entries][1] == "<p>باران در شهر 2 بارید.</p>"


def test_a_section_that_tells_of_sections_stays_as_it_is() -> None:
    told = "<![CDATA[چنین نوشته می‌شود: &lt;title&gt;<![CDATA[عنوان]]&gt; و پایان]]>"
    (entry,) = read(RSS.replace(ITEMS, ITEM.format(1).replace("باران در شهر 1 بارید.", told)).encode(), URL).entries
    assert "پایان" in entry.summary


def test_words_that_a_feed_declares_are_written_out() -> None:
    doctype = (
        '<!DOCTYPE rss [<!ENTITY shahr "قم &amp; کاشان"><!ENTITY nbsp "&#160;">'
        '<!ENTITY twice "&shahr;&shahr;"><!ENTITY bold "<b>x</b>"><!ENTITY amp "x"><!ENTITY f SYSTEM "file:///etc/hosts">]>'
    )
    body = doctype + RSS.partition("\n")[2].replace("بارش در 1", "بارش&nbsp;در &shahr; &twice; &bold; &f; &amp;")
    assert read(body.encode(), URL).entries[0].title == "بارش در قم & کاشان &twice; &bold; &f; &"


def test_declared_words_have_a_bound() -> None:
    doctype = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 200}"><!ENTITY b "{"x" * 201}">]>'
    body = doctype + RSS.partition("\n")[2].replace("بارش در 1", "&b;" + "&a;" * 50_000)
    assert read(body.encode(), URL).entries[0].title.count("x") == 200_000


ARABIC = "اعلن رئيس الوزراء اليوم في مؤتمر صحفي ان الحكومة وافقت على مشروع القانون الجديد"
RUSSIAN = "Президент подписал закон о государственном бюджете на следующий год, сообщили журналисты"
FRENCH = "Le président a annoncé hier à Genève une réforme où tout changera « bientôt »"
PERSIAN = "استاندار قم گفت: پروژه گازرسانی به روستاها چهار ماه ديگر پايان می‌يابد".replace("ی", "ي")


@pytest.mark.parametrize(
    ("words", "codec"),
    [(ARABIC, "iso8859-6"), (ARABIC, "cp1256"), (PERSIAN, "cp1256"), (RUSSIAN, "cp1251"), (FRENCH, "latin-1")],
)
@pytest.mark.parametrize("declared", ["", ' encoding="iso-8859-1"', ' encoding="utf-8"'])
def test_letters_tell_what_encoding_they_are_in(words: str, codec: str, declared: str) -> None:
    body = f'<?xml version="1.0"{declared}?>' + RSS.partition("\n")[2].replace("بارش در 1", words)
    text = body.replace("بارش در 2", "-").replace("باران در شهر 1 بارید.", "").replace("باران در شهر 2 بارید.", "")
    assert read(text.encode(codec), URL).entries[0].title == words


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "<pre>{}</pre>",
        "<!DOCTYPE html><html><head><title>x</title></head><body><pre id='a'>{}</pre><p>x</p></body></html>",
    ],
)
def test_a_feed_that_a_browser_shows_as_source_is_read(around: str) -> None:
    assert facts(read(around.format(escape(RSS)).encode(), URL))[0] == FACTS


def test_a_page_that_tells_of_feeds_is_none() -> None:
    page = f"<html><head><title>خوراک چیست</title></head><body><p>یک نمونه:</p><pre>{escape(RSS)}</pre></body></html>"
    with pytest.raises(NotAFeedError, match="خوراک چیست"):
        read(page.encode(), URL)


def test_a_channel_of_cdf_is_read() -> None:
    cdf = (
        '<?xml version="1.0"?><CHANNEL HREF="https://www.example.org/"><TITLE>نمونه</TITLE>'
        '<ITEM HREF="https://www.example.org/n/1" LASTMOD="2026-11-20T10:00"><TITLE>بارش در 1</TITLE>'
        "<ABSTRACT>باران در شهر 1 بارید.</ABSTRACT></ITEM></CHANNEL>"
    )
    assert facts(read(cdf.encode(), URL)) == [FACTS]


def test_the_content_of_atom_03_may_be_in_base64() -> None:
    packed = b64encode("باران در شهر 1 بارید.".encode()).decode()
    body = ATOM.replace('<content type="html">باران در شهر 1 بارید.', f'<content mode="base64">{packed}')
    assert facts(read(body.encode(), URL)) == [FACTS]


def test_words_of_another_encoding_between_are_read_too() -> None:
    body = RSS.replace("بارش در 2", "*").encode().replace(b"*", "خبر مهم استان".encode("cp1256"), 1)
    titles = [entry.title for entry in read(body, URL).entries]
    assert titles == ["بارش در 1", "خبر مهم استان"]


def test_damaged_letters_take_no_others_along() -> None:
    body = RSS.encode().replace("باران در".encode(), "باران در".encode()[:-1], 1)
    assert read(body, URL).entries[0].summary == "باران د شهر 1 بارید."


SITE_MAP = (
    '<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="a.xsl"?>'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
    "<url><loc>https://www.example.org/</loc></url>"
    "<url><loc>https://www.example.org/n/1</loc><image:image><image:title>تصویر</image:title>"
    "<image:loc>https://www.example.org/1.jpg</image:loc></image:image><news:news><news:publication>"
    "<news:name>نمونه</news:name><news:language>fa</news:language></news:publication>"
    "<news:publication_date>2026-11-20T10:00:00+03:30</news:publication_date>"
    "<news:title>بارش در 1</news:title><news:keywords>قم، باران</news:keywords></news:news></url></urlset>"
)


def test_a_site_map_of_news_is_a_feed_of_headlines() -> None:
    channel = read(SITE_MAP.encode(), URL)
    assert facts(channel) == [(*FACTS[:2], "", FACTS[3])]
    (entry,) = channel.entries
    assert (channel.title, entry.categories, entry.image and entry.image.url) == (
        "نمونه",
        ("قم", "باران"),
        "https://www.example.org/1.jpg",
    )


def test_a_site_map_without_headlines_is_none() -> None:
    with pytest.raises(NotAFeedError, match="site map"):
        read(SITE_MAP.replace("news:title", "news:genres").encode(), URL)


@pytest.mark.parametrize("idle", ['{"id": "1", "title": "الف, ]", },', '{"id": "1", "title": "الف, ]"}\n,\n'])
def test_json_with_an_idle_comma_is_read(idle: str) -> None:
    body = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{idle}], }}'
    assert [one.title for one in read(body.encode(), URL).entries] == ["الف, ]"]


def test_a_list_in_json_is_no_feed() -> None:
    with pytest.raises(NotAFeedError, match="no JSON Feed"):
        read(b'[{"id": 1, "title": {"rendered": "x"}}]', URL)


def test_a_headline_that_was_never_closed_takes_nothing_along() -> None:
    (first, second) = read(RSS.replace("بارش در 1</title>", "بارش در 1").encode(), URL).entries
    assert (first.title, first.link, first.guid) == (*FACTS[:2], "g1")
    assert first.published == second.published


def test_an_id_that_is_a_path_leads_to_the_page_where_nothing_else_does() -> None:
    body = ATOM.replace("urn:1", "/n/1").replace('<link href="https://www.example.org/n/1"/>', "")
    assert facts(read(body.encode(), URL)) == [FACTS]


def test_dates_deep_in_an_entry_are_looked_for_once_each() -> None:
    deep = f"{'<x>' * 200}{'<date/>' * 20_000}<date>2026-11-20T10:00:00Z</date>{'</x>' * 200}"
    cited = "<source><date>2020-01-01T10:00:00Z</date></source>"
    feed = f"<rss><channel><item><title>سد</title>{cited}{deep}</item></channel></rss>"
    (entry,) = read(feed.encode(), URL).entries
    assert entry.published is not None
    assert entry.published.year == 2026
