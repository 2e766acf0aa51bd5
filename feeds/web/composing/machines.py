"""What other programs read: structured data of an article, the site map of news, the manifest, and robots.txt.

Pure: articles in, texts out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from markupsafe import Markup

from feeds.models import Article, Kind
from feeds.store.archive.stories import StorySource
from feeds.syndication.entry import one_line, province_name, web_address

NEWS_DAYS = timedelta(days=2)
"""What a site map of news may hold: search engines take nothing older from it."""
MOST_IN_SITEMAP = 1_000
"""Their limit."""
LONGEST_HEADLINE = 110

_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LATE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
"""What would end a script element, or begin one, within JSON."""


def news_article(
    article: Article, story_sources: Sequence[StorySource], *, page: str, picture: str, site_name: str, public_url: str
) -> Markup:
    """An article as schema.org's NewsArticle, in JSON-LD that is safe within a page.

    Args:
        article: The stored article.
        story_sources: Those that tell the same.
        page: Its address with us.
        picture: The address of a large picture.
        site_name: The name of the paper, which publishes it.
        public_url: The address of the pages, without a slash at its end.
    """
    source = web_address(article.url)
    others = [address for one in story_sources if (address := web_address(one.url))]
    agency = one_line(article.agency)
    organisation = {"@type": "Organization", "name": agency or site_name}
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "OpinionNewsArticle" if article.kind is Kind.OPINION else "NewsArticle",
        "headline": _headline(article.title),
        "description": one_line(article.summary.text or article.lead),
        "inLanguage": "fa",
        "url": page,
        "mainEntityOfPage": page,
        "image": [picture],
        "datePublished": article.published.date().isoformat() if article.day_only else article.published.isoformat(),
        "dateModified": max(article.updated, article.published).isoformat(),
        "author": organisation,
        "publisher": {
            "@type": "Organization",
            "name": site_name,
            "url": f"{public_url}/",
            "logo": {"@type": "ImageObject", "url": f"{public_url}/static/icon.png"},
        },
        "isBasedOn": [*([source] if source else []), *others],
        "contentLocation": [
            {"@type": "AdministrativeArea", "name": f"استان {name}"}
            for slug in article.provinces
            if (name := province_name(slug))
        ],
    }
    return as_script({name: value for name, value in facts.items() if value})


def as_script(facts: Mapping[str, Any]) -> Markup:
    """JSON that may stand in a script element whatever its texts hold."""
    written = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    for letter, safe in _LATE.items():
        written = written.replace(letter, safe)
    return Markup(written)  # noqa: S704 - nothing in it can end the element


def _headline(title: str) -> str:
    """A headline within the length that search engines show, ended at a word."""
    headline = one_line(title)
    if len(headline) <= LONGEST_HEADLINE:
        return headline
    return headline[:LONGEST_HEADLINE].rpartition(" ")[0] + "…"


def news_sitemap(articles: Iterable[Article], *, public_url: str, site_name: str, now: datetime) -> bytes:
    """The site map of the last two days, as search engines' news sections read it."""
    rows = [
        f"<url><loc>{escape(f'{public_url}/a/{article.uid}')}</loc><news:news><news:publication>"
        f"<news:name>{escape(site_name)}</news:name><news:language>fa</news:language></news:publication>"
        f"<news:publication_date>{article.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(one_line(article.title))}</news:title></news:news></url>"
        for article in articles
        if now - NEWS_DAYS <= article.published <= now
    ]
    head = f'<urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}">'
    return _xml(head, rows[:MOST_IN_SITEMAP], "</urlset>")


def sitemap(paths: Iterable[str], *, public_url: str) -> bytes:
    """The site map of the pages that stay."""
    rows = [f"<url><loc>{escape(f'{public_url}{path}')}</loc></url>" for path in paths]
    return _xml(f'<urlset xmlns="{_SITEMAP}">', rows, "</urlset>")


def _xml(head: str, rows: Sequence[str], foot: str) -> bytes:
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', head, *rows, foot, "")).encode()


def robots(public_url: str, base: str) -> bytes:
    """What crawlers are told: all is theirs but searches and the desk's pages."""
    closed = "".join(f"Disallow: {base}{path}\n" for path in ("/search", "/suggest", "/preview", "/status"))
    maps = "".join(f"Sitemap: {public_url}/{name}\n" for name in ("sitemap.xml", "sitemap-news.xml"))
    return f"User-agent: *\n{closed}\n{maps}".encode()


def manifest(*, site_name: str, base: str) -> bytes:
    """The manifest with which a phone puts the paper on its home screen."""
    facts = {
        "name": f"{site_name}، پیکِ خبرِ استان‌ها",
        "short_name": site_name,
        "lang": "fa",
        "dir": "rtl",
        "start_url": f"{base}/",
        "scope": f"{base}/",
        "display": "minimal-ui",
        "background_color": "#fbfaf7",
        "theme_color": "#0a6e6a",
        "icons": [
            {"src": f"{base}/static/icon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": f"{base}/static/icon.png", "sizes": "144x144", "type": "image/png"},
            {"src": f"{base}/static/icon-512.png", "sizes": "512x512", "type": "image/png"},
        ],
    }
    return json.dumps(facts, ensure_ascii=False, indent=1).encode()
