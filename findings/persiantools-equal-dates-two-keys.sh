#!/usr/bin/env bash
# persiantools 6.2.0: JalaliDate(1404, 7, 2) == date(2025, 9, 24) is True, and their hashes differ.
#
# So a set holds the day twice and a dictionary filled with the one does not find the other, although comparing them
# says yes both ways. Python's rule is that what compares equal hashes equal; jdatetime 6.1.1 keeps it. The same for
# JalaliDateTime and datetime.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet persiantools==6.2.0 jdatetime==6.1.1
"$folder/venv/bin/python" - <<'EOF'
from datetime import date, datetime, timezone

import jdatetime
from persiantools.jdatetime import JalaliDate, JalaliDateTime

there, here = JalaliDate(1404, 7, 2), date(2025, 9, 24)
print("equal:", there == here, here == there, "| different keys in a set:", len({there, here}))
assert there == here and here == there
assert len({there, here}) == 2, "they hash alike now"
assert {there: "news"}.get(here) is None
moment = datetime(2025, 9, 24, 15, tzinfo=timezone.utc)
assert JalaliDateTime.to_jalali(moment) == moment and len({JalaliDateTime.to_jalali(moment), moment}) == 2
assert len({jdatetime.date(1404, 7, 2), here}) == 1
EOF
