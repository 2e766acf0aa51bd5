#!/usr/bin/env bash
# dateparser 1.5.0 reads «دیروز ساعت ۱۸:۳۰» as yesterday at whatever time it is now: the clock is dropped in silence.
#
# Without the word «ساعت» the time is read («دیروز ۱۸:۳۰»), with it and a weekday or a full date too («دوشنبه ساعت
# ۱۸:۳۰»), so the word is known; only the relative days lose what follows it. The answer looks like a time to the
# microsecond.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet dateparser==1.5.0
"$folder/venv/bin/python" -W ignore - <<'EOF'
from datetime import datetime

import dateparser

NOW = datetime(2025, 9, 24, 12, 7)  # a Wednesday


def read(text):
    seen = dateparser.parse(text, languages=["fa"], settings={"RELATIVE_BASE": NOW})
    print(text, "->", seen)
    return seen


assert read("دیروز ۱۸:۳۰") == datetime(2025, 9, 23, 18, 30)
assert read("دوشنبه ساعت ۱۸:۳۰") == datetime(2025, 9, 22, 18, 30)
assert read("دیروز ساعت ۱۸:۳۰") == datetime(2025, 9, 23, 12, 7), "the clock is read now"
assert read("امروز ساعت ۸:۱۵") == NOW
EOF
