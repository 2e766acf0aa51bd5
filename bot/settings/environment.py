"""Every setting of Chapar, in one declarative table: the environment, `.env`, and `chapar.toml`.

The environment (and `.env`) holds secrets and a few knobs; `chapar.toml`, read from the working directory, holds the
lists: sources and channels. With neither, everything works on the embedded defaults.

A wrong setting raises `SettingError`: a sentence that names it, its value (never a secret's) and what is allowed.
`.env.example` and docs/settings.md are held to this table by a test.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.posts.style import Platform, Style
from bot.settings import toml as toml_file
from bot.settings.fields import PROXIES, Chat, RateField, ids_field, url_field, zone_field
from bot.settings.tables import ChannelSettings, SourceTable
from feeds.errors import SettingError
from feeds.redaction import redact
from feeds.sources import SourceSettings
from feeds.sources.fetching.login import apart
from feeds.store.delivery.rate import Rate

TOML = Path("chapar.toml")
DOTENV = Path(".env")
TELEGRAM_HOST = "api.telegram.org"
SHORTEST_KEY = 12
SHORTEST_SECRET = 4
"""Characters; a shorter password stands in half the words of a log. It is taken out of addresses all the same."""


class Settings(BaseSettings):
    """The settings of one node."""

    model_config = SettingsConfigDict(env_file_encoding="utf-8", extra="forbid", frozen=True, hide_input_in_errors=True)

    telegram_token: SecretStr | None = Field(None, description="The bot's token from @BotFather; none: preview only")
    telegram_channel: Chat | None = Field(
        None, description="The first channel: @name or its number; none: preview only"
    )
    telegram_admins: Annotated[tuple[int, ...], BeforeValidator(ids_field), NoDecode] = Field(
        (), description="User ids of the desk, parted by commas"
    )
    telegram_api_url: Annotated[str, url_field("http", "https")] = Field(
        "https://api.telegram.org", description="A self-hosted Bot API server, or Bale's compatible one"
    )
    telegram_webhook: Annotated[str, url_field("https", "http")] = Field(
        "", description="Where Telegram reaches this server by https, to bring updates; none: they are polled"
    )
    telegram_proxy: Annotated[str, url_field(*PROXIES)] = Field(
        "", description="Proxy to Telegram, such as socks5://host:1080"
    )
    telegram_rate_global: RateField = Field(Rate(30, 1), description="All messages of the bot, as messages/seconds")
    telegram_rate_chat: RateField = Field(Rate(1, 1), description="Messages to one private chat")
    telegram_rate_group: RateField = Field(Rate(20, 60), description="Messages to one group or channel")
    feed_proxy: Annotated[str, url_field(*PROXIES)] = Field("", description="Proxy to the sources")
    database_url: SecretStr = Field(
        SecretStr("sqlite:///var/chapar.db"),
        description="sqlite:///path, or postgresql+psycopg://user:password@host/name",
    )
    seeds_dir: Path = Field(Path("seeds"), description="The inbox of documents")
    feeds_dir: Path = Field(Path("var/feeds"), description="Where feed files are written")
    http_address: str = Field("127.0.0.1:8080", description="Where pages and feeds are served, host:port")
    public_url: Annotated[str, url_field("http", "https")] = Field(
        "", description="The address of the pages as readers see it; none: made from HTTP_ADDRESS"
    )
    websub_hub: Annotated[str, url_field("http", "https")] = Field(
        "", description="The WebSub hub that hears of each change of a feed; none: readers have to ask"
    )
    status_key: SecretStr | None = Field(
        None, description="Opens /status?key=… from anywhere; none: it opens on this machine alone"
    )
    timezone: Annotated[ZoneInfo, BeforeValidator(zone_field), NoDecode] = Field(
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

    @field_validator("status_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(f"use a key of at least {SHORTEST_KEY} characters that nobody guesses")
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
        twice = [key for key, count in Counter(channel.key.lower() for channel in values).items() if count > 1]
        if twice:
            raise ValueError(f"{', '.join(twice)} stands there twice; make one [[channel]] of them")
        return values

    @field_validator("source")
    @classmethod
    def _one_each_and_all_named(cls, values: tuple[SourceTable, ...], info: ValidationInfo) -> tuple[SourceTable, ...]:
        follows = [(channel.key, name) for channel in info.data.get("channel", ()) for name in channel.sources]
        if not values and not follows:
            return values
        from feeds.sources import agencies  # noqa: PLC0415 - loads the words of agencies' names

        addresses = [agencies.plain_url(apart(table.url)[0]) for table in values]
        keys = [table.key or address for table, address in zip(values, addresses, strict=True)]
        twice = [name for names in (addresses, keys) for name, count in Counter(names).items() if count > 1]
        if twice:
            raise ValueError(
                f"{redact(', '.join(dict.fromkeys(twice)))} stands there twice; make one [[source]] of them"
            )
        known = {"seeds", *keys, *(agency.hosts[0] for agency in agencies.AGENCIES)}
        for channel, name in follows:
            if name not in known:
                from rapidfuzz import process  # noqa: PLC0415 - for a wrong setting alone

                nearest = process.extractOne(name, sorted(known))[0]
                raise ValueError(
                    f"the [[channel]] {channel} follows {redact(name)}, which is the key of no [[source]]; "
                    f"did you mean {redact(nearest)}?"
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
    def key_of_status(self) -> str:
        """What opens the status page from anywhere, in clear; empty without one."""
        return self.status_key.get_secret_value() if self.status_key else ""

    @property
    def is_public(self) -> bool:
        """Whether readers come by an address that is not of this machine: then a proxy may stand in front."""
        host = urlsplit(self.public_url).hostname or ""
        return bool(self.public_url) and host not in {"localhost", "127.0.0.1", "::1"}

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
        return self.token, self.token.partition(":")[2], self.key_of_status, *words

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
    def data_dir(self) -> Path:
        """Where the program keeps what it learns: beside the database file, or else beside the feeds."""
        scheme, _, path = self.database_url.get_secret_value().partition(":///")
        return Path(path.partition("?")[0]).parent if scheme == "sqlite" else self.feeds_dir.parent

    @property
    def platform(self) -> Platform:
        """Whose Bot API it is, for the bot's answers: its host says it, or else all channels together."""
        everywhere = bool(self.channels) and all(channel.platform == "bale" for channel in self.channels)
        return "bale" if everywhere else self._hosted

    @property
    def _hosted(self) -> Platform:
        host = urlsplit(self.telegram_api_url).hostname or ""
        return "bale" if host == "bale.ai" or host.endswith(".bale.ai") else "telegram"

    @property
    def is_live(self) -> bool:
        """Whether posts go to readers: to Telegram or Bale themselves, not to a server on somebody's desk."""
        host = urlsplit(self.telegram_api_url).hostname or ""
        return bool(self.channels) and (host == TELEGRAM_HOST or self._hosted == "bale")

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
                platform=channel.platform or self._hosted,
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
            return cls(_env_file=dotenv, **toml_file.read(toml))  # type: ignore[call-arg]
        except ValidationError as error:
            raise SettingError(
                "\n".join(toml_file.sentence(cls, part, dotenv, toml) for part in error.errors())
            ) from None
        except UnicodeDecodeError:
            raise SettingError(f"{dotenv} is not UTF-8: save it as UTF-8") from None
