"""/edition قم دیروز: a day of a province as a file to keep, for who loses the connection; `epub` for e-readers."""

from __future__ import annotations

import re

from telegram import InputFile, ReplyParameters, Update
from telegram.constants import ChatType

from bot.talk.commands.context import Application, Command, Context

_EPUB = re.compile(r"(?<!\w)(?:epub|ای‌?پاب|ایپاب)(?!\w)", re.IGNORECASE)


async def edition(update: Update, context: Context) -> None:
    """Send the file; where that day has no news, say so."""
    message = update.effective_message
    if message is None:
        return
    words = " ".join(context.args or ())
    paper = await context.answers.edition(_EPUB.sub(" ", words), epub=_EPUB.search(words) is not None)
    if paper.data is None:
        await context.say(message, paper.said)
        return
    quote = context.platform == "telegram" and message.chat.type != ChatType.PRIVATE
    await message.reply_document(
        InputFile(paper.data, filename=paper.name),
        caption=paper.caption,
        reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True) if quote else None,
        do_quote=False,
    )


def register(application: Application) -> None:
    application.add_handler(Command("edition", edition))
