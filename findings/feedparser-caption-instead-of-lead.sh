#!/usr/bin/env bash
# feedparser 6.0.14: the caption of a picture (media:description inside media:content) becomes the entry's summary
# where it stands before the item's description, and its content, as if it were the full text, where it stands behind.
#
# The caption is inside another element and in another namespace, yet it takes the item's places in turn: the first of
# the two is the summary, the second the content. media:title beside it does no such harm to the title. So of two
# feeds that differ in the order of siblings, which RSS leaves free, one has its lead replaced, and in the other
# whoever prefers content to summary, as one should, gets the caption for the article.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedparser==6.0.14
"$folder/venv/bin/python" - <<'EOF'
import feedparser

LEAD, CAPTION = "شهرداری از آغاز ساخت پل خبر داد.", "عکس از بایگانی است."
DESCRIPTION = f"<description>{LEAD}</description>"
PICTURE = (
    '<media:content url="https://news.example/pol.jpg" medium="image"><media:title>پل</media:title>'
    f"<media:description>{CAPTION}</media:description></media:content>"
)


def entry(inside):
    parsed = feedparser.parse(
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<title>خبر</title><item><title>ساخت پل</title>{inside}</item></channel></rss>".encode()
    )
    assert not parsed.bozo
    (only,) = parsed.entries
    assert only.title == "ساخت پل"
    seen = only.summary, [part.value for part in only.content]
    print("summary:", seen[0], "| content:", seen[1])
    return seen


assert entry(DESCRIPTION + PICTURE) == (LEAD, [CAPTION]), "the caption is no content now"
assert entry(PICTURE + DESCRIPTION) == (CAPTION, [LEAD]), "the lead is the summary now"
EOF
