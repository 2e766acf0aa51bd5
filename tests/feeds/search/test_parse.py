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
        ("اخبار ایران", "latest"),
        ("نزدیک من چه خبره", "here"),
        ("خبرهای استان خودم", "here"),
        ("بیشتر", "more"),
        ("آره", "more"),
        ("مهم ترین خبرهای امروز", "important"),
        ("خبرهای مهم", "important"),
        ("تو کی هستی", "help"),
    ],
)
def test_commands_in_words_are_commands(typed: str, command: str) -> None:
    assert understood(typed).command == command


@pytest.mark.parametrize(
    "typed",
    [
        "راهنمای کشت زعفران",
        "کمک به سیل‌زدگان",
        "سلام بر ابراهیم",
        "شروع لیگ برتر",
        "خبرنگار",
        "ایران خودرو",
        "نزدیک مرز",
    ],
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
    ("typed", "provinces", "terms", "left_out"),
    [
        ("اخبار غیر از تهران", (), (), ("tehran",)),
        ("خبرهای مازندران به جز کاشان", ("mazandaran",), (), ("کاشان",)),
        ("سیل به‌جز قم و خراسان رضوی دیروز", (), ("سیل",), ("qom", "razavi-khorasan")),
        ("سیل بجز استان قم", (), ("سیل",), ("qom",)),
        ("یزد منهای فوتبال", ("yazd",), (), ("فوتبال",)),
        ("به غیر از قم و بارش", (), ("بارش",), ("qom",)),
        ("اتباع غیر ایرانی", (), ("اتباع", "غیر", "ایرانی"), ()),
        ("جزیره", (), ("جزیره",), ()),
        ("بجز", (), ("بجز",), ()),
        ("سیل نه تهران", (), ("سیل",), ("tehran",)),
        ("همه جا غیر تهران", (), (), ("tehran",)),
        ("زلزله بدون کرمان و قم", (), ("زلزله",), ("kerman", "qom")),
        ("نه تهران نه کرج", (), (), ("tehran", "alborz")),
        ("سیل -لرستان", (), ("سیل",), ("lorestan",)),
        ("اصفهان بدون فوتبال", ("isfahan",), (), ("فوتبال",)),
        ("قم ولی فوتبال نباشه", ("qom",), (), ("فوتبال",)),
        ("خبرهای بورس رو نمی‌خوام", (), (), ("بورس",)),
        ("جنگ نمی‌خواهیم", (), ("جنگ", "خواست"), ()),
        ("تصادف بدون تلفات", (), ("تصادف", "بدون", "تلفات"), ()),
        ("نه دی ۱۳۸۸ تهران", ("tehran",), (), ()),
    ],
)
def test_what_is_left_out_may_be_said_in_words(
    typed: str, provinces: tuple[str, ...], terms: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    query = understood(typed)
    assert (query.provinces, query.terms) == (provinces, terms)
    assert (*(" ".join(tokens) for tokens in query.excluded), *query.elsewhere) == left_out


def test_a_kind_of_news_is_its_words_too() -> None:
    assert ("فوتبال",) in understood("خبر ورزشی تبریز").words[1].kinds
    assert ("لیگ",) in understood("خبرهای ورزشی نمی‌خوام").excluded
    assert not understood("مسابقات ورزشی دانشگاه").words[1].kinds


@pytest.mark.parametrize(
    ("typed", "slug"),
    [("قم و کاشان", "isfahan"), ("گل‌گهر سیرجان", "kerman"), ("یزد میبد اصفهان کاشان", "")],
)
def test_a_town_among_several_places_stands_for_itself_and_not_for_its_province(typed: str, slug: str) -> None:
    query = understood(typed)
    assert query.town == ()
    assert {of for of, _ in query.towns} == ({slug} if slug else set())


@pytest.mark.parametrize(
    ("typed", "town", "slug"),
    [
        ("رضائیه", "", "west-azerbaijan"),
        ("بندر پهلوی", "بندر انزلی", "gilan"),
        ("استرآباد", "", "golestan"),
        ("کوه دشت", "کوهدشت", "lorestan"),
        ("پل دختر", "پلدختر", "lorestan"),
    ],
)
def test_old_names_and_broken_ones_are_the_towns_of_today(typed: str, town: str, slug: str) -> None:
    query = understood(typed)
    assert (" ".join(query.town), query.provinces) == (town, (slug,))


def test_other_words_of_the_news_answer_as_well() -> None:
    kinds = {word.typed: word.kinds for word in understood("دزد صد ۲۵۰۰").words}
    assert kinds == {"دزد": (("سارق",),), "صد": (("100",),), "۲۵۰۰": (("دو", "هزار", "پانصد"),)}
    kinds = {word.typed: word.kinds for word in understood("هواشناسی سوخت مدارس کارکنان").words}
    assert kinds == {"هواشناسی": (), "سوخت": (), "مدارس": (("مدرسه",),), "کارکنان": (("کارمند",),)}


def test_a_title_need_not_stand_before_a_name() -> None:
    assert understood("دکتر پزشکیان").terms == ("پزشکیان",)
    assert understood("دکتر").terms == ("دکتر",)


@pytest.mark.parametrize(
    ("typed", "provinces"), [("@chapar_bot قم", ("qom",)), ("@قم", ("qom",)), ("@irna قم", ("qom",))]
)
def test_an_address_is_no_word(typed: str, provinces: tuple[str, ...]) -> None:
    assert understood(typed).provinces == provinces
    assert "bot" not in " ".join(understood(typed).terms)


@pytest.mark.parametrize("typed", ["فوری", "خبر فوری", "خبرهای فوری امروز"])
def test_breaking_news_is_asked_for(typed: str) -> None:
    query = understood(typed)
    assert (query.urgent, query.terms, query.asks_nothing) == (True, (), False)


def test_breaking_news_of_something_is_news_of_it() -> None:
    assert not understood("خبر فوری زلزله").urgent
    assert not understood("خبر فوری قم").urgent


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
        ("ایسنا سیل", "خبرگزاری ایسنا", ("سیل",)),
        ("سیل isna", "خبرگزاری ایسنا", ("سیل",)),
        ("فارس نیوز سیل", "خبرگزاری فارس", ("سیل",)),
        ("خبرنگار ایسنا دستگیر شد", "", ("خبرنگار", "ایسنا", "دستگیر")),
        ("ایسنا: سیل آمد", "", ("ایسنا", "سیل")),
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


@pytest.mark.parametrize("typed", ["«هوای سرد»", '"هوای سرد"', "“هوای سرد”", "”هوای سرد“", "'هوای سرد'", "„هوای سرد“"])
def test_a_phrase_may_stand_in_any_quotes(typed: str) -> None:
    assert understood(f"{typed} برف").phrases == (("هوای", "سرد"),)


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
    assert [chip.label for chip in chips.values()] == [
        "کاشان",
        "دیروز (۱۹ دی ۱۴۰۴)",
        "خبرگزاری ایرنا",
        "«باد شدید»",
        "بدون «برف»",
    ]
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
