#!/usr/bin/env bash
# TDLib 1.8.69 takes a Persian comma, question mark or percent sign that follows a web address into the link, and
# makes no link at all of a bare domain before one.
#
# «https://news.example/qom،» links to an address that ends in «،», which does not exist, while a full stop, a Latin
# comma and guillemets are left out as everybody expects; and «example.ir» is a link, «example.ir،» none. The rule for
# what ends an address knows Latin punctuation and guillemets only.
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


ADDRESS = "https://news.example/qom"
for mark in ".,!:":
    assert links(f"{ADDRESS}{mark} ادامه") == [ADDRESS]
for mark in "،؛؟٪۔":
    assert links(f"{ADDRESS}{mark} ادامه") == [ADDRESS + mark], "the mark is left out now"
assert links(f"«{ADDRESS}» ادامه") == [ADDRESS]
assert links("در example.ir بخوانید") == ["example.ir"] and links("در example.ir, بخوانید") == ["example.ir"]
assert links("در example.ir، بخوانید") == [], "a link now"
EOF
