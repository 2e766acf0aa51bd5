#!/usr/bin/env bash
# trafilatura 2.3.1: «شهردار می‌گوید …» (the mayor says) and «شهردار نمی‌گوید …» (the mayor does not say) have one
# content_fingerprint(), and Simhash says that they are equal (1.0).
#
# Words are counted only where they are all letters and digits, and a word with a zero-width non-joiner is not: in
# Persian that is every verb of the present tense, said or denied, and most plurals. The same two texts written
# without non-joiners differ. Whoever leaves out an article whose fingerprint is known leaves out the denial.
# Fingerprint a text whose non-joiners were taken out before.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet trafilatura==2.3.1 lxml==6.1.3 lxml_html_clean==0.4.6
"$folder/venv/bin/python" -W ignore - <<'EOF'
from trafilatura.deduplication import Simhash, content_fingerprint

says = "شهردار می‌گوید پل تازه ساخته می‌شود و کارگران بیمه می‌شوند"
denies = "شهردار نمی‌گوید پل تازه ساخته نمی‌شود و کارگران بیمه نمی‌شوند"


def compare(first, second):
    prints = content_fingerprint(first), content_fingerprint(second)
    alike = Simhash(first).similarity(Simhash(second))
    print(*prints, alike)
    return prints[0] == prints[1], alike


assert compare(says, denies) == (True, 1.0), "words with a non-joiner count now"
equal, alike = compare(says.replace("\u200c", ""), denies.replace("\u200c", ""))
assert not equal and alike < 1.0
EOF
