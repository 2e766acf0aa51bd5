"""The lists of chapar.toml: `[[channel]]` and `[[source]]`."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.posts.style import DEFAULT, Digits, Layout, Picture, Platform, Quiet, Retraction
from bot.settings.fields import (
    GENERAL_TOPIC,
    PROXIES,
    Chat,
    Provinces,
    agent_field,
    domain_field,
    quiet_field,
    rate_field,
    selector_field,
    slugs_field,
    url_field,
)
from feeds.store.delivery.rate import Rate


class ChannelSettings(BaseModel):
    """A `[[channel]]` of chapar.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chat: Chat
    topic: Annotated[int, Field(ge=1)] = GENERAL_TOPIC
    """Of a group with topics: the number in the topic's link."""
    provinces: Annotated[Provinces, AfterValidator(slugs_field)] = ()
    """None: all, and articles about no province too."""
    sources: tuple[str, ...] = ()
    """Keys of sources (`seeds`, or the key of a `[[source]]`); none: all."""
    include: tuple[str, ...] = ()
    """Only articles that hold all words of one of these."""
    exclude: tuple[str, ...] = ()
    """No article that holds all words of one of these; stands over `include`."""
    hold: bool = False
    """Wait for the desk's release before each post."""
    quiet: Annotated[Quiet | None, BeforeValidator(quiet_field)] = DEFAULT.quiet
    """When posts come without a sound; breaking news never does."""
    rate: Annotated[Rate | None, BeforeValidator(rate_field)] = None
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

    url: Annotated[str, url_field("http", "https")]
    name: str = ""
    key: str = ""
    speaks_for: Annotated[str, AfterValidator(domain_field)] = ""
    list: Annotated[str, AfterValidator(selector_field)] = ""
    """A CSS selector, where `url` is a page of news and not a feed: what it matches is an article each."""
    province: Annotated[str, AfterValidator(lambda value: slugs_field((value,))[0] if value else value)] = ""
    full_text: bool = True
    proxy: Annotated[str, url_field(*PROXIES)] = ""
    agent: Annotated[str, AfterValidator(agent_field)] = ""
    hold: bool = False
    allow_private: bool = False
