"""What came instead of a feed is named, with what to do."""

from __future__ import annotations

import pytest

from feeds.sources.reading.formats.syndication import NotAFeedError, read

URL = "https://www.example.org/rss"
PAGE = "<!DOCTYPE html><html><head><title>سایت</title>{}</head><body>{}</body></html>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            PAGE.format('<link rel="alternate" type="application/rss+xml" href="/feed.xml">', ""),
            "https://www.example.org/feed.xml",
        ),
        (PAGE.format('<link rel="alternate" type="application/rss+xml" href="/rss">', ""), "look for its new address"),
        (PAGE.format("", "<form><input type='Password'></form>"), "asks to log in"),
        (PAGE.format("", '<iframe src="http://10.10.34.36?type=x"></iframe>'), "by a proxy"),
        (PAGE.format("", "خوش آمدید"), "HTML page («سایت»)"),
        ('<meta http-equiv="x"><p>متن', "HTML page"),
        ('<?xml version="1.0"?><error><message>کلید نادرست</message></error>', "<error>) («کلید نادرست»)"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "<svg>"),
        ("خطا در اتصال به پایگاه داده", "«خطا در اتصال به پایگاه داده»"),
        (b"%PDF-1.4\n\0\0", "a PDF"),
        (b"PK\x03\x04\0\0\0", "a ZIP file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
    ],
)
def test_the_desk_reads_what_it_is_and_what_to_do(body: str | bytes, words: str) -> None:
    with pytest.raises(NotAFeedError) as caught:
        read(body if isinstance(body, bytes) else body.encode(), URL)
    assert words in str(caught.value)
    assert any(advice in str(caught.value) for advice in ("address", "proxy", "log in"))
