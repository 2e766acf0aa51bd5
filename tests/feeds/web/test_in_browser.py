"""The pages in the system's Chromium."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import uvicorn
from visitor import Publish, Save

from feeds import editions
from feeds.models import Article, Image
from feeds.provinces import gazetteer
from feeds.store import Store
from feeds.syndication import Site, write
from feeds.web.app import create_app

pytestmark = pytest.mark.browser

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATHS = (
    "/",
    "/p/qom",
    "/p/yazd",
    "/provinces",
    "/search",
    "/search?q=قم",
    "/archive",
    "/archive/1404-12-10",
    "/archive/1404-12-10/qom",
    "/feeds",
    "/corrections",
    "/urgent",
    "/about",
    "/preview",
    "/status",
    "/nothing",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium: install it (Debian: apt install chromium fonts-noto-core)")
    with playwright_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def news(save: Save, publish: Publish, noon: datetime) -> None:
    """News of some provinces: with long words, Latin ones, a quote."""
    for number, province in enumerate(gazetteer.PROVINCES[:12]):
        save(
            f"p{number}",
            title=f"شرکت Ayande Technologies در {province.name} به نشانی https://agency.example/{'very-long-' * 12}",
            provinces=(province.slug,),
            urgent=number == 1,
            published=noon - timedelta(hours=number),
        )
    save()
    quote = "ادامهٔ خبر در چند خط. " * 20
    publish(
        {
            "html": f"🔹 <b>باران</b>\n\nآغاز شد.\n<blockquote expandable>{quote}</blockquote>\nبه گزارش <a href='https://agency.example/'>مهر</a>"
        }
    )


@pytest.fixture
def address(news: None, archive: Store, feeds_dir: Path, tehran: ZoneInfo, now: datetime) -> Iterator[str]:
    """The site on a real socket."""
    write(archive, feeds_dir, Site("http://127.0.0.1", tehran), now=now)
    app = create_app(archive, public_url="http://127.0.0.1", feeds_dir=feeds_dir, zone=tehran, clock=lambda: now)
    with _serving(app) as served:
        yield served


@contextmanager
def _serving(app: Any) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    contexts = []

    def open_page(path: str, *, width: int = 390, scheme: str = "light") -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("requestfailed", lambda request: page.complaints.append(request.url))
        page.requests = []
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(f"{address}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [320, 390, 1100])
@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_wider_than_its_window_or_complains(open_page: Callable[..., Any], path: str, width: int) -> None:
    page = open_page(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [complaint for complaint in page.complaints if "404" not in complaint] == []


@pytest.mark.parametrize("path", PATHS)
def test_letters_of_twice_the_size_fit_a_phone(open_page: Callable[..., Any], path: str) -> None:
    page = open_page(path)
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_on_paper_the_ink_is_black_and_a_time_is_a_date(open_page: Callable[..., Any]) -> None:
    page = open_page("/p/qom", scheme="dark")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    shown = page.evaluate("""(() => {
        const time = document.querySelector("time[title]");
        const {content, display} = getComputedStyle(time, "::after");
        return [getComputedStyle(time).fontSize, content, time.title, display];
    })()""")
    assert shown[:3] == ["0px", f'"{shown[2]}"', shown[2]]
    assert shown[3] == "inline-block"  # within the line its first letter joins the last of what is not shown


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_fetched_from_elsewhere(open_page: Callable[..., Any], address: str, path: str) -> None:
    assert {url.startswith(address) for url in open_page(path).requests} == {True}


@pytest.mark.parametrize("path", ["/", "/p/qom", "/preview"])
def test_text_is_laid_out_from_the_right(open_page: Callable[..., Any], path: str) -> None:
    lines = open_page(path).evaluate(
        """[...document.querySelectorAll('.card h2, .gist, .by, .words')].map(element => {
            const range = document.createRange();
            range.selectNodeContents(element);
            return element.getBoundingClientRect().right - Math.max(...[...range.getClientRects()].map(r => r.right));
        })"""
    )
    assert lines
    assert all(abs(gap) < 2 for gap in lines)


def test_the_dark_scheme_is_dark(open_page: Callable[..., Any]) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    assert open_page("/", scheme="dark").evaluate(colour) == "rgb(21, 23, 26)"
    assert open_page("/", scheme="light").evaluate(colour) == "rgb(251, 250, 247)"


def test_the_keyboard_skips_the_masthead(open_page: Callable[..., Any]) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_focus_is_visible(open_page: Callable[..., Any]) -> None:
    page = open_page("/")
    for _ in range(4):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


def test_a_search_is_typed_and_found(open_page: Callable[..., Any]) -> None:
    page = open_page("/", width=1100)
    page.fill("input[name=q]", "قم باران")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator(".card h2").all_text_contents()[0] == "باران در قم"  # others name both in passing


def test_the_preview_opens_at_the_newest_post(open_page: Callable[..., Any]) -> None:
    page = open_page("/preview")
    newest = page.locator(".post").first.bounding_box()
    foot = page.locator(".chat-foot").bounding_box()
    assert newest["y"] + newest["height"] <= foot["y"]
    assert newest["y"] + newest["height"] > foot["y"] - 60
    assert foot["y"] + foot["height"] == 800


def test_a_long_quote_is_closed_and_opens_by_keyboard(open_page: Callable[..., Any]) -> None:
    page = open_page("/preview")
    quote = page.locator("details").first
    closed = quote.bounding_box()["height"]
    quote.locator("summary").focus()
    page.keyboard.press("Enter")
    assert quote.bounding_box()["height"] > closed + 40


def test_an_article_is_read_on_a_small_phone(open_page: Callable[..., Any], save: Save) -> None:
    article: Article = save()
    page = open_page(f"/a/{article.uid}", width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("getComputedStyle(document.querySelector('.text p')).fontSize") == "18px"


@pytest.mark.parametrize("path", [*PATHS, "article"])
def test_axe_finds_nothing_that_a_screen_reader_would_stumble_over(
    open_page: Callable[..., Any], save: Save, path: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    address = f"/a/{save().uid}" if path == "article" else path
    for width, scheme in ((390, "light"), (1280, "dark")):
        found = axe.run(open_page(address, width=width, scheme=scheme)).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_three_stories_stand_above_the_fold_of_a_phone(
    open_page: Callable[..., Any], save: Save, noon: datetime
) -> None:
    for number in range(4):
        save(
            f"fold{number}",
            title="بارش باران در شهرهای استان قم از فردا آغاز می‌شود",
            published=noon + timedelta(minutes=number),
            image=Image("https://127.0.0.1:1/none.jpg", "", 800, 450),
            urgent=number == 3,
        )
    cards = open_page("/").locator(".card")
    boxes = [cards.nth(number).bounding_box() for number in range(3)]
    assert max(box["y"] + box["height"] for box in boxes) <= 844
    assert open_page("/").locator(".masthead").bounding_box()["height"] < 110


def test_the_footer_is_as_wide_as_the_page(open_page: Callable[..., Any]) -> None:
    for path in ("/", "/p/qom", "/feeds"):
        page = open_page(path, width=1280)
        main, foot = (page.locator(part).bounding_box() for part in ("main", ".foot"))
        assert (main["x"], main["width"]) == (foot["x"], foot["width"])


def test_names_and_counts_stay_within_their_tiles(open_page: Callable[..., Any]) -> None:
    for width in (320, 1280):
        outside = open_page("/provinces", width=width).evaluate(
            """[...document.querySelectorAll('.tiles a')].filter(tile => {
                const square = tile.querySelector('rect').getBoundingClientRect();
                return [...tile.querySelectorAll('text')].some(text => {
                    const box = text.getBoundingClientRect();
                    return box.left < square.left || box.right > square.right || box.bottom > square.bottom + 1;
                });
            }).map(tile => tile.textContent)"""
        )
        assert outside == []


def test_the_letters_come_with_the_page(open_page: Callable[..., Any]) -> None:
    page = open_page("/")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Vazirmatn'))")
    assert len([url for url in page.requests if url.endswith(".woff2") or ".woff2?" in url]) == 1


def test_dark_by_choice_stays_on_the_next_page(open_page: Callable[..., Any], address: str) -> None:
    page = open_page("/")
    page.click("[data-theme-switch]")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == "rgb(21, 23, 26)"
    page.goto(f"{address}/provinces")
    assert page.evaluate(colour) == "rgb(21, 23, 26)"
    page.click("[data-theme-switch]")
    assert page.evaluate(colour) == "rgb(251, 250, 247)"


def test_the_archive_is_walked_to_a_day_and_to_its_file(open_page: Callable[..., Any]) -> None:
    page = open_page("/archive")
    page.click(".calendar .is-today a")
    page.wait_for_url("**/archive/1404-12-10")
    page.click(".narrow summary")
    page.click(".chips a[href$='/qom']")
    page.wait_for_url("**/archive/1404-12-10/qom")
    with page.expect_download() as download:
        page.click("a[download][href$='.epub']")
    assert download.value.suggested_filename == "chapar-qom-1404-12-10.epub"


def test_a_search_is_narrowed_by_its_fields(open_page: Callable[..., Any]) -> None:
    page = open_page("/search?q=باران")
    page.click(".narrow summary")
    page.select_option("[name=province]", "qom")
    page.click(".find.large button")
    page.wait_for_url("**province=qom**")
    assert "استان قم" in page.locator(".understood").text_content()


def test_an_edition_is_read_without_any_connection(
    open_page: Callable[..., Any], archive: Store, tehran: ZoneInfo
) -> None:
    edition = editions.gather(archive, date(2026, 3, 1), None, zone=tehran, public_url="http://127.0.0.1")
    page = open_page("/nothing")
    page.goto("about:blank")
    page.requests.clear()
    page.set_content(editions.as_html(edition).decode())
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Vazirmatn'))")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert [url for url in page.requests if not url.startswith(("about:", "data:"))] == []
