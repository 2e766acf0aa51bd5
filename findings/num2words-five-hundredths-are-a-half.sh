#!/usr/bin/env bash
# num2words 0.5.14, lang="fa": 12.05 is «دوازده و نیم» (twelve and a half), 1.005 one and a half, 0.05 a half.
#
# A fraction whose digits are a single five is called نیم, wherever the five stands: 12.5, 12.05 and 12.005 read
# alike. All other fractions are right («دو صدم», «سی و چهار صدم»), so samples pass. 10**18 is the empty string,
# without an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet num2words==0.5.14
"$folder/venv/bin/python" - <<'EOF'
from decimal import Decimal

from num2words import num2words


def words(number):
    seen = num2words(number, lang="fa")
    print(number, "->", repr(seen))
    return seen


assert words(12.02) == "دوازده و دو صدم"
assert words(12.5) == "دوازده و نیم"
assert words(12.05) == words(Decimal("12.05")) == "دوازده و نیم", "hundredths now"
assert words(1.005) == "یک و نیم"
assert words(0.05) == "نیم"
assert words(10**15) == "یک تریلیارد" and words(10**18) == ""
EOF
