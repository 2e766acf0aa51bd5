#!/usr/bin/env bash
# diff 9.0.0 (jsdiff): diffWords() cuts Persian words, «باران» against «بارش» is «بار» with «ان» out and «ش» in, and
# «۱۲ نفر» against «۱۳ نفر» has the digit ۲ out and ۳ in; of "raindrop" and "rainfall" it takes whole words.
#
# Letters that are not Latin are signs of their own to it, as punctuation is. Shown as struck out and put in, the parts
# of a joined word change their form, and a corrected number can't be read. Give it
# intlSegmenter: new Intl.Segmenter("fa", {granularity: "word"}). (node and npm.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" diff@9.0.0
cat > compare.mjs <<'EOF'
import assert from "node:assert/strict";
import { diffWords } from "diff";

const compare = (before, after, options) => {
  const parts = diffWords(before, after, options).map((part) => (part.added ? "+" : part.removed ? "-" : "=") + part.value);
  console.log(before, "|", after, "->", parts);
  return parts;
};
const intlSegmenter = new Intl.Segmenter("fa", { granularity: "word" });
assert.deepEqual(compare("the raindrop fell", "the rainfall fell"), ["=the ", "-raindrop", "+rainfall", "= fell"]);
assert.deepEqual(compare("آن باران آمد", "آن بارش آمد"), ["=آن بار", "-ان", "+ش", "= آمد"], "words are whole now");
assert.deepEqual(compare("۱۲ نفر", "۱۳ نفر"), ["=۱", "-۲", "+۳", "= نفر"]);
assert.deepEqual(compare("آن باران آمد", "آن بارش آمد", { intlSegmenter }), ["=آن ", "-باران", "+بارش", "= آمد"]);
EOF
node compare.mjs
