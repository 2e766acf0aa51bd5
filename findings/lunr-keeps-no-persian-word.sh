#!/usr/bin/env bash
# lunr 2.3.9 and elasticlunr 0.9.5 (the searches of static sites) index Persian articles without a word of complaint
# and keep nothing of them: all words become the empty one, and no search finds anything. @orama/orama 3.1.18 does so
# by default, and with language "arabic" takes پ, چ, گ, ک and ی for spaces, so that «گل» finds «پل گرگان».
#
# Words are stripped of what JavaScript's \W matches, which is every letter that is not ASCII. Documents of other
# scripts could be refused, or left as they are; an index that is built, loads and is empty looks like news without
# that word. Take the trimmer and the stemmer out of lunr's pipeline, give Orama a tokenizer, or use flexsearch, which
# finds whole words as it is. (node and npm.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" lunr@2.3.9 elasticlunr@0.9.5 @orama/orama@3.1.18
cat > find.mjs <<'EOF'
import assert from "node:assert/strict";
import { create, insert, search } from "@orama/orama";
import elasticlunr from "elasticlunr";
import lunr from "lunr";

const TITLES = ["پل گرگان", "باران در قم", "rain in Qom"];
const byLunr = lunr(function () {
  this.ref("id");
  this.field("title");
  TITLES.forEach((title, id) => this.add({ id, title }));
});
const byElasticlunr = elasticlunr(function () {
  this.setRef("id");
  this.addField("title");
});
TITLES.forEach((title, id) => byElasticlunr.addDoc({ id, title }));
const byOrama = (language) => {
  const index = create({ schema: { title: "string" }, language });
  TITLES.forEach((title) => insert(index, { title }));
  return (term) => search(index, { term }).hits.map((hit) => hit.document.title);
};
const finders = {
  lunr: (term) => byLunr.search(term).map(({ ref }) => TITLES[ref]),
  elasticlunr: (term) => byElasticlunr.search(term).map(({ ref }) => TITLES[ref]),
  orama: byOrama("english"),
};
for (const [name, find] of Object.entries(finders)) {
  console.log(name, ["باران", "قم", "rain"].map(find));
  assert.deepEqual(["باران", "قم", "rain"].map(find), [[], [], ["rain in Qom"]], "found now");
}
console.log("words of lunr:", Object.keys(byLunr.invertedIndex));
assert.ok("" in byLunr.invertedIndex);
const arabic = byOrama("arabic");
console.log("orama, arabic:", ["باران", "گل"].map(arabic));
assert.deepEqual(["باران", "گل"].map(arabic), [["باران در قم"], ["پل گرگان"]]);
EOF
node find.mjs
