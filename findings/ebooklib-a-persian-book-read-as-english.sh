#!/usr/bin/env bash
# ebooklib 0.20: a book written with set_language("fa") and read again has language "en", and is written with an
# English table of contents; what a chapter said of itself in <html dir> and <body dir class> is dropped at the first
# writing.
#
# The file says <dc:language>fa</dc:language> and the reader even keeps that among the metadata, so title, identifier
# and direction of the read book are right and only `language`, from which the navigation takes its lang, is a
# default. Of a chapter only what stands inside <body> is written; set_direction("rtl") turns the order of pages and
# no text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet EbookLib==0.20
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'EOF'
from zipfile import ZipFile

from ebooklib import epub

book = epub.EpubBook()
book.set_identifier("urn:example:1")
book.set_title("خبرهای قم")
book.set_language("fa")
book.set_direction("rtl")
chapter = epub.EpubHtml(title="باران", file_name="baran.xhtml", lang="fa")
chapter.content = '<html lang="fa" dir="rtl"><head/><body dir="rtl" class="khabar"><p>باران آمد.</p></body></html>'
book.add_item(chapter)
book.add_item(epub.EpubNav())
book.spine = ["nav", chapter]
epub.write_epub("first.epub", book)

written = ZipFile("first.epub").read("EPUB/baran.xhtml").decode()
print(written)
assert 'lang="fa"' in written and "dir=" not in written and "khabar" not in written

again = epub.read_epub("first.epub")
print(again.title, again.direction, again.get_metadata("DC", "language"), again.language)
assert again.direction == "rtl" and again.get_metadata("DC", "language")[0][0] == "fa"
assert again.language == "en", "the language is read now"
again.toc = ()
epub.write_epub("second.epub", again)
navigation = [ZipFile(name).read("EPUB/nav.xhtml").decode() for name in ("first.epub", "second.epub")]
assert 'lang="fa"' in navigation[0] and 'lang="en"' in navigation[1] and 'lang="fa"' not in navigation[1]
EOF
