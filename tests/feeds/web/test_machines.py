"""What search engines, messengers and phones read of the site."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from visitor import Save, Visitor

from feeds.models import Article
from feeds.web.composing import machines


def _facts(site: Visitor, path: str) -> Any:
    scripts = lxml_html.fromstring(site.get(path).text).cssselect('script[type="application/ld+json"]')
    return json.loads(scripts[0].text)


def test_an_article_says_what_it_is_in_structured_data(site: Visitor, save: Save) -> None:
    article = save(url="https://agency.example/news/1/باران")
    facts = _facts(site, f"/a/{article.uid}")
    assert (facts["@type"], facts["headline"], facts["inLanguage"]) == ("NewsArticle", "باران در قم", "fa")
    assert facts["datePublished"] == "2026-03-01T08:30:00+00:00"
    assert facts["author"] == {"@type": "Organization", "name": "خبرگزاری نمونه"}
    assert facts["isBasedOn"] == ["https://agency.example/news/1/%D8%A8%D8%A7%D8%B1%D8%A7%D9%86"]
    assert facts["contentLocation"] == [{"@type": "AdministrativeArea", "name": "استان قم"}]
    assert facts["mainEntityOfPage"] == f"http://testserver/a/{article.uid}"


def test_where_only_the_day_is_known_no_hour_is_claimed(site: Visitor, save: Save) -> None:
    article = save(day_only=True)
    assert _facts(site, f"/a/{article.uid}")["datePublished"] == "2026-03-01"


def test_no_headline_ends_the_script(site: Visitor, save: Save) -> None:
    article = save(title="</script><script>alert(1)</script> & باران")
    page = site.get(f"/a/{article.uid}").text
    assert "alert(1)</script>" not in page
    assert "باران" in _facts(site, f"/a/{article.uid}")["headline"]


def test_a_long_headline_ends_at_a_word(article: Callable[..., Article]) -> None:
    written = machines.news_article(
        article(title="باران سنگین " * 20), (), page="p", picture="i", site_name="چاپار", public_url="u"
    )
    headline = json.loads(str(written))["headline"]
    assert len(headline) <= 111
    assert headline.endswith(("سنگین…", "باران…"))


def test_every_page_has_one_address_of_its_own(site: Visitor, save: Save) -> None:
    article = save(url="https://agency.example/1")
    paths = ("/", "/p/qom", f"/a/{article.uid}", "/provinces", "/feeds", "/about", "/archive/1404-12")
    for path in paths:
        page = lxml_html.fromstring(site.get(path).text)
        assert [link.get("href") for link in page.cssselect("link[rel=canonical]")] == [f"http://testserver{path}"]


def test_the_site_map_of_news_holds_two_days(site: Visitor, save: Save, noon: datetime) -> None:
    article = save(title="باران & برف")
    save("old", published=noon - timedelta(days=3))
    root = etree.fromstring(site.get("/sitemap-news.xml").content)
    assert [loc.text for loc in root.iter("{*}loc")] == [f"http://testserver/a/{article.uid}"]
    assert [title.text for title in root.iter("{*}title")] == ["باران & برف"]
    assert [language.text for language in root.iter("{*}language")] == ["fa"]


def test_the_site_map_leads_to_pages_that_are_there(site: Visitor) -> None:
    root = etree.fromstring(site.get("/sitemap.xml").content)
    addresses = [str(loc.text).removeprefix("http://testserver") for loc in root.iter("{*}loc")]
    assert len(addresses) == 38
    assert {site.get(address).status_code for address in addresses} == {200}


def test_crawlers_are_told_of_the_maps_and_kept_from_searches(site: Visitor) -> None:
    robots = site.get("/robots.txt").text
    assert "Sitemap: http://testserver/sitemap-news.xml" in robots
    assert "Disallow: /search" in robots


def test_a_phone_may_keep_the_paper_on_its_home_screen(site: Visitor) -> None:
    manifest = site.get("/manifest.webmanifest").json()
    assert (manifest["lang"], manifest["dir"], manifest["start_url"]) == ("fa", "rtl", "/")
    assert {site.get(icon["src"]).status_code for icon in manifest["icons"]} == {200}
    assert site.get("/favicon.ico").content.startswith(b"\0\0\1\0")
