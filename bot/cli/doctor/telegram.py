"""The part of `chapar doctor` that asks Telegram: token, clock, channels, the desk, and the limits that are kept."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.cli.doctor.finding import FINE, LOOK, SECONDS, WRONG, Finding
from bot.settings import Settings
from feeds.errors import ChaparError

if TYPE_CHECKING:
    from telegram import Bot

    from feeds.store.delivery.rate import Rate

CLOCK = timedelta(seconds=30)
LIMITS = {"TELEGRAM_RATE_GLOBAL": (30, 1.0), "TELEGRAM_RATE_CHAT": (1, 1.0), "TELEGRAM_RATE_GROUP": (20, 60.0)}
"""What Telegram takes: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"""


async def telegram(settings: Settings) -> list[Finding]:
    """The token, the clock, the channels, and who of the desk can be written to."""
    from bot.publishing.telegram_channel import connect  # loads the whole Bot API

    if not settings.token:
        do = "get one from @BotFather and set TELEGRAM_TOKEN in .env; until then posts go to the preview"
        return [Finding("token", LOOK, "none is set", do)]
    bot = connect(settings.token, api_url=settings.telegram_api_url, proxy=settings.telegram_proxy)
    try:
        found = await _token(bot, settings)
        if found[0].level == WRONG:
            return found
        found += [*await _webhook(bot, settings), *await _clock(settings)]
        found += await _channels(bot, settings)
        return [*found, *[await _admin(bot, admin) for admin in settings.telegram_admins], *_desk(settings)]
    finally:
        with suppress(Exception):
            await bot.request.shutdown()


async def _token(bot: Bot, settings: Settings) -> list[Finding]:
    from bot.publishing.errors import BarredError
    from bot.publishing.telegram_errors import proven

    way = f" through {urlsplit(settings.telegram_proxy).hostname}" if settings.telegram_proxy else ""
    try:
        with proven():
            me = await bot.get_me()
    except BarredError:
        do = "copy TELEGRAM_TOKEN again from @BotFather (/mybots, API Token)"
        return [Finding("token", WRONG, "Telegram does not take it", do)]
    except ChaparError as error:
        do = "see TELEGRAM_PROXY" if way else "where Telegram is filtered, set TELEGRAM_PROXY"
        host = urlsplit(settings.telegram_api_url).hostname
        return [Finding("token", WRONG, f"{host} can't be reached{way}: {error}", f"{do}; see TELEGRAM_API_URL")]
    found = [Finding("token", FINE, f"the bot is @{me.username}{way}")]
    if settings.platform == "telegram" and me.supports_inline_queries is False:
        do = "say /setinline to @BotFather and choose the bot, if readers shall quote articles in other chats"
        found.append(Finding("inline mode", LOOK, f"it is off: «@{me.username} قم» finds nothing", do))
    if settings.platform == "telegram" and me.supports_guest_queries is False:
        do = "switch guest mode on at @BotFather, if the bot shall answer in groups that it is no member of"
        found.append(Finding("guest mode", LOOK, "it is off: whoever names the bot elsewhere gets no answer", do))
    return found


async def _webhook(bot: Bot, settings: Settings) -> list[Finding]:
    from bot.publishing.telegram_errors import proven

    try:
        with proven():
            url = (await bot.get_webhook_info()).url
    except ChaparError:  # not every platform knows the method
        return []
    own = urlsplit(settings.telegram_webhook).hostname
    if own and urlsplit(url).hostname == own:
        return [Finding("webhook", FINE, f"Telegram brings what people write to {own}")]
    if not url and own:
        return [Finding("webhook", LOOK, "none is set yet", "`chapar run` sets it, to TELEGRAM_WEBHOOK")]
    if not url:
        return []
    said = f"another program's is set (at {urlsplit(url).hostname}), which takes what people write"
    return [Finding("webhook", LOOK, said, "end that program, or use another token; `chapar run` takes it off")]


async def _clock(settings: Settings) -> list[Finding]:
    """Our clock against the one that the server's answers tell."""
    import httpx

    proxy = settings.telegram_proxy or None
    try:
        async with httpx.AsyncClient(proxy=proxy, timeout=SECONDS, trust_env=False) as client:
            answer = await client.head(settings.telegram_api_url)
        told = parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, KeyError, ValueError):
        return []
    apart = datetime.now(UTC) - told
    if abs(apart) < CLOCK:
        return [Finding("clock", FINE, "as Telegram's")]
    way = "ahead" if apart > timedelta() else "behind"
    said = f"{abs(round(apart.total_seconds()))} s {way} of Telegram's"
    return [Finding("clock", WRONG, said, "let the machine set its clock by the network (timedatectl set-ntp true)")]


