#!/usr/bin/env bash
# khayyam 3.0.17 is a day off through the whole year 1404: 2025-09-24 is «۳ مهر» by it, Iran's calendar says 2 Mehr.
#
# Its arithmetic makes 1404 the leap year instead of 1403, so 30 Esfand 1403 does not exist for it and every date up
# to Nowruz 1405 is one too late. Every date before, back to 1376, is right, so it passed its tests for decades;
# jdatetime 6.1.1, persiantools 6.2.0 and convertdate 2.5.1 agree with the calendar. The next slip is in 1437.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet Khayyam==3.0.17 jdatetime==6.1.1 persiantools==6.2.0 convertdate==2.5.1
"$folder/venv/bin/python" -W ignore - <<'EOF'
from datetime import date

import jdatetime
import khayyam
from convertdate import persian
from persiantools.jdatetime import JalaliDate


def day(when):
    peers = {
        (there.year, there.month, there.day)
        for there in (jdatetime.date.fromgregorian(date=when), JalaliDate.to_jalali(when))
    } | {persian.from_gregorian(when.year, when.month, when.day)}
    (right,) = peers
    by_khayyam = khayyam.JalaliDate(when)
    seen = (by_khayyam.year, by_khayyam.month, by_khayyam.day)
    print(when, "khayyam", seen, "the others", right)
    return seen, right


assert day(date(2024, 9, 24)) == ((1403, 7, 3), (1403, 7, 3))
assert day(date(2025, 3, 20)) == ((1404, 1, 1), (1403, 12, 30)), "khayyam knows the leap day now"
assert day(date(2025, 9, 24)) == ((1404, 7, 3), (1404, 7, 2))
assert day(date(2026, 3, 20)) == ((1404, 12, 30), (1404, 12, 29))
assert day(date(2026, 3, 21)) == ((1405, 1, 1), (1405, 1, 1))
years = [year for year in range(1376, 1437) if khayyam.JalaliDate(year, 1, 1).isleap != JalaliDate.is_leap(year)]
print("years in which khayyam and persiantools differ:", years)
assert years == [1403, 1404, 1436]
EOF
