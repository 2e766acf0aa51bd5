#!/usr/bin/env bash
# feedparser 6.0.14 reads «2025-09-24T18:30:00+0330» as 15:30 UTC, half an hour late; with a colon in the zone, 15:00.
# feedparser-rs 0.7.1, which is to answer as it does, reads 18:30.
#
# The minutes of an ISO 8601 zone are lost where it is written without a colon, which is what PHP's DATE_ISO8601 and
# many content systems write; the other one loses the zone. Nobody would guess it of feedparser, because every zone of
# whole hours comes out right, as does «+0330» in an RFC 822 date: only Tehran, Kabul, Delhi and their like are wrong,
# and the entry has no error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedparser==6.0.14 feedparser-rs==0.7.1
"$folder/venv/bin/python" - <<'EOF'
import feedparser
import feedparser_rs

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>خبر</title><item><title>باران</title>
<dc:date>{}</dc:date></item></channel></rss>"""


def clock(date, library=feedparser):
    parsed = library.parse(FEED.format(date).encode())
    assert not parsed.bozo
    (entry,) = parsed.entries
    seen = tuple(entry.updated_parsed or entry.published_parsed)[3:5]
    print(library.__name__, date, "->", "%02d:%02d UTC" % seen)
    return seen


assert clock("2025-09-24T18:30:00+03:30") == clock("2025-09-24T18:30:00+03:30", feedparser_rs) == (15, 0)
assert clock("2025-09-24T18:30:00+0330") == (15, 30), "the minutes of the zone are read now"
assert clock("2025-09-24T18:30:00+0330", feedparser_rs) == (18, 30), "the zone is read now"
assert clock("2025-09-24T18:30:00+0300") == (15, 30)
assert clock("Wed, 24 Sep 2025 18:30:00 +0330") == (15, 0)
EOF
