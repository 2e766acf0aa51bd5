"""python-telegram-bot, wired: what the bot understands, long polling, and an answer to every error.

The bot starts without Telegram: where it can't be reached, the pages, the feeds and the ingest go on, and the bot
tries again, ever more slowly, until it can.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Update,
)
from telegram.error import TelegramError
from telegram.ext import ApplicationBuilder
from telegram.request import HTTPXRequest

from bot.contacts import BOT
from bot.posts.style import Platform
from bot.publishing.errors import UnknownError
from bot.publishing.telegram_channel import tls
from bot.publishing.telegram_errors import meaning
from bot.talk import commands, texts
from bot.talk.alerts import Alerts
from bot.talk.answers import Answers
from bot.talk.commands.context import CONTEXT_TYPES, Application, Context
from bot.talk.following.following import Following
from bot.talk.held import HeldNews
from bot.talk.listing import Reply
from bot.talk.once import Once
from bot.talk.polling import SILENCE_SECONDS, Ear, poll, reason_of
from bot.talk.replies import ReplyPacer, TooLateError
from bot.talk.throttle import PerChat
from bot.talk.webhook import Webhook
from feeds.errors import ChaparError
from feeds.store.archive.arrivals import Mover, nowhere
from feeds.stories.checking import Checking

log = logging.getLogger(__name__)

READ_SECONDS = 20
"""As channels have: an answer that comes later than this may have arrived all the same."""
ALERT_SECONDS = 20
FIRST_WAIT, LONGEST_WAIT = 1.0, 8.0
UPDATES = [
    *(Update.MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY, Update.MY_CHAT_MEMBER),
    Update.GUEST_MESSAGE,
]


def build(
    token: str,
    answers: Answers,
    pacer: ReplyPacer,
    *,
    api_url: str,
    proxy: str = "",
    admins: Sequence[int] = (),
    platform: Platform = "telegram",
    placer: Mover = nowhere,
    once: Once | None = None,
) -> Application:
    """The application, not started: no I/O happens here."""
    once = once or Once(answers.store, secrets.token_hex(8))
    options: dict[str, Any] = {"proxy": proxy or None, "httpx_kwargs": {"verify": tls()}}
    builder = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .context_types(CONTEXT_TYPES)
        .rate_limiter(pacer)
        .concurrent_updates(PerChat(_too_many, spared=admins, done=once.done))
        .request(HTTPXRequest(connection_pool_size=64, read_timeout=READ_SECONDS, pool_timeout=READ_SECONDS, **options))
        .get_updates_request(HTTPXRequest(connection_pool_size=1, read_timeout=SILENCE_SECONDS, **options))
        .updater(None)  # see `polling`
        .job_queue(None)
    )
    application: Application = builder.build()
    application.bot_data["answers"] = answers
    application.bot_data["following"] = Following(answers.store, answers.zone, answers.now)
    application.bot_data["once"] = once
    application.bot_data["admins"] = tuple(admins)
    application.bot_data["platform"] = platform
    application.bot_data["placer"] = placer
    application.bot_data["checking"] = Checking(answers.store)
    commands.register_all(application)
    application.add_error_handler(on_error)
    return application


async def on_error(update: object, context: Context) -> None:
    """Log an error under an id, and tell the person the id, politely; not where the answer may have arrived."""
    if isinstance(context.error, TooLateError):
        log.info("an answer was left out: %s", context.error)
        return
    if isinstance(context.error, TelegramError) and isinstance(meaning(context.error), UnknownError):
        log.warning("an answer may not have arrived: %s", context.error)
        return
    number = secrets.token_hex(4)
    log.error("error %s while answering", number, exc_info=context.error)
    if isinstance(update, Update) and update.effective_message and not update.guest_message:
        with suppress(TelegramError):
            await context.say(update.effective_message, Reply.of(texts.FAILED, id=number))


async def run(application: Application, stop: asyncio.Event, *, alert_seconds: float = ALERT_SECONDS) -> None:
    """Poll Telegram until `stop` is set; outlive its outages. The desk is told of problems every `alert_seconds`."""

    async def served(ear: Ear) -> None:
        async with _started(application):
            await application.bot.delete_webhook()  # an earlier program's: this one polls
            async with _on_duty(application, stop, alert_seconds):
                take = application.bot_data["once"].take
                await poll(application.bot, application.update_queue, ear, stop, allowed=UPDATES, take=take)

    await _outlive(application, served, stop)


async def listen(application: Application, webhook: Webhook, stop: asyncio.Event) -> None:
    """Handle what the webhook brings to this node until `stop` is set."""

    async def served(_ear: Ear) -> None:
        async with _started(application):
            webhook.application = application
            try:
                await stop.wait()
            finally:
                webhook.application = None

    await _outlive(application, served, stop)


async def lead(
    application: Application, address: str, secret: str, stop: asyncio.Event, *, alert_seconds: float = ALERT_SECONDS
) -> None:
    """What one node does for all where updates come by webhook: it tells Telegram where to, and the desk of problems.

    Args:
        application: a bot of its own, as another handles what comes.
        address: where Telegram shall send updates.
        secret: what it shall show with each.
        stop: ends it.
        alert_seconds: how often the desk is told.
    """

    async def served(ear: Ear) -> None:
        await application.initialize()
        try:
            await application.bot.set_webhook(address, allowed_updates=UPDATES, secret_token=secret)
            await ear.heard()
            async with _on_duty(application, stop, alert_seconds):
                await stop.wait()
        finally:
            await application.shutdown()

    await _outlive(application, served, stop)


async def _outlive(application: Application, serve: Callable[[Ear], Awaitable[None]], stop: asyncio.Event) -> None:
    """Serve, and again after each outage of Telegram, until `stop` is set."""
    wait = FIRST_WAIT
    answers = application.bot_data["answers"]
    ear = Ear(answers.store, answers.now)
    while not stop.is_set():
        try:
            await serve(ear)
        except TelegramError as error:
            await ear.failed(reason_of(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)
            wait = min(wait * 2, LONGEST_WAIT)


async def _alert(application: Application, stop: asyncio.Event, seconds: float) -> None:
    """Tell the desk what needs a person, until `stop` is set."""
    admins = application.bot_data["admins"]
    answers = application.bot_data["answers"]
    alerts = Alerts(answers.store, admins, answers.now, platform=application.bot_data["platform"])
    held = HeldNews(answers.store, alerts, answers.zone, answers.now)
    while admins and not stop.is_set():
        try:
            await alerts.tell(application.bot)
            await held.tell(application.bot)
        except ChaparError as error:
            log.warning("the desk could not be told of what needs it: %s", error)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)


@asynccontextmanager
async def _on_duty(application: Application, stop: asyncio.Event, alert_seconds: float) -> AsyncIterator[None]:
    """What one node does beside answering: the menu, and alerts to the desk."""
    if application.bot_data["platform"] == "telegram":  # elsewhere the menu is made with the platform's own bot
        await _introduce(application)
    alerting = asyncio.create_task(_alert(application, stop, alert_seconds))
    try:
        yield
    finally:
        alerting.cancel()
        await asyncio.gather(alerting, return_exceptions=True)


@asynccontextmanager
async def _started(application: Application) -> AsyncIterator[None]:
    """The application, handling updates."""
    await application.initialize()
    try:
        await application.start()
        log.info("the bot answers as @%s", application.bot.username)
        await _be_known(application)
        yield
    finally:
        if application.running:
            await application.stop()
            await application.bot_data["once"].note()
        await application.shutdown()


async def _be_known(application: Application) -> None:
    """Let the pages lead to the bot."""
    answers = application.bot_data["answers"]
    try:
        await asyncio.to_thread(answers.store.key_values.put, BOT, application.bot.username, answers.now())
    except ChaparError as error:
        log.warning("the pages don't know the bot's name yet: %s", error)


async def _introduce(application: Application) -> None:
    """The menu and the description in Persian; a bot without them still answers."""
    bot = application.bot
    try:
        everybody = [BotCommand(name, text) for name, text in texts.COMMANDS.items()]
        await bot.set_my_commands(everybody)
        await bot.set_my_commands(everybody, scope=BotCommandScopeAllPrivateChats())
        groups = [command for command in everybody if command.command in texts.IN_GROUPS]
        await bot.set_my_commands(groups, scope=BotCommandScopeAllGroupChats())
        desk = [BotCommand(name, text) for name, text in {**texts.COMMANDS, **texts.DESK_COMMANDS}.items()]
        for admin in application.bot_data["admins"]:
            with suppress(TelegramError):  # one who never started the bot has no chat with it yet
                await bot.set_my_commands(desk, scope=BotCommandScopeChat(admin))
        await bot.set_my_description(texts.DESCRIPTION)
        await bot.set_my_short_description(texts.SHORT_DESCRIPTION)
    except TelegramError as error:
        log.warning("the bot's menu could not be set: %s", error)


async def _too_many(update: Update) -> None:
    """A chat writes too fast: say so, once."""
    if update.callback_query is not None:
        await update.callback_query.answer(texts.TOO_MANY)
    elif update.effective_message is not None and update.guest_message is None:
        await update.effective_message.reply_text(texts.TOO_MANY)
