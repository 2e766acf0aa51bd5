"""What people and readers ask for that is not there, and where it leads them."""

from __future__ import annotations

import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from visitor import Save, Visitor

from feeds.web.misaddressed import leading_to


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/rss", "/feeds/all.rss"),
        ("/feed", "/feeds/all.rss"),
        ("/Feed.xml", "/feeds/all.rss"),
        ("/atom.xml", "/feeds/all.atom"),
        ("/feed.json", "/feeds/all.json"),
        ("/p/قم", "/p/qom"),
        ("/p/Qom", "/p/qom"),
        ("/p/استان قم", "/p/qom"),
        ("/p/خراسان-رضوی", "/p/razavi-khorasan"),
        ("/p/qom.rss", "/feeds/qom.rss"),
        ("/p/قم/feed", "/feeds/qom.rss"),
        ("/feeds/قم.atom", "/feeds/qom.atom"),
        ("/feeds/Qom.json", "/feeds/qom.json"),
        ("/feed/تهران", "/feeds/tehran.rss"),
        ("/feeds/qom", "/feeds/qom.rss"),
        ("/feed/atom", "/feeds/all.atom"),
        ("/feed/rss2", "/feeds/all.rss"),
        ("/feeds.json", "/feeds/all.json"),
        ("/index.rss", "/feeds/all.rss"),
        ("/feeds/ALL.RSS", "/feeds/all.rss"),
        ("/urgent/feed", "/feeds/urgent.rss"),
        ("/sources/mehrnews.com.atom", "/feeds/sources/mehrnews.com.atom"),
        ("/Feeds", "/feeds"),
        ("/Archive", "/archive"),
        ("/index.php", "/"),
        ("/sitemap_index.xml", "/sitemap.xml"),
        ("/apple-touch-icon.png", "/static/icon.png"),
        ("/قم", "/p/qom"),
        ("/Isfahan", "/p/isfahan"),
        ("/P/qom", "/p/qom"),
        ("/p/qom،", "/p/qom"),
        ("/p/qom.", "/p/qom"),
        ("/provinces»", "/provinces"),
        ("/archive/1404-12-10؛", "/archive/1404-12-10"),
        ("/feeds/qom.rss)", "/feeds/qom.rss"),
        ("/a/0123456789abcdef،", "/a/0123456789abcdef"),
        ("/a/0123456789abcdef.", "/a/0123456789abcdef"),
        ("/a/0123456789abcdef»)", "/a/0123456789abcdef"),
        ("/a/0123456789abcdef\u200f", "/a/0123456789abcdef"),
        ("/a/0123456789abcdefاست", "/a/0123456789abcdef"),
        ("/a/0123456789ABCDEF", "/a/0123456789abcdef"),
        ("/a/0123456789abcdef/amp", "/a/0123456789abcdef"),
        ("/a/0123456789abcdef.html", "/a/0123456789abcdef"),
        ("/a/0123456789abcdef&fbclid=1", "/a/0123456789abcdef"),
        ("/a/0123456789abcdef0", ""),
        ("/a/0123456789abcdef.png", ""),
        ("/a/0123456789abcdef", ""),
        ("/wp-login.php", ""),
        ("/کاشان", ""),
        ("/p/خراسان", ""),
        ("/p/کاشان", ""),
        ("/p/nowhere", ""),
        ("/nothing", ""),
        ("/feeds/qom.rss", ""),
    ],
)
def test_an_address_leads_where_it_is_meant_to(site: Visitor, asked: str, meant: str) -> None:
    assert leading_to(asked) == meant
    response = site.get(asked)
    if meant:
        assert (response.status_code, response.headers["location"]) == (301, quote(meant))
    elif asked != "/feeds/qom.rss":
        assert response.status_code == 404


@given(
    address=st.sampled_from(["/a/0123456789abcdef", "/p/qom", "/archive/1404-12-10", "/feeds/qom.rss", "/urgent"]),
    behind=st.text("،؛؟۔٪.!?:»)]…\u200f\u200c\u2069 \"'*", min_size=1),
)
def test_what_a_sentence_goes_on_with_is_no_part_of_a_link(address: str, behind: str) -> None:
    assert leading_to(address + behind) == address


@given(path=st.text(max_size=30))
def test_where_an_address_leads_it_leads_no_further(path: str) -> None:
    meant = leading_to(f"/{path}")
    assert not meant or leading_to(meant) in {"", meant}
    assert not meant.startswith("//")


@pytest.mark.parametrize("sign", [*"./ !،\u200f", "a/", "/feed", "a-", "%20", "\\"])
def test_a_long_address_is_read_once(sign: str) -> None:
    """A pattern that begins anew at each sign takes minutes for what a server lets through."""
    took = []
    for signs in (2_000, 64_000):
        began = time.process_time()
        leading_to(f"/{sign * signs}x")
        leading_to(f"/a/0123456789abcdef{sign * signs}\nx")
        took.append(time.process_time() - began)
    assert took[1] < took[0] * 200 + 0.2


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/p/qom%3F", "/p/qom"),  # a question mark, as apps write one that is part of a path
        ("/%5Cexample.com/", "/%5Cexample.com"),
        ("/%09/example.com/", "/%09/example.com"),
        ("/%0D%0AX-Y: z/", "/%0D%0AX-Y%3A%20z"),
    ],
)
def test_a_sign_of_an_address_is_written_once_and_never_leaves_the_site(site: Visitor, asked: str, leads: str) -> None:
    response = site.get(asked)
    assert response.headers["location"] == leads
    assert "x-y" not in response.headers


def test_a_link_from_a_chat_opens_its_article(site: Visitor, save: Save) -> None:
    article = save()
    response = site.get(f"/a/{article.uid}{quote('،')}")
    assert (response.status_code, response.headers["location"]) == (301, f"/a/{article.uid}")
    assert site.get(response.headers["location"]).status_code == 200
