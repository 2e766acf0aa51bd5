#!/usr/bin/env bash
# TDLib 1.8.69, HTML mode: a relative link with a dot in it becomes a link to a host of that name, «index.php?id=5» to
# http://index.php/?id=5 and «mailto:desk@news.example» to http://mailto:desk@news.example/.
#
# Other relative links («/news/5», «news/5») are dropped without an error and their text stays, which is what one
# learns to expect; these two are kept, look like links that the source gave, and lead somewhere else.
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


def target(address):
    mode = {"@type": "textParseModeHTML"}
    parsed = execute("parseTextEntities", text=f'<a href="{address}">خبر</a>', parse_mode=mode)
    assert parsed["text"] == "خبر"
    found = [entity["type"]["url"] for entity in parsed["entities"]]
    print(address, "->", found)
    return found


assert target("https://news.example/5") == ["https://news.example/5"]
assert target("/news/5") == target("news/5") == target("?id=5") == target("#bakhsh") == []
assert target("index.php?id=5") == ["http://index.php/?id=5"], "dropped now"
assert target("news.html") == ["http://news.html/"]
assert target("mailto:desk@news.example") == ["http://mailto:desk@news.example/"]
assert target("tel:+982100000000") == []
EOF
