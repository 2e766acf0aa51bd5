#!/usr/bin/env bash
# Four engines have four words in «می‌شود»: Python's re two, regex 2026.11.19 and Rust's (polars 2.1.0) one, with the
# non-joiner in it, and google-re2 1.1.20251105 none: to it neither ی nor ش is \w, and \bقم\b is found in nothing.
#
# re2 is the drop-in against patterns that take for ever, for instance those that a desk types to route its articles;
# it takes Unicode text, \p{L} and «قم» itself, and only the classes with a backslash are ASCII. The route is valid and
# never taken. Vowel marks part the words of re («مُدیر») and not those of the others. Write the letters out:
# (?:^|[^\p{L}\p{M}])قم(?:$|[^\p{L}\p{M}]) means the same in regex, re2 and Rust.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet google-re2==1.1.20251105 regex==2026.11.19 polars==2.1.0
"$folder/venv/bin/python" - <<'EOF'
import re

import polars
import re2
import regex

SPELLED = r"(?:^|[^\p{L}\p{M}])قم(?:$|[^\p{L}\p{M}])"


def words(text):
    rust = polars.Series([text]).str.extract_all(r"\w+")[0].to_list()
    seen = {"re": re.findall(r"\w+", text), "regex": regex.findall(r"\w+", text), "rust": rust, "re2": re2.findall(r"\w+", text)}
    print({name: [ascii(word) for word in found] for name, found in seen.items()})
    return list(seen.values())


assert words("می\u200cشود") == [["می", "شود"], ["می\u200cشود"], ["می\u200cشود"], []], "they agree more now"
assert words("مُدیر") == [["م", "دیر"], ["مُدیر"], ["مُدیر"], []]
found = [bool(engine.search(r"\bقم\b", "باران در قم آمد")) for engine in (re, regex, re2)]
print("between \\b:", found)
assert found == [True, True, False]
assert polars.Series(["باران در قم آمد"]).str.contains(SPELLED)[0]
assert all(engine.search(SPELLED, "باران در قم آمد") and not engine.search(SPELLED, "قمری") for engine in (regex, re2))
EOF
