"""What came from a source's address -> entries, whatever it is: a feed, a channel's page, a site's list of news."""

from __future__ import annotations

from feeds.sources import SourceSettings
from feeds.sources.fetching.fetch import Fetched, FetchError
from feeds.sources.reading.entry import Channel, NotAFeedError
from feeds.sources.reading.formats import syndication
from feeds.sources.reading.pages import list_page, telegram_channel
from feeds.sources.reading.text.decoding import decode


def channel_of(answer: Fetched, piece: bytes, source: SourceSettings) -> Channel:
    """The entries that came, or those of a piece of a feed.

    Raises:
        FetchError: Nothing is in it, because it broke off.
        NotAFeedError: It is nothing of all that.
    """
    try:
        channel = _read(answer, piece, source)
    except NotAFeedError:
        if answer.fault:  # why nothing is in it
            raise FetchError(answer.fault) from None
        raise
    if answer.refused and not channel.entries:
        raise FetchError(answer.fault)
    return channel


def _read(answer: Fetched, piece: bytes, source: SourceSettings) -> Channel:
    if source.list:
        return list_page.read(decode(piece, answer.charset), answer.url, source.list)
    if telegram_channel.is_one(piece):
        return telegram_channel.read(decode(piece, answer.charset), answer.url)
    return syndication.read(piece, answer.url, charset=answer.charset)
