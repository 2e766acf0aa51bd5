#!/usr/bin/env bash
# rss-parser 3.13.0: a category that has a domain, <category domain="qom">استان‌ها</category>, is an object among strings,
# {_: "استان‌ها", $: {domain: "qom"}}, and join() or a template over the categories raises a TypeError.
#
# Its types say string[], and feeds without that attribute, which RSS allows and agencies use to name the section, keep
# the promise. The object has no prototype, so it does not even become "[object Object]". (node and npm are needed.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" rss-parser@3.13.0
grep -q "categories?: string\[\];" node_modules/rss-parser/index.d.ts
cat > read.mjs <<'EOF'
import assert from "node:assert/strict";
import Parser from "rss-parser";

const read = async (category) => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>خبر</title><item><title>پل</title>
    <category>شهر</category>${category}</item></channel></rss>`;
  const { categories } = (await new Parser().parseString(feed)).items[0];
  console.log(categories);
  return categories;
};
assert.equal((await read("<category>استان‌ها</category>")).join("، "), "شهر، استان‌ها");
const mixed = await read('<category domain="qom">استان‌ها</category>');
assert.equal(typeof mixed[1], "object", "a string now");
assert.throws(() => mixed.join("، "), TypeError);
EOF
node read.mjs
