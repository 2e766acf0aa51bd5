#!/usr/bin/env bash
# @extractus/feed-extractor 8.0.3 reads guids and titles as numbers: the guids 0012 and 12 are both "12", "1.10" is "1.1",
# "1e5" is "100000", and an item titled «+98» has the title «98».
#
# A guid is opaque text, and that two articles are one if a zero is written before the one is seen only when the second
# never appears. The answer is a string again, so no type tells of it; 17 digits and more, and «۱۴۰۴», are left as they
# are. rss-parser 3.13.0 and feedsmith 3.0.1 keep each as it stands, and so does this one when it is given
# {xmlParserOptions: {parseTagValue: false}}. (node and npm.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" @extractus/feed-extractor@8.0.3 feedsmith@3.0.1 rss-parser@3.13.0
cat > read.mjs <<'EOF'
import assert from "node:assert/strict";
import { extractFromXml } from "@extractus/feed-extractor";
import { parseFeed } from "feedsmith";
import Parser from "rss-parser";

const feed = (text) => `<rss version="2.0"><channel><title>خبر</title><link>https://news.example/</link>
<description>خبرها</description><item><title>${text}</title><link>https://news.example/1</link>
<guid isPermaLink="false">${text}</guid></item></channel></rss>`;
const read = async (text) => {
  const [{ id, title }] = extractFromXml(feed(text)).entries;
  const [byFeedsmith] = parseFeed(feed(text)).feed.items;
  const [byParser] = (await new Parser().parseString(feed(text))).items;
  console.log(text, "->", [id, title]);
  assert.deepEqual([byFeedsmith.guid.value, byFeedsmith.title, byParser.guid, byParser.title], Array(4).fill(text));
  assert.equal(id, title);
  return id;
};
const GUIDS = { "0012": "12", 12: "12", "1.10": "1.1", "1e5": "100000", "+98": "98", "۱۴۰۴": "۱۴۰۴", "14040702123456789": "14040702123456789" };
for (const [guid, seen] of Object.entries(GUIDS)) {
  assert.equal(await read(guid), seen, "kept now");
  assert.equal(extractFromXml(feed(guid), { xmlParserOptions: { parseTagValue: false } }).entries[0].id, guid);
}
EOF
node read.mjs
