#!/usr/bin/env bash
# tantivy 0.27.0 for Python: the ranges of snippet.highlighted() count UTF-8 bytes, the text they belong to is a str;
# on Persian text[start:end] is another word or nothing. set_max_num_chars(20) too means 20 bytes, ten letters.
#
# A Python object that hands out a str and two numbers means characters, and on Latin text it does. to_html(), made
# from the same ranges, is right, so the fault shows only where somebody marks the words by other means.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tantivy==0.27.0
"$folder/venv/bin/python" -W ignore - <<'EOF'
import tantivy


def snippet(text, word, limit=150):
    schema = tantivy.SchemaBuilder().add_text_field("title", stored=True).build()
    index = tantivy.Index(schema)
    writer = index.writer(15_000_000, 1)
    writer.add_document(tantivy.Document(title=text))
    writer.commit()
    index.reload()
    searcher, query = index.searcher(), index.parse_query(word, ["title"])
    generator = tantivy.SnippetGenerator.create(searcher, query, schema, "title")
    generator.set_max_num_chars(limit)
    return generator.snippet_from_doc(searcher.doc(searcher.search(query, 1).hits[0][1]))


def marked(text, word):
    found = snippet(text, word)
    (part,) = found.highlighted()
    fragment = found.fragment()
    print(repr(fragment[part.start : part.end]), repr(fragment.encode()[part.start : part.end].decode()), found.to_html())
    return fragment[part.start : part.end]


assert marked("rain in Qom and flood in Golestan", "golestan") == "Golestan"
assert marked("باران در قم آغاز شد و سیل در گلستان", "گلستان") == "", "characters now"
assert marked("باران در قم آغاز شد و سیل در گلستان", "آغاز") != "آغاز"
assert len(snippet("باران در قم آغاز شد و سیل در گلستان", "گلستان", 20).fragment().encode()) <= 20
EOF
