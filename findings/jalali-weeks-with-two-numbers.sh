#!/usr/bin/env bash
# persiantools 6.2.0 and jdatetime 6.1.1: isocalendar() gives one and the same week, from Saturday to Friday, two
# numbers when Nowruz falls into it: Thursday 30 Esfand 1403 is (1403, 53, 6), the next day (1404, 1, 7).
#
# The name promises what ISO 8601's week date is made for, that a week belongs to one year. Here it is cut at new
# year, so whoever counts or groups by (year, week) gets two small weeks once a year, and the last five or six days of
# 1403 stand in a week that has no Friday.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet persiantools==6.2.0 jdatetime==6.1.1
"$folder/venv/bin/python" - <<'EOF'
import jdatetime
from persiantools.jdatetime import JalaliDate

for calendar in (JalaliDate, jdatetime.date):
    thursday, friday = calendar(1403, 12, 30), calendar(1404, 1, 1)
    assert (friday - thursday).days == 1
    print(calendar.__module__, tuple(thursday.isocalendar()), tuple(friday.isocalendar()))
    assert tuple(thursday.isocalendar()) == (1403, 53, 6)
    assert tuple(friday.isocalendar()) == (1404, 1, 7), "the week is whole now"
EOF
