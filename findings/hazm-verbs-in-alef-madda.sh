#!/usr/bin/env bash
# hazm 0.12.1: Conjugation spells «let me bring» «بآورم» and «I don't come» «نآیم», as nobody writes them; «بیاورم»
# and «نیایم» are no forms of a verb to its Lemmatizer, which is made from it.
#
# Before آ the prefixes take a ی and the madda goes, in all verbs such as آوردن, آمدن, آموختن, آزمودن. «نیایم» comes
# out as the noun «نیا» (ancestor). The forms without a prefix and with «می‌» are right, as are all those of other
# verbs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for python in python3.13 python3.12 ""; do  # hazm 0.12 asks for 3.12
    [ -n "$python" ] || { echo "needs Python 3.12 or 3.13 on the path" >&2; exit 2; }
    ! "$python" -c "" 2>"$folder/why" || break
done
"$python" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet hazm==0.12.1
"$folder/venv/bin/python" -W ignore - <<'EOF'
from hazm import Conjugation, Lemmatizer

verbs, lemmatizer = Conjugation(), Lemmatizer()
bring, come = verbs.subjunctive_perfective_present("آور")[0], verbs.negative_perfective_present("آی")[0]
lemmas = {word: lemmatizer.lemmatize(word) for word in ("می‌آورم", "بآورم", "بیاورم", "نیایم")}
print(bring, come, lemmas)
assert bring == "بآورم" and come == "نآیم", "spelled as written now"
assert lemmas["می‌آورم"] == lemmas["بآورم"] == "آورد#آور"
assert lemmas["بیاورم"] == "بیاورم" and lemmas["نیایم"] == "نیا"
EOF
