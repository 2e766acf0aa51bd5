#!/usr/bin/env bash
# feedgen 1.0.0: in RSS the channel's <link>, which is the site, is whatever link() was called with last. With the
# order of its own README, alternate first and rel="self" later, every feed says that its web site is the feed.
#
# rel is there to tell them apart and is right in Atom; in RSS the same self link is also written as atom:link, so it
# is known to be one. hub and archive links are dropped from RSS. Readers open XML when somebody taps the channel's
# name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedgen==1.0.0
"$folder/venv/bin/python" - <<'EOF'
from feedgen.feed import FeedGenerator
from lxml import etree

SITE, FEED, HUB = "https://news.example/", "https://news.example/rss", "https://hub.example/"
NAMES = {"atom": "http://www.w3.org/2005/Atom"}


def rss(*links):
    feed = FeedGenerator()
    feed.id(SITE)
    feed.title("خبر")
    feed.description("خبرها")
    for address, relation in links:
        feed.link(href=address, rel=relation)
    channel = etree.fromstring(feed.rss_str()).find("channel")
    seen = channel.findtext("link"), [link.get("href") for link in channel.findall("atom:link", NAMES)]
    print(seen)
    return seen


assert rss((SITE, "alternate"), (FEED, "self")) == (FEED, [FEED]), "the site is the link now"
assert rss((FEED, "self"), (SITE, "alternate")) == (SITE, [FEED])
assert rss((FEED, "self"), (HUB, "hub"), (SITE, "alternate")) == (SITE, [FEED])
EOF