async def _channels(bot: Bot, settings: Settings) -> list[Finding]:
    from bot.publishing.telegram_channel import TelegramChannel

    if not settings.channels:
        return [
            Finding("channels", LOOK, "none is set", "set TELEGRAM_CHANNEL in .env; until then posts go to the preview")
        ]
    found: list[Finding] = []
    places: dict[tuple[int | None, str], str] = {}
    for key, style in settings.styles.items():
        what = f"channel {key}"
        try:
            async with asyncio.timeout(SECONDS):
                facts = await TelegramChannel(key, bot, platform=style.platform).inspect()
        except (ChaparError, TimeoutError) as error:
            do = "add the bot to the chat as an administrator with the right to post; see that the name is right"
            found.append(Finding(what, WRONG, str(error) or "no answer in time", do))
            continue
        first = places.setdefault((facts.chat_id, key.partition("/")[2]), key)
        if first != key:
            found.append(Finding(what, WRONG, f"is the same chat as {first}", "name it once"))
            continue
        name = f" @{facts.username}" if facts.username else ""
        said = f"«{facts.title}»{name}, number {facts.chat_id}; the bot may post, correct and delete its posts"
        if facts.may_edit_others and facts.counts and not settings.telegram_admins:
            said += ", and edit other people's, so what became of a lost answer can't be found out"
            found.append(Finding(what, LOOK, said, "take that right from it, or set TELEGRAM_ADMINS"))
        else:
            found.append(Finding(what, FINE, said))
    return found


async def _admin(bot: Bot, admin: int) -> Finding:
    """Whether a member of the desk can be written to."""
    from telegram.constants import ChatAction

    from bot.publishing.telegram_errors import proven

    try:
        with proven():
            await bot.send_chat_action(admin, ChatAction.TYPING)  # shown for a moment, and no message
    except ChaparError as error:
        do = "let this account open the bot and press Start (and not block it); see TELEGRAM_ADMINS"
        return Finding(f"desk {admin}", WRONG, f"can't be written to: {error}", do)
    return Finding(f"desk {admin}", FINE, "can be written to")


def _desk(settings: Settings) -> list[Finding]:
    if settings.telegram_admins:
        return []
    do = "set TELEGRAM_ADMINS to the numbers of the accounts that commands are taken from and alerts go to"
    return [Finding("desk", LOOK, "nobody is told of problems", do)]


async def rates(settings: Settings) -> list[Finding]:
    """The limits that are kept, against those that Telegram has."""
    found = []
    for name, (count, seconds) in LIMITS.items():
        rate: Rate = getattr(settings, name.lower())
        if _is_faster(rate, count, seconds):
            found.append(
                Finding(name, LOOK, f"{_said(rate)} is more than Telegram takes", f"leave it at {count}/{seconds:g}")
            )
    found += [
        Finding(f"rate of {channel.key}", LOOK, f"{_said(channel.rate)} is more than Telegram takes", "leave it out")
        for channel in settings.channels
        if channel.rate is not None and _is_faster(channel.rate, *LIMITS[_rate_of(channel.chat)])
    ]
    return found or [Finding("rates", FINE, "as Telegram takes them")]


def _rate_of(chat: str) -> str:
    return "TELEGRAM_RATE_CHAT" if chat.isdigit() else "TELEGRAM_RATE_GROUP"


def _is_faster(rate: Rate, count: int, seconds: float) -> bool:
    return rate.count / rate.seconds > count / seconds


def _said(rate: Rate) -> str:
    return f"{rate.count}/{rate.seconds:g}"
