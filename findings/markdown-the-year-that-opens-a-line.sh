#!/usr/bin/env bash
# A paragraph that begins «۱۴۰۴. سال …» loses its year in Python-Markdown 3.11.3 (a list whose first number is 1), is
# item 1404 of a list in mistune 3.4.0, and is the paragraph it is in markdown-it-py 4.3.0. Of «۲۴. ۰۹. ۲۰۲۵» only the
# year is left, in two nested lists.
#
# By CommonMark a list's number is of the digits 0 to 9. The two others look for \d, which in Python is a digit of any
# script; so a list typed with Persian digits, «۵.» and «۶.», is numbered anew from one by the first. Write «۱۴۰۴\.»,
# or use a parser that goes by CommonMark.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet Markdown==3.11.3 mistune==3.4.0 markdown-it-py==4.3.0
"$folder/venv/bin/python" - <<'EOF'
import markdown
import mistune
from markdown_it import MarkdownIt


def html(text):
    seen = [render(text).replace("\n", "") for render in (markdown.markdown, mistune.html, MarkdownIt().render)]
    print(text, "->", seen)
    return seen


YEAR = "۱۴۰۴. سال باران بود"
assert html(YEAR) == ["<ol><li>سال باران بود</li></ol>", '<ol start="1404"><li>سال باران بود</li></ol>', f"<p>{YEAR}</p>"]
assert html("۵. قم\n\n۶. یزد")[0].startswith("<ol><li>"), "starts from 5 now"
assert "24" not in html("۲۴. ۰۹. ۲۰۲۵")[0]
EOF
