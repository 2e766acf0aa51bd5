#!/usr/bin/env bash
# humanize 4.17.0, activated for fa_IR: ordinal(10) is «10صفرمین» (10-zeroth), so are 11 to 13, and among its phrases
# «۱ سال و ۱ ماه پیش» has Persian digits, «2 سال پیش» and «3 ساعت پیش» Latin ones.
#
# English endings depend on the last digit, so the code asks for the ending of that digit; the Persian translation put
# whole words in their place. A locale that is listed as supported and whose other phrases are good makes one trust
# this one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet humanize==4.17.0
"$folder/venv/bin/python" - <<'EOF'
from datetime import timedelta

import humanize

humanize.i18n.activate("fa_IR")
ordinals = [humanize.ordinal(number) for number in (3, 10, 13, 21)]
ages = [humanize.naturaltime(timedelta(days=days)) for days in (400, 800)] + [humanize.naturaltime(timedelta(hours=3))]
print(ordinals, ages)
assert ordinals == ["3سومین", "10صفرمین", "13صفرمین", "21اولین"]
assert ages == ["۱ سال و ۱ ماه پیش", "2 سال پیش", "3 ساعت پیش"]
EOF
