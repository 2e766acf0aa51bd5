"""How many calls in how long, as a sliding window; whatever the clock does."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feeds.store.delivery.rate import LONGEST_CALL, Rate

NOW = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)


@given(
    ages=st.lists(st.floats(-100_000, 100_000), max_size=40),
    rate=st.builds(Rate, st.integers(1, 30), st.floats(0.1, 60)),
)
def test_a_clock_that_was_set_back_holds_nothing_up_for_long(ages: list[float], rate: Rate) -> None:
    calls = sorted((NOW - timedelta(seconds=age) for age in ages), reverse=True)
    assert NOW <= rate.opens(calls, NOW) <= NOW + LONGEST_CALL + rate.window


@given(back=st.floats(3600, 100_000), rate=st.builds(Rate, st.integers(1, 30), st.floats(0.1, 60)))
def test_calls_from_before_the_clock_was_set_back_end_in_time(back: float, rate: Rate) -> None:
    calls = [NOW + timedelta(seconds=back)] * rate.count
    later = NOW + LONGEST_CALL + rate.window
    assert rate.opens(calls, later) == later


def test_a_call_under_way_counts_until_its_lease_ends() -> None:
    under_way = NOW + timedelta(seconds=35)
    assert Rate(1, 60).opens([under_way], NOW) == under_way + timedelta(seconds=60)
