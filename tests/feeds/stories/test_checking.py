"""«درست است؟»: a text is found again by its words; who told it, what was withdrawn, and in what it differs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from empty_store import empty_store

from feeds.models import Document, Draft, Summary
from feeds.store import Store, open_store
from feeds.stories.checking import Checking, TooShortError

NOW = datetime(2025, 9, 24, 12, tzinfo=UTC)
TITLE = "سه کشته در واژگونی اتوبوس در گردنهٔ خاوه"
LEAD = "رئیس اورژانس لرستان گفت: واژگونی اتوبوس مسافربری در گردنهٔ خاوه ۳ کشته و ۱۲ مصدوم برجای گذاشت."
REST = "مصدومان با بالگرد امداد به بیمارستان شهدای عشایر خرم‌آباد رسیدند و علت حادثه در دست بررسی است."
BODY = f"{LEAD}\n\n{REST}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        yield opened


def save(
    store: Store, key: str, *, title: str = TITLE, body: str = BODY, agency: str = "مهر", days: int = 0, story: str = ""
) -> str:
    published = NOW - timedelta(days=days) + timedelta(minutes=len(key))
    lead = body.partition("\n")[0]
    document = Document("tests", key, title, body, published, lead=lead, agency=agency, fingerprint=title + body)
    draft = Draft(document, title, lead, body, Summary(lead), ("lorestan",), agency)
    saved = store.articles.save(draft, [], NOW, story=(story, "event") if story else None)
    return saved.article.uid


def test_a_copy_of_years_ago_is_found_with_its_agency_and_its_time(store: Store) -> None:
    save(store, "a", days=1200)
    found = Checking(store).check(f"🔴 فوری\n{TITLE}\n{REST}\n🆔 @khabar\nhttps://t.me/khabar")
    assert found is not None
    assert [(one.article.agency, one.corrected) for one in found.tellings] == [("مهر", None)]
    assert found.nearest.published == NOW - timedelta(days=1200) + timedelta(minutes=1)
    assert not found.differences
    assert not found.retracted


@pytest.mark.parametrize(
    "asked",
    [
        LEAD.replace("ی", "ي").replace("ک", "ك").replace("\u200c", " ").replace("۱۲", "12"),
        "مصدومان این حادثه با بالگرد به بیمارستان شهدای عشایر خرم آباد منتقل شدند و علت هنوز در دست بررسی است",
        f"خبر تلخ\n{REST}\n{LEAD}",
    ],
    ids=["other letters", "reworded", "another order"],
)
def test_a_copy_that_was_changed_is_found(store: Store, asked: str) -> None:
    uid = save(store, "a")
    found = Checking(store).check(asked)
    assert found is not None
    assert found.nearest.uid == uid


def test_numbers_and_names_that_were_changed_are_named(store: Store) -> None:
    save(store, "a")
    found = Checking(store).check(BODY.replace("۳ کشته", "۳۰ کشته").replace("رئیس اورژانس", "سخنگوی اورژانس"))
    assert found is not None
    assert {(one.mine, one.theirs) for one in found.differences} == {("۳۰ کشته", "۳ کشته"), ("سخنگوی", "رئیس")}


def test_a_number_in_words_differs_from_none_in_digits(store: Store) -> None:
    save(store, "a")
    found = Checking(store).check(BODY.replace("۳ کشته", "سه کشته"))
    assert found is not None
    assert not found.differences


def test_what_was_withdrawn_says_so(store: Store) -> None:
    uid = save(store, "a", days=90)
    checking = Checking(store)
    assert checking.check(BODY) is not None
    store.editorial.retract(uid, NOW)
    found = checking.check(BODY)
    assert found is not None
    assert [one.uid for one in found.retracted] == [uid]
    store.editorial.restore(uid, NOW)
    again = checking.check(BODY)
    assert again is not None
    assert not again.retracted


def test_who_told_the_same_in_other_words_is_named_and_so_is_who_took_it_back(store: Store) -> None:
    first = save(store, "a")
    other = "۳ مسافر در حادثهٔ اتوبوس لرستان جان باختند"
    save(store, "bb", title=other, body=f"هلال احمر از جان باختن ۳ مسافر اتوبوس در لرستان خبر داد. {other}.",
         agency="ایرنا", story=first)  # fmt: skip
    checking = Checking(store)
    found = checking.check(BODY)
    assert found is not None
    assert [one.article.agency for one in found.tellings] == ["مهر", "ایرنا"]
    store.editorial.retract(first, NOW)
    for asked in (BODY, f"هلال احمر از جان باختن ۳ مسافر اتوبوس در لرستان خبر داد. {other}."):
        found = checking.check(asked)
        assert found is not None
        assert [one.uid for one in found.retracted] == [first]


def test_what_its_source_corrected_says_when(store: Store) -> None:
    save(store, "a")
    save(store, "a", body=BODY.replace("۳ کشته", "۵ کشته"))
    found = Checking(store).check(BODY)
    assert found is not None
    assert found.tellings[0].corrected == NOW
    assert [(one.mine, one.theirs) for one in found.differences] == [("۳ کشته", "۵ کشته")]


def test_a_story_that_another_agency_joined_was_not_corrected(store: Store) -> None:
    first = save(store, "a")
    save(store, "bb", agency="ایرنا", story=first)
    found = Checking(store).check(BODY)
    assert found is not None
    assert [one.corrected for one in found.tellings] == [None, None]


@pytest.mark.parametrize(
    "stranger",
    [
        "برداشت زعفران در قائنات از ۲۵۰۰ هکتار آغاز شد و تا پایان آبان ادامه دارد، مدیر جهاد کشاورزی این را گفت",
        "واژگونی اتوبوس مسافربری در جادهٔ چابهار ۷ کشته برجای گذاشت و پلیس راه سیستان و بلوچستان آن را تأیید کرد",
        LEAD.replace("لرستان", "گیلان").replace("خاوه", "حیران").replace("۳", "۹").replace("۱۲", "۴۱"),
    ],
    ids=["another matter", "a like matter", "the same template"],
)
def test_what_no_article_tells_is_not_known(store: Store, stranger: str) -> None:
    save(store, "a")
    assert Checking(store).check(stranger) is None


@pytest.mark.parametrize("text", ["", "قم", "🙂🙂🙂", "https://example.com/a @b #c", "\u200c\u200f", "سیل در قم آمد"])
def test_what_has_too_few_words_is_not_looked_for(store: Store, text: str) -> None:
    save(store, "a")
    with pytest.raises(TooShortError):
        Checking(store).check(text)


@pytest.mark.parametrize(
    "text", ['"' * 4096, "a " * 2048, "قم AND NOT (سیل) NEAR* " * 170, "۱۲۳ " * 1000, "x\x00" * 2000]
)
def test_nothing_that_is_pasted_is_an_error(store: Store, text: str) -> None:
    save(store, "a")
    with suppress(TooShortError):
        assert Checking(store).check(text) is None
