#!/usr/bin/env bash
# One vowel mark, «مُدیر» for «مدیر», makes two words of one in SQLite's FTS5 (3.54.1, all settings of
# remove_diacritics), in Whoosh 2.7.4, rapidfuzz 3.14.6's default_process and python-slugify 9.2.0; in tantivy 0.27.0
# it stays within the word.
#
# remove_diacritics is FTS5's setting for letters such as é, and one takes it to be about marks: on Arabic script it
# does nothing, and the mark, being no letter, is a separator. «مدیر» then finds neither, «دیر» (late) finds the
# director.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet apsw==3.54.1.0 Whoosh==2.7.4 RapidFuzz==3.14.6 python-slugify==9.2.0 tantivy==0.27.0
"$folder/venv/bin/python" -W ignore - <<'EOF'
import apsw
import tantivy
from rapidfuzz.utils import default_process
from slugify import slugify
from whoosh.analysis import SimpleAnalyzer

WORD, PARTS = "مُدیر", ["م", "دیر"]


def by_fts5(setting):
    connection = apsw.Connection(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE news USING fts5(title, tokenize='unicode61 remove_diacritics {setting}')")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5vocab(news, instance)")
    connection.execute("INSERT INTO news VALUES (?)", (WORD,))
    return [term for term, *_ in connection.execute("SELECT term, offset FROM words ORDER BY offset")]


seen = {f"FTS5 {setting}": by_fts5(setting) for setting in (0, 1, 2)} | {
    "Whoosh": [token.text for token in SimpleAnalyzer()(WORD)],
    "rapidfuzz": default_process(WORD).split(),
    "slugify": slugify(WORD, allow_unicode=True).split("-"),
}
print(seen)
assert all(words == PARTS for words in seen.values()), "the word is whole somewhere now"
tokenizer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).build()
print("tantivy", tokenizer.analyze(WORD))
assert tokenizer.analyze(WORD) == [WORD]
EOF
