#!/usr/bin/env bash
# feedgen 1.0.0: entry.content(whole text) and then entry.description(lead) give RSS both, and Atom the lead as
# <content>, without a summary: the text is gone. In the other order Atom has the text and no lead.
#
# In RSS the two are elements of their own, and one entry writes both formats, so one fills in both and looks at the
# RSS. Call summary(lead) instead of description(lead), or description(lead, isSummary=True).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedgen==1.0.0
"$folder/venv/bin/python" -W ignore - <<'EOF'
import re

from feedgen.feed import FeedGenerator


def written(*calls):
    feed = FeedGenerator()
    feed.id("urn:news")
    feed.title("خبر")
    feed.link(href="https://news.example/")
    feed.description("خبرها")
    entry = feed.add_entry(order="append")
    entry.id("urn:news:1")
    entry.title("پل")
    for name, *values in calls:
        getattr(entry, name)(*values)
    rss = re.findall("<(description|content:encoded)>(.*?)</", feed.rss_str().decode().split("<item>")[1])
    atom = re.findall("<(summary|content)[^>]*>(.*?)</", feed.atom_str().decode())
    print([name for name, *_ in calls], "rss", rss, "atom", atom)
    return rss, atom


TEXT, LEAD = ("content", "متن", None, "html"), ("description", "چکیده")
both = [("description", "چکیده"), ("content:encoded", "متن")]
assert written(TEXT, LEAD) == (both, [("content", "چکیده")]), "Atom keeps the text now"
assert written(LEAD, TEXT) == (both, [("content", "متن")])
for lead in (("summary", "چکیده"), ("description", "چکیده", True)):
    rss, atom = written(TEXT, lead)
    assert (rss, sorted(atom)) == (both, [("content", "متن"), ("summary", "چکیده")])
EOF
