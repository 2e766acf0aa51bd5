#!/usr/bin/env bash
# feedparser 6.0.14 takes «desk@khabar.agency (مدیر سایت)» for the address desk@khabar.agen and the name «cy (مدیر
# سایت».
#
# «address (name)» is the very form that RSS 2.0 prescribes for <author>. Top-level domains of more than four letters
# are cut after the fourth, and the rest of the domain opens the name. .com, .ir and .news are right, so it never
# shows until an agency moves to .agency or .media; nothing is marked as doubtful.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedparser==6.0.14
"$folder/venv/bin/python" - <<'EOF'
import feedparser


def author(written):
    parsed = feedparser.parse(
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>خبر</title><item><title>باران</title>'
        f"<author>{written}</author></item></channel></rss>".encode()
    )
    assert not parsed.bozo
    detail = dict(parsed.entries[0].author_detail)
    print(written, "->", detail)
    return detail


assert author("desk@khabar.news (مدیر سایت)") == {"name": "مدیر سایت", "email": "desk@khabar.news"}
assert author("desk@khabar.agency (مدیر سایت)") == {"name": "cy (مدیر سایت", "email": "desk@khabar.agen"}, "read whole now"
EOF
