#!/usr/bin/env bash
# SQLite 3.54.1, FTS5 with unicode61: a word between isolates (U+2068 … U+2069), as careful software writes names into
# right-to-left text, is never found; between older direction marks (RLM, U+202B … U+202C) it is.
#
# All of these are format characters, which unicode61 takes for separators, as it does the zero-width non-joiner. But
# its table of characters is that of Unicode 6.1, of 2012, and isolates came with 6.3: to it they are unassigned, and
# such characters belong to the word. No option of the tokenizer's brings its table up to date; `separators` can name
# them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet apsw==3.54.1.0
"$folder/venv/bin/python" - <<'EOF'
import apsw

connection = apsw.Connection(":memory:")


def found(tokenizer, text):
    connection.execute("DROP TABLE IF EXISTS news")
    connection.execute(f'CREATE VIRTUAL TABLE news USING fts5(title, tokenize="{tokenizer}")')
    connection.execute("INSERT INTO news VALUES (?)", (text,))
    seen = bool(connection.execute("SELECT 1 FROM news WHERE news MATCH 'قم'").fetchall())
    print(apsw.sqlite_lib_version(), tokenizer, ascii(text), seen)
    return seen


assert found("unicode61", "باران \u200fقم\u200f آمد")
assert found("unicode61", "باران \u202bقم\u202c آمد")
assert not found("unicode61", "باران \u2068قم\u2069 آمد"), "isolates are separators now"
assert not found("unicode61", "باران \u2067قم\u2069 آمد")
assert found("unicode61 separators '\u2066\u2067\u2068\u2069'", "باران \u2068قم\u2069 آمد")
EOF
