#!/usr/bin/env bash
# jalali-moment 3.3.11 reads «۱۴۰۴/۰۷/۰۲» by jYYYY/jMM/jDD as 21 March 621, a valid moment; "1404/12/30", a day that
# the year 1404 has not, is valid by strict reading and is Nowruz, and format() after locale("fa") is
# "1404-07-02T18:30:00+00:00".
#
# moment-jalaali 0.10.5, from which it came, calls the first two invalid. With Latin digits and days that exist all is
# well, so isValid(), the one means against wrong dates of a page, says yes to both; and the last is a time of the year
# 1404 of the common era to everything that reads it. Turn digits into Latin ones, compare a reading with what it
# prints, write feeds with toISOString(). (node and npm.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" jalali-moment@3.3.11 moment-jalaali@0.10.5
cat > read.mjs <<'EOF'
import assert from "node:assert/strict";
import other from "moment-jalaali";
import moment from "jalali-moment";

const read = (text, by = moment) => {
  const seen = by(text, "jYYYY/jMM/jDD", true);
  const day = seen.isValid() ? seen.format("YYYY-MM-DD") : "invalid";
  console.log(text, "->", day);
  return day;
};
assert.equal(read("1404/07/02"), "2025-09-24");
assert.equal(moment("۱۴۰۴/۰۷/۰۲", "jYYYY/jMM/jDD").format("YYYY-MM-DD"), "0621-03-21", "digits are read now");
assert.equal(moment("۱۴۰۴/۰۷/۰۲", "jYYYY/jMM/jDD").isValid(), true);
assert.equal(read("1404/12/30"), "2026-03-21");
assert.equal(read("1404/12/30", other), "invalid");
assert.equal(other("۱۴۰۴/۰۷/۰۲", "jYYYY/jMM/jDD").isValid(), false);
const written = moment.utc("2025-09-24T18:30:00Z").locale("fa").format();
console.log(written);
assert.equal(written, "1404-07-02T18:30:00+00:00");
EOF
TZ=UTC node read.mjs
