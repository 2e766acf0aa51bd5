#!/usr/bin/env bash
# In Persian "one" is also zero: with the message «one {یک خبر تازه} other {# خبر تازه}» no news at all is announced
# as «یک خبر تازه» (one new article), in intl-messageformat 12.1.5, i18next 26.7.2 and fluent.runtime 0.4.0 alike; Babel
# 2.19.0's plural_form says the same of 0 and 0.5.
#
# By CLDR the category is of grammar: 0, 1 and what is between take the same form of the noun. English, in which "one"
# is 1, is where everybody learned it, and there the same message is right. In a Persian message "one" must show the
# number (# or {count}), and the text for none must be its own (=0, or _zero in i18next). (node and npm.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet babel==2.19.0 fluent.runtime==0.4.0
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" intl-messageformat@12.1.5 i18next@26.7.2
cat > say.mjs <<'EOF'
import assert from "node:assert/strict";
import i18next from "i18next";
import { IntlMessageFormat } from "intl-messageformat";

const say = new IntlMessageFormat("{n, plural, one {یک خبر تازه} other {# خبر تازه}}", "fa");
const resources = { fa: { translation: { news_one: "یک خبر تازه", news_other: "{{count}} خبر تازه" } } };
await i18next.init({ lng: "fa", resources });
for (const n of [0, 1]) {
  const seen = [say.format({ n }), i18next.t("news", { count: n })];
  console.log(n, seen);
  assert.deepEqual(seen, ["یک خبر تازه", "یک خبر تازه"], "zero is not one now");
}
assert.equal(say.format({ n: 2 }), "۲ خبر تازه");
EOF
node say.mjs
"$folder/venv/bin/python" - <<'EOF'
from babel import Locale
from fluent.runtime import FluentBundle, FluentResource

forms = [Locale("fa").plural_form(n) for n in (0, 0.5, 1, 2)]
bundle = FluentBundle(["fa"], use_isolating=False)
bundle.add_resource(FluentResource("news = { $n ->\n    [one] یک خبر تازه\n   *[other] { $n } خبر تازه\n }\n"))
said = [bundle.format_pattern(bundle.get_message("news").value, {"n": n})[0] for n in (0, 1)]
print(forms, said)
assert forms == ["one", "one", "one", "other"] and said == ["یک خبر تازه"] * 2
EOF
