#!/usr/bin/env bash
# feedparser 6.0.14 and lxml_html_clean 0.4.6 take <bdi> out of clean HTML and leave its text; nh3 0.3.8 keeps it.
#
# <bdi> is HTML's own means against names and numbers that jump about in right-to-left text, is harmless, and has been
# in the standard for over ten years. Both keep the older and stronger <bdo>'s neighbours such as dir and lang, so the
# damage is seen only where somebody's order of letters and digits changes. lxml_html_clean even keeps <bdo dir>.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedparser==6.0.14 lxml==6.1.3 lxml_html_clean==0.4.6 nh3==0.3.8
"$folder/venv/bin/python" - <<'EOF'
import feedparser
import nh3
from lxml_html_clean import clean_html

BODY = '<p dir="rtl">برنده: <bdi>C++ Team</bdi> با ۵ امتیاز</p>'
feed = f'<rss version="2.0"><channel><item><title>x</title><description><![CDATA[{BODY}]]></description></item></channel></rss>'

by_feedparser = feedparser.parse(feed.encode()).entries[0].summary
by_lxml = clean_html(BODY)
by_nh3 = nh3.clean(BODY)
print(by_feedparser, by_lxml, by_nh3, sep="\n")
assert by_feedparser == '<p dir="rtl">برنده: C++ Team با ۵ امتیاز</p>'
assert by_lxml == '<p dir="rtl">برنده: C++ Team با ۵ امتیاز</p>'
assert "<bdi>C++ Team</bdi>" in by_nh3
assert '<bdo dir="rtl">' in clean_html('<p>الف <bdo dir="rtl">ب</bdo></p>')
EOF
