#!/usr/bin/env bash
# PyRSS2Gen 1.1 and rfeed 1.1.1, given a date with Tehran's zone, write «18:30:00 GMT» where it was 18:30 in Tehran.
#
# The zone of an aware datetime is neither applied nor refused; the letters GMT are put behind whatever the clock
# shows. A date without a zone comes out in the same words, so passing the zone, the careful thing, gains nothing: the
# feed is valid and three and a half hours in the future. feedgen 1.0.0 writes +0330, and refuses a date without a
# zone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet PyRSS2Gen==1.1 rfeed==1.1.1 feedgen==1.0.0
"$folder/venv/bin/python" -W ignore - <<'EOF'
import re
from datetime import datetime, timedelta, timezone

import PyRSS2Gen
import rfeed
from feedgen.feed import FeedGenerator

WHEN = datetime(2025, 9, 24, 18, 30, tzinfo=timezone(timedelta(hours=3, minutes=30)))
CHANNEL = {"title": "خبر", "link": "https://news.example/", "description": "خبرها"}


def published(feed):
    (seen,) = re.findall(r"<item>.*<pubDate>(.*?)</pubDate>", feed, re.DOTALL)
    print(seen)
    return seen


by_pyrss2gen = PyRSS2Gen.RSS2(**CHANNEL, items=[PyRSS2Gen.RSSItem(title="باران", pubDate=WHEN)]).to_xml("utf-8")
by_rfeed = rfeed.Feed(**CHANNEL, items=[rfeed.Item(title="باران", pubDate=WHEN)]).rss()
generator = FeedGenerator()
generator.title(CHANNEL["title"])
generator.link(href=CHANNEL["link"])
generator.description(CHANNEL["description"])
entry = generator.add_entry()
entry.title("باران")
entry.published(WHEN)
assert published(by_pyrss2gen) == "Wed, 24 Sep 2025 18:30:00 GMT", "the zone counts now"
assert published(by_rfeed) == "Wed, 24 Sep 2025 18:30:00 GMT", "the zone counts now"
assert published(generator.rss_str().decode()) == "Wed, 24 Sep 2025 18:30:00 +0330"
EOF
