#!/usr/bin/env bash
# @persian-tools/persian-tools 4.0.4: isPersian("باران آمد") is true, isPersian("باران، برف") and isPersian("خانهٔ
# ما") are false.
#
# The comma «،», guillemets, the percent sign «٪» and the hamza of the ezafe are in every Persian text and in no Latin
# one. Left out before the letters are looked at are the marks of English («.», «!», brackets) and «؟», so single
# words and simple sentences pass any test, and the first headline with a comma does not. (node and npm are needed.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" @persian-tools/persian-tools@4.0.4
cat > ask.mjs <<'EOF'
import assert from "node:assert/strict";
import { isPersian } from "@persian-tools/persian-tools";

const ask = (text) => {
  console.log(text, isPersian(text));
  return isPersian(text);
};
for (const text of ["باران آمد.", "باران آمد؟", "می‌رود (شاید)", "سال ۱۴۰۴"]) assert.equal(ask(text), true);
for (const text of ["باران، برف", "«باران»", "۵٪ شد", "خانهٔ ما"]) assert.equal(ask(text), false, "Persian now");
EOF
node ask.mjs
