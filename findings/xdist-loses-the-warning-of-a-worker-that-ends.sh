#!/usr/bin/env bash
# pytest 9.0.2 with pytest-xdist 3.8.0: a file that a test leaves open in a circle of objects, and that the garbage collector
# finds only when the run ends, fails a run with `-W error` (exit 1). With `-n 1` the same run passes (exit 0): the worker
# meets the warning after it has reported, and nobody hears of it.
#
# pytest says that unraisable warnings of a test or of its end become failures; a service whose tests hold sockets,
# databases and feeds relies on that for its leaks. Under xdist, collect the garbage after each file (a fixture with
# gc.collect()), or the last files of each worker may leak unseen.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pytest==9.0.2 pytest-xdist==3.8.0
cat >"$folder/test_leak.py" <<'EOF'
import gc

gc.disable()


class Holder:
    def __init__(self):
        self.itself = self
        self.file = open(__file__)


def test_leaves_a_file_open():
    Holder()
EOF
cd "$folder"
run() {
  local code=0
  venv/bin/python -m pytest -q -W error -p no:cacheprovider "$@" test_leak.py >out.txt 2>&1 || code=$?
  echo "pytest $*: exit $code"
  return "$code"
}
if run; then echo "alone: the leak is no longer told"; exit 1; fi
run -n 1 || { echo "with xdist: the leak is told now"; exit 1; }
