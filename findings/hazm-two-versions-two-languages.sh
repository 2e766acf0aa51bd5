#!/usr/bin/env bash
# hazm 0.10.0 and 0.12.1 stem and tag differently: «ملت» has the stem «مل» in one and «ملت» in the other, «سلام» «سلا»
# and «سل»; a verb's tag V became VERB, and with the other version's tag lemmatize() gives every verb back as it came.
#
# 0.12 needs Python 3.12, so one requirement, hazm>=0.10, is either, by the Python that happens to be there. An
# unknown tag is no error, and what an index or a cache stored under one never meets what the other asks for.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for python in python3.13 python3.12 ""; do  # hazm 0.12 asks for 3.12, 0.10 for 3.11 at most
    [ -n "$python" ] || { echo "needs Python 3.12 or 3.13 on the path, and 3.11" >&2; exit 2; }
    ! "$python" -c "" 2>"$folder/why" || break
done
python3.11 -m venv "$folder/0.10.0"
"$python" -m venv "$folder/0.12.1"
for version in 0.10.0 0.12.1; do
    "$folder/$version/bin/pip" install --quiet "hazm==$version"
    "$folder/$version/bin/python" -W ignore - "$version" <<'EOF'
import sys

from hazm import Lemmatizer, Stemmer

stems = [Stemmer().stem(word) for word in ("ملت", "سلام", "شتر")]
lemmatizer = Lemmatizer()
lemmas = {tag: lemmatizer.lemmatize("می‌روم", tag) for tag in ("V", "VERB")}
print(sys.argv[1], stems, lemmas)
if sys.argv[1] == "0.10.0":
    assert stems == ["مل", "سلا", ""]
    assert lemmas == {"V": "رفت#رو", "VERB": "می‌روم"}
else:
    assert stems == ["ملت", "سل", "ش"]
    assert lemmas == {"V": "می‌روم", "VERB": "رفت#رو"}
EOF
done
