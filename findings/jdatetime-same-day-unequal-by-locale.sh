#!/usr/bin/env bash
# jdatetime 6.1.1: the same day with locale="fa_IR" and without it are not equal, though neither is before the other
# and their difference is zero.
#
# The locale only chooses the names of months in strftime, and yet it is part of equality and of the hash: `a <= b`,
# `a >= b` and `a - b == 0` hold while `a == b` does not, both equal the same Gregorian date, and a dictionary by day
# gets two entries for one day as soon as somebody formats before storing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jdatetime==6.1.1
"$folder/venv/bin/python" - <<'EOF'
from datetime import date, timedelta

import jdatetime

plain = jdatetime.datetime(1404, 7, 2, 18, 30)
persian = jdatetime.datetime(1404, 7, 2, 18, 30, locale="fa_IR")
print("==", plain == persian, "| <=", plain <= persian, "| >=", plain >= persian, "| -", plain - persian)
assert plain <= persian and plain >= persian and plain - persian == timedelta(0)
assert plain != persian, "the locale is no part of equality now"
days = {jdatetime.date(1404, 7, 2), jdatetime.date(1404, 7, 2, locale="fa_IR")}
assert len(days) == 2
assert jdatetime.date(1404, 7, 2) == date(2025, 9, 24)
EOF
