#!/usr/bin/env bash
# Decomposed and freed of its marks, as accents are folded everywhere (Python's unicodedata, JavaScript's normalize,
# scikit-learn 1.9.1's strip_accents="unicode"), «خانۀ» ends in U+06D5, a vowel of Kurdish and Uyghur, and «مسئول» has
# the Arabic U+064A in it: neither is a letter of Persian, and no one who types «خانه» or «مسیول» meets them.
#
# The letter U+06C0 (ۀ) is "heh with yeh above" by its name and U+06D5 with a hamza by its decomposition, and U+0626 (ئ)
# that of the Arabic yeh; «خانهٔ», the same word in two characters, folds as one expects. Both forms of the ezafe look
# alike and are common. Map ۀ to ه and ئ to ی first, or fold the Arabic yeh and U+06D5 afterwards. (node.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet scikit-learn==1.9.1
"$folder/venv/bin/python" -W ignore - <<'EOF'
import subprocess
import unicodedata

from sklearn.feature_extraction.text import CountVectorizer

SCRIPT = r"console.log([...process.argv[1].normalize('NFKD').replace(/\p{M}/gu, '')].join(''))"


def folded(word):
    decomposed = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    (token,) = CountVectorizer(strip_accents="unicode").fit([word]).get_feature_names_out()
    script = subprocess.run(["node", "-e", SCRIPT, word], check=True, capture_output=True, encoding="utf-8").stdout.strip()
    print(ascii(word), "->", *map(ascii, (decomposed, token, script)))
    (fold,) = {decomposed, token, script}
    return fold


assert folded("خان\u06c0") == "خان\u06d5" != "خانه"
assert folded("خان\u0647\u0654") == "خانه"
assert folded("مس\u0626ول") == "مس\u064aول" != "مس\u06ccول"
EOF
