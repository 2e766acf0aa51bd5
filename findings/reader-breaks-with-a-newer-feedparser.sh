#!/usr/bin/env bash
# reader 3.26 (lemon24's library of feeds) can't be imported beside feedparser 6.0.14, which its own requirement
# (feedparser>=6) brings; beside 6.0.12 it works.
#
# reader carries a copy of feedparser and asks for feedparser itself to get what the copy needs: sgmllib, which the
# newer one replaced by a package with another name. The copy says so only when it is imported. A fixed version of
# reader alone is therefore no fixed program: name feedparser<6.0.13 beside it, or sgmllib3k.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check reader==3.26 feedparser==6.0.14
if env/bin/python -c "import reader" 2> said; then
    echo "reader is imported beside feedparser 6.0.14 now" >&2
    exit 1
fi
tail -1 said
grep -q "No module named 'sgmllib'" said
env/bin/pip check
env/bin/pip install -q --disable-pip-version-check feedparser==6.0.12
env/bin/python -c "import reader; print('beside feedparser 6.0.12:', reader.__version__)"
