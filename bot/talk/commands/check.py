"""«درست است؟»: a post that is passed on, a long text, or `/check`: what the archive knows of it.

In a group only `/check` asks, in answer to a message or with the text behind it.
"""

from __future__ import annotations

import re

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.talk import texts
from bot.talk.commands.context import Application, Command, Context
from bot.talk.listing import Reply
from feeds.stories.checking import TooShortError
from feeds.text import fold

PASTED = 20
"""Words of a message that is no search any more."""
LONGEST = 10_000
_TRUE = (
    r"(?:آیا\s+)?(?:این\s+)?(?:خبر\s+|شایعه\s+)?(?:درست(?:ه|\s?است)|راست(?:ه|\s?است)|صحت\s+(?:دارد|داره)|"
    r"حقیقت\s+(?:دارد|داره)|واقعی(?:ه|ت\s+(?:دارد|داره)|\s?است)|شایعه(?:\s?(?:است|س)|‌ست)?|فیک(?:ه|\s?است)?|دروغ(?:ه|\s?است))"
)
ASKED_FIRST = re.compile(rf"{_TRUE}(?:\s?[؟?:]+\s*|\s+که\s+)(?=[^\s؟?])")
ASKED_LAST = re.compile(rf"(?<!\S){_TRUE}\s?[؟?]+$")
QUESTION = 40
"""Letters within which a text may end with the question: a pattern that looks for it everywhere could take long."""


def without_question(text: str) -> str:
    """A text without «درست است؟» before or behind it; the same where nobody asks so."""
    text = text[:LONGEST].strip()
    if first := ASKED_FIRST.match(text):
        return text[first.end() :]
    head, tail = text[:-QUESTION], text[-QUESTION:]
    last = ASKED_LAST.search(tail)
    return head + tail[: last.start()] if last else text


class _Pasted(filters.MessageFilter):
    """A text that is too long to be a search, or that is asked about in words."""

    def filter(self, message: Message) -> bool:
        text = message.text or ""
        return len(fold.fold(text[:LONGEST]).split()) >= PASTED or without_question(text) != text[:LONGEST].strip()


async def passed_on(update: Update, context: Context) -> None:
    """A post that was forwarded or pasted; of too few words it is a search."""
    message = update.effective_message
    if message is None:
        return
    text = message.text or message.caption or ""
    try:
        await context.say(message, await context.answers.check(context.checking, without_question(text)))
    except TooShortError:
        claim = without_question(text)
        asked = claim != text.strip()
        await context.say(message, await (context.answers.claimed(claim) if asked else context.answers.search(text)))


async def check(update: Update, context: Context) -> None:
    """`/check`, with the text behind it or in answer to it."""
    message = update.effective_message
    if message is None:
        return
    text = (message.text or "").partition(" ")[2] or (message.text or "").partition("\n")[2]
    asked = message.reply_to_message
    if not text.strip() and asked is not None:
        text = asked.text or asked.caption or ""
    if not text.strip():
        await context.say(message, Reply.of(texts.CHECK_HOW))
        return
    try:
        await context.say(message, await context.answers.check(context.checking, without_question(text)))
    except TooShortError:
        await context.say(message, Reply.of(texts.CHECK_SHORT))


def register(application: Application) -> None:
    application.add_handler(Command("check", check))
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    told = filters.TEXT | filters.CAPTION
    application.add_handler(MessageHandler(private & filters.FORWARDED & told, passed_on))
    application.add_handler(MessageHandler(private & filters.TEXT & ~filters.COMMAND & _Pasted(), passed_on))
