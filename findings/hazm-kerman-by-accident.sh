#!/usr/bin/env bash
# hazm 0.12.1: InformalNormalizer turns «کرمون» into «کرمان» and «لرستون» into «لرستان», but neither «تهرون» nor
# «گیلون», and the town of «دورود» into «درود» (greetings).
#
# It has no rule for -un, as Tehran says -an, and no list of places. «کرمون» is read as «کر» (deaf) with «مون» (our),
# which in writing is «کرمان»; «لرستون» as «لرس» with «تون» (your). Whoever tries it with Kerman, the usual example,
# sees it work.
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
from hazm import InformalNormalizer

normalizer = InformalNormalizer()
readings = {word: normalizer.normalized_word(word) for word in "کرمون لرستون تهرون گیلون زنجون دورود".split()}
print(readings)
assert readings["کرمون"] == ["کرمان"] and readings["لرستون"] == ["لرستان"]
assert readings["تهرون"] == ["تهرون"] and readings["گیلون"] == ["گیلون"] and readings["زنجون"] == ["زنجون"], "known now"
assert readings["دورود"][0] == "درود"
EOF
