#!/usr/bin/env bash
# feedgen 1.0.0: content(html, type="CDATA"), its documented way to a CDATA section, writes <content type="CDATA">
# into Atom, a type that does not exist; feedparser 6.0.14 then takes the article's markup for plain text.
#
# CDATA is a way of escaping and says nothing of what is escaped, so one thinks of the type as html. In RSS, made by
# the same call from the same entry, all is well, which is where one looks.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedgen==1.0.0 feedparser==6.0.14
"$folder/venv/bin/python" - <<'EOF'
import feedparser
from feedgen.feed import FeedGenerator

feed = FeedGenerator()
feed.id("tag:news.example,2025:1")
feed.title("خبر")
feed.description("خبرها")
feed.link(href="https://news.example/")
entry = feed.add_entry()
entry.id("tag:news.example,2025:2")
entry.title("پل")
entry.description("پل آماده است.")
entry.content("<p>پل <b>آماده</b> است.</p>", type="CDATA")

atom, rss = feed.atom_str().decode(), feed.rss_str().decode()
(part,) = feedparser.parse(atom.encode()).entries[0].content
print(part.type, part.value)
assert '<content type="CDATA"><![CDATA[<p>' in atom, "html now"
assert part.type != "text/html"
assert "<content:encoded><![CDATA[<p>" in rss
EOF
