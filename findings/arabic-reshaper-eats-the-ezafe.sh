#!/usr/bin/env bash
# arabic-reshaper 3.1.0 turns «خانهٔ ما» (our house) into «خانه ما» (the house, we): the hamza above ه is removed as
# if it were a vowel mark, unless it was typed as the one letter U+06C0.
#
# In Persian that hamza is spelling and not vocalization. Leaving out harakat is the default and documented; that it
# takes a part of the orthography with it, and only in one of two encodings that look the same, is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet arabic-reshaper==3.1.0
"$folder/venv/bin/python" - <<'EOF'
from unicodedata import normalize

from arabic_reshaper import ArabicReshaper, reshape

TWO_CHARACTERS, ONE_CHARACTER = "خانه\u0654 ما", "خان\u06c0 ما"
for text in (TWO_CHARACTERS, ONE_CHARACTER):
    print(ascii(text), "->", ascii(reshape(text)))
assert reshape(TWO_CHARACTERS) == reshape("خانه ما"), "the hamza stays now"
assert reshape(ONE_CHARACTER) != reshape("خانه ما")
assert normalize("NFC", TWO_CHARACTERS) == TWO_CHARACTERS  # normalizing does not help
assert "\u0654" in ArabicReshaper({"delete_harakat": False}).reshape(TWO_CHARACTERS)
EOF
