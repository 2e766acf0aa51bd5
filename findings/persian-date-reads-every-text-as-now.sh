#!/usr/bin/env bash
# persian-date 1.1.0: new persianDate("1404/07/02") is this moment, and so are "2025-09-24" and "2025-09-24T18:30:00Z";
# [1404, 7, 2] and a Date are read.
#
# Date reads the last two, as does moment, whose interface this has, and either says "invalid" of what it does not
# know. Here a text is an argument of no known type, and without arguments one gets now; so every article is of
# today, which on the day it is tried is right. The day that is not, [1404, 12, 30], is Nowruz. Parse first, and pass
# numbers. (node and npm.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" persian-date@1.1.0
cat > read.mjs <<'EOF'
import assert from "node:assert/strict";
import persianDate from "persian-date";

persianDate.toLocale("en");
const read = (value) => {
  const seen = new persianDate(value);
  console.log(value, "->", seen.format("YYYY/MM/DD HH:mm"));
  return seen;
};
assert.equal(read([1404, 7, 2]).format("YYYY/MM/DD"), "1404/07/02");
assert.equal(read(new Date("2025-09-24T12:00Z")).format("YYYY/MM/DD"), "1404/07/02");
for (const text of ["1404/07/02", "2025-09-24", "2025-09-24T18:30:00Z"])
  assert.ok(Math.abs(read(text).valueOf() - Date.now()) < 60_000, "read now");
assert.equal(read([1404, 12, 30]).format("YYYY/MM/DD"), "1405/01/01");
EOF
TZ=UTC node read.mjs
