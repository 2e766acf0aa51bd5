"""What would be read of an address, before it is followed: `chapar sources try`. Nothing is stored or posted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from feeds.models import Document
from feeds.sources import SourceSettings, source_key
from feeds.sources.discovery import Found, addresses_of, discover
from feeds.sources.fetching.fetch import Fetched, Fetcher, FetchError, Limits, Wanted
from feeds.sources.following.unread import source_name, voice_of
from feeds.sources.reading.content import channel_of
from feeds.sources.reading.entry import Channel, NotAFeedError
from feeds.sources.reading.formats import syndication
from feeds.sources.reading.pages import list_page
from feeds.sources.reading.text.decoding import decode


@dataclass(frozen=True, slots=True)
class Trial:
    """What is behind an address."""

    source: SourceSettings
    """As it would be followed."""
    form: str = ""
    """`rss`, `rdf`, `atom`, `json`, `telegram` or `list`; "" where it is none of them."""
    title: str = ""
    documents: tuple[Document, ...] = ()
    """Its articles, newest first as far as they have dates; as the source gives them, unedited."""
    undated: int = 0
    """How many of them have no date of their own."""
    trouble: str = ""
    """Why it can't be read, or what is wrong with it."""
    feeds: tuple[Found, ...] = ()
    """The feeds of the site, where the address is a page."""
    selectors: tuple[str, ...] = ()
    """What `list` might be, where the address is a page."""


def attempt(source: SourceSettings, *, proxy: str = "", limits: Limits | None = None) -> Trial:
    """Read an address as it would be followed; of a page that is no feed, say what may be followed there."""

    async def ask() -> Trial:
        async with Fetcher(limits) as fetcher:
            return await _attempt(fetcher, replace(source, proxy=source.proxy or proxy))

    return asyncio.run(ask())


async def _attempt(fetcher: Fetcher, source: SourceSettings) -> Trial:
    try:
        source, answer = await _fetch(fetcher, source)
    except FetchError as error:
        return Trial(source, trouble=str(error))
    try:
        return _read(source, channel_of(answer, answer.open().read(), source), answer)
    except (FetchError, NotAFeedError) as error:
        trouble = str(error)
    page = decode(answer.body, answer.charset)
    selectors = tuple(await asyncio.to_thread(list_page.suggested, page, answer.url))
    return Trial(source, trouble=trouble, feeds=await _feeds(fetcher, source), selectors=selectors)


async def _fetch(fetcher: Fetcher, source: SourceSettings) -> tuple[SourceSettings, Fetched]:
    """The answer of the first address that is meant and that answers."""
    failure = FetchError("no address")
    for url in addresses_of(source.url):
        tried = replace(source, url=url)
        wanted = Wanted(
            tried.address,
            proxy=tried.proxy,
            allow_private=tried.allow_private,
            login=tried.login,
            agent=tried.agent,
        )
        try:
            answer = await fetcher.fetch(wanted)
        except FetchError as error:
            failure = error
            continue
        if isinstance(answer, Fetched):
            return tried, answer
    raise failure


async def _feeds(fetcher: Fetcher, source: SourceSettings) -> tuple[Found, ...]:
    try:
        return await discover(fetcher, source.url, proxy=source.proxy, allow_private=source.allow_private)
    except FetchError:
        return ()


def _read(source: SourceSettings, channel: Channel, answer: Fetched) -> Trial:
    now = datetime.now(UTC)
    followed = replace(source, key=source_key(source))
    voice = voice_of(followed, answer)
    name = source_name(followed, channel, voice)
    dated = [(entry.published or entry.updated, entry) for entry in channel.entries]
    documents = [syndication.document(entry, followed, name=name, now=now, voice=voice) for _, entry in dated]
    return Trial(
        source,
        channel.form,
        channel.title,
        tuple(_newest_first(documents)),
        sum(moment is None for moment, _ in dated),
        answer.fault or channel.fault,
    )


def _newest_first(documents: Sequence[Document]) -> list[Document]:
    return sorted(documents, key=lambda document: document.published, reverse=True)
