#!/usr/bin/env bash
# feed 6.0.0 for node: of a category given by its name RSS gets <category>, and Atom a <category> without term, which
# Atom requires; of language: "fa" RSS says so and Atom and JSON Feed say nothing.
#
# Three formats from one call, so whoever has seen one valid takes it of all. A reader of the Atom feed finds no name to
# file the entry under, and none of the two knows that the text is Persian and runs from the right. (node and npm.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" feed@6.0.0
cat > write.mjs <<'EOF'
import assert from "node:assert/strict";
import { Feed } from "feed";

const feed = new Feed({
  id: "https://news.example/", link: "https://news.example/", title: "خبر", description: "خبرها", language: "fa",
});
feed.addItem({
  id: "tag:news.example,2025:1", link: "https://news.example/1", title: "باران", date: new Date("2025-09-24T15:00Z"),
  category: [{ name: "استان‌ها" }],
});
const [rss, atom, json] = [feed.rss2(), feed.atom1(), feed.json1()];
const [, inAtom] = atom.match(/(<category[^>]*>)/);
console.log(inAtom, "| fa in Atom:", atom.includes('"fa"'), "| fa in JSON Feed:", json.includes('"fa"'));
assert.match(rss, /<category>استان‌ها<\/category>/);
assert.match(rss, /<language>fa<\/language>/);
assert.equal(inAtom, '<category label="استان‌ها"/>', "it has a term now");
assert.ok(!atom.includes('"fa"') && !json.includes('"fa"'));
EOF
node write.mjs
