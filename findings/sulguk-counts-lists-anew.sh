#!/usr/bin/env bash
# sulguk 0.12.0 (HTML to Telegram's entities) numbers <ol start="5"> from 1, and <ol reversed> of three 2, 1, 0; its
# README has both attributes, with a list that starts at 10 as its example.
#
# <li value="5"> is heeded and so is type, the start is read and then not used. A list that goes on after a picture, or
# the articles of a law from the fifth on, is published with wrong numbers, and a post shows nothing of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet sulguk==0.12.0
"$folder/venv/bin/python" - <<'EOF'
from sulguk import transform_html


def lines(html):
    seen = transform_html(html).text.split("\n")[:-1]
    print(html, "->", seen)
    return seen


ITEMS = "<li>الف</li><li>ب</li><li>پ</li>"
assert lines(f"<ol>{ITEMS}</ol>") == ["1. الف", "2. ب", "3. پ"]
assert lines(f'<ol start="5">{ITEMS}</ol>') == ["1. الف", "2. ب", "3. پ"], "from 5 now"
assert lines(f"<ol reversed>{ITEMS}</ol>") == ["2. الف", "1. ب", "0. پ"], "3, 2, 1 now"
assert lines('<ol><li value="5">الف</li><li>ب</li></ol>') == ["5. الف", "6. ب"]
EOF
