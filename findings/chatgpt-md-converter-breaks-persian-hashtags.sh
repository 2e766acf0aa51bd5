#!/usr/bin/env bash
# chatgpt-md-converter 0.3.12, telegram_format: «#استان_خراسان_جنوبی» becomes #استان<i>خراسان</i>جنوبی;
# #ostan_khorasan_jonubi is left alone. So is 2*3*4, and «۲*۳*۴» is not.
#
# Underscores and asterisks within a word are no emphasis, which it knows, but a word is made of ASCII letters and
# digits to it. A post loses its hashtags, and the paths of addresses («…/متن_دو_سه») get tags into the middle.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet chatgpt_md_converter==0.3.12
"$folder/venv/bin/python" - <<'EOF'
from chatgpt_md_converter import telegram_format


def html(text):
    seen = telegram_format(text)
    print(text, "->", seen)
    return seen


for text in ("#ostan_khorasan_jonubi", "2*3*4", "https://news.example/a_b_c"):
    assert html(text) == text
assert html("#استان_خراسان_جنوبی") == "#استان<i>خراسان</i>جنوبی", "a word now"
assert html("۲*۳*۴") == "۲<i>۳</i>۴"
assert html("https://news.example/متن_دو_سه") == "https://news.example/متن<i>دو</i>سه"
EOF
