"""What fourteen readers and libraries in six languages make of our feeds: the same titles, links, moments and texts.

`make test-readers`. Each reads the files by a few lines of its own language in `readers/`; one that is not installed is
left out, and says what to install.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from feeds.models import Article, Draft, Image
from feeds.store import Store
from feeds.syndication import Site, write

pytestmark = [pytest.mark.readers, pytest.mark.timeout(600)]

READERS = Path(__file__).with_name("readers")
NODE = ("rss-parser@3.13.0", "feedsmith@3.0.1", "@extractus/feed-extractor@8.0.3", "@rowanmanning/feed-parser@2.1.5")
NODE = (*NODE, "feedparser@2.6.0")
XML, ALL = ("rss", "atom"), ("rss", "atom", "json")
WAYS: dict[str, tuple[str, ...]] = {
    "python feedparser": XML,
    "python fastfeedparser": ALL,
    "python atoma": ALL,
    "node rss-parser": XML,
    "node feedsmith": ALL,
    "node feed-extractor": ALL,
    "node feed-parser": XML,
    "node feedparser": XML,
    "perl XML::Feed": XML,
    "perl XML::FeedPP": XML,
    "ruby rss": XML,
    "go gofeed": ALL,
    "newsboat": XML,
    "sfeed": XML,
}
SCRIPTS = {
    "perl": ("perl", str(READERS / "read.pl")),
    "ruby": ("ruby", str(READERS / "read.rb")),
    "go": ("go", "run", str(READERS / "read.go")),
}
PROBES = {
    "perl": ("libxml-feed-perl libxml-feedpp-perl libjson-perl", "-MXML::Feed", "-MXML::FeedPP", "-MJSON", "-e1"),
    "ruby": ("ruby ruby-rss", "-rrss", "-e1"),
    "go": ("golang-go golang-github-mmcdole-gofeed-dev", "list", "github.com/mmcdole/gofeed"),
    "newsboat": ("newsboat",),
    "sfeed": ("sfeed",),
}
"""What is to be installed, and what shows that it is."""
SHOWS_THE_CHANGE = {("node feed-extractor", "atom")}
"""Who shows when an item last changed, where a feed also tells when it appeared."""
DECODES_TWICE = {"node feed-parser"}
"""Who shows «&» where an article writes about «&amp;»."""
_WORD = re.compile(r"[\w\u200c]+")
Item = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the libraries for Node."""
    folder = tmp_path_factory.mktemp("node")
    if shutil.which("npm") is None:
        pytest.skip("no npm: apt install nodejs npm")
    subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), *NODE], check=True)
    shutil.copy(READERS / "read.mjs", folder)
    return folder


@pytest.fixture
def articles(archive: Store, edited: Callable[..., Draft], noon: datetime) -> list[Article]:
    """Articles with all that readers stumble over."""
    told: list[dict[str, Any]] = [
        {"title": "باران در قم"},
        {"title": "«سفر به ماه» & بازگشت", "body": "شرکت A&B گفت: ۳ < ۵.\n\nنشانی: https://example.com/?a=1&lang=fa"},
        {"title": "کتاب‌خانه‌ها‌ی تازه", "image": Image("https://agency.example/1.jpg")},
        {"title": "برچسب‌ها در صفحه", "body": "در HTML، <b>درشت</b> و &amp; نوشته می‌شود.\n\nپایان."},
        {"title": "Reuters: رشد ۲٫۵٪ 🌧️", "urgent": True, "provinces": ("qom", "tehran")},
        {"title": "بی‌نشانی", "url": ""},
        {"title": "خبر پس‌گرفته"},
    ]
    saved = [
        archive.articles.save(edited(str(key), **facts, published=noon - timedelta(hours=key)), (), noon).article
        for key, facts in enumerate(told)
    ]
    withdrawn = archive.editorial.retract(saved[-1].uid, noon)
    return [*saved[:-1], withdrawn] if withdrawn else saved


@pytest.fixture
def feeds(archive: Store, articles: list[Article], tmp_path: Path, noon: datetime, tehran: ZoneInfo) -> Path:
    write(archive, tmp_path, Site("https://chapar.example", tehran), now=noon + timedelta(hours=1))
    return tmp_path


@pytest.mark.parametrize(("way", "ending"), [(way, ending) for way, endings in WAYS.items() for ending in endings])
def test_every_reader_shows_the_same(
    way: str, ending: str, feeds: Path, articles: list[Article], request: pytest.FixtureRequest
) -> None:
    shown = {link: (title, when, text) for title, link, when, text in _read(way, feeds / f"all.{ending}", request)}
    assert len(shown) == len(articles)
    for article in articles:
        title, when, text = shown[article.url or f"https://chapar.example/a/{article.uid}"]
        assert article.title in title
        if (way, ending) not in SHOWS_THE_CHANGE:
            assert when == f"{article.published:%Y-%m-%dT%H:%M:%SZ}"
        if not article.retracted:
            body = html.unescape(article.body) if way in DECODES_TWICE else article.body
            assert set(_WORD.findall(body)) <= set(_WORD.findall(html.unescape(text)))


def _read(way: str, path: Path, request: pytest.FixtureRequest) -> Iterator[Item]:
    language, _, name = way.partition(" ")
    if language == "python":
        pytest.importorskip(name, reason=f"pip install {name}")
        return _lines([sys.executable, str(READERS / "read.py"), name, str(path)])
    if language == "node":
        return _lines(["node", str(request.getfixturevalue("modules") / "read.mjs"), name, str(path)])
    _need(language, *PROBES[language])
    if language == "newsboat":
        return _by_newsboat(path)
    if language == "sfeed":
        return _by_sfeed(path)
    return _lines([*SCRIPTS[language], *([name] if language == "perl" else []), str(path)])


def _need(program: str, install: str, *probe: str) -> None:
    if not shutil.which(program) or (probe and _run([program, *probe], check=False).returncode):
        pytest.skip(f"{program} or its library is missing: apt install {install}")


def _run(command: list[str], *, check: bool = True, **options: Any) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": "-modcacherw"}
    ran = subprocess.run(command, capture_output=True, text=True, env=env, check=False, **options)
    assert not check or ran.returncode == 0, ran.stderr
    return ran


def _lines(command: list[str]) -> Iterator[Item]:
    for line in _run(command).stdout.splitlines():
        yield tuple(json.loads(line))


def _by_newsboat(path: Path) -> Iterator[Item]:
    cache, addresses = path.with_suffix(".cache"), path.with_suffix(".urls")
    addresses.write_text(f"file://{path}\n")
    _run(["newsboat", "-u", str(addresses), "-c", str(cache), "-x", "reload"])
    with closing(sqlite3.connect(cache)) as database:
        for title, link, when, text in database.execute("SELECT title, url, pubDate, content FROM rss_item"):
            yield title, link, f"{datetime.fromtimestamp(when, UTC):%Y-%m-%dT%H:%M:%SZ}", text


def _by_sfeed(path: Path) -> Iterator[Item]:
    with path.open() as document:
        for line in _run(["sfeed"], stdin=document).stdout.splitlines():
            when, title, link, text = line.split("\t")[:4]
            yield title, link, f"{datetime.fromtimestamp(int(when), UTC):%Y-%m-%dT%H:%M:%SZ}", text
