#!/usr/bin/env bash
# TDLib 1.8.69 turns all but the last of several direction marks in a row into zero-width non-joiners, and takes
# U+2028 to U+202E out of every text: «RLM RLM قم» is stored as «ZWNJ RLM قم».
#
# A character is not removed but replaced by another one with a meaning of its own in Persian. It is done where a text
# is taken for sending, not where its markup is parsed, so parseTextEntities shows nothing; what was sent and what is
# there differ, in length too. Isolates (U+2066 to U+2069) and the Arabic letter mark stay as they are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tdjson==1.8.69
"$folder/venv/bin/python" - <<'EOF'
import json

import tdjson


def execute(kind, **fields):
    return json.loads(tdjson.td_execute(json.dumps({"@type": kind, **fields}).encode()))


execute("setLogVerbosityLevel", new_verbosity_level=0)


def taken(text):
    whole = {"@type": "formattedText", "text": text, "entities": []}
    seen = execute("parseMarkdown", text=whole)["text"]
    print(ascii(text), "->", ascii(seen))
    return seen


RLM, LRM, ZWNJ = "\u200f", "\u200e", "\u200c"
assert taken(f"{RLM}قم") == f"{RLM}قم"
assert taken(f"{RLM}{RLM}{RLM}قم") == f"{ZWNJ}{ZWNJ}{RLM}قم", "the marks stay marks now"
assert taken(f"{LRM}{RLM}قم") == f"{ZWNJ}{RLM}قم"
assert taken("قم \u202bری\u202c یزد") == "قم ری یزد"
assert taken("قم \u2067ری\u2069 یزد") == "قم \u2067ری\u2069 یزد"
assert taken("\u061c\u061cقم") == "\u061c\u061cقم"
parsed = execute("parseTextEntities", text=f"{RLM}{RLM}قم", parse_mode={"@type": "textParseModeHTML"})
assert parsed["text"] == f"{RLM}{RLM}قم"
EOF
