"""What a check of `chapar doctor` came to."""

from __future__ import annotations

from dataclasses import dataclass

FINE, LOOK, WRONG = "ok", "warning", "failed"
SECONDS = 15.0
"""The longest that an answer is waited for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check came to."""

    what: str
    """What was looked at: the token, a channel, a source."""
    level: str
    """`ok`, `warning` or `failed`."""
    said: str
    do: str = ""
    """What to do about it."""
