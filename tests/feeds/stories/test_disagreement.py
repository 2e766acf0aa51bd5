"""Where agencies disagree: other numbers of the same thing, with both quotations; never where both may be right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.models import Article, Summary
from feeds.stories.counting.counts import counts
from feeds.stories.disagreement import disagreements

NOW = datetime(2025, 9, 24, 12, tzinfo=UTC)
STRANGE = "۳ کشته و مصدوم از به تا هزار نفر شمار رسید ۴٫۵ ریشتر ، ( » ۱۲:۳۰ یک شدند بیش"
PAIRS = Path(__file__).with_name("numbers.tsv")


def article(number: int, body: str, agency: str, **facts: Any) -> Article:
    lead = body.partition("\n")[0]
    published = NOW + timedelta(minutes=number)
    told: dict[str, Any] = {
        "id": number, "uid": f"{number:016x}", "source": agency, "key": str(number), "revision": 1, "title": "حادثه",
        "lead": lead, "body": body, "summary": Summary(lead), "provinces": (), "published": published,
        "day_only": False, "updated": published, "ingested": published, "agency": agency,
    }  # fmt: skip
    return Article(**{**told, **facts})


@cache
def pairs() -> tuple[tuple[str, str, str], ...]:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()[1:]
    return tuple((one, other, expected) for one, other, expected in (line.split("\t") for line in lines))


def said(one: str, other: str) -> list[str]:
    found = disagreements([article(1, one, "مهر"), article(2, other, "ایرنا")])
    return [" | ".join(claim.said for claim in each.claims) for each in found]


def test_agencies_that_may_both_be_right_are_never_said_to_disagree() -> None:
    assert len(pairs()) >= 100
    assert [
        (one, other, said(one, other)) for one, other, expected in pairs() if not expected and said(one, other)
    ] == []


def test_nearly_every_disagreement_is_found_in_the_agencies_own_words() -> None:
    disagreeing = [(said(one, other), expected) for one, other, expected in pairs() if expected]
    assert len(disagreeing) >= 50
    wrong = [(found, expected) for found, expected in disagreeing if found not in ([], [expected])]
    assert wrong == []
    assert sum(bool(found) for found, _ in disagreeing) >= 0.9 * len(disagreeing)


def test_each_claim_is_quoted_with_the_sentence_that_makes_it() -> None:
    one, other = "باران بارید. این حادثه ۳ کشته داشت.", "این حادثه ۵ کشته داشت. راه باز است."
    (found,) = disagreements([article(1, one, "مهر"), article(2, other, "ایرنا")])
    assert [(claim.agency, claim.said, claim.quotation) for claim in found.claims] == [
        ("مهر", "۳ کشته", "این حادثه ۳ کشته داشت."),
        ("ایرنا", "۵ کشته", "این حادثه ۵ کشته داشت."),
    ]


def test_an_agency_that_raises_its_number_does_not_disagree_with_itself() -> None:
    told = [article(1, "این حادثه ۳ کشته داشت.", "مهر"), article(2, "این حادثه ۵ کشته داشت.", "مهر")]
    assert disagreements(told) == ()
    (found,) = disagreements([*told, article(3, "این حادثه ۴ کشته داشت.", "ایرنا")])
    assert [claim.said for claim in found.claims] == ["۵ کشته", "۴ کشته"]


def test_what_was_withdrawn_and_what_nobody_signs_has_no_say() -> None:
    told = [
        article(1, "این حادثه ۳ کشته داشت.", "مهر"),
        article(2, "این حادثه ۹ کشته داشت.", "ایرنا", retracted=NOW),
        article(3, "این حادثه ۷ کشته داشت.", ""),
    ]
    assert disagreements(told) == ()


def test_an_agency_that_says_two_numbers_is_not_taken_at_one() -> None:
    told = [article(1, "این حادثه ۳ کشته داشت. شمار کشته‌ها ۴ نفر است.", "مهر"), article(2, "۹ کشته.", "ایرنا")]
    assert disagreements(told) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("بیست و سه نفر کشته شدند", 23),
        ("۲ هزار و ۵۰۰ نفر کشته شدند", 2500),
        ("۲٬۵۰۰ نفر کشته شدند", 2500),
        ("صد و بیست و پنج نفر کشته شدند", 125),
        ("یک میلیون و ۹۰۰ هزار نفر مسموم شدند", 1_900_000),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, value: float) -> None:
    assert [count.value for count in counts(text)] == [value]


@settings(deadline=None)
@given(st.lists(st.sampled_from(STRANGE.split())))
def test_no_text_is_too_strange(words: list[str]) -> None:
    assert disagreements([article(1, " ".join(words), "مهر"), article(2, " ".join(words), "ایرنا")]) == ()


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_no_letters_are_too_strange(text: str) -> None:
    assert disagreements([article(1, f"۳ {text} کشته", "مهر"), article(2, f"۳ {text} کشته", "ایرنا")]) == ()
