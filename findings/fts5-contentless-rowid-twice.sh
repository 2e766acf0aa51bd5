#!/usr/bin/env bash
# SQLite 3.54.1, FTS5 with contentless_delete=1: a rowid that is there already can be inserted again, and then the
# words of the first text are found for ever; DELETE takes only those of the second, and integrity-check has no
# objection.
#
# Ordinary tables, and FTS5 tables with their own content, refuse with a constraint error or replace the row.
# Contentless ones with contentless_delete are documented to support DELETE and INSERT OR REPLACE, which makes one
# think that a row is known by its rowid there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet apsw==3.54.1.0
"$folder/venv/bin/python" - <<'EOF'
import apsw

connection = apsw.Connection(":memory:")
connection.execute("CREATE VIRTUAL TABLE own USING fts5(title)")
connection.execute("INSERT INTO own (rowid, title) VALUES (1, 'باران')")
try:
    connection.execute("INSERT INTO own (rowid, title) VALUES (1, 'برف')")
    raise SystemExit("a table with content takes a rowid twice now")
except apsw.ConstraintError as refused:
    print("with content:", refused)

connection.execute("CREATE VIRTUAL TABLE news USING fts5(title, content='', contentless_delete=1)")
connection.execute("INSERT INTO news (rowid, title) VALUES (1, 'باران')")
connection.execute("INSERT INTO news (rowid, title) VALUES (1, 'برف')")
connection.execute("DELETE FROM news WHERE rowid = 1")


def rows(word):
    return [rowid for (rowid,) in connection.execute("SELECT rowid FROM news WHERE news MATCH ?", (word,))]


print("contentless, after DELETE: باران", rows("باران"), "برف", rows("برف"))
assert rows("باران") == [1] and rows("برف") == [], "the first text is gone now"
connection.execute("INSERT INTO news (news) VALUES ('integrity-check')")
connection.execute("DELETE FROM news WHERE rowid = 1")
assert rows("باران") == [1]
EOF
