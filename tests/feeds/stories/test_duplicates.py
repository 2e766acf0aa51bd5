"""One story once: what is merged, what never is, and how often that is right on labelled pairs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from feeds.stories.duplicates import Index, Kind, Match
from feeds.stories.fingerprints import Prints

NOW = datetime(2025, 9, 24, 8, tzinfo=UTC)
PAIRS = Path(__file__).with_name("pairs.jsonl")
LEAD = "محیط‌بانان سوادکوه یک خرس قهوه‌ای را که در تله سیمی روستای لفور گرفتار بود پس از شش ساعت رها کردند."
BODY = LEAD + " " + " ".join(f"بند {n} از شرح رهاسازی خرس با واژه‌هایی که کس دیگری ننوشته است." for n in range(1, 6))


def article(title: str = "رهاسازی خرس قهوه‌ای در سوادکوه", lead: str = LEAD, body: str = BODY, **other: Any) -> Prints:
    hours = timedelta(hours=other.pop("hours", 0))
    return Prints(title, lead, body, NOW + hours, frozenset({other.pop("province", "mazandaran")}), **other)


def index_of(told: dict[str, Prints]) -> Index:
    index = Index(lambda names: {name: told[name] for name in names})
    for name, prints in told.items():
        index.add(name, prints)
    return index


def found(one: Prints, other: Prints) -> Match | None:
    return index_of({"a": one}).find(other)


@cache
def pairs() -> tuple[tuple[str, Prints, Prints], ...]:
    def prints(side: dict[str, Any]) -> Prints:
        provinces = frozenset({side["province"]} - {""})
        published = NOW + timedelta(hours=side["hours"])
        return Prints(side["title"], side["lead"], side["body"], published, provinces, side["agency"])

    rows = (json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines())
    return tuple((row["kind"], prints(row["a"]), prints(row["b"])) for row in rows)


@cache
def outcomes() -> Counter[tuple[str, bool]]:
    """How often each kind of pair was merged."""
    return Counter((kind, match is not None and match.kind is not Kind.SEQUEL) for kind, match in matches())


@cache
def matches(*, one_agency: bool = False) -> tuple[tuple[str, Match | None], ...]:
    """What was found for each pair, with the first halves of all pairs in one index."""
    index = index_of({str(number): one for number, (_, one, _) in enumerate(pairs())})
    everything = {str(number) for number in range(len(pairs()))}
    return tuple(
        (kind, index.find(replace(other, agency=one.agency) if one_agency else other, without=everything - {str(n)}))
        for n, (kind, one, other) in enumerate(pairs())
    )


def sequels(*, one_agency: bool) -> Counter[str]:
    """How many pairs of each kind were taken for a story that goes on."""
    found = matches(one_agency=one_agency)
    return Counter(kind for kind, match in found if match is not None and match.kind is Kind.SEQUEL)


def recall(kind: str) -> float:
    return outcomes()[kind, True] / (outcomes()[kind, True] + outcomes()[kind, False])


def test_there_are_enough_labelled_pairs_of_each_kind() -> None:
    kinds = Counter(kind for kind, _, _ in pairs())
    assert kinds.total() >= 150
    assert min(kinds.values()) >= 20


def test_what_is_merged_belongs_together() -> None:
    merged = {kind: count for (kind, was_merged), count in outcomes().items() if was_merged}
    right = merged["same text"] + merged["same event"]
    assert right / sum(merged.values()) >= 0.99


def test_republished_text_is_recognised() -> None:
    assert recall("same text") >= 0.9


def test_the_same_event_in_other_words_is_recognised() -> None:
    assert recall("same event") >= 0.7


def test_reports_from_one_template_are_never_merged() -> None:
    assert recall("template") == 0


def test_what_goes_on_with_a_story_of_its_agency_is_recognised_and_not_merged() -> None:
    found = sequels(one_agency=True)
    assert found["sequel"] / sum(kind == "sequel" for kind, _, _ in pairs()) >= 0.9
    assert found["template"] == 0
    assert found["different"] <= 1  # told as one agency's news of one town and day
    assert outcomes()["sequel", True] <= 1


def test_another_agency_tells_the_event_again_or_another_one() -> None:
    found = sequels(one_agency=False)
    assert found["template"] == found["different"] == found["same text"] == 0


def test_a_copy_without_zwnj_and_with_arabic_letters_is_the_same_text() -> None:
    copy = article(body=BODY.replace("\u200c", "").replace("ی", "ي"), title="عنوانی دیگر", agency="ایرنا")
    match = found(article(), copy)
    assert match is not None
    assert (match.name, match.kind) == ("a", Kind.TEXT)


def test_a_text_that_was_cut_down_is_the_same_text() -> None:
    assert (found(article(), article(body=" ".join(BODY.split()[:40]))) or pytest.fail("not found")).kind is Kind.TEXT


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("another figure", {"body": BODY.replace("شش ساعت", "۹ ساعت"), "lead": LEAD.replace("شش ساعت", "۹ ساعت")}),
        (
            "another town",
            {
                "lead": LEAD.replace("سوادکوه", "بابلسر").replace("لفور", "کناره"),
                "title": "رهاسازی خرس قهوه‌ای در بابلسر",
            },
        ),
        ("another day", {"lead": LEAD + " این کار چهارشنبه انجام شد."}),
    ],
)
def test_a_difference_that_matters_parts_even_equal_texts(change: str, words: dict[str, str]) -> None:
    one = article(lead=LEAD + " این کار یکشنبه انجام شد.") if change == "another day" else article()
    assert found(one, article(**words)) is None


def test_an_event_is_of_one_day_and_one_province() -> None:
    other = {
        "title": "خرس قهوه‌ای از تله در سوادکوه آزاد شد",
        "lead": "خرس قهوه‌ای گرفتار در تله لفور به دست محیط‌بانان سوادکوه رها شد.",
    }
    one = article(body=LEAD, agency="مهر")
    assert found(one, article(**other, body="", agency="ایرنا", hours=3)) is not None
    assert found(one, article(**other, body="", agency="ایرنا", hours=30)) is None
    assert found(one, article(**other, body="", agency="ایرنا", hours=3, province="qom")) is None


def test_an_agency_that_comes_back_to_its_story_has_something_new_to_say() -> None:
    lead = "خرس قهوه‌ای گرفتار در تله لفور به دست محیط‌بانان سوادکوه رها شد."
    match = found(article(body=LEAD, agency="مهر"), article(lead=lead, body="", agency="مهر"))
    assert (match or pytest.fail("not found")).kind is Kind.SEQUEL


@pytest.mark.parametrize(
    ("first", "then", "kind"),
    [
        ("جادهٔ الموت بر اثر بهمن بسته شد", "جادهٔ الموت که بر اثر بهمن بسته شده بود، باز شد", Kind.SEQUEL),
        ("جادهٔ الموت بر اثر بهمن بسته شد", "ریزش بهمن جادهٔ الموت را بست", Kind.EVENT),
        ("انبار کنف سوادکوه آتش گرفت", "آتش انبار کنف سوادکوه خاموش شد", Kind.SEQUEL),
        ("آتش انبار کنف سوادکوه خاموش شد", "آتش‌سوزی انبار کنف در سوادکوه مهار شد", Kind.EVENT),
    ],
)
def test_what_another_agency_knows_to_have_come_of_an_event_goes_on_with_it(first: str, then: str, kind: Kind) -> None:
    one = article(first, f"{first} و مردم روستاهای کنگلو و کلیج‌خیل از آن گفتند.", "", agency="مهر")
    other = f"به گفتهٔ دهیار کنگلو و شورای کلیج‌خیل، {then}."
    match = found(one, article(then, other, "", agency="ایرنا", hours=2))
    assert (match or pytest.fail("not found")).kind is kind


def test_one_agencys_two_headlines_over_one_text_are_two_articles() -> None:
    again = article("هشدار هواشناسی برای کوهنوردان استان", agency="مهر")
    alike = article("رهاسازی خرس قهوه‌ای در سوادکوه + عکس", agency="مهر")
    first = article(agency="مهر")
    kinds = [found(first, again), found(article(agency="ایرنا"), again), found(first, alike)]
    assert [match and match.kind for match in kinds] == [Kind.SEQUEL, Kind.TEXT, Kind.TEXT]


def test_a_headline_with_its_figures_in_another_order_is_another_report() -> None:
    one, other = article("برندگان هفتهٔ ۳ از گروه ۷ سوادکوه"), article("برندگان هفتهٔ ۷ از گروه ۳ سوادکوه")
    assert found(one, other) is None


def test_a_few_words_are_too_few_to_be_the_same() -> None:
    assert found(article("الف", "باران آمد", "باران آمد"), article("ب", "باران آمد", "باران آمد")) is None


def test_an_empty_article_matches_nothing() -> None:
    assert found(article("", "", ""), article("", "", "")) is None


def test_what_is_too_old_is_forgotten() -> None:
    index = index_of({"a": article()})
    index.expire(NOW + timedelta(days=4))
    assert len(index) == 0
    assert index.find(article()) is None


def test_an_article_that_changed_is_found_by_its_new_words_only() -> None:
    index = index_of({"a": article()})
    index.add("a", article("دیگر", "متنی سراسر دیگر دربارهٔ کاشت نهال در دشت", "متنی سراسر دیگر"))
    assert len(index) == 1
    assert index.find(article()) is None
