#!/usr/bin/env bash
# python-docx 1.2.0 and docx2txt 0.9 read «خانه­های», its half-space typed in Word as an optional hyphen, as
# «خانههای»; mammoth 1.13.0 and pandoc 3.9 keep a soft hyphen in its place.
#
# Ctrl+hyphen is a common way to get a half-space in Word, which shows the letters unjoined, and it is stored as an
# element (<w:softHyphen/>) and not as a character. paragraph.text turns its neighbour <w:noBreakHyphen/> into "-",
# tabs and breaks into characters, so one expects all of them; this one is left out, and words grow together without a
# trace.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet python-docx==1.2.0 docx2txt==0.9 mammoth==1.13.0 pypandoc_binary==1.17
cd "$folder"
"$folder/venv/bin/python" - <<'EOF'
import docx
import docx2txt
import mammoth
import pypandoc
from docx.oxml import OxmlElement

document = docx.Document()
run = document.add_paragraph().add_run("خانه")._r
run.append(OxmlElement("w:softHyphen"))
rest = OxmlElement("w:t")
rest.text = "های"
run.append(rest)
document.save("khabar.docx")

seen = {
    "python-docx": docx.Document("khabar.docx").paragraphs[0].text,
    "docx2txt": docx2txt.process("khabar.docx").strip(),
    "mammoth": mammoth.extract_raw_text(open("khabar.docx", "rb")).value.strip(),
    "pandoc": pypandoc.convert_file("khabar.docx", "plain").strip(),
}
print({name: ascii(text) for name, text in seen.items()})
assert seen["python-docx"] == seen["docx2txt"] == "خانههای", "the half-space is kept now"
assert seen["mammoth"] == seen["pandoc"] == "خانه\u00adهای"
EOF
