#!/usr/bin/env bash
# @extractus/feed-extractor 8.0.3 gives as `published` of an Atom entry when it was last changed, although the entry says
# when it was published; of the same item in RSS and JSON Feed it gives the day it appeared.
#
# So an article of the spring whose misprint was mended today stands on top as today's. feedsmith, rss-parser and
# feedparser keep the two moments apart. (node and npm.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" @extractus/feed-extractor@8.0.3 feedsmith@3.0.1
cat > read.mjs <<'EOF'
import assert from "node:assert/strict";
import { extractFromJson, extractFromXml } from "@extractus/feed-extractor";
import { parseFeed } from "feedsmith";

const APPEARED = "2025-04-02T08:30:00Z";
const CHANGED = "2025-09-24T18:30:00Z";
const atom = `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">
  <id>tag:news.example,2025:1</id><title>خبر</title><updated>${CHANGED}</updated><entry><id>tag:news.example,2025:2</id>
  <title>پل</title><link href="https://news.example/2"/><published>${APPEARED}</published><updated>${CHANGED}</updated>
  </entry></feed>`;
const json = {
  version: "https://jsonfeed.org/version/1.1", title: "خبر", home_page_url: "https://news.example/",
  items: [{ id: "2", url: "https://news.example/2", title: "پل", content_html: "", date_published: APPEARED, date_modified: CHANGED }],
};
const moment = (when) => new Date(when).toISOString().replace(".000Z", "Z");
const told = { atom: moment(extractFromXml(atom).entries[0].published), json: moment(extractFromJson(json).entries[0].published) };
console.log(told, "feedsmith:", parseFeed(atom).feed.entries[0].published);
assert.equal(moment(parseFeed(atom).feed.entries[0].published), APPEARED);
assert.equal(told.json, APPEARED);
assert.equal(told.atom, CHANGED, "published is the day it appeared now");
EOF
node read.mjs
