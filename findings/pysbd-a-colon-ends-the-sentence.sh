#!/usr/bin/env bash
# pySBD 0.3.4, language "fa": «شهردار گفت: پل تازه گشایش می‌یابد.» is two sentences, who says it and what; and a web
# address is cut after «https:».
#
# With the rules for English the same text is one sentence. A colon introduces what follows in Persian as it does
# there; a summary that picks sentences then prints a claim without the one who made it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pysbd==0.3.4
"$folder/venv/bin/python" -W ignore - <<'EOF'
import pysbd


def sentences(text, language):
    seen = [part.strip() for part in pysbd.Segmenter(language=language, clean=False).segment(text)]
    print(language, seen)
    return seen


SAID = "شهردار گفت: پل تازه گشایش می‌یابد."
assert sentences(SAID, "en") == [SAID]
assert sentences(SAID, "fa") == ["شهردار گفت:", "پل تازه گشایش می‌یابد."], "one sentence now"
assert sentences("به https://news.example/a بروید.", "fa") == ["به https:", "//news.example/a بروید."]
assert sentences("ساعت ۱۸:۳۰ آغاز شد.", "fa") == ["ساعت ۱۸:۳۰ آغاز شد."]
EOF
