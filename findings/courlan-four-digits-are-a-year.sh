#!/usr/bin/env bash
# courlan 1.4.0 (trafilatura's own choice of addresses): check_url("https://news.example/news/1234/") is None, and so is
# every address that ends in four digits and a slash; /news/999/, /news/10000/ and /news/1234 are good.
#
# Such an address is the archive of a year to it, whatever the digits and whatever stands before them. Small desks
# number their articles from one and end addresses with a slash: of such a site articles 1000 to 9999 are not found and
# nothing is said, with strict=False, the default, too. Choose links of such a site by a pattern of one's own, or take
# the slash off before asking.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet courlan==1.4.0
"$folder/venv/bin/python" - <<'EOF'
from courlan import check_url, extract_links


def good(path):
    seen = check_url("https://news.example" + path) is not None
    print(path, seen)
    return seen


assert not any(map(good, ("/news/1234/", "/news/9999/", "/fa/qom/1000/"))), "taken now"
assert all(map(good, ("/news/999/", "/news/10000/", "/news/1234", "/news/1234/پل/", "/news/?id=1234")))
page = '<a href="/news/9999/">پل</a> <a href="/news/10000/">باران</a>'
links = extract_links(page, url="https://news.example/", external_bool=False)
print(links)
assert links == {"https://news.example/news/10000/"}
EOF
