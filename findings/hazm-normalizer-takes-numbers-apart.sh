#!/usr/bin/env bash
# hazm 0.12.1: Normalizer, with its defaults, takes web addresses, decimals and dates apart: «https://news.example/a-b» becomes
# «https: / / news. example / a-b», «۱۲.۵» «۱۲ ٫ ۵», 2025-09-24 «۲۰۲۵ - ۰۹ - ۲۴», and «v1.2.3» «v ۱ ٫ ۲.۳».
#
# Spacing around punctuation is what it is for; that it knows no number and no address, while its own tokenizer has options
# for both, is not expected of a text's normal form.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for python in python3.13 python3.12 ""; do  # hazm 0.12 asks for 3.12
    [ -n "$python" ] || { echo "needs Python 3.12 or 3.13 on the path" >&2; exit 2; }
    ! "$python" -c "" 2>"$folder/why" || break
done
"$python" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet hazm==0.12.1
"$folder/venv/bin/python" -W ignore - <<'EOF'
from hazm import Normalizer

normalize = Normalizer().normalize
seen = {text: normalize(text) for text in ("https://news.example/a-b", "۱۲.۵ درصد", "2025-09-24", "نسخهٔ v1.2.3", "۱,۲۵۰,۰۰۰")}
print(seen)
assert list(seen.values()) == [
    "https: / / news. example / a-b",
    "۱۲ ٫ ۵ درصد",
    "۲۰۲۵ - ۰۹ - ۲۴",
    "نسخه v ۱ ٫ ۲.۳",
    "۱ , ۲۵۰ , ۰۰۰",
]
EOF
