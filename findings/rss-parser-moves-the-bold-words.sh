#!/usr/bin/env bash
# rss-parser 3.13.0 moves words of an Atom entry whose content is xhtml: «شهردار <b>نگفت</b> که پل آماده است» is read
# as «شهردار که پل آماده است<b>نگفت</b>».
#
# In a paragraph of text and elements all text comes first and then the elements, so what was bold or linked goes to
# its end, without a space, and the sentence says something else or nothing. The same content as html (escaped) is
# right, and most feeds have that; nothing is raised. A title of type xhtml is an object instead of a string. (node
# and npm.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" rss-parser@3.13.0
cat > read.mjs <<'EOF'
import assert from "node:assert/strict";
import Parser from "rss-parser";

const read = async (content) => {
  const feed = await new Parser().parseString(`<?xml version="1.0" encoding="UTF-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom"><id>tag:news.example,2025:1</id><title>خبر</title><updated>2025-09-24T18:30:00Z</updated>
    <entry><id>tag:news.example,2025:2</id><title>پل</title><updated>2025-09-24T18:30:00Z</updated>${content}</entry></feed>`);
  const { contentSnippet } = feed.items[0];
  console.log(contentSnippet);
  return contentSnippet.trim();
};
const escaped = '<content type="html">&lt;p&gt;شهردار &lt;b&gt;نگفت&lt;/b&gt; که پل آماده است&lt;/p&gt;</content>';
const elements =
  '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>شهردار <b>نگفت</b> که پل آماده است</p></div></content>';
assert.equal(await read(escaped), "شهردار نگفت که پل آماده است");
assert.equal(await read(elements), "شهردار  که پل آماده استنگفت", "the words stay in their order now");
EOF
node read.mjs
