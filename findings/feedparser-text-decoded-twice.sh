#!/usr/bin/env bash
# feedparser 6.0.14, given text (str) whose XML declaration says windows-1256, decodes it once more, into mojibake.
#
# «باران» comes back as «ط¨ط§ط±ط§ظ†» with bozo False. The text was right: an HTTP client had decoded it, and a str has
# no encoding left to declare. feedparser encodes it as UTF-8 and then believes the declaration. lxml refuses such a
# string with an error; here nothing warns, and older Persian feeds do declare windows-1256.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedparser==6.0.14
"$folder/venv/bin/python" - <<'EOF'
import feedparser

TITLE = "باران"
TEXT = f'<?xml version="1.0" encoding="windows-1256"?><rss version="2.0"><channel><title>{TITLE}</title></channel></rss>'

as_text = feedparser.parse(TEXT)
as_bytes = feedparser.parse(TEXT.encode("windows-1256"))
print("text:", as_text.feed.title, "bozo", as_text.bozo, "| bytes:", as_bytes.feed.title)
assert as_bytes.feed.title == TITLE
assert as_text.feed.title == TITLE.encode().decode("windows-1256"), "text is taken as text now"
assert not as_text.bozo
EOF
