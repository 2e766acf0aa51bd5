"""The kinds of values that a setting may have: each is read from its text, or says in one sentence what is allowed."""

from __future__ import annotations

import math
import re
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

from bot.posts.style import Quiet
from feeds.store.delivery.rate import Rate


def rate_field(value: object) -> object:
    """`30/1`: messages, seconds."""
    if not isinstance(value, str):
        return value
    try:
        count, seconds = value.split("/")
        rate = Rate(int(count), float(seconds))
    except ValueError:
        rate = Rate(0, 0)
    if rate.count < 1 or not 0 < rate.seconds < math.inf:
        raise ValueError("use messages/seconds, such as 30/1")
    return rate


def zone_field(value: object) -> object:
    """A name of the IANA time zone database."""
    if not isinstance(value, str):
        return value
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError("use a name of the IANA time zone database, such as Asia/Tehran") from None


def url_field(*schemes: str) -> AfterValidator:
    """An address of one of these schemes; empty is allowed."""

    def check(value: str) -> str:
        parts = urlsplit(value)
        try:
            _ = parts.port
        except ValueError:  # the parser's own words show a piece of the password
            raise ValueError("use a number as its port, and write / # ? @ in a password as %2F %23 %3F %40") from None
        if value and (parts.scheme not in schemes or not parts.netloc):
            raise ValueError(f"use an address that begins with {' or '.join(f'{s}://' for s in schemes)}")
        return value.rstrip("/")

    return AfterValidator(check)


def domain_field(value: str) -> str:
    """The domain of a site, or an address of it; empty is allowed."""
    try:
        parts = urlsplit(value if "//" in value else f"//{value}")
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        host = ""
    if value and "." not in host:
        raise ValueError("use the domain of the site whose feed it is, such as mehrnews.com")
    return host


def ids_field(value: object) -> object:
    """Numbers, parted by commas or blanks."""
    if not isinstance(value, str):
        return value
    try:
        return tuple(int(part) for part in value.replace(",", " ").split())
    except ValueError:
        raise ValueError("use numeric user ids, parted by commas, such as 12345678,87654321") from None


def chat_field(value: object) -> object:
    """A chat as Telegram names it: a whole number, or @name; the address of its name is taken for that."""
    text = str(value).strip()
    if text.lstrip("-").isdigit():
        return str(int(text))
    path = re.sub(r"^(?:https?://)?(?:www\.)?(?:t|telegram)\.me/(?:s/)?", "", text, flags=re.IGNORECASE)
    if re.match(r"\+|joinchat/", path):
        raise ValueError(
            "no bot finds a chat by its invite link; make it administrator there, and use the chat's number, such as "
            "-1001234567890"
        )
    if number := re.match(r"c/(\d+)", path):
        raise ValueError(f"use the channel's number, which is -100{number[1]}")
    name = path.removeprefix("@").rstrip("/")
    if re.fullmatch(r"[A-Za-z]\w{0,31}", name, re.ASCII):
        return f"@{name}"
    raise ValueError("use @name or the channel's number, such as -1001234567890")


def quiet_field(value: object) -> object:
    """`23:00-07:00`; empty: never."""
    if not isinstance(value, str):
        return value
    return Quiet.parse(value) if value.strip() else None


GENERAL_TOPIC = 1
"""Every group with topics has it: what goes to the group alone goes there. The Bot API does not take its number."""
PROXIES = ("http", "https", "socks5", "socks5h")
RateField = Annotated[Rate, BeforeValidator(rate_field), NoDecode]
Chat = Annotated[str, BeforeValidator(chat_field)]
Provinces = tuple[str, ...]


def agent_field(value: str) -> str:
    """A User-Agent: a line of Latin letters and signs; empty is allowed."""
    if value and not (value.isascii() and value.isprintable()):
        raise ValueError('use Latin letters on one line, such as "Mozilla/5.0 (X11; Linux x86_64)"')
    return value.strip()


def selector_field(value: str) -> str:
    """A CSS selector; empty is allowed."""
    if value.strip():
        from feeds.errors import SettingError  # noqa: PLC0415 - few sources need one
        from feeds.sources.reading.pages.list_page import selector_of  # noqa: PLC0415 - as above

        try:
            selector_of(value)
        except SettingError as error:
            raise ValueError(str(error)) from None
    return value.strip()


def slugs_field(values: Provinces) -> Provinces:
    """Slugs of provinces."""
    from feeds.provinces import gazetteer  # noqa: PLC0415 - only where a province is named

    known = [province.slug for province in gazetteer.PROVINCES]
    for value in values:
        if value not in known:
            from rapidfuzz import process  # noqa: PLC0415 - only where there is something to mend

            nearest = process.extractOne(value, known)
            raise ValueError(f"{value} is no province; did you mean {nearest[0]}? /provinces lists all 31")
    return values
