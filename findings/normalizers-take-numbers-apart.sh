#!/usr/bin/env bash
# Persian normalizers space punctuation inside numbers and addresses, with their defaults: «۱,۲۵۰,۰۰۰» becomes «۱ ,
# ۲۵۰ , ۰۰۰» in hazm 0.12.1 and the list of three numbers «۱، ۲۵۰، ۰۰۰» in rishe 0.5.1 and python-negar 1.4.3; «ساعت
# ۱۸:۳۰» is «۱۸: ۳۰» in rishe.
#
# Spacing around punctuation is what they are for; that they know no number and no address, while two of them have
# tokenizers that do, is not expected of a text's normal form. hazm makes «https: / / news. example / a-b» of an
# address and «v ۱ ٫ ۲.۳» of v1.2.3, rishe takes «=» out of addresses and turns «?» into «؟». The sentence around it
# is improved.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for python in python3.13 python3.12 ""; do  # hazm 0.12 asks for 3.12
    [ -n "$python" ] || { echo "needs Python 3.12 or 3.13 on the path" >&2; exit 2; }
    ! "$python" -c "" 2>"$folder/why" || break
done
"$python" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet hazm==0.12.1 rishe==0.5.1 python-negar==1.4.3
"$folder/venv/bin/python" -W ignore - <<'EOF'
import hazm
import rishe
from negar.virastar import PersianEditor

AMOUNT, CLOCK, ADDRESS, VERSION = "۱,۲۵۰,۰۰۰ ریال", "ساعت ۱۸:۳۰", "https://news.example/a-b?x=1", "نسخه v1.2.3"
normalizers = {
    "hazm": hazm.Normalizer().normalize,
    "rishe": rishe.Normalizer().normalize,
    "python-negar": lambda text: PersianEditor(text).cleanup(),
}
seen = {name: [normalize(text) for text in (AMOUNT, CLOCK, ADDRESS, VERSION)] for name, normalize in normalizers.items()}
for name, texts in seen.items():
    print(name, texts)
assert seen["hazm"] == ["۱ , ۲۵۰ , ۰۰۰ ریال", CLOCK, "https: / / news. example / a-b ? x= ۱", "نسخه v ۱ ٫ ۲.۳"]
assert seen["rishe"] == ["۱، ۲۵۰، ۰۰۰ ریال", "ساعت ۱۸: ۳۰", "https: //news. example/a-b؟ x۱", "نسخه v۱. ۲. ۳"]
assert seen["python-negar"] == ["۱، ۲۵۰، ۰۰۰ ریال", CLOCK, ADDRESS, "نسخه v1.۲.۳"]
EOF
