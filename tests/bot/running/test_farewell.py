"""Ctrl-C ends the service in time, whatever is under way, and says what it waits for."""

from __future__ import annotations

import logging
import threading

import pytest

from bot.running import farewell
from bot.running.farewell import Farewell


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience is short here."""
    monkeypatch.setattr(farewell, "SAY_SECONDS", 0.01)
    monkeypatch.setattr(farewell, "LEAVE_SECONDS", 0.02)


@pytest.mark.usefixtures("hurried")
def test_what_is_waited_for_is_said_before_it_is_left(
    caplog: pytest.LogCaptureFixture,
) -> None:
    gone = threading.Event()
    with caplog.at_level(logging.WARNING):
        Farewell(lambda: ["the bot", "posts under way"], lambda _code: gone.set()).begin()
        assert gone.wait(10)
    assert "waiting for the bot, posts under way" in caplog.messages[0]
    assert "taken up at the next start" in caplog.messages[1]


def test_a_second_time_leaves_at_once() -> None:
    codes: list[int] = []
    end = Farewell(list, codes.append)
    end.begin()
    assert codes == []
    end.begin()
    assert codes == [0]
