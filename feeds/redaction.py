"""What an address may not show to others: its password, and the tokens in its query."""

from __future__ import annotations

import re

_PASSWORD = re.compile(r"(?<=://)([^\s/:@]*):([^\s\"'<>]*)@")
_LOGIN = re.compile(r"(?<=://)[^\s/:@\"'<>]+@")
_TOKEN = re.compile(
    r"(?<=[?&;])([\w.-]*?(?:token|key|secret|auth|passw(?:or)?d|pwd|pass|sig|signature|sid|session|sessionid|jwt|hash|code"
    r"|credentials?)=)[^&;\s#\"'<>«»]+",
    re.IGNORECASE,
)
_OPAQUE = re.compile(r"(?<=[?&;])([\w.-]+=)(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}(?=[&;\s#\"'<>«»]|$)", re.IGNORECASE)
"""A value that nobody reads: whatever its name, it opens something."""


def redact(text: str) -> str:
    """A text whose addresses give nobody access: `https://user:***@host/rss?token=***`."""
    if "://" in text:
        text = _LOGIN.sub("***@", _PASSWORD.sub(r"\1:***@", text))
    return _OPAQUE.sub(r"\1***", _TOKEN.sub(r"\1***", text)) if "=" in text else text
