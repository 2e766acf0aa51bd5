#!/usr/bin/env bash
# nh3 0.3.8 keeps lang="fa" on every element and takes dir="rtl" away from all of them but <bdo>.
#
# Both are global attributes of equal harmlessness, and a list of defaults that knows the one and not the other is not
# expected: cleaned Persian keeps saying that it is Persian and loses that it runs from the right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nh3==0.3.8
"$folder/venv/bin/python" - <<'EOF'
import nh3

paragraph = nh3.clean('<p dir="rtl" lang="fa">باران</p>')
override = nh3.clean('<bdo dir="rtl" lang="fa">باران</bdo>')
print(paragraph, override)
assert paragraph == '<p lang="fa">باران</p>', "dir stays now"
assert 'dir="rtl"' in override
assert 'dir="rtl"' not in nh3.clean('<ol dir="rtl"><li dir="rtl">باران</li></ol><blockquote dir="rtl">باران</blockquote>')
EOF
