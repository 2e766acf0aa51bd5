"""Questions as people type them to a bot, each with what is understood of it; `questions.tsv` says which."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from feeds.search import parse

ZONE = ZoneInfo("Asia/Tehran")
NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)  # شنبه ۲۰ دی ۱۴۰۴
QUESTIONS = [
    line.split("\t")
    for line in Path(__file__).with_name("questions.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("# ")
]


def understanding(typed: str) -> str:
    """What is understood, in one line: a command; or what was marked, the words, and several meanings of a place."""
    query = parse(typed, NOW, ZONE)
    if query.command:
        return f"/{query.command}"
    chips = [chip.label for chip in query.chips]
    words = " ".join(word.typed.replace("\u200c", "") for word in query.words if word.needed)
    return " | ".join([*chips, *([words] if words else [])]) + ("?" if query.choices else "")


@pytest.mark.parametrize(("typed", "understood"), QUESTIONS)
def test_what_people_type_is_understood(typed: str, understood: str) -> None:
    assert understanding(typed) == understood
