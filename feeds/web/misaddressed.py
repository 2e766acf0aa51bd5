"""Addresses that are none: where each is meant to lead.

People type them, readers guess them (`/feed/atom`), and apps take into a link what was typed behind it: «…/a/8c1d،» is
a link whole in Telegram. Pure.
"""

from __future__ import annotations

import re

from feeds import search
from feeds.provinces import gazetteer, lookup
from feeds.syndication import FORMATS
from feeds.syndication.channel import ALL, SOURCES

_FORMATS = frozenset(form.ending for form in FORMATS)
_EVERYTHING = {
    "rss": """rss rss2 rss.xml feed feed.xml feed.rss feed/rss feed/rss2 feeds/rss feeds/all feeds.xml
        feeds/all.rss rss/all rss/feed index.xml index.rss index.rdf all.rss all.xml""",
    "atom": "atom atom.xml feed.atom feed/atom feeds/atom feeds/all.atom index.atom all.atom",
    "json": "json feed.json feed/json feeds/json feeds/all.json feeds.json index.json all.json",
}
"""What readers and people try, by the format that they mean."""
_ELSEWHERE = {
    "/": "index.html index.htm index.php home",
    "/about": "contact contact-us about-us",
    "/feeds": "sources agencies",
    "/urgent": "breaking",
    "/feeds/urgent.rss": "breaking.rss",
    "/opml": "feeds/feeds.opml feeds.opml opml.xml subscriptions.opml",
    "/sitemap.xml": "sitemap sitemap_index.xml sitemap-index.xml",
    "/sitemap-news.xml": "sitemap_news.xml news-sitemap.xml news_sitemap.xml",
    "/manifest.webmanifest": "manifest.json site.webmanifest",
    "/static/icon.png": "apple-touch-icon.png apple-touch-icon-precomposed.png favicon.png",
}
_MEANT = {name: f"/feeds/{ALL}.{ending}" for ending, names in _EVERYTHING.items() for name in names.split()}
_MEANT |= {name: address for address, names in _ELSEWHERE.items() for name in names.split()}

_ARTICLE = re.compile(r"a/(?P<uid>[0-9a-f]{16})(?:\W*|\.html?|[^a-z0-9.].*)", re.IGNORECASE | re.ASCII)
"""An article, and behind it what an app took along, what another site has there (`/amp`), or a word without a space."""
_OF_A_LIST = re.compile(
    rf"(?P<list>urgent|corrections|{SOURCES}[^/]+?)(?:\.(?P<ending>rss|atom|json)|/(?P<word>feed|rss|atom|json))",
    re.IGNORECASE,
)
_OF_A_PROVINCE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"p/(?P<name>[^/]+?)(?:\.(?P<ending>rss|atom|json)|/(?P<word>feed|rss|atom|json)(?:\.xml)?)",
        r"(?:feeds?|rss)/(?P<name>[^/]+?)(?:\.(?P<ending>rss|atom|json|xml))?",
        r"(?P<page>)(?:p/)?(?P<name>[^/.]+)",
    )
)
"""Where people look for a province's feed, or its page."""
_PAGES = frozenset({"provinces", "archive", "about", "feeds", "search", "urgent", "corrections", "preview", "opml"})
_TAKEN_ALONG = frozenset(
    "/.,;:!?'\"*_~`()[]{}<>«»“”‘’…،؛؟۔٪"
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
"""What stands behind an address in a sentence, beside blanks."""


def leading_to(path: str) -> str:
    """Where an address that is none is meant to lead; empty where nobody can tell.

    Args:
        path: As it was asked for, decoded.
    """
    wanted = path.strip("/")
    bare = _alone(wanted)
    meant = (
        _article(wanted)
        or _MEANT.get(bare.lower(), "")
        or _of_a_list(bare)
        or _of_a_province(bare)
        or (f"/{bare.lower()}" if bare.lower() in _PAGES else "")
        or (f"/{bare}" if bare else "")
    )
    return meant if meant != path else ""


def _alone(wanted: str) -> str:
    """An address without what was taken along. By hand, as a pattern would begin anew at each sign of a long one."""
    end = len(wanted)
    while end and (wanted[end - 1] in _TAKEN_ALONG or wanted[end - 1].isspace()):
        end -= 1
    return wanted[:end]


def _article(wanted: str) -> str:
    match = _ARTICLE.fullmatch(wanted)
    return f"/a/{match['uid'].lower()}" if match else ""


def _of_a_list(wanted: str) -> str:
    match = _OF_A_LIST.fullmatch(wanted)
    return f"/feeds/{match['list'].lower()}.{_format(match)}" if match else ""


def _of_a_province(wanted: str) -> str:
    for pattern in _OF_A_PROVINCE:
        match = pattern.fullmatch(wanted)
        slug = _province_called(match["name"]) if match else ""
        if match and slug:
            return f"/p/{slug}" if "page" in match.groupdict() else f"/feeds/{slug}.{_format(match)}"
    return ""


def _format(match: re.Match[str]) -> str:
    parts = match.groupdict()
    said = (parts["ending"] or parts.get("word") or "").lower()
    return said if said in _FORMATS else "rss"


def _province_called(name: str) -> str:
    """The slug of the province that a person calls so, whatever its letters; empty where it is none, or several."""
    slug = name.strip().lower().replace("_", "-").replace(" ", "-")
    if any(province.slug == slug for province in gazetteer.PROVINCES):
        return slug
    found = lookup.lookup(name.replace("_", " ").replace("-", " ")[: search.LONGEST])
    alone = len(found.named) == 1 and not found.words.strip() and found.named[0].sure and not found.named[0].town
    return found.provinces[0] if alone and len(found.provinces) == 1 else ""
