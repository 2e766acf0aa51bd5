#!/usr/bin/env bash
# httpx 0.28.1 reads an ETag that has letters outside ASCII («"نسخه-۲"» in UTF-8, as some servers write it) and raises
# UnicodeEncodeError when the very string is sent back as If-None-Match.
#
# Reading tries ASCII, UTF-8 and Latin-1 in turn, writing knows ASCII alone. HTTP lets an ETag have such bytes. The
# first poll of a feed is right, the second falls, and not with an httpx.HTTPError, which is what a client catches, but
# with a ValueError. Given as bytes, (key, value) in a list, it goes through.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet httpx==0.28.1
"$folder/venv/bin/python" - <<'EOF'
import httpx

WRITTEN = '"نسخه-۲"'
tag = httpx.Response(200, headers=[(b"ETag", WRITTEN.encode())]).headers["etag"]
assert tag == WRITTEN
try:
    httpx.Request("GET", "https://news.example/rss", headers={"If-None-Match": tag})
    raise SystemExit("it can be sent back now")
except UnicodeEncodeError as error:
    print("sent back as read:", error)
    assert not isinstance(error, httpx.HTTPError)
sent = httpx.Request("GET", "https://news.example/rss", headers=[(b"If-None-Match", tag.encode())])
print("sent back as bytes:", sent.headers["if-none-match"])
assert sent.headers["if-none-match"] == WRITTEN
EOF
