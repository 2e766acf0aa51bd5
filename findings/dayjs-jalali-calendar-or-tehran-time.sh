#!/usr/bin/env bash
# dayjs 1.11.23 with jalaliday 3.1.1 and its own timezone plugin: a moment is shown in the Jalali calendar or in
# Tehran's time, not in both. 21:00 UTC on 24 September 2025 is half past midnight of 3 Mehr in Tehran; tz() before
# calendar() gives «1404/07/02 21:00», after it «2025/09/25 00:30».
#
# Each plugin makes a copy that forgets the other, without a word, and for most of the day only the hour is wrong.
# Reading is worse: dayjs.tz("1404/07/02 18:30", {jalali: true}, "Asia/Tehran") is a moment of the year 1404 of the
# common era, with the zone of Tehran's sun, 3:25:44. (node and npm are needed.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" dayjs@1.11.23 jalaliday@3.1.1
cat > show.mjs <<'EOF'
import assert from "node:assert/strict";
import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone.js";
import utc from "dayjs/plugin/utc.js";
import jalaliday from "jalaliday";

for (const plugin of [utc, timezone, jalaliday.default ?? jalaliday]) dayjs.extend(plugin);
const moment = dayjs.utc("2025-09-24T21:00Z");
const show = (time) => {
  const seen = time.format("YYYY/MM/DD HH:mm");
  console.log(seen);
  return seen;
};
assert.equal(show(moment.tz("Asia/Tehran")), "2025/09/25 00:30");
assert.equal(show(moment.calendar("jalali")), "1404/07/02 21:00");
assert.equal(show(moment.tz("Asia/Tehran").calendar("jalali")), "1404/07/02 21:00", "1404/07/03 00:30 now?");
assert.equal(show(moment.calendar("jalali").tz("Asia/Tehran")), "2025/09/25 00:30", "1404/07/03 00:30 now?");
const read = dayjs.tz("1404/07/02 18:30", { jalali: true }, "Asia/Tehran").toISOString();
console.log(read);
assert.equal(read, "1404-07-02T15:04:16.000Z");
EOF
TZ=UTC node show.mjs
