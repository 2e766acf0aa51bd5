#!/usr/bin/env bash
# @extractus/feed-extractor 8.0.3 takes the first link of an Atom entry for the article's, even where it is rel="self"
# and the next says rel="alternate"; and of xhtml content nothing remains.
#
# self is the entry's own XML, alternate the page; the standard lets them stand in any order, and with the two the
# other way round the answer is right. rss-parser and feedparser choose by rel. (node and npm.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" @extractus/feed-extractor@8.0.3
cat > read.mjs <<'EOF'
import assert from "node:assert/strict";
import { extractFromXml } from "@extractus/feed-extractor";

const SELF = '<link rel="self" href="https://news.example/atom/2.xml"/>';
const PAGE = '<link rel="alternate" href="https://news.example/2"/>';
const read = (inside) => {
  const [entry] = extractFromXml(`<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">
    <id>tag:news.example,2025:1</id><title>خبر</title><updated>2025-09-24T18:30:00Z</updated><entry><id>tag:news.example,2025:2</id>
    <title>پل</title><updated>2025-09-24T18:30:00Z</updated>${inside}</entry></feed>`).entries;
  console.log(entry.link, JSON.stringify(entry.description));
  return entry;
};
assert.equal(read(PAGE + SELF).link, "https://news.example/2");
assert.equal(read(SELF + PAGE).link, "https://news.example/atom/2.xml", "chosen by rel now");
const text = "پل آماده است.";
assert.equal(read(`${PAGE}<content type="html">&lt;p&gt;${text}&lt;/p&gt;</content>`).description, text);
const div = `<div xmlns="http://www.w3.org/1999/xhtml"><p>${text}</p></div>`;
assert.equal(read(`${PAGE}<content type="xhtml">${div}</content>`).description, "");
EOF
node read.mjs
