#!/usr/bin/env bash
# fastfeedparser 0.6.5 gives an item without a date the date that it reads from its guid: «12» was published on the
# 12th of this month, «20250924» on that day, «1404» in the year 1404 and «140407021234» on 2 July 1404. A guid such as
# «84125» or an address gives None.
#
# RSS makes dates optional and guids opaque, and numbers of articles are the most common ones. Nothing tells such a
# `published` from one that the feed gave; an old article comes up as this month's. feedparser has none. Ask the
# feed's own elements whether there is a date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet fastfeedparser==0.6.5 feedparser==6.0.14
"$folder/venv/bin/python" - <<'EOF'
import fastfeedparser
import feedparser

FEED = """<rss version="2.0"><channel><title>خبر</title><link>https://news.example/</link><description>خبرها</description>
<item><title>پل</title><link>https://news.example/pol</link><guid isPermaLink="false">{}</guid></item></channel></rss>"""


def published(guid):
    seen = fastfeedparser.parse(FEED.format(guid)).entries[0].get("published")
    print(guid, "->", seen)
    assert "published" not in feedparser.parse(FEED.format(guid)).entries[0]
    return seen


assert published("12")[8:] == "12T00:00:00+00:00", "no date now"
assert published("20250924") == "2025-09-24T00:00:00+00:00"
assert published("1404").startswith("1404-")
assert published("140407021234") == "1404-07-02T12:34:00+00:00"
assert published("84125") is None and published("https://news.example/12") is None
EOF
