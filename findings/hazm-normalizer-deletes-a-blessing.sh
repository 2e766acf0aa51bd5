#!/usr/bin/env bash
# hazm 0.12.1: Normalizer, with its defaults, deletes «ﷺ» (the blessing after the Prophet's name) and the hamza of
# «خانهٔ ما».
#
# «ﷲ» and «﷼», its neighbours in Unicode, are written out («الله», «ریال»), so one expects the same of «ﷺ» and not a
# hole of two spaces. The hamza over ه is the ezafe, not a vowel mark that can be left out without another sense:
# «خانهٔ ما» is our house, «خانه ما» may be «the house, we».
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
seen = [normalize(text) for text in ("پیامبر ﷺ فرمود", "ﷲ", "﷼", "خانه\u0654 ما")]
print([ascii(text) for text in seen])
assert seen == ["پیامبر  فرمود", "الله", "ریال", "خانه ما"]
EOF
