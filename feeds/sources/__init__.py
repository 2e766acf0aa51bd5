"""Where articles come from: the inbox of documents, and the feeds of agencies and sites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from feeds.errors import SourceError
from feeds.models import Document
from feeds.sources.fetching.addresses import public_page
from feeds.sources.fetching.login import Login, apart


class Source(Protocol):
    """Something that gives documents; `feeds.sources.inbox.Inbox` and `feeds.sources.following.poll.Poller` do."""

    def read(self, known: Mapping[str, str]) -> Iterator[Document | SourceError]:
        """Yield what is new or changed, and what could not be read.

        Args:
            known: The fingerprint of each document that is stored already, by the document's key.
        """
        ...


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """A feed that the desk follows: one `[[source]]` of chapar.toml."""

    url: str
    """The feed's address; a user and password in it are taken out of it, into `login`."""
    name: str = ""
    """What readers see of it: the agency, or the site. Empty: the name in `agencies`, else the feed's own title."""
    key: str = ""
    """What the store calls it, for ever. Empty: made of the address, see `source_key`."""
    list: str = ""
    """A CSS selector: the address is a page of news, and what this matches on it is an article. Empty: it is a feed."""
    speaks_for: str = ""
    """The domain of the agency or site whose own feed it is, although it lies elsewhere; see `agencies.voice_of`."""
    province: str = ""
    """The slug of the province that all its articles are about; empty where they differ."""
    full_text: bool = True
    """Read the article's page where the feed has only the lead."""
    proxy: str = field(default="", repr=False)
    """`http://`, `https://` or `socks5://…`; may hold a password, so it is never logged."""
    agent: str = ""
    """The User-Agent that it is asked with, where it refuses those it does not know; Chapar's own by default."""
    hold: bool = False
    """Its articles wait for the desk's release."""
    allow_private: bool = False
    """Its own host and port may be loopback, private or link-local; nothing else that it leads to."""
    login: Login | None = None
    """What opens the feed and the pages of its site; see `url`."""

    @property
    def address(self) -> str:
        """What is fetched: of a Telegram channel, its public page."""
        return public_page(self.url)

    def __post_init__(self) -> None:
        """Take user and password out of the address, which is logged, stored and shown."""
        bare, login = apart(self.url)
        object.__setattr__(self, "url", bare)
        object.__setattr__(self, "login", login or self.login)


def source_key(source: SourceSettings) -> str:
    """What the store calls a source, for ever: the same for http and https, with `www.` and without."""
    from feeds.sources import agencies  # noqa: PLC0415 - settings without sources need none of them

    return source.key or agencies.plain_url(source.url)
