#!/usr/bin/env bash
# htmldate 1.11.0 (the dates of trafilatura) finds no date in a page that says «۲ مهر ۱۴۰۴» in <time>, and with a footer
# «© 2018-2025» it finds 2025-01-01; with a picture under /uploads/2021/05/12/ it is 2021-05-12.
#
# That Jalali dates are not read may be expected. One then expects None, which it is as long as nothing else looks like
# a date; but nearly every page has such a footer, and a day to the day is answered and not marked as a guess. With
# extensive_search=False it is None; that is not the default.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet htmldate==1.11.0
"$folder/venv/bin/python" -W ignore - <<'EOF'
from htmldate import find_date

TEXT = "<p>" + "جاده‌های استان لغزنده است. " * 20 + "</p>"


def date(rest, **options):
    page = (
        '<html lang="fa"><head><title>باران</title></head><body><article><h1>باران در قم</h1><time>۲ مهر ۱۴۰۴</time>'
        f"{TEXT}{rest}</article></body></html>"
    )
    seen = find_date(page, original_date=True, **options)
    print(rest, options, "->", seen)
    return seen


assert date("") is None
assert date("<footer>© 2018-2025</footer>") == "2025-01-01", "no date now"
assert date('<img src="/uploads/2021/05/12/baran.jpg" alt="">') == "2021-05-12"
assert date("<footer>© 2018-2025</footer>", extensive_search=False) is None
EOF
