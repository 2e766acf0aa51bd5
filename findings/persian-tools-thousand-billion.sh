#!/usr/bin/env bash
# @persian-tools/persian-tools 4.0.4 reads «دو هزار و پانصد میلیارد» (2,500 billion) as 500,000,002,000, «صد هزار
# میلیارد» as 1,000,100,000 and «نیم میلیون» (half a million) as 1,000,000.
#
# Thousands of billions are how every Persian budget is written. Its own numberToWords says «دو تریلیون و پانصد
# میلیارد», which nobody in Iran does, and that comes back right: a test that goes there and back again passes. Words
# with a non-joiner, «سی‌ام» or «دویست‌وپنجاه», are 0, not an error. (node and npm are needed.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" @persian-tools/persian-tools@4.0.4
cat > read.mjs <<'EOF'
import assert from "node:assert/strict";
import { numberToWords, wordsToNumber } from "@persian-tools/persian-tools";

const read = (words) => {
  const seen = wordsToNumber(words);
  console.log(words, "->", seen);
  return seen;
};
assert.equal(read("یک میلیارد و دویست میلیون"), 1_200_000_000);
assert.equal(read("دو هزار و پانصد"), 2_500);
assert.equal(read("دو هزار و پانصد میلیارد"), 500_000_002_000, "2,500,000,000,000 now?");
assert.equal(read("صد هزار میلیارد"), 1_000_100_000);
assert.equal(read("نیم میلیون"), 1_000_000);
assert.equal(read("سی‌ام"), 0);
assert.equal(read(numberToWords(2_500_000_000_000)), 2_500_000_000_000);
EOF
node read.mjs
