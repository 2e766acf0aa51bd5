"""Problems and facts: small rows that are put, replaced and read back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.models import Problem
from feeds.store import Store


def test_a_problem_stands_until_it_is_cleared(store: Store, noon: datetime) -> None:
    problem = Problem("a.txt", 3, "no title", noon)
    store.problems.set(problem)
    assert store.problems.all() == (problem,)
    assert store.problems.clear("a.txt")
    assert not store.problems.clear("a.txt")
    assert store.problems.all() == ()


def test_a_place_has_one_problem_the_newest(store: Store, noon: datetime) -> None:
    later = noon + timedelta(hours=1)
    store.problems.set(Problem("a.txt", 3, "no title", noon))
    store.problems.set(Problem("a.txt", 1, "no header", later))
    assert store.problems.all() == (Problem("a.txt", 1, "no header", later),)


def test_the_same_problem_again_keeps_the_time_it_was_first_seen(store: Store, noon: datetime) -> None:
    store.problems.set(Problem("a.txt", 3, "no title", noon))
    store.problems.set(Problem("a.txt", 4, "no title", noon + timedelta(hours=1)))
    assert store.problems.all() == (Problem("a.txt", 4, "no title", noon),)


def test_problems_are_listed_by_kind_oldest_first(store: Store, noon: datetime) -> None:
    for minute, (where, kind) in enumerate([("b", "source"), ("c", "document"), ("a", "document")]):
        store.problems.set(Problem(where, 0, "x", noon + timedelta(minutes=minute), kind))
    assert [problem.where for problem in store.problems.all()] == ["b", "c", "a"]
    assert [problem.where for problem in store.problems.all("document")] == ["c", "a"]
    assert store.problems.all("channel") == ()


def test_a_file_name_that_is_not_utf8_can_have_a_problem(store: Store, noon: datetime) -> None:
    store.problems.set(Problem("bad\udcff\0.txt", 0, "not UTF-8: \udcff", noon))
    assert len(store.problems.all()) == 1
    assert store.problems.clear("bad\udcff\0.txt")


def test_an_unknown_fact_is_none(store: Store) -> None:
    assert store.key_values.get("never") is None


def test_a_fact_is_replaced_by_a_newer_one(store: Store, noon: datetime) -> None:
    store.key_values.put("tick", {"at": "۱۲"}, noon)
    store.key_values.put("tick", [1, None], noon)
    assert store.key_values.get("tick") == [1, None]


def test_facts_are_found_and_forgotten_by_their_prefix(store: Store, noon: datetime) -> None:
    for name in ("feed/a", "feed/b", "feed%", "tick"):
        store.key_values.put(name, name, noon)
    store.key_values.put("feed/b", "new", noon + timedelta(days=1))
    assert store.key_values.all("feed/") == {"feed/a": "feed/a", "feed/b": "new"}
    assert store.key_values.all("feed%") == {"feed%": "feed%"}
    assert store.key_values.prune("feed/", noon + timedelta(hours=1)) == 1
    assert store.key_values.all("feed/") == {"feed/b": "new"}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False).map(lambda number: float(f"{number:.14g}"))  # see `KeyValues`
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON)
def test_whatever_json_holds_is_a_fact(store: Store, value: Any) -> None:
    store.key_values.put("any", value, datetime.fromisoformat("2026-01-01T00:00:00+00:00"))
    assert store.key_values.get("any") == value


def test_a_value_that_json_does_not_know_is_refused_at_once(store: Store, noon: datetime) -> None:
    with pytest.raises(Exception, match="JSON"):
        store.key_values.put("bad", {1, 2}, noon)
    assert store.key_values.get("bad") is None
