"""What opens a source is shown to nobody."""

from __future__ import annotations

import pytest

from feeds.redaction import redact


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a.example/rss?token=abc", "https://a.example/rss?token=***"),
        ("a.example/rss?x=1&access_token=abc&y=2", "a.example/rss?x=1&access_token=***&y=2"),
        ("https://a.example/rss?api-key=abc#top", "https://a.example/rss?api-key=***#top"),
        ("«https://a.example/?Signature=a%2Fb» fails", "«https://a.example/?Signature=***» fails"),
        ("https://a.example/rss?u=7f3b9c0d1e2f4a5b6c7d", "https://a.example/rss?u=***"),
        ("https://ali:pass@a.example/rss", "https://ali:***@a.example/rss"),
        ("https://t0ken@a.example/rss", "https://***@a.example/rss"),
        ("https://a.example/rss?keyword=qom&page=2", "https://a.example/rss?keyword=qom&page=2"),
        (
            "https://a.example/?q=%D9%82%D9%85%D9%82%D9%85%D9%82%D9%85",
            "https://a.example/?q=%D9%82%D9%85%D9%82%D9%85%D9%82%D9%85",
        ),
        ("a = b?", "a = b?"),
    ],
)
def test_addresses_are_shown_without_what_opens_them(text: str, shown: str) -> None:
    assert redact(text) == shown
