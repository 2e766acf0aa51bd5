#!/usr/bin/env bash
# sentencex 1.0.32, language "fa", ends a sentence within a number: «رشد ۳.۵ درصد بود.» is «رشد ۳.» and «۵ درصد بود.»;
# with Latin digits (3.5) it is one. segtok 1.5.11, the splitter of YAKE, never ends one at «؟».
#
# The full stop between digits is the common decimal point of Persian news, «٫» being on few keyboards. A summary made
# of whole sentences then says a growth of three, and nothing marks what is missing. Join what was cut between two
# digits, or ask hazm, which does not cut there; for segtok turn «؟» into «?» first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet sentencex==1.0.32 segtok==1.5.11
"$folder/venv/bin/python" -W ignore - <<'EOF'
from segtok.segmenter import split_single
from sentencex import segment


def sentences(text):
    seen = [sentence.strip() for sentence in segment("fa", text)]
    print(text, "->", seen)
    return seen


assert sentences("رشد ۳.۵ درصد بود.") == ["رشد ۳.", "۵ درصد بود."], "whole now"
assert sentences("رشد 3.5 درصد بود.") == ["رشد 3.5 درصد بود."]
assert sentences("پل کجاست؟ در قم است.") == ["پل کجاست؟", "در قم است."]
for mark, count in (("؟", 1), ("?", 2)):
    seen = list(split_single(f"پل کجاست{mark} در قم است."))
    print("segtok", seen)
    assert len(seen) == count
EOF
