#!/usr/bin/env bash
# fastfeedparser 0.6.5: the link of an Atom entry whose first link is rel="enclosure" or rel="via" and whose own page
# has no rel is the recording, or another agency's article. With rel="alternate" written out it is right.
#
# By RFC 4287 a link without rel is alternate, and most feeds leave it out. With the two in the other order it is right
# as well, so a feed is read well until it has its first recording. A courier then posts the source's words with
# somebody else's address. Choose among `links`, where all are kept, a missing rel being alternate.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet fastfeedparser==0.6.5 feedparser==6.0.14
"$folder/venv/bin/python" - <<'EOF'
import fastfeedparser
import feedparser

FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><title>خبر</title><id>urn:news</id><updated>2025-09-24T18:30:00+03:30</updated>
<entry><id>urn:news:1</id><title>پل</title><updated>2025-09-24T18:30:00+03:30</updated>{}</entry></feed>"""
PAGE, OTHER = "https://news.example/1", "https://other.example/1"


def link(*links):
    feed = FEED.format("".join(links))
    seen = fastfeedparser.parse(feed).entries[0].link
    print(*links, "->", seen)
    assert feedparser.parse(feed).entries[0].link == PAGE
    return seen


for rel in ("enclosure", "via"):
    other = f'<link rel="{rel}" href="{OTHER}"/>'
    assert link(other, f'<link href="{PAGE}"/>') == OTHER, "the page now"
    assert link(f'<link href="{PAGE}"/>', other) == PAGE
    assert link(other, f'<link rel="alternate" href="{PAGE}"/>') == PAGE
EOF
