"""Every setting of Chapar, in one declarative table: the environment, `.env`, and `chapar.toml`.

The environment (and `.env`) holds secrets and a few knobs; `chapar.toml`, read from the working directory, holds the
lists: sources and channels. With neither, everything works on the embedded defaults.

A wrong setting raises `SettingError`: a sentence that names it, its value (never a secret's) and what is allowed.
`.env.example` and docs/settings.md are held to this table by a test.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from rapidfuzz import process

from bot.posts.style import DEFAULT, Digits, Layout, Picture, Platform, Quiet, Retraction, Style
from feeds.errors import SettingError
from feeds.provinces import gazetteer
from feeds.redaction import redact
from feeds.sources import SourceSettings, agencies
from feeds.sources.fetching.login import apart
from feeds.store.delivery.rate import Rate

TOML = Path("chapar.toml")
DOTENV = Path(".env")


def _rate(value: object) -> object:
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


def _zone(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError("use a name of the IANA time zone database, such as Asia/Tehran") from None


def _url(*schemes: str) -> AfterValidator:
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


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return tuple(int(part) for part in value.replace(",", " ").split())
    except ValueError:
        raise ValueError("use numeric user ids, parted by commas, such as 12345678,87654321") from None


def _chat(value: object) -> object:
    """A chat as Telegram names it: a whole number, or @name."""
    text = str(value).strip()
    if text.lstrip("-").isdigit():
        return str(int(text))
    name = text.removeprefix("https://t.me/").removeprefix("@")
    if name.replace("_", "a").isalnum() and name.isascii() and not name[0].isdigit():
        return f"@{name}"
    raise ValueError("use @name or the channel's number, such as -1001234567890")


def _quiet(value: object) -> object:
    if not isinstance(value, str):
        return value
    return Quiet.parse(value) if value.strip() else None


GENERAL_TOPIC = 1
"""Every group with topics has it: what goes to the group alone goes there. The Bot API does not take its number."""
SHORTEST_SECRET = 4
"""Characters; a shorter password stands in half the words of a log. It is taken out of addresses all the same."""
PROXIES = ("http", "https", "socks5", "socks5h")
RateField = Annotated[Rate, BeforeValidator(_rate), NoDecode]
Chat = Annotated[str, BeforeValidator(_chat)]
Provinces = tuple[str, ...]


def _slugs(values: Provinces) -> Provinces:
    known = [province.slug for province in gazetteer.PROVINCES]
    for value in values:
        if value not in known:
            nearest = process.extractOne(value, known)
            raise ValueError(f"{value} is no province; did you mean {nearest[0]}? /provinces lists all 31")
    return values


class ChannelSettings(BaseModel):
    """A `[[channel]]` of chapar.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chat: Chat
    topic: Annotated[int, Field(ge=1)] = GENERAL_TOPIC
    """Of a group with topics: the number in the topic's link."""
    provinces: Annotated[Provinces, AfterValidator(_slugs)] = ()
    """None: all, and articles about no province too."""
    sources: tuple[str, ...] = ()
    """Keys of sources (`seeds`, or the key of a `[[source]]`); none: all."""
    include: tuple[str, ...] = ()
    """Only articles that hold all words of one of these."""
    exclude: tuple[str, ...] = ()
    """No article that holds all words of one of these; stands over `include`."""
    hold: bool = False
    """Wait for the desk's release before each post."""
    quiet: Annotated[Quiet | None, BeforeValidator(_quiet)] = DEFAULT.quiet
    """When posts come without a sound; breaking news never does."""
    rate: Annotated[Rate | None, BeforeValidator(_rate)] = None
    """None: TELEGRAM_RATE_CHAT or TELEGRAM_RATE_GROUP."""
    digits: Digits = DEFAULT.digits
    layout: Layout = DEFAULT.layout
    picture: Picture = DEFAULT.picture
    retraction: Retraction = DEFAULT.retraction
    platform: Platform | None = None
    """None: see `Settings.platform`."""

    @property
    def key(self) -> str:
        """Under which the store knows it."""
        return self.chat if self.topic == GENERAL_TOPIC else f"{self.chat}/{self.topic}"


