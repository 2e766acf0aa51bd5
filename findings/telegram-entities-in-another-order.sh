#!/usr/bin/env bash
# aiogram 3.31.0 and python-telegram-bot 22.8 print words twice, and Telethon 1.45.0 crosses the tags, when of two
# entities that begin at the same place the shorter comes first in the list.
#
# A quotation «قم: باران آمد» whose first word is bold, given as [bold, blockquote], comes back as <b>…all of it…</b>
# and its rest once more. Telegram takes entities in any order and means the same by both; the three libraries sort by
# the beginning alone, and with [blockquote, bold] all is well. Nothing is raised.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet aiogram==3.31.0 python-telegram-bot==22.8 Telethon==1.45.0
"$folder/venv/bin/python" -W ignore - <<'EOF'
from datetime import datetime, timezone

import aiogram.types
import telegram
import telethon.extensions.html
from aiogram.utils.text_decorations import html_decoration
from telethon.tl.types import MessageEntityBlockquote, MessageEntityBold

TEXT = "قم: باران آمد"
BOLD, QUOTE = ("bold", 0, 3), ("blockquote", 0, len(TEXT))
GOOD = "<blockquote><b>قم:</b> باران آمد</blockquote>"


def by_aiogram(*entities):
    made = [aiogram.types.MessageEntity(type=kind, offset=start, length=length) for kind, start, length in entities]
    return html_decoration.unparse(TEXT, made)


def by_telegram(*entities):
    chat, made = telegram.Chat(1, "private"), [telegram.MessageEntity(*entity) for entity in entities]
    return telegram.Message(1, datetime.now(timezone.utc), chat, text=TEXT, entities=made).text_html


def by_telethon(*entities):
    kinds = {"bold": MessageEntityBold, "blockquote": MessageEntityBlockquote}
    made = [kinds[kind](start, length) for kind, start, length in entities]
    return telethon.extensions.html.unparse(TEXT, made).replace("strong>", "b>")


for write in (by_aiogram, by_telegram, by_telethon):
    print(write.__name__, "|", write(QUOTE, BOLD), "|", write(BOLD, QUOTE))
    assert write(QUOTE, BOLD) == GOOD
assert by_aiogram(BOLD, QUOTE) == "<b><blockquote>قم: باران آمد</blockquote></b> باران آمد"
assert by_telegram(BOLD, QUOTE) == "<b>قم:</b><blockquote><b>قم:</b> باران آمد</blockquote>"
assert by_telethon(BOLD, QUOTE) == "<b><blockquote>قم:</b> باران آمد</blockquote>"
EOF
