#!/usr/bin/env bash
# A domain with a zero-width non-joiner, «خانه‌ها.ایران», is one host to httpx 0.28.1 and requests 2.34.2, another one
# to Python's own idna codec (urllib) and w3lib 2.5.0 (Scrapy), and an invalid address to yarl 1.25.1 (aiohttp).
#
# IDNA 2003, which the codec of the standard library still is, deletes the non-joiner; IDNA 2008 keeps it between
# letters that join, as Persian needs it. Both are valid names, nothing is raised, and one address in a list of
# sources is fetched from one server or another, by the library that a program happens to use.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet httpx==0.28.1 requests==2.34.2 idna==3.20 w3lib==2.5.0 yarl==1.25.1
"$folder/venv/bin/python" -W ignore - <<'EOF'
from urllib.parse import urlsplit

import httpx
import requests
import yarl
from w3lib.url import safe_url_string

WITH, WITHOUT = "خانه\u200cها.ایران", "خانهها.ایران"


def hosts(name):
    address = f"https://{name}/"
    seen = {
        "httpx": httpx.URL(address).raw_host.decode(),
        "requests": urlsplit(requests.Request("GET", address).prepare().url).hostname,
        "standard library": name.encode("idna").decode(),
        "w3lib": urlsplit(safe_url_string(address)).hostname,
    }
    print(ascii(name), seen)
    return seen


plain, joined = hosts(WITHOUT), hosts(WITH)
(other,) = set(plain.values())
assert joined["httpx"] == joined["requests"] != other
assert joined["standard library"] == joined["w3lib"] == other, "the non-joiner counts now"
try:
    raise SystemExit(f"yarl takes it now: {yarl.URL(f'https://{WITH}/').raw_host}")
except ValueError as refused:
    print("yarl:", refused)
EOF
