#!/usr/bin/env bash
# TDLib 1.8.69 ends a hashtag at a vowel mark, so «#مُدیر» is the hashtag «#م», while a zero-width non-joiner, which
# parts words, belongs to it: «#خانه‌ها» is one hashtag.
#
# A mark is part of its letter, so one expects the reverse. Two hashtags with nothing between them, «#قم#ری», are
# none.
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


def hashtags(text):
    found = [
        text[entity["offset"] : entity["offset"] + entity["length"]]
        for entity in execute("getTextEntities", text=text)["entities"]
        if entity["type"]["@type"] == "textEntityTypeHashtag"
    ]
    print(ascii(text), "->", ascii(found))
    return found


assert hashtags("#مدیر") == ["#مدیر"]
assert hashtags("#مُدیر") == ["#م"], "the mark belongs to the hashtag now"
assert hashtags("#خانه\u200cها") == ["#خانه\u200cها"]
assert hashtags("#قم #ری") == ["#قم", "#ری"]
assert hashtags("#قم#ری") == []
EOF
