"""What a person types is understood: a time, a place, a source, words; whatever it is, it harms nothing."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.models import SearchQuery
from feeds.provinces import gazetteer
from feeds.search import LONGEST, MOST_TERMS, parse

ZONE = ZoneInfo("Asia/Tehran")
NOW = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
WAYS = Path(__file__).with_name("ways_to_ask.txt").read_text(encoding="utf-8").splitlines()
"""How people ask for the news of a province; {} is its name."""


def understood(typed: str) -> SearchQuery:
    return parse(typed, NOW, ZONE)


@pytest.mark.parametrize("typed", ["قم", "استان قم", "qom", "ghom", "rl", "  قُم ", "قم؟", "استانقم", "قمو بگو"])
def test_a_province_is_known_however_it_is_typed(typed: str) -> None:
    query = understood(typed)
    assert query.provinces == ("qom",)
    assert query.terms == query.town == ()


@pytest.mark.parametrize("way", WAYS)
def test_whoever_asks_for_the_news_of_a_province_asks_for_nothing_else(way: str) -> None:
    for province in gazetteer.PROVINCES:
        query = understood(way.format(province.name))
        assert query.provinces == (province.slug,), province.name
        assert query.only_places, (province.name, query.terms)
        assert not query.town


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("خبرای تهرون چیه", "tehran"),
        ("کرمون چه خبر", "kerman"),
        ("هرمز گان", "hormozgan"),
        ("خبر های چهار محال", "chaharmahal-bakhtiari"),
        ("چهارمحالوبختیاری", "chaharmahal-bakhtiari"),
        ("اخبار خراسانرضوی", "razavi-khorasan"),
        ("از مشهد چه خبر؟", "razavi-khorasan"),
        ("آخرین خبر اصفهون", "isfahan"),
        ("کهگیلویه", "kohgiluyeh-boyerahmad"),
        ("سیستان چه خبره", "sistan-baluchestan"),
        ("khabar haye kerman", "kerman"),
        ("akhbar-e mashhad chi", "razavi-khorasan"),
        ("بویر احمد", "kohgiluyeh-boyerahmad"),
        ("چارمحال", "chaharmahal-bakhtiari"),
        ("رشتو ببینم", "gilan"),
    ],
)
def test_names_broken_joined_and_spoken_are_names(typed: str, slug: str) -> None:
    query = understood(typed)
    assert (query.provinces, query.only_places, query.town) == ((slug,), True, ())


@pytest.mark.parametrize(
    "typed",
    ["مرزی", "بازی آباد", "پاکستان", "مرگ زن جان", "زندان", "کرمانی", "افغانستان چه خبر", "خبر نور", "سخنان", "یزدانی"],
)
def test_no_province_is_invented(typed: str) -> None:
    assert understood(typed).provinces == ()


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("راهنما", "help"),
        ("کمک", "help"),
        ("لطفا راهنمایی کنید", "help"),
        ("شروع", "start"),
        ("سلام", "start"),
        ("سلام خوبی", "start"),
        ("ممنون", "thanks"),
        ("آخرین خبرها", "latest"),
        ("چه خبر؟", "latest"),
        ("سلام چه خبر", "latest"),
        ("خبر", "latest"),
        ("فهرست استان‌ها", "provinces"),
    ],
)
def test_commands_in_words_are_commands(typed: str, command: str) -> None:
    assert understood(typed).command == command


@pytest.mark.parametrize(
    "typed", ["راهنمای کشت زعفران", "کمک به سیل‌زدگان", "سلام بر ابراهیم", "شروع لیگ برتر", "خبرنگار"]
)
def test_a_headline_is_no_command(typed: str) -> None:
    query = understood(typed)
    assert query.command == ""
    assert query.terms


def test_words_that_ask_are_kept_for_the_order_and_need_not_be_found() -> None:
    query = understood("چرا خبر سیل مهم است")
    assert query.terms == ("سیل",)
    assert [word.typed for word in query.words if not word.needed] == ["چرا", "خبر", "مهم", "است"]


def test_words_that_only_join_are_searched_for_where_there_is_nothing_else() -> None:
    assert understood("این بار برای همه").terms


def test_words_and_a_time_are_told_from_the_province() -> None:
    query = understood("قم سیل دیروز")
    assert (query.provinces, query.terms) == (("qom",), ("سیل",))
    assert query.since == datetime(2026, 1, 8, 20, 30, tzinfo=UTC)
    assert query.until == datetime(2026, 1, 9, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("سیل 1404/07", 30),
        ("سیل ۱۴۰۴/۰۷", 30),
        ("سیل روز گذشته", 1),
        ("سیل هفته پیش", 7),
        ("سیل 14040705", 1),
        ("از ۱ تا ۵ مهر سیل", 5),
    ],
)
def test_periods_are_known_however_they_are_typed(typed: str, days: int) -> None:
    query = understood(typed)
    assert query.since
    assert query.until
    assert (query.until - query.since).days == days
    assert query.terms == ("سیل",)


@pytest.mark.parametrize(
    ("typed", "provinces", "terms", "excluded"),
    [
        ("اخبار غیر از تهران", (), (), ("تهران",)),
        ("خبرهای مازندران به جز ورزشی", ("mazandaran",), (), ("ورزشی",)),
        ("سیل به‌جز قم و خراسان رضوی دیروز", (), ("سیل",), ("قم", "خراسان رضوی")),
        ("سیل بجز استان قم", (), ("سیل",), ("قم",)),
        ("یزد منهای فوتبال", ("yazd",), (), ("فوتبال",)),
        ("به غیر از قم و بارش", (), ("بارش",), ("قم",)),
        ("اتباع غیر ایرانی", (), ("اتباع", "غیر", "ایرانی"), ()),
        ("جزیره", (), ("جزیره",), ()),
        ("بجز", (), ("بجز",), ()),
    ],
)
def test_what_is_left_out_may_be_said_in_words(
    typed: str, provinces: tuple[str, ...], terms: tuple[str, ...], excluded: tuple[str, ...]
) -> None:
    query = understood(typed)
    assert (query.provinces, query.terms) == (provinces, terms)
    assert tuple(" ".join(tokens) for tokens in query.excluded) == excluded


@pytest.mark.parametrize("typed", ["امام جمعه قم", "نماز جمعه تهران"])
def test_friday_prayers_are_no_day(typed: str) -> None:
    assert understood(typed).since is None


@pytest.mark.parametrize(
    ("typed", "agency", "terms"),
    [
        ("سیل از ایرنا", "خبرگزاری ایرنا", ("سیل",)),
        ("سیل خبرگزاری مهر", "خبرگزاری مهر", ("سیل",)),
        ("سیل به نقل از تسنیم", "خبرگزاری تسنیم", ("سیل",)),
        ("اخبار ایسنا", "خبرگزاری ایسنا", ()),
        ("سیل مهر", "", ("سیل", "مهر")),
    ],
)
def test_a_source_is_known_where_it_is_named_as_one(typed: str, agency: str, terms: tuple[str, ...]) -> None:
    query = understood(typed)
    assert (query.agency, query.terms) == (agency, terms)


def test_phrases_and_what_is_left_out_are_signs() -> None:
    query = understood('«هوای سرد» "باد شدید" برف -بازار -گفتگو')
    assert query.phrases == (("هوای", "سرد"), ("باد", "شدید"))
    assert query.excluded == (("بازار",), ("گفت", "گو"))
    assert query.terms == ("برف",)


@pytest.mark.parametrize("typed", ["«سیل»", "سیل - برف", "-۵ درجه سیل"])
def test_a_word_in_quotes_and_a_dash_in_prose_are_no_signs(typed: str) -> None:
    query = understood(typed)
    assert query.phrases == query.excluded == ()
    assert "سیل" in query.terms


def test_an_ambiguous_name_is_a_question_and_its_words_are_searched() -> None:
    query = understood("خراسان زلزله")
    assert query.provinces == ()
    assert set(query.choices) == {"razavi-khorasan", "north-khorasan", "south-khorasan"}
    assert (query.terms, query.names) == (("زلزله",), (("خراسان",),))
    assert understood("خراسان").asks_nothing


def test_a_town_is_a_town_and_a_capital_stands_for_its_province() -> None:
    query = understood("کاشان")
    assert (query.provinces, query.terms, query.town) == (("isfahan",), (), ("کاشان",))
    assert understood("mashhad").town == ()


def test_what_was_understood_can_be_taken_off() -> None:
    chips = {chip.kind: chip for chip in understood("سیل کاشان دیروز از ایرنا «باد شدید» -برف").chips}
    assert [chip.label for chip in chips.values()] == ["کاشان", "دیروز", "خبرگزاری ایرنا", "«باد شدید»", "بدون «برف»"]
    for kind, taken in chips.items():
        rest = understood(taken.rest)
        assert {chip.kind for chip in rest.chips} == set(chips) - {kind}
        assert rest.terms == ("سیل",)


def test_a_spoken_word_may_stand_for_a_written_one() -> None:
    (word,) = understood("بارون").words
    assert word.tokens == ("بارون",)
    assert ("باران",) in word.also


@given(st.text(max_size=400))
def test_nothing_that_can_be_typed_fails(typed: str) -> None:
    query = understood(typed)
    assert len(query.text) <= LONGEST
    assert len(query.terms) <= MOST_TERMS
    assert all(term.isalnum() for term in query.terms)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["قم", "خبر", "سیل", "«", "»", '"', "-", "دیروز", "از", "ایرنا", "تا", "۵", "مهر", "کاشان"])
    )
)
def test_signs_and_words_in_any_order_are_read_and_what_is_left_is_read_again(words: list[str]) -> None:
    for chip in understood(" ".join(words)).chips:
        understood(chip.rest)
