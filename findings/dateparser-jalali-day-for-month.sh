#!/usr/bin/env bash
# dateparser 1.5.0, JalaliCalendar: «۰۳/۰۷/۱۴۰۴», 3 Mehr in every Persian paper, is read as 7 Khordad (2025-05-28),
# and «۸:۰۵ ب.ظ» (8:05 p.m.) as five past eight in the morning.
#
# It takes the month first, as Americans do, in a calendar that no American uses; with a day above twelve it is right,
# so about 60 in 100 dates hide it. With the year in front (۱۴۰۴/۰۷/۰۳) and with the month's name it is right too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet dateparser==1.5.0 "convertdate==2.5.1"
"$folder/venv/bin/python" -W ignore - <<'EOF'
from datetime import datetime

from dateparser.calendars.jalali import JalaliCalendar


def read(text):
    seen = JalaliCalendar(text).get_date()
    print(text, "->", seen and seen.date_obj)
    return seen and seen.date_obj


assert read("۱۴۰۴/۰۷/۰۳") == read("۳ مهر ۱۴۰۴") == datetime(2025, 9, 25)
assert read("۰۳/۰۷/۱۴۰۴") == datetime(2025, 5, 28), "the day is read first now"
assert read("۲۳/۰۷/۱۴۰۴") == datetime(2025, 10, 15)
assert read("۳ مهر ۱۴۰۴ - ۱۸:۳۰") == datetime(2025, 9, 25, 18, 30)
assert read("۳ مهر ۱۴۰۴ - ۸:۰۵ ب.ظ") == datetime(2025, 9, 25, 8, 5)
EOF
