#!/usr/bin/env bash
# Python's urllib.robotparser has no crawl delay (None) for «Crawl-delay: 0.5» or «Crawl-delay: 1.5»; for 2 it is 2.
# Protego 0.7.0 (Scrapy's) reads all three.
#
# None also means that the site asks for nothing, so a courier that polls as politely as robots.txt says goes at full
# speed on just the sites that gave a careful number; nothing is raised. Use Protego, or never go below a pause of one's
# own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet Protego==0.7.0
"$folder/venv/bin/python" - <<'EOF'
from urllib.robotparser import RobotFileParser

from protego import Protego


def delays(value):
    text = f"User-agent: *\nDisallow: /admin/\nCrawl-delay: {value}\n"
    own = RobotFileParser()
    own.parse(text.splitlines())
    own.modified()
    seen = own.crawl_delay("courier"), Protego.parse(text).crawl_delay("courier")
    print(value, "->", seen)
    return seen


assert delays("2") == (2, 2.0)
assert delays("1.5") == (None, 1.5), "fractions are read now"
assert delays("0.5") == (None, 0.5)
EOF
