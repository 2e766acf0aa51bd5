#!/usr/bin/env bash
# reader 3.26 (lemon24's library of feeds) can't read a single feed beside feedparser 6.0.14, which its own
# requirement (feedparser>=6) brings; beside 6.0.12 it can.
#
# reader carries a copy of feedparser and asks for feedparser itself to get what the copy needs: sgmllib, which the
# newer one replaced by a package with another name. It is imported, and pip check is content; the first feed
# raises. A fixed version of reader alone is therefore no fixed program: sgmllib3k has to be named beside it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check reader==3.26 feedparser==6.0.14
cat > feed.xml <<'EOF'
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>خبر</title><link>https://news.example/</link><description>خبر</description>
<item><title>پل نمونه باز شد</title><link>https://news.example/2</link><guid>https://news.example/2</guid></item>
</channel></rss>
EOF
cat > read.py <<'EOF'
from pathlib import Path

import reader

library = reader.make_reader(":memory:", feed_root=str(Path.cwd()))
library.add_feed("feed.xml")
library.update_feeds()
print([entry.title for entry in library.get_entries()])
EOF
if env/bin/python read.py > said 2>&1; then
    echo "feeds are read beside feedparser 6.0.14 now" >&2
    exit 1
fi
tail -1 said
grep -q "No module named 'sgmllib'" said
env/bin/pip check
env/bin/pip install -q --disable-pip-version-check feedparser==6.0.12
env/bin/python read.py | tee said
grep -q "پل نمونه باز شد" said
