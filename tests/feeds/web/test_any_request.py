"""Whatever is asked for, nothing breaks: a fuzz of the routes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from visitor import Save, Visitor

SEGMENTS = st.one_of(
    st.sampled_from(
        [
            "",
            "a",
            "p",
            "feeds",
            "archive",
            "search",
            "search.rss",
            "sources",
            "qom",
            "قم",
            "opml",
            "static",
            "..",
            "%00",
        ]
    ),
    st.sampled_from(["2026-02", "0000-00-00", "9999-12-31", "1.rss", "0.atom", "99999999999999999999.json", "all.rss"]),
    st.sampled_from(
        ["1404-12-10", "1404-12", "1404-12-10.png", "۱۳۰۰-۰۱-۰۱", "1600-12", "iran.epub", "qom.html", "x.png"]
    ),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="/?#"), max_size=12),
)
VALUES = st.one_of(
    st.sampled_from(["", "-1", "0", "9" * 19, "9" * 40, "newest", "قم", "خبر «", "-", '"', "از ایرنا", "دیروز"]),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
)
FIELDS = ["q", "page", "before", "order", "channel", "key", "v", "province", "period", "source"]
QUERIES = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=3)
HEADERS = st.dictionaries(
    st.sampled_from(["accept_encoding", "if_none_match", "if_modified_since", "range", "host", "x_forwarded_for"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
    max_size=3,
)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(segments=st.lists(SEGMENTS, max_size=5), query=QUERIES, headers=HEADERS)
def test_no_request_is_a_fault_of_ours(  # noqa: PLR0917 - fixtures, and what hypothesis makes
    site: Visitor, save: Save, method: str, segments: list[str], query: dict[str, str], headers: dict[str, str]
) -> None:
    save()
    response = site.ask(method, "/" + "/".join(segments), query, headers)
    assert response.status_code < 500 or response.headers.get("retry-after")
    assert response.headers["x-content-type-options"] == "nosniff"
