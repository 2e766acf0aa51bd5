#!/usr/bin/env bash
# python-docx 1.2.0 says run.bold is None, and mammoth 1.13.0 writes no <strong>, for a right-to-left run that is bold
# by the format's rules; pandoc 3.9 writes it bold.
#
# For complex scripts the format has properties of their own: <w:bCs/>, <w:iCs/>, <w:szCs/>, which count where
# <w:rtl/> is set, and <w:b/> then counts for nothing. Headings that are told by their weight are not found, and no
# property that is asked for is missing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet python-docx==1.2.0 mammoth==1.13.0 pypandoc_binary==1.17
cd "$folder"
"$folder/venv/bin/python" - <<'EOF'
import docx
import mammoth
import pypandoc
from docx.oxml import OxmlElement

document = docx.Document()
properties = document.add_paragraph().add_run("گشایش پل")._r.get_or_add_rPr()
properties.append(OxmlElement("w:bCs"))
properties.append(OxmlElement("w:rtl"))
document.save("khabar.docx")

run = docx.Document("khabar.docx").paragraphs[0].runs[0]
by_mammoth = mammoth.convert_to_html(open("khabar.docx", "rb")).value
by_pandoc = pypandoc.convert_file("khabar.docx", "html").strip()
print("python-docx: bold", run.bold, "cs_bold", run.font.cs_bold, "| mammoth:", by_mammoth, "| pandoc:", by_pandoc)
assert run.bold is None and run.font.cs_bold is True and run.font.rtl is True
assert by_mammoth == "<p>گشایش پل</p>", "bold now"
assert "<strong>" in by_pandoc
EOF
