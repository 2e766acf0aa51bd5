#!/usr/bin/env bash
# feedparser 6.0.14 reads «2025-09-24T18:30:00+0330» as 15:30 UTC, half an hour late; with a colon in the zone, 15:00.
#
# The minutes of an ISO 8601 zone are lost where it is written without a colon, which is what PHP's DATE_ISO8601 and
# many Persian content systems write. Nobody would guess it, because every zone of whole hours comes out right, as does
# «+0330» in an RFC 822 date: only Tehran, Kabul, Delhi and their like are wrong, and the entry has no error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedparser==6.0.14
"$folder/venv/bin/python" - <<'EOF'
import feedparser

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>خبر</title><item><title>باران</title>
<dc:date>{}</dc:date></item></channel></rss>"""


def hour_and_minute(date):
    parsed = feedparser.parse(FEED.format(date).encode())
    assert not parsed.bozo
    seen = parsed.entries[0].updated_parsed[3:5]
    print(date, "->", "%02d:%02d UTC" % tuple(seen))
    return tuple(seen)


assert hour_and_minute("2025-09-24T18:30:00+03:30") == (15, 0)
assert hour_and_minute("2025-09-24T18:30:00+0330") == (15, 30), "the minutes of the zone are read now"
assert hour_and_minute("2025-09-24T18:30:00+0300") == (15, 30)
assert hour_and_minute("Wed, 24 Sep 2025 18:30:00 +0330") == (15, 0)
EOF
