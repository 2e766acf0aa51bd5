"""A search finds what a reader would call found, in both stores alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from feeds import search
from feeds.models import Document, Draft, Order, SearchPage, SearchQuery, Summary, Term
from feeds.store import Store
from feeds.store.archive import articles as articles_of_store
from feeds.store.database.engine import writing
from feeds.store.search import candidates, find
from feeds.text import fold

MakeDraft = Callable[..., Draft]


def found(store: Store, words: str = "", *provinces: str, **period: datetime) -> list[str]:
    """What has all of the words, the newest first."""
    query = SearchQuery(words, provinces, tuple(fold.tokens(words)), order=Order.NEWEST, **period)
    page = store.articles.search(query, limit=100)
    return [article.title for article in page.articles][: page.complete]


def best(store: Store, words: str, *provinces: str) -> list[str]:
    """What fits best."""
    query = SearchQuery(words, provinces, tuple(fold.tokens(words)))
    return [article.title for article in store.articles.search(query, limit=100).articles]


def test_all_words_must_be_there_in_title_or_text(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "سیل در قم", "خانه‌ها خراب شد"), [], noon)
    store.articles.save(draft("2", "باران", "سیل آمد"), [], noon)
    assert found(store, "سیل") == ["باران", "سیل در قم"]
    assert found(store, "سیل باران") == ["باران"]
    assert found(store, "سیل برف") == []


def test_spellings_that_a_reader_holds_equal_are_equal(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "خبر", "كتابخانه‌هاي قم ۱۴۰۴"), [], noon)
    assert found(store, "کتابخانه‌های ١٤٠٤") == ["خبر"]


def test_titles_come_first_then_the_newest(store: Store, draft: MakeDraft, noon: datetime) -> None:
    texts = [("سیل اول", "x"), ("یک", "سیل"), ("سیل دوم", "x"), ("دو", "سیل")]
    for number, (title, body) in enumerate(texts):
        store.articles.save(draft(str(number), title, body), [], noon)
    assert best(store, "سیل") == ["سیل دوم", "سیل اول", "دو", "یک"]
    assert found(store, "سیل") == ["دو", "سیل دوم", "یک", "سیل اول"]


def test_a_word_of_the_title_and_one_of_the_text_are_no_title_match(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    store.articles.save(draft("1", "سیل", "باران"), [], noon)
    store.articles.save(draft("2", "سیل باران", "x"), [], noon)
    store.articles.save(draft("3", "برف", "باران سیل"), [], noon)
    assert best(store, "باران سیل")[0] == "سیل باران"


def test_any_of_the_provinces_will_do(store: Store, draft: MakeDraft, noon: datetime) -> None:
    for slug in ("qom", "yazd", "east-azerbaijan", "west-azerbaijan"):
        store.articles.save(draft(slug, slug, "باران", provinces=(slug,)), [], noon)
    for words in ("", "باران"):
        assert found(store, words, "qom") == ["qom"]
        assert found(store, words, "east-azerbaijan", "yazd") == ["east-azerbaijan", "yazd"]
        assert len(found(store, words)) == 4


def test_a_province_is_not_found_as_a_word_nor_a_word_as_a_province(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    store.articles.save(draft("1", "qom", "fars", provinces=("yazd",)), [], noon)
    assert found(store, "yazd") == []
    assert found(store, "fars", "qom") == []
    assert found(store, "fars qom", "yazd") == ["qom"]


def test_an_article_of_two_provinces_is_found_once(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "آب", provinces=("qom", "yazd")), [], noon)
    for words in ("", "آب"):
        page = store.articles.search(SearchQuery("", ("qom", "yazd"), tuple(fold.tokens(words))), limit=5)
        assert page.total == 1


def test_a_period_has_its_beginning_and_not_its_end(store: Store, draft: MakeDraft, noon: datetime) -> None:
    hour = timedelta(hours=1)
    for number in range(4):
        store.articles.save(draft(str(number), str(number), "باران", published=noon + number * hour), [], noon)
    for words in ("", "باران"):
        for provinces in ((), ("qom",)):
            assert found(store, words, *provinces, since=noon + hour, until=noon + 3 * hour) == ["2", "1"]
            assert found(store, words, *provinces, since=noon + 2 * hour) == ["3", "2"]
            assert found(store, words, *provinces, until=noon + hour) == ["0"]


def test_a_period_within_a_second_rounds_to_whole_seconds(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "1", published=noon), [], noon)
    assert found(store, since=noon + timedelta(milliseconds=1)) == []
    assert found(store, until=noon + timedelta(milliseconds=1)) == ["1"]


def test_a_query_with_several_meanings_finds_nothing_yet(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft(), [], noon)
    assert store.articles.search(SearchQuery("x", choices=("qom", "yazd")), limit=5) == SearchPage((), 0)


def test_pages_of_a_search_follow_each_other_and_know_the_total(store: Store, draft: MakeDraft, noon: datetime) -> None:
    for number in range(7):
        store.articles.save(draft(str(number), f"{number} باران" if number % 3 else "خبر", "باران"), [], noon)
    query = SearchQuery("باران", terms=("باران",))
    whole = store.articles.search(query, limit=100)
    pages = [store.articles.search(query, limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [page.total for page in pages] == [7] * 4
    assert [page.offset for page in pages] == [0, 3, 6, 9]
    assert sum((page.articles for page in pages), ()) == whole.articles


def test_a_corrected_text_is_found_by_its_new_words_alone(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "خبر", "سیل آمد"), [], noon)
    store.articles.save(draft("1", "خبر", "باران بارید"), [], noon)
    assert (found(store, "سیل"), found(store, "باران")) == ([], ["خبر"])


def test_the_total_is_exact_up_to_the_cap(
    store: Store, draft: MakeDraft, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "CAP", 3)
    for number in range(5):
        store.articles.save(draft(str(number), "باران" if number < 2 else "خبر", "باران"), [], noon)
    for query in (SearchQuery(""), SearchQuery("", ("qom", "yazd")), SearchQuery("", (), ("باران",))):
        page = store.articles.search(query, limit=10)
        assert page.total == 3
        assert [article.key for article in page.articles] == ["4", "3", "2"]


def test_a_very_long_text_is_found_by_its_beginning(store: Store, draft: MakeDraft, noon: datetime) -> None:
    body = " ".join(f"کلمه{number}" for number in range(60_000)) + " " + "ب" * 5000
    store.articles.save(draft("1", "خبر", body), [], noon)
    assert found(store, "کلمه7") == ["خبر"]
    store.articles.save(
        draft("2", "درازا", "ب" * 5000 + " " + " ".join(f"{number}" * 20 for number in range(10_000, 30_000))), [], noon
    )
    assert found(store, "ب" * 5000) == ["درازا"]


def test_search_keys_are_made_anew_after_a_change_of_folding(
    store: Store, draft: MakeDraft, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles_of_store, "_BATCH", 2)
    uids = [store.articles.save(draft(str(number), "خبر", "باران"), [], noon).article.uid for number in range(5)]
    store.editorial.retract(uids[0], noon)
    with writing(store._engine) as connection:
        connection.execute(text("DELETE FROM fulltext"))
    assert found(store, "باران") == []
    assert list(store.articles.reindex()) == [2, 4]
    assert found(store, "باران", "qom") == ["خبر"] * 4


def test_what_was_asked_for_comes_first_and_what_lacks_a_word_says_so(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    store.articles.save(draft("1", "نمایشگاه سفال در میبد", "سفالگران کار خود را نشان دادند"), [], noon)
    store.articles.save(draft("2", "نمایشگاه کتاب", "سفال هم بود"), [], noon)
    store.articles.save(draft("3", "نمایشگاه خودرو", "همه آمدند"), [], noon)
    page = store.articles.search(SearchQuery("", terms=("نمایشگاه", "سفال", "گلیم")), limit=5)
    assert [article.key for article in page.articles][:2] == ["1", "2"]
    assert page.complete == 0
    assert page.missing[page.articles[0].id] == ("گلیم",)


def test_a_number_alone_is_nothing_like_what_was_asked_for(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "قنات ۷ کیلومتری ماهان", "لایروبی شد"), [], noon)
    assert store.articles.search(search.parse("زلزله ۷ ریشتری", noon, UTC), limit=5).articles == ()
    assert store.articles.search(search.parse("قنات ۷ ریشتری", noon, UTC), limit=5).articles


def test_a_slip_is_held_against_the_words_that_the_archive_has(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "زعفران‌کاران در تربت", "کشت زعفران"), [], noon)
    for typed in ("زعفرتن", "زعفرن", "زعفراان", "زغفران", "زعرفان"):
        page = store.articles.search(SearchQuery(typed, terms=(typed,)), limit=5)
        assert [article.key for article in page.articles] == ["1"], typed
        assert page.corrected == ((typed, "زعفران"),) or page.suggestion, typed
    assert store.articles.search(SearchQuery("", terms=("گردباد",)), limit=5).total == 0


def test_a_word_in_latin_letters_is_the_word_that_the_archive_has(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    store.articles.save(draft("1", "زلزله در کرمان", "زمین لرزید"), [], noon)
    for typed in ("zelzele", "zelzeleh", "cgcgi"):
        page = store.articles.search(search.parse(typed, noon, UTC), limit=5)
        assert [article.key for article in page.articles] == ["1"], typed
        assert not page.missing


def test_words_written_as_one_and_apart_are_one(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "صبا باتری برد", "بازی خوبی بود"), [], noon)
    store.articles.save(draft("2", "صباباتری باخت", "بازی بدی بود"), [], noon)
    for terms in (("صباباتری",), ("صبا", "باتری")):
        page = store.articles.search(SearchQuery("", terms=terms), limit=5)
        assert {article.key for article in page.articles if article.id not in page.missing} == {"1", "2"}, terms


def test_a_phrase_stands_together_and_what_is_left_out_is_not_there(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    store.articles.save(draft("1", "هوای سرد در راه", "برف"), [], noon)
    store.articles.save(draft("2", "سرد شد", "هوای شهر خوب است. سرد نیست"), [], noon)
    store.articles.save(draft("3", "بازار", "هوای سرد بازار"), [], noon)
    for order in Order:
        query = SearchQuery("", phrases=(("هوای", "سرد"),), order=order)
        assert {a.key for a in store.articles.search(query, limit=5).articles} == {"1", "3"}
        without = replace(query, excluded=(("بازار",),))
        assert [a.key for a in store.articles.search(without, limit=5).articles] == ["1"]
    newest = SearchQuery("", provinces=("qom",), excluded=(("بازار",),))
    assert [a.key for a in store.articles.search(newest, limit=5).articles] == ["2", "1"]


def test_what_is_left_out_of_a_province_is_looked_for_there(
    store: Store, draft: MakeDraft, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "CAP", 2)
    for key, slug in {"1": "qom", "2": "yazd", "3": "yazd", "4": "qom"}.items():
        store.articles.save(draft(key, "برف" if key == "4" else "بازار", "متن", provinces=(slug,)), [], noon)
    query = SearchQuery("", provinces=("qom",), excluded=(("بازار",),))
    assert [article.key for article in store.articles.search(query, limit=5).articles] == ["4"]


def test_a_source_is_asked_for_by_its_name(store: Store, draft: MakeDraft, noon: datetime) -> None:
    for key, agency in (("1", "خبرگزاری مهر"), ("2", "خبرگزاری ایسنا")):
        store.articles.save(replace(draft(key, "سیل در قم", "آب آمد"), agency=agency), [], noon)
    query = SearchQuery("", terms=("سیل",), agency="خبرگزاری مهر")
    assert [article.key for article in store.articles.search(query, limit=5).articles] == ["1"]
    alone = SearchQuery("", agency="خبرگزاری ایسنا")
    assert [article.key for article in store.articles.search(alone, limit=5).articles] == ["2"]


def test_a_town_is_named_in_the_text_or_the_dateline_of_what_is_about_it(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    told = draft("1", "پلی باز شد", "این پل دو سال بسته بود", provinces=("isfahan",))
    dated = replace(told.document, body=f"نجف‌آباد – {told.document.body}")
    store.articles.save(replace(told, document=dated), [], noon)
    store.articles.save(draft("2", "نمایشگاه در اصفهان", "باز شد", provinces=("isfahan",)), [], noon)
    query = SearchQuery("نجف‌آباد", provinces=("isfahan",), town=("نجف", "اباد"), names=(("نجف", "اباد"),))
    assert [article.key for article in store.articles.search(query, limit=5).articles] == ["1"]
    other = SearchQuery("کاشان", provinces=("isfahan",), town=("کاشان",), names=(("کاشان",),))
    assert store.articles.search(other, limit=5).total == 0
    list(store.articles.reindex())
    assert [article.key for article in store.articles.search(query, limit=5).articles] == ["1"]


def test_a_period_that_has_nothing_is_let_go_and_said(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "سیل دیروز راه را بست", "آب آمد"), [], noon)
    query = SearchQuery("سیل دیروز", terms=("سیل",), since=noon + timedelta(days=8), until=noon + timedelta(days=9))
    page = store.articles.search(query, limit=5)
    assert [article.key for article in page.articles] == ["1"]
    assert page.dropped == ("period",)


def test_a_guessed_province_is_a_word_where_the_archive_has_the_word(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    store.articles.save(draft("1", "پاسگاه مرزی باز شد", "در بانه"), [], noon)
    guessed = (Term("مرزی", ("مرزی",)),)
    query = SearchQuery("مرزی", provinces=("markazi",), names=(("مرکزی",),), guessed=guessed)
    assert [article.key for article in store.articles.search(query, limit=5).articles] == ["1"]


def test_both_stores_order_alike(store: Store, draft: MakeDraft, noon: datetime) -> None:
    texts = [
        ("سد کرج پر شد", "آب سد زیاد است"),
        ("آب کرج", "سد"),
        ("باران در کرج", "سد و آب و باران"),
        ("سد", "کرج"),
        ("هوا", "آب سد کرج"),
    ]
    for number, (title, body) in enumerate(texts):
        store.articles.save(draft(str(number), title, body), [], noon)
    assert [best(store, words) for words in ("سد کرج", "آب سد", "باران کرج")] == [
        ["سد کرج پر شد", "سد", "هوا", "آب کرج", "باران در کرج"],
        ["آب کرج", "سد کرج پر شد", "هوا", "باران در کرج"],
        ["باران در کرج"],
    ]


def test_the_making_of_keys_goes_on_where_it_was_ended(
    store: Store, draft: MakeDraft, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles_of_store, "_BATCH", 2)
    for number in range(7):
        store.articles.save(draft(str(number), f"باران {number}", "برف"), [], noon)
    work = store.articles.reindex()
    assert next(work) == 2
    work.close()  # ended in the middle: all are still found, by old keys or new ones
    assert len(found(store, "باران")) == 7
    store.articles.save(draft("8", "باران تازه", "برف"), [], noon)
    assert [store.articles.refresh_keys() for _ in range(5)] == [2, 2, 1, 0, 0]
    assert len(found(store, "باران")) == 8


HOSTILE = [
    '"',
    "' OR 1=1 --",
    "a\0b",
    "NEAR(a b)",
    "title:سیل",
    "سیل*",
    "^سیل",
    "a AND OR NOT",
    "{title} : x",
    "!:*&|<->()",
    "\\",
    "%_",
    "\ud800",
    "🌧️",
    "-" * 50,
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_the_signs_of_a_query_language_mean_nothing(store: Store, draft: MakeDraft, noon: datetime, typed: str) -> None:
    store.articles.save(draft("1", "خبر", "متن"), [], noon)
    for provinces in ((), ("qom",), (typed,)):
        store.articles.search(SearchQuery(typed, provinces, (typed,)), limit=5)
        store.articles.search(SearchQuery(typed, provinces, ("خبر", typed, typed * 500)), limit=5)
    assert found(store, "خبر") == ["خبر"]


def test_a_query_of_thousands_of_words_is_answered(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "خبر", "متن"), [], noon)
    query = SearchQuery("", (), tuple(f"کلمه{number}" for number in range(5000)))
    assert store.articles.search(query, limit=5).total == 0


WORDS = ("سیل", "باران", "برف", "قم", "سد", "زلزله2", "نور")
texts = st.lists(st.sampled_from(WORDS), max_size=4)
places = st.lists(st.sampled_from(("qom", "yazd", "east-azerbaijan")), max_size=2, unique=True)
sample = st.tuples(texts, texts, places, st.integers(0, 3))
asked = st.tuples(st.lists(st.sampled_from(WORDS), max_size=2), places, st.none() | st.integers(0, 3))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(samples=st.lists(sample, max_size=8), queries=st.lists(asked, min_size=1, max_size=4))
def test_a_search_is_what_looking_at_every_article_would_find(
    store: Store,
    samples: list[tuple[list[str], list[str], list[str], int]],
    queries: list[tuple[list[str], list[str], int | None]],
) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for article in store.articles.latest(limit=100):
        store.editorial.retract(article.uid, start)
    articles = []
    for title, body, provinces, day in samples:
        key = f"{store.articles.total()} {samples} {queries}"
        document = Document("any", key, "", "", start + timedelta(days=day), fingerprint=key)
        draft = Draft(document, " ".join(title), "", " ".join(body), Summary(""), tuple(provinces))
        articles.append(store.articles.save(draft, [], start).article)
    for words, provinces, day in queries:
        until = None if day is None else start + timedelta(days=day)
        terms = {token for word in words for token in fold.tokens(word)}
        wanted = [
            article
            for article in sorted(articles, key=lambda article: -article.id)
            if terms <= set(fold.tokens(f"{article.title} {article.body}"))
            and (not provinces or set(provinces) & set(article.provinces))
            and (until is None or article.published < until)
        ]
        newest = SearchQuery("", tuple(provinces), tuple(terms), until=until, order=Order.NEWEST)
        page = store.articles.search(newest, limit=100)
        assert (page.dropped and not wanted) or page.articles[: page.complete] == tuple(wanted)
        page = store.articles.search(replace(newest, order=Order.BEST), limit=100)
        complete = {article.id for article in page.articles if article.id not in page.missing}
        assert (page.dropped and not wanted) or complete == {article.id for article in wanted}


def keys(store: Store, query: SearchQuery) -> list[str]:
    return [article.key for article in store.articles.search(query, limit=10).articles]


def test_of_several_places_a_town_is_what_names_it_and_a_province_what_is_placed_there(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    store.articles.save(draft("1", "گلاب کاشان", provinces=("isfahan",)), [], noon)
    store.articles.save(draft("2", "پل خواجو", provinces=("isfahan",)), [], noon)
    store.articles.save(draft("3", "باران", provinces=("qom",)), [], noon)
    query = SearchQuery("قم و کاشان", provinces=("qom", "isfahan"), towns=(("isfahan", ("کاشان",)),))
    assert sorted(keys(store, query)) == ["1", "3"]


def test_a_province_that_is_left_out_is_where_nothing_is_placed(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "سیل", "به گزارش تهران، سیل در لرستان", provinces=("lorestan",)), [], noon)
    store.articles.save(draft("2", "سیل", "در پایتخت", provinces=("tehran",)), [], noon)
    for order in Order:
        assert keys(store, SearchQuery("", terms=("سیل",), elsewhere=("tehran",), order=order)) == ["1"]
    assert keys(store, SearchQuery("", elsewhere=("tehran",))) == ["1"]


def test_breaking_news_is_what_is_urgent_and_otherwise_the_newest(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    store.articles.save(draft("1", "زلزله", urgent=True), [], noon)
    store.articles.save(draft("2", "باران"), [], noon)
    assert keys(store, SearchQuery("فوری", urgent=True)) == ["1"]
    page = store.articles.search(SearchQuery("فوری", urgent=True, since=noon + timedelta(days=1)), limit=5)
    assert (page.total, page.dropped) == (0, ("urgent",))


def test_a_source_that_has_nothing_is_let_go_and_said(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(replace(draft("1", "سیل در قم", "آب آمد"), agency="خبرگزاری مهر"), [], noon)
    page = store.articles.search(SearchQuery("", terms=("سیل",), agency="خبرگزاری ایسنا"), limit=5)
    assert [article.key for article in page.articles] == ["1"]
    assert page.dropped == ("source",)


def test_another_word_for_it_is_found_behind_the_word_itself(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "دزد طلا", "بازداشت"), [], noon)
    store.articles.save(draft("2", "سارق طلا", "بازداشت"), [], noon)
    term = Term("دزد", ("دزد",), kinds=(("سارق",),))
    page = store.articles.search(SearchQuery("", terms=("دزد",), words=(term,)), limit=5)
    assert ([article.key for article in page.articles], page.complete) == (["1", "2"], 2)


def test_a_word_that_everybody_knows_is_no_slip(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", "استقبال از زائران", "هتل و بازار"), [], noon)
    for typed in ("استقلال", "قتل"):
        page = store.articles.search(SearchQuery(typed, terms=(typed,)), limit=5)
        assert (page.total, page.corrected, page.suggestion) == (0, (), "")


def test_what_was_found_is_kept_until_something_changes(store: Store, draft: MakeDraft, noon: datetime) -> None:
    query = SearchQuery("", provinces=("qom",))
    assert keys(store, query) == []
    saved = store.articles.save(draft("1", "باران"), [], noon)
    assert keys(store, query) == keys(store, query) == ["1"]
    store.editorial.retract(saved.article.uid, noon)
    assert keys(store, query) == []


@pytest.mark.parametrize("verified", [1, candidates.VERIFIED])
def test_the_rarest_words_alone_find_what_all_words_find(
    store: Store, draft: MakeDraft, noon: datetime, monkeypatch: pytest.MonkeyPatch, verified: int
) -> None:
    monkeypatch.setattr(candidates, "VERIFIED", verified)
    for number in range(12):
        rare = "زعفران" if number % 4 == 0 else "پسته"
        store.articles.save(draft(str(number), f"بازار {rare}", "قیمت بالا رفت" if number < 6 else "قیمت"), [], noon)
    page = store.articles.search(SearchQuery("", terms=("زعفران", "قیمت", "بازار", "بالا")), limit=20)
    assert sorted(article.key for article in page.articles[: page.complete]) == ["0", "4"]