class SourceTable(BaseModel):
    """A `[[source]]` of chapar.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, _url("http", "https")]
    name: str = ""
    key: str = ""
    province: Annotated[str, AfterValidator(lambda value: _slugs((value,))[0] if value else value)] = ""
    full_text: bool = True
    proxy: Annotated[str, _url(*PROXIES)] = ""
    hold: bool = False
    allow_private: bool = False


class Settings(BaseSettings):
    """The settings of one node."""

    model_config = SettingsConfigDict(env_file_encoding="utf-8", extra="forbid", frozen=True, hide_input_in_errors=True)

    telegram_token: SecretStr | None = Field(None, description="The bot's token from @BotFather; none: preview only")
    telegram_channel: Chat | None = Field(
        None, description="The first channel: @name or its number; none: preview only"
    )
    telegram_admins: Annotated[tuple[int, ...], BeforeValidator(_ids), NoDecode] = Field(
        (), description="User ids of the desk, parted by commas"
    )
    telegram_api_url: Annotated[str, _url("http", "https")] = Field(
        "https://api.telegram.org", description="A self-hosted Bot API server, or Bale's compatible one"
    )
    telegram_proxy: Annotated[str, _url(*PROXIES)] = Field(
        "", description="Proxy to Telegram, such as socks5://host:1080"
    )
    telegram_rate_global: RateField = Field(Rate(30, 1), description="All messages of the bot, as messages/seconds")
    telegram_rate_chat: RateField = Field(Rate(1, 1), description="Messages to one private chat")
    telegram_rate_group: RateField = Field(Rate(20, 60), description="Messages to one group or channel")
    feed_proxy: Annotated[str, _url(*PROXIES)] = Field("", description="Proxy to the sources")
    database_url: SecretStr = Field(
        SecretStr("sqlite:///var/chapar.db"),
        description="sqlite:///path, or postgresql+psycopg://user:password@host/name",
    )
    seeds_dir: Path = Field(Path("seeds"), description="The inbox of documents")
    feeds_dir: Path = Field(Path("var/feeds"), description="Where feed files are written")
    http_address: str = Field("127.0.0.1:8080", description="Where pages and feeds are served, host:port")
    public_url: Annotated[str, _url("http", "https")] = Field(
        "", description="The address of the pages as readers see it; none: made from HTTP_ADDRESS"
    )
    timezone: Annotated[ZoneInfo, BeforeValidator(_zone), NoDecode] = Field(
        ZoneInfo("Asia/Tehran"), description="The zone in which times are shown"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged")
    log_format: Literal["console", "json"] = Field("console", description="Log lines for people or for programs")

    channel: tuple[ChannelSettings, ...] = Field((), exclude=True)
    source: tuple[SourceTable, ...] = Field((), exclude=True, validate_default=True)

    @field_validator("*", mode="before")
    @classmethod
    def _empty_means_default(cls, value: object, info: ValidationInfo) -> object:
        """`TELEGRAM_TOKEN=` in .env is a setting left alone, not a wrong one."""
        if isinstance(value, str) and not value.strip() and info.field_name:
            return cls.model_fields[info.field_name].get_default()
        return value.strip() if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            number, _, secret = value.get_secret_value().partition(":")
            if not number.isdigit() or not secret or not secret.replace("-", "a").replace("_", "a").isalnum():
                raise ValueError("use the token as @BotFather gave it, such as 123456:ABC-DEF")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
            raise ValueError("use sqlite:///path or postgresql+psycopg://user:password@host/name")
        return value

    @field_validator("channel")
    @classmethod
    def _each_once(cls, values: tuple[ChannelSettings, ...]) -> tuple[ChannelSettings, ...]:
        twice = [key for key, count in Counter(channel.key for channel in values).items() if count > 1]
        if twice:
            raise ValueError(f"{', '.join(twice)} stands there twice; make one [[channel]] of them")
        return values

    @field_validator("source")
    @classmethod
    def _one_each_and_all_named(cls, values: tuple[SourceTable, ...], info: ValidationInfo) -> tuple[SourceTable, ...]:
        keys = [table.key or agencies.plain_url(apart(table.url)[0]) for table in values]
        twice = [key for key, count in Counter(keys).items() if count > 1]
        if twice:
            raise ValueError(f"{redact(', '.join(twice))} stands there twice; make one [[source]] of them")
        known = {"seeds", *keys, *(agency.hosts[0] for agency in agencies.AGENCIES)}
        for channel in info.data.get("channel", ()):
            for name in channel.sources:
                if name not in known:
                    nearest = process.extractOne(name, sorted(known))
                    raise ValueError(
                        f"the [[channel]] {channel.key} follows {redact(name)}, which is the key of no [[source]]; "
                        f"did you mean {redact(nearest[0])}?"
                    )
        return values

    @field_validator("http_address")
    @classmethod
    def _address(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or int(port) > 65535:  # noqa: PLR2004
            raise ValueError("use host:port, such as 127.0.0.1:8080")
        return value

    @property
    def host_port(self) -> tuple[str, int]:
        """HTTP_ADDRESS in its two parts."""
        host, _, port = self.http_address.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def base_url(self) -> str:
        """The address of the pages as readers see it, without a slash at its end."""
        host, port = self.host_port
        shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104
        return self.public_url or f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"

    @property
    def token(self) -> str:
        """The bot's token in clear; empty without one."""
        return self.telegram_token.get_secret_value() if self.telegram_token else ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no line of the log may hold: the token, what opens sources, what opens proxies."""
        proxies = (self.feed_proxy, self.telegram_proxy, *(source.proxy for source in self.sources))
        logins = (*(source.login for source in self.sources), *(apart(proxy)[1] for proxy in proxies))
        words = (word for login in logins if login for word in login.secrets if len(word) >= SHORTEST_SECRET)
        return self.token, self.token.partition(":")[2], *words

    @property
    def sources(self) -> tuple[SourceSettings, ...]:
        """Every feed that is followed."""
        return tuple(SourceSettings(**table.model_dump()) for table in self.source)

    @property
    def channels(self) -> tuple[ChannelSettings, ...]:
        """Every Telegram channel that posts go to; none without a token (then there is the preview).

        TELEGRAM_CHANNEL is the first; what a `[[channel]]` says of the same chat holds for it.
        """
        if not self.telegram_token or not self.telegram_channel:
            return self.channel if self.telegram_token else ()
        named = [channel for channel in self.channel if channel.key == self.telegram_channel]
        rest = tuple(channel for channel in self.channel if channel.key != self.telegram_channel)
        return (named[0] if named else ChannelSettings(chat=self.telegram_channel), *rest)

    @property
    def platform(self) -> Platform:
        """Whose Bot API it is: one serves all channels, so its host says it, or else the first channel that does."""
        host = urlsplit(self.telegram_api_url).hostname or ""
        if host == "bale.ai" or host.endswith(".bale.ai"):
            return "bale"
        return next((channel.platform for channel in self.channels if channel.platform), "telegram")

    @property
    def styles(self) -> dict[str, Style]:
        """How the posts of each channel look and sound, by key."""
        return {
            channel.key: Style(
                quiet=channel.quiet,
                digits=channel.digits,
                layout=channel.layout,
                picture=channel.picture,
                retraction=channel.retraction,
                platform=channel.platform or self.platform,
            )
            for channel in self.channels
        }

    @classmethod
    def load(cls, *, dotenv: Path = DOTENV, toml: Path = TOML) -> Self:
        """Read the environment, `.env` and `chapar.toml`.

        Raises:
            SettingError: naming every wrong setting, a sentence each.
        """
        try:
            return cls(_env_file=dotenv, **_read_toml(toml))  # type: ignore[call-arg]
        except ValidationError as error:
            raise SettingError("\n".join(_sentence(cls, part, dotenv, toml) for part in error.errors())) from None
        except UnicodeDecodeError:
            raise SettingError(f"{dotenv} is not UTF-8: save it as UTF-8") from None


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} can't be read: {error}") from None
    except OSError as error:
        raise SettingError(f"{path} can't be read: {error.strerror}") from None
    for name in tables:
        if name not in {"channel", "source"}:
            raise SettingError(f"{path}: [{name}] is unknown; use [[channel]] and [[source]], and .env for the rest")
    return tables


def _sentence(settings: type[Settings], error: Any, dotenv: Path, toml: Path) -> str:
    """One wrong setting as one sentence: its name, its value unless secret, what is allowed."""
    location = [str(part) for part in error["loc"]]
    field = settings.model_fields.get(location[0].lower())
    message = error["msg"].removeprefix("Value error, ")
    if location[0] in {"channel", "source"}:
        place = f"{toml}: [[{location[0]}]] number {int(location[1]) + 1}" if len(location) > 1 else f"{toml}"
        key = ".".join(location[2:])
        message = "unknown key" if error["type"] == "extra_forbidden" else message
        return f"{place}{f', {key}' if key else ''}: {message}"
    if field is None:
        nearest = process.extractOne(location[0].upper(), [name.upper() for name in settings.model_fields])
        return f"{dotenv}: {location[0].upper()} is unknown; did you mean {nearest[0]}?"
    return f"{location[0].upper()}{_shown(field.annotation, error['input'])}: {message}"


def _shown(annotation: object, value: object) -> str:
    """`=value`, or nothing where the value is, or may hold, a password."""
    secret = "SecretStr" in str(annotation) or "@" in str(value).partition("://")[2]
    return "" if secret else f"={value}"
