#!/usr/bin/env bash
# goose3 3.1.22 leaves <blockquote>text</blockquote> out of an article whose other parts are <p>; with <p> inside the
# blockquote, or as <div> or <h3>, the same words stay. newspaper4k 0.9.6, of the same origin, keeps all of them.
#
# Text directly in a blockquote is valid and common. What stands there is the statement itself: «گفت:» is then followed
# by somebody else's sentence, and the article reads on without a gap. Put a <p> into such blockquotes before.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet goose3==3.1.22 newspaper4k==0.9.6 lxml==6.1.3 lxml_html_clean==0.4.6
"$folder/venv/bin/python" -W ignore - <<'EOF'
from goose3 import Goose
from newspaper import Article

SENTENCE = "شهردار قم می‌گوید پل تازه که سال‌هاست در دست ساخت است تا پایان سال برای مردم شهر آماده می‌شود و این کار را ادامه می‌دهند."
STATEMENT = "من هرگز نگفته‌ام که این پل بسته می‌شود و مردم شهر باید این را بدانند."
PAGE = f"""<html lang="fa"><head><title>پل</title></head><body><article><p>{SENTENCE}</p><p>{SENTENCE} او گفت:</p>
{{}}<p>{SENTENCE} و این پایان است.</p></article></body></html>"""


def kept(element):
    page = PAGE.format(element)
    by_goose = Goose({"target_language": "fa", "use_meta_language": False}).extract(raw_html=page).cleaned_text
    by_newspaper = Article("https://news.example/1", language="fa")
    by_newspaper.download(input_html=page)
    by_newspaper.parse()
    assert "پایان است" in by_goose
    seen = STATEMENT in by_goose, STATEMENT in by_newspaper.text
    print(element[:24], "goose3, newspaper4k:", seen)
    return seen


assert kept(f"<blockquote>{STATEMENT}</blockquote>") == (False, True), "kept now"
for element in (f"<blockquote><p>{STATEMENT}</p></blockquote>", f"<div>{STATEMENT}</div>", f"<h3>{STATEMENT}</h3>"):
    assert kept(element) == (True, True)
EOF
