#!/usr/bin/env bash
# From one Persian PDF pypdf 7.1.1 reads «سال ۱۴۰۳» as «سال ۳۰۴۱», and pypdfium2 5.15.2 «(۱۲٫۵ درصد)» as «)۱۲٫۵ درصد(»
# and «می‌بارد» as «میبارد».
#
# The one turns numbers round and keeps brackets and half-spaces, the other the reverse; the letters are right in
# both, in reading order, so the text looks sound. A PDF holds glyphs by place and not text, but it holds the numbers
# from left to right as everybody writes them. The PDF here is fpdf2's; numbers and brackets of one by WeasyPrint come
# out alike. (npm is needed.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet fpdf2==2.8.9 uharfbuzz==0.57.0 pypdf==7.1.1 pypdfium2==5.15.2
npm install --silent --no-audit --no-fund --prefix "$folder" vazirmatn@33.0.3
venv/bin/python -W ignore - <<'EOF'
import io

import fpdf
import pypdf
import pypdfium2

document = fpdf.FPDF()
document.add_page()
document.add_font("Vazirmatn", fname="node_modules/vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf")
document.set_font("Vazirmatn", size=14)
document.set_text_shaping(use_shaping_engine=True, direction="rtl", script="arab", language="fas")
document.multi_cell(0, 10, "\n".join(["باران از سال ۱۴۰۳ می\u200cبارد (۱۲٫۵ درصد) و جاده\u200cها را می\u200cبندد."] * 3), align="R")
written = bytes(document.output())

by_pypdf = pypdf.PdfReader(io.BytesIO(written)).pages[0].extract_text()
by_pdfium = pypdfium2.PdfDocument(written)[0].get_textpage().get_text_range()
print("pypdf:    ", by_pypdf, ascii(by_pypdf), "\npypdfium2:", by_pdfium, ascii(by_pdfium))
assert "باران از سال ۳۰۴۱ می\u200cبارد (۵٫۲۱ درصد)" in by_pypdf and "۱۴۰۳" not in by_pypdf, "numbers are right now"
assert "باران از سال ۱۴۰۳ میبارد )۱۲٫۵ درصد( و" in by_pdfium, "brackets are right now"
EOF
