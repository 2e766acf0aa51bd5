#!/usr/bin/env bash
# «**«خانه»**‌ها» and «**(قم)**ی» stay as they are, asterisks and all, in markdown-it-py 4.3.0, mistune 3.4.0 (the second)
# and telegramify-markdown 1.4.1, which then posts the asterisks; Python-Markdown 3.11.3 makes both bold.
#
# CommonMark lets a mark close where punctuation stands before it only if a space or punctuation follows. In Persian an
# ending is written onto the closed quotation, with a zero-width non-joiner, which is neither. A quotation followed by a
# space is bold, and so is a word with an ending. Write <b>, or put the marks inside: «**خانه**»‌ها.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet Markdown==3.11.3 mistune==3.4.0 markdown-it-py==4.3.0 telegramify-markdown==1.4.1
"$folder/venv/bin/python" -W ignore - <<'EOF' 2>"$folder/stderr" || { cat "$folder/stderr" >&2; exit 1; }
import markdown
import mistune
from markdown_it import MarkdownIt
from telegramify_markdown import markdownify

QUOTED, BRACKETS = "**«خانه»**\u200cها", "**(قم)**ی"


def bold(text):
    renders = {"Python-Markdown": markdown.markdown, "mistune": mistune.html, "markdown-it-py": MarkdownIt().render}
    seen = {name: "<strong>" in render(text) for name, render in renders.items()}
    post = markdownify(text)
    print(text, seen, post)
    return seen | {"telegramify": "\\*\\*" not in post}


assert bold(QUOTED) == {"Python-Markdown": True, "mistune": True, "markdown-it-py": False, "telegramify": False}, "bold now"
assert bold(BRACKETS) == {"Python-Markdown": True, "mistune": False, "markdown-it-py": False, "telegramify": False}
assert all(bold("**«خانه»** ما").values()) and all(bold("«**خانه**»\u200cها").values()) and all(bold("**خانه**\u200cها").values())
EOF
