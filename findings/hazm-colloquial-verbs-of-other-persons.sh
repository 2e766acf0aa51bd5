#!/usr/bin/env bash
# hazm 0.12.1: InformalNormalizer.iverb_map, its table of colloquial verbs, says that «می‌خوام» (I want) stands for
# «داشتند خواسته می‌شدند» (they were being wanted), and «بگم» (let me say) for «نگفته‌ایم» (we have not said).
#
# The same object's normalized_word() answers «می‌خواهم», so whoever looks at the class trusts the table. It pairs the
# colloquial forms with a slice of all forms of the verb by position, and that list has grown since.
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
for said in ("می‌خوام", "می‌رم", "بگم"):
    print(said, "->", normalizer.iverb_map[said], "| normalized_word:", normalizer.normalized_word(said))
assert normalizer.normalized_word("می‌خوام") == ["می‌خواهم"]
assert normalizer.iverb_map["می‌خوام"] == "داشتند خواسته می‌شدند", "the table is in step now"
assert normalizer.iverb_map["می‌رم"] == "داشتند رفته می‌شدند"
assert normalizer.iverb_map["بگم"] == "نگفته‌ایم"
EOF
