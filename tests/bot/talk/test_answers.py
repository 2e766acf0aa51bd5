"""What the bot answers: articles, choices, pages, and something kind where there is nothing."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bidi.algorithm import get_base_level
from persiantools.digits import en_to_fa
from telegram_server.bale import read

from bot.posts import bale
from bot.posts.markup import html, plain
from bot.posts.measure import utf16
from bot.posts.message import TEXT_LIMIT
from bot.posts.spans import lines_of
from bot.talk import listing, texts
from bot.talk.answers import Answers
from bot.talk.listing import PAGE, Reply
from feeds.models import Article, Document, Draft, Route, SearchPage, Summary
from feeds.store import Store
from feeds.store.search.find import CAP
from feeds.web.composing.contacts import Contact

ZONE = ZoneInfo("Asia/Tehran")
NOW = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)


def save(store: Store, number: int, title: str, *provinces: str, lead: str = "متن خبر.", age: int = 0) -> str:
    published = NOW - timedelta(days=age, minutes=100 - number)
    document = Document("seeds", f"{number}.txt", title, lead, published, fingerprint=str(number))
    draft = Draft(document, title, lead, lead, Summary(lead), provinces, agency="خبرگزاری آزمون")
    return store.articles.save(draft, [Route("preview")], NOW).article.uid


@pytest.fixture
def answers(store: Store) -> Answers:
    return Answers(store, ZONE, "https://chapar.example", lambda: NOW)


def buttons(reply: Reply) -> dict[str, str]:
    rows = reply.keyboard.inline_keyboard if reply.keyboard else ()
    return {button.text: str(button.callback_data) for row in rows for button in row}


async def test_a_province_is_answered_with_its_articles_and_their_links(store: Store, answers: Answers) -> None:
    uid = save(store, 1, "خبری از قم", "qom")
    save(store, 2, "خبری از شیراز", "fars")
    reply = await answers.search("قم")
    assert f'<a href="https://chapar.example/a/{uid}">خبری از قم</a>' in html(reply.lines)
    assert "شیراز" not in html(reply.lines)
    assert "خبرگزاری آزمون" in html(reply.lines)


async def test_words_narrow_the_search(store: Store, answers: Answers) -> None:
    save(store, 1, "سیل در قم", "qom")
    save(store, 2, "نمایشگاه در قم", "qom")
    reply = await answers.search("قم سیل")
    assert "سیل در قم" in plain(reply.lines)
    assert "<b>سیل</b>" in html(reply.lines)
    assert "نمایشگاه" not in html(reply.lines)


async def test_a_time_narrows_the_search(store: Store, answers: Answers) -> None:
    save(store, 1, "خبر تازه", "qom")
    save(store, 2, "خبر کهنه", "qom", age=20)
    reply = await answers.search("قم امروز")
    assert "خبر تازه" in html(reply.lines)
    assert "خبر کهنه" not in html(reply.lines)


async def test_a_long_list_is_paged_and_back(store: Store, answers: Answers) -> None:
    for number in range(PAGE * 2 + 1):
        save(store, number, f"سیل شمارهٔ {number}", "qom")
    first = await answers.search("سیل")
    second = await answers.button(buttons(first)[texts.NEXT_BEST])
    last = await answers.button(buttons(second)[texts.NEXT_BEST])
    assert texts.PREVIOUS_BEST not in buttons(first)
    assert texts.NEXT_BEST not in buttons(last)
    titles = [re.findall(r"><b>(سیل</b> .*?)</a>", html(page.lines)) for page in (first, second, last)]
    assert [len(page) for page in titles] == [PAGE, PAGE, 1]
    assert len({title for page in titles for title in page}) == PAGE * 2 + 1
    assert await answers.button(buttons(last)[texts.PREVIOUS_BEST]) == second


async def test_an_ambiguous_name_is_asked_back_and_its_words_are_kept(store: Store, answers: Answers) -> None:
    save(store, 1, "زلزله در مشهد", "razavi-khorasan")
    save(store, 2, "زلزله در بیرجند", "south-khorasan")
    asked = await answers.search("خراسان زلزله")
    assert "زلزله در مشهد" in plain(asked.lines)
    assert "زلزله در بیرجند" in plain(asked.lines)
    assert {"خراسان رضوی", "خراسان شمالی", "خراسان جنوبی"} <= set(buttons(asked))
    chosen = await answers.button(buttons(asked)["خراسان جنوبی"])
    assert "زلزله در بیرجند" in plain(chosen.lines)
    assert "مشهد" not in plain(chosen.lines)
    assert set(buttons(await answers.search("خراسان"))) == {"خراسان رضوی", "خراسان شمالی", "خراسان جنوبی"}


async def test_nothing_found_shows_the_nearest_that_has_something(store: Store, answers: Answers) -> None:
    save(store, 1, "خبری از قم", "qom")
    reply = await answers.search("قم گردباد")
    assert html(reply.lines).startswith("چیزی برای «قم گردباد» پیدا نشد")
    assert "خبری از قم" in html(reply.lines)
    empty = await answers.search("یزد")
    assert html(empty.lines).startswith("هنوز خبری از استان یزد")
    assert "خبری از قم" in html(empty.lines)


async def test_an_empty_store_says_so(answers: Answers) -> None:
    assert html((await answers.latest()).lines) == texts.NOTHING_YET
    assert "یزد" in html((await answers.search("یزد")).lines)


@pytest.mark.parametrize("typed", ["", "   ", "؟؟؟", "🙂", "\u200c"])
async def test_what_can_not_be_understood_gets_the_provinces(answers: Answers, typed: str) -> None:
    assert len(buttons(await answers.search(typed))) == 31


async def test_the_provinces_are_in_the_order_of_the_alphabet(store: Store, answers: Answers) -> None:
    save(store, 1, "خبری از قم", "qom")
    names = list(buttons(await answers.provinces()))
    assert names[0] == "آذربایجان شرقی"
    assert names.index("البرز") < names.index("ایلام") < names.index("چهارمحال و بختیاری") < names.index("یزد")
    assert "قم (۱)" in names


@pytest.mark.parametrize(
    "data", ["", "x", "p:nowhere:0", "p:qom:-1", "p:qom:x", "q:unknown:0", "q:k:0:nowhere", "l:" + "9" * 60]
)
async def test_a_forged_or_stale_button_gets_a_sentence(answers: Answers, data: str) -> None:
    assert (await answers.button(data)).lines


async def test_markup_in_what_was_typed_or_written_is_only_text(store: Store, answers: Answers) -> None:
    save(store, 1, "قیمت <b>نان</b> & آب", "qom", lead="<script>alert(1)</script> گفت.")
    reply = await answers.search("قم")
    assert "&lt;b&gt;نان&lt;/b&gt; &amp; آب" in html(reply.lines)
    assert "<script>" not in html(reply.lines)
    assert "&lt;i&gt;گردباد" in html((await answers.search("قم <i>گردباد")).lines)


async def test_every_line_runs_from_right_to_left(store: Store, answers: Answers) -> None:
    save(store, 1, "CNG گران شد", "qom", lead="120 جایگاه در قم بسته شد.")
    for reply in (await answers.latest(), await answers.search("قم"), await answers.provinces()):
        for line in plain(reply.lines).splitlines():
            assert not line or get_base_level(line) == 1, line


SAID = {name: text for name, text in vars(texts).items() if name.isupper() and isinstance(text, str)}


@pytest.mark.parametrize("text", [texts.START, texts.HELP, texts.EMPTY_SEARCH, texts.FAILED, texts.NOTHING_YET])
def test_every_line_the_bot_says_runs_from_right_to_left(text: str) -> None:
    for line in plain(lines_of(text, id="1")).splitlines():
        assert not line or get_base_level(line) == 1, line


@pytest.mark.parametrize("name", SAID)
def test_nothing_the_bot_says_keeps_a_tag_or_a_mark(name: str) -> None:
    filled = dict.fromkeys(re.findall(r"{(\w+)}", SAID[name]), "x")
    lines = lines_of(SAID[name], **filled)
    shown = re.sub(r"</?(?:b|i|code)>", "", SAID[name]).format(**filled)
    assert plain(lines) == shown
    seen = read(bale.written(lines))
    assert seen.text == shown
    assert not seen.code
    for tag, marked in (("b", seen.bold), ("i", seen.italic)):
        assert marked == tuple(span.text for line in lines for span in line if span.tag == tag)


async def test_addresses_and_titles_without_end_leave_an_answer_that_both_platforms_take(
    store: Store, answers: Answers
) -> None:
    for number in range(PAGE):
        document = Document("seeds", f"{number}.txt", "x", "x", NOW, url=f"https://news.example.com/{'a' * 280}")
        long = Draft(document, "تیتر بلند " * 90, "", "متن", Summary("جملهٔ بلند " * 25), ("qom",))
        store.articles.save(long, [], NOW)
    reply = await answers.search("قم")
    assert utf16(bale.written(reply.lines)) <= TEXT_LIMIT
    assert html(reply.lines).count("<a ") == PAGE


async def test_on_bale_what_was_typed_or_written_is_only_text(store: Store, answers: Answers) -> None:
    save(store, 1, "*قیمت* [نان](آب) _در_ قم", "qom", lead="```متن``` *خبر* آمد.")
    for reply in (await answers.search("قم"), await answers.search("*قم* _گردباد_"), await answers.latest()):
        seen = read(bale.written(reply.lines))
        assert (len(seen.bold), seen.italic, seen.code, len(seen.links)) == (1, (), False, 1)


def test_the_menu_is_what_telegram_allows() -> None:
    for name, description in texts.COMMANDS.items():
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 1 <= len(description) <= 256
    assert len(texts.DESCRIPTION) <= 512
    assert len(texts.SHORT_DESCRIPTION) <= 120


async def test_callback_data_keep_to_64_bytes(store: Store, answers: Answers) -> None:
    for number in range(PAGE + 1):
        save(store, number, f"سیل {number}", "kohgiluyeh-boyerahmad")
    for reply in (await answers.search("سیل"), await answers.search("خراسان سیل"), await answers.provinces()):
        assert all(len(data.encode()) <= 64 for data in buttons(reply).values())


def test_a_total_that_is_only_known_to_be_more_says_so() -> None:
    article = Article(
        id=1,
        uid="0123456789abcdef",
        source="seeds",
        key="a",
        revision=1,
        title="خبر",
        lead="",
        body="",
        summary=Summary(""),
        provinces=(),
        published=NOW,
        day_only=True,
        updated=NOW,
        ingested=NOW,
    )
    view = listing.View(texts.TITLE_LATEST, "l:{offset}")
    shown = {
        total: listing.articles(view, SearchPage((article,), total), zone=ZONE, base_url="https://chapar.example")
        for total in (CAP - 1, CAP)
    }
    assert "از ۹۹۹" in plain(shown[CAP - 1].lines)
    assert "از بیش از ۱۰۰۰" in plain(shown[CAP].lines)


async def test_a_claim_is_never_confirmed_by_what_is_only_near(store: Store, answers: Answers) -> None:
    save(store, 1, "سیل در قم", "qom")
    assert texts.CHECK_SAID in plain((await answers.claimed("سیل در قم")).lines)
    near = plain((await answers.claimed("سیل در تبریز")).lines)
    assert texts.CHECK_SAID not in near
    assert near.startswith(plain(lines_of(texts.CHECK_UNKNOWN)))
    for nothing in ("", "!", "ممنون"):
        assert plain((await answers.claimed(nothing)).lines) == plain(lines_of(texts.CHECK_HOW))


async def test_a_feed_is_named_by_its_address(answers: Answers) -> None:
    addresses = {
        "": "feeds/all.rss",
        "قم": "feeds/qom.rss",
        "قم سیل": "search.rss?q=%D9%82%D9%85+%D8%B3%DB%8C%D9%84",
        "کاشان و نطنز": "search.rss?q=",
    }
    for words, address in addresses.items():
        assert f"https://chapar.example/{address}" in plain(answers.feed(words).lines)


async def test_a_page_of_ours_names_its_article(store: Store, answers: Answers) -> None:
    uid = save(store, 1, "خبری از قم", "qom")
    assert answers.named(f"https://chapar.example/a/{uid}?v=2") == uid
    assert answers.named("https://agency.example/a/1") == ""


async def test_a_part_of_the_country_is_answered_from_all_its_provinces(store: Store, answers: Answers) -> None:
    save(store, 1, "برف در رشت", "gilan")
    save(store, 2, "برف در گرگان", "golestan")
    save(store, 3, "برف در شیراز", "fars")
    for typed in ("شمال چه خبر", "برف شمال کشور"):
        told = plain((await answers.search(typed)).lines)
        assert "رشت" in told
        assert "گرگان" in told
        assert "شیراز" not in told
    assert "چنین فهمیدم: شمال کشور (گیلان، مازندران، گلستان)" in plain((await answers.search("شمال چه خبر")).lines)
    told = plain((await answers.search("برف به جز شمال کشور")).lines)
    assert "شیراز" in told
    assert "رشت" not in told


async def test_a_part_of_the_country_that_has_nothing_is_several_provinces(store: Store, answers: Answers) -> None:
    save(store, 1, "باران در شیراز", "fars")
    told = plain((await answers.search("باران شمال کشور")).lines)
    assert texts.NOT_IN_PROVINCES in told
    assert "شیراز" in told


async def test_a_province_on_the_other_keyboard_layout_is_that_province_though_articles_name_it(
    store: Store, answers: Answers
) -> None:
    save(store, 1, "باران در قم", "qom")
    save(store, 2, "خبری از جعفریه", "qom")
    told = plain((await answers.search("rl")).lines)
    assert "جعفریه" in told
    assert texts.NOT_IN_PROVINCE not in told


async def test_channels_are_told_by_name_and_address_without_the_bot_itself(store: Store) -> None:
    known = [
        Contact("خبر قم & کاشان", "https://t.me/qom_example", provinces=("qom",)),
        Contact("ربات", "https://t.me/example_bot", is_bot=True),
    ]
    told = plain((await Answers(store, ZONE, "", lambda: NOW, lambda: known).channels()).lines)
    assert "• خبر قم & کاشان: https://t.me/qom_example" in told
    assert "example_bot" not in told
    assert plain((await Answers(store, ZONE, "", lambda: NOW).channels()).lines) == texts.NO_CHANNELS


async def test_very_many_channels_fit_one_message(store: Store) -> None:
    known = [Contact(f"خبرهای استان {number}", f"https://t.me/province_{number}_example") for number in range(120)]
    told = plain((await Answers(store, ZONE, "", lambda: NOW, lambda: known).channels()).lines)
    assert utf16(told) <= TEXT_LIMIT
    shown = told.count("• ")
    assert shown > 40
    assert f"و {en_to_fa(str(120 - shown))} کانال دیگر" in told
