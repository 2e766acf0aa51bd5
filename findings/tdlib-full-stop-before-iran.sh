#!/usr/bin/env bash
# TDLib 1.8.69 (Telegram's own parser) makes a link of «رسید.ایران» in «بازی به پایان رسید.ایران برد»: one space
# forgotten after a full stop, and the last word of one sentence and the first of the next become a web address.
#
# ایران, عراق, قطر, عمان, مصر, تونس, پاکستان, بازار and همراه are top-level domains, and all of them begin sentences
# in the news. Latin text has the same rule, but there a sentence rarely begins with a lower-case domain. Nobody wrote
# a link, no parse mode was given, and what the reader taps is a stranger's address. Words that are no domain (سوریه,
# افغانستان) show nothing, so it looks like chance.
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


def links(text):
    found = [
        text[entity["offset"] : entity["offset"] + entity["length"]]
        for entity in execute("getTextEntities", text=text)["entities"]
        if entity["type"]["@type"] == "textEntityTypeUrl"
    ]
    print(text, "->", found)
    return found


assert links("بازی به پایان رسید.ایران برد") == ["رسید.ایران"], "no link now"
assert links("نرخ ارز افزایش یافت.بازار آرام است") == ["یافت.بازار"]
assert links("وزیر خارجه آمد.عراق استقبال کرد") == ["آمد.عراق"]
assert links("بازی به پایان رسید. ایران برد") == []
assert links("وزیر خارجه آمد.سوریه استقبال کرد") == []
EOF
