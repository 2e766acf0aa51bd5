#!/usr/bin/env bash
# «GMT+0330» is three different moments: dateutil 2.9.0.post0 turns the sign round (−03:30), the standard library's
# email.utils drops it (a time without a zone), feedparser 6.0.14 and dateparser 1.5.0 read +03:30.
#
# It is how JavaScript prints a zone, so it stands in feeds. feedgen 1.0.0 hands dates given as text to dateutil, and
# what it writes into the feed is seven hours late. dateutil means it («my time + 3 is GMT», as in TZ variables), but
# Tehran's «+0330» without the letters is read the usual way by the same call.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet python-dateutil==2.9.0.post0 feedparser==6.0.14 dateparser==1.5.0 feedgen==1.0.0
"$folder/venv/bin/python" -W ignore - <<'EOF'
from datetime import timedelta
from email.utils import parsedate_to_datetime

import dateparser
import dateutil.parser
import feedparser
from feedgen.feed import FeedGenerator

WRITTEN, PLAIN = "Wed, 24 Sep 2025 18:30:00 GMT+0330", "Wed, 24 Sep 2025 18:30:00 +0330"
TEHRAN = timedelta(hours=3, minutes=30)

by_dateutil = dateutil.parser.parse(WRITTEN)
by_email = parsedate_to_datetime(WRITTEN)
by_dateparser = dateparser.parse(WRITTEN)
by_feedparser = feedparser.parse(
    f"<rss version='2.0'><channel><item><pubDate>{WRITTEN}</pubDate></item></channel></rss>".encode()
).entries[0].published_parsed[:5]
print("dateutil", by_dateutil, "| email.utils", by_email, "| dateparser", by_dateparser, "| feedparser", by_feedparser)
assert by_dateutil.utcoffset() == -TEHRAN
assert by_email.tzinfo is None
assert by_dateparser.utcoffset() == TEHRAN
assert tuple(by_feedparser) == (2025, 9, 24, 15, 0)
assert dateutil.parser.parse(PLAIN).utcoffset() == parsedate_to_datetime(PLAIN).utcoffset() == TEHRAN

entry = FeedGenerator().add_entry()
entry.published(WRITTEN)
print("feedgen", entry.published())
assert entry.published().utcoffset() == -TEHRAN
EOF
