"""Which message may go now, and when the next one may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.publishing.pacing import Rate, Rates, Travel, plan
from feeds.models import ChannelState, Delivery, DeliveryKind, DeliveryState
from feeds.store.delivery.claims import Candidate

NOW = datetime(2025, 9, 24, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def head(chat_id: int, *, urgent: bool = False, served: datetime | None = None, **channel: object) -> Candidate:
    delivery = Delivery(abs(chat_id), 1, str(chat_id), DeliveryKind.POST, 1, DeliveryState.PENDING, urgent=urgent)
    return Candidate(delivery, ChannelState(str(chat_id), chat_id, **channel), served)  # type: ignore[arg-type]


def chats(candidates: tuple[Candidate, ...]) -> list[int | None]:
    return [chosen.channel.chat_id for chosen in candidates]


def test_nothing_to_do_needs_no_waking() -> None:
    assert plan([], {}, Rates(), NOW).wake is None


def test_a_channel_takes_twenty_in_a_minute_and_says_when_the_next_may_go() -> None:
    calls = {"-1": [at(-second) for second in range(1, 21)]}
    decided = plan([head(-1)], calls, Rates(), NOW)
    assert (decided.go, decided.wake) == ((), at(-20 + 60))


def test_a_call_that_left_the_window_does_not_count() -> None:
    calls = {"-1": [at(-60), *[at(-61)] * 30]}
    assert plan([head(-1)], calls, Rates(), NOW).go


def test_a_private_chat_takes_one_a_second() -> None:
    assert plan([head(5)], {"5": [at(-0.4)]}, Rates(), NOW).wake == at(0.6)
    assert plan([head(5)], {"5": [at(-1)]}, Rates(), NOW).go


def test_the_bot_sends_thirty_a_second_over_all_chats() -> None:
    decided = plan([head(-chat) for chat in range(1, 51)], {}, Rates(), NOW)
    assert len(decided.go) == 30
    assert decided.wake == at(1)


def test_calls_under_way_count_as_long_as_their_answers_are_awaited() -> None:
    decided = plan([head(-1)], {"-1": [at(30)]}, Rates(group=Rate(1, 60)), NOW)
    assert (decided.go, decided.wake) == ((), at(90))


def test_breaking_news_goes_first_then_who_waited_longest() -> None:
    candidates = [head(-1, served=at(-1)), head(-2, served=at(-9)), head(-3), head(-4, urgent=True, served=at(0))]
    assert chats(plan(candidates, {}, Rates(), NOW).go) == [-4, -3, -2, -1]


def test_one_flooded_channel_does_not_starve_the_rest() -> None:
    candidates = [head(-1, served=at(-0.01)), head(-2, served=at(-60))]
    calls = {"-1": [at(-0.1)] * 29}
    assert chats(plan(candidates, calls, Rates(group=Rate(100, 60)), NOW).go) == [-2]


def test_a_penalty_is_waited_for() -> None:
    decided = plan([head(-1, not_before=at(400)), head(-2)], {}, Rates(), NOW)
    assert (chats(decided.go), decided.wake) == ([-2], at(400))


def test_a_channel_with_a_rate_of_its_own_keeps_that_one() -> None:
    rates = Rates(own={"-1": Rate(2, 600)})
    calls = {chat: [at(-400), at(-500)] for chat in ("-1", "-2")}
    decided = plan([head(-1), head(-2)], calls, rates, NOW)
    assert (chats(decided.go), decided.wake) == ([-2], at(100))
    assert rates.horizon == timedelta(seconds=600)


def test_the_first_calls_count_from_their_answers() -> None:
    assert Travel().counted(at(0), at(0.2)) == at(0.2)


def test_a_call_counts_half_of_the_shortest_round_trip_before_its_answer() -> None:
    travel = Travel()
    for _ in range(100):
        travel.counted(at(0), at(0.1))
    assert travel.counted(at(5), at(7)) == at(6.95)
    assert travel.counted(at(5), at(5.02)) == at(5.01)


@given(
    st.integers(1, 5),
    st.floats(0.1, 60),
    st.lists(st.floats(0, 120), max_size=30),
    st.floats(0, 120),
)
def test_a_window_never_sees_one_call_too_many(count: int, seconds: float, ago: list[float], asked: float) -> None:
    rate, calls = Rate(count, seconds), sorted((at(-second) for second in ago), reverse=True)
    opens = rate.opens(calls, at(asked))
    assert opens >= at(asked)
    assert sum(call > opens - rate.window for call in calls) < count
