#!/usr/bin/env bash
# dateparser 1.5.0, JalaliCalendar: «پنج‌شنبه ۳ مهر ۱۴۰۴», spelled as the Academy has it, is no date (None); spelled
# wrongly, with a space or in one word, it is.
#
# The weekdays that are written with a zero-width non-joiner (یک‌شنبه, سه‌شنبه, پنج‌شنبه) take the whole date with
# them, the others do not: it works on four days of the week. The library's own names of weekdays for Persian dates
# without Jalali months disagree: dateparser.parse knows «سه‌شنبه» and not «پنج‌شنبه», «پنج شنبه» and not «سه شنبه».
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet dateparser==1.5.0 "convertdate==2.5.1"
"$folder/venv/bin/python" -W ignore - <<'EOF'
import dateparser
from dateparser.calendars.jalali import JalaliCalendar


def is_read(weekday):
    seen = JalaliCalendar(f"{weekday} ۳ مهر ۱۴۰۴").get_date() is not None
    print(ascii(weekday), weekday, seen)
    return seen


for weekday in ("شنبه", "یکشنبه", "دوشنبه", "سه شنبه", "چهارشنبه", "پنجشنبه", "پنج شنبه", "جمعه"):
    assert is_read(weekday)
for weekday in ("یک\u200cشنبه", "سه\u200cشنبه", "پنج\u200cشنبه"):
    assert not is_read(weekday), "read now"

known = {day: dateparser.parse(day, languages=["fa"]) is not None for day in ("سه\u200cشنبه", "سه شنبه", "پنج\u200cشنبه", "پنج شنبه")}
print(known)
assert list(known.values()) == [True, False, False, True]
EOF
