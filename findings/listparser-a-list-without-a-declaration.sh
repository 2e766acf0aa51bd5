#!/usr/bin/env bash
# listparser 0.20 reads an OPML list that has no XML declaration as Latin-1: the category «قم» comes out as «Ù\x82Ù»,
# whether given as bytes or as a str, with bozo False. With <?xml version="1.0"?> in front it is right.
#
# XML without a declaration is UTF-8 by the standard, many programs write lists so, and a str has no encoding that could
# be wrong. Addresses are ASCII, so all feeds are found, under names and categories that nobody can read. Put a
# declaration in front where there is none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet listparser==0.20 lxml==6.1.3
"$folder/venv/bin/python" - <<'EOF'
import xml.etree.ElementTree as ElementTree

import listparser

DECLARATION = '<?xml version="1.0"?>'
LIST = """<opml version="2.0"><head><title>خبر</title></head><body><outline text="قم">
<outline type="rss" text="باران" xmlUrl="https://news.example/rss"/></outline></body></opml>"""


def read(document):
    found = listparser.parse(document)
    assert not found.bozo
    (feed,) = found.feeds
    print(type(document).__name__, document[:5], "->", ascii(feed.title), ascii(feed.categories))
    return feed.title, feed.categories


right = ("باران", [["قم"]])
title, category = (word.encode().decode("latin-1").strip() for word in ("باران", "قم"))  # its last byte counts as a space
wrong = (title, [[category]])
assert read(DECLARATION + LIST) == read((DECLARATION + LIST).encode()) == right
assert ElementTree.fromstring(LIST.encode()).findtext("head/title") == "خبر"
assert read(LIST) == wrong, "read as UTF-8 now"
assert read(LIST.encode()) == wrong
EOF
