"""A feed that came, and how far it was dealt with: pieces -> entries -> what is to be done about each.

A large feed is dealt with a piece at a time. Each piece is judged with what is known of those before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from feeds.models import SeenEntry, SourceState
from feeds.sources import SourceSettings, agencies
from feeds.sources.fetching.fetch import Fetched, FetchError
from feeds.sources.following import entry_names, identity, renames, source_state
from feeds.sources.following.entry_names import Named
from feeds.sources.following.identity import Judged, Verdict
from feeds.sources.reading.content import channel_of
from feeds.sources.reading.formats import syndication
from feeds.sources.reading.formats.pieces import LARGE, MOST, pieces
from feeds.sources.reading.pages import telegram_channel
from feeds.store import Store


@dataclass(slots=True)
class Unread:
    """A feed that came, and how far it was dealt with."""

    source: SourceSettings
    was: SourceState
    answer: Fetched
    pieces: Iterator[bytes]
    piece: bytes
    """The next one."""
    came: datetime
    channel: syndication.Channel | None = None
    """What the feed says of itself, and what is wrong with it; without entries."""
    keys: set[str] = field(default_factory=set)
    """Of the entries that were dealt with."""
    new: list[datetime] = field(default_factory=list)
    """When the new articles were published."""
    changed: int = 0
    quiet: int = 0
    older: str = ""
    """The page of the entries before these, where all of these are news that we did not know; else ""."""
    is_all_there: bool = False
    """Its entries hold all their words: there is no page with more."""

    @classmethod
    def begin(cls, source: SourceSettings, was: SourceState, answer: Fetched, now: datetime) -> Unread:
        """A feed of which nothing was dealt with."""
        rest = pieces(answer.open())
        return cls(source, was, answer, rest, next(rest), now)

    @property
    def loud(self) -> int:
        """How many more of a feed's first articles may be posted."""
        return max(identity.FIRST_POSTS - len(self.new) + self.quiet, 0)

    @property
    def is_large(self) -> bool:
        """It comes in pieces, so what is not in one may be in another."""
        return self.answer.size > LARGE

    def count(self, judged: list[Judged]) -> None:
        """Note what was dealt with."""
        new = [one.document for one in judged if one.verdict is Verdict.NEW]
        self.keys |= {one.seen.key if one.seen else one.document.key for one in judged}
        self.new += [document.published for document in new]
        self.quiet += sum(document.quiet for document in new)
        self.changed += sum(one.verdict is Verdict.CHANGED for one in judged)


def judge_next(unread: Unread, store: Store, now: datetime) -> list[Judged]:
    """What is to be done about each entry of the next piece."""
    channel = _read(unread)
    source, was, voice = unread.source, unread.was, voice_of(unread.source, unread.answer)
    name, sources = source_name(source, channel, voice), store.sources
    named = entry_names.name(
        (entry, syndication.document(entry, source, name=name, now=now, voice=voice)) for entry in channel.entries
    )
    known = sources.known(
        source.key,
        keys=[item.document.key for item in named],
        links=[item.link for item in named],
        words=[item.words for item in named],
    )
    named, keys = renames.renamed(named, known, sources.titles(renames.doubtful(named, known)))
    known += sources.known(source.key, keys=keys) if keys else ()
    first = source_state.is_first(was) and not (was.damage and known)
    stored = sources.stored((item.document.source, item.document.key) for item in named)
    judged = identity.judge(
        named,
        known,
        stored,
        own={source.key, voice},
        first=first,
        now=now,
        loud=unread.loud,
        before=unread.keys,
        renamed={} if first or unread.is_large else _followed(named, known, source.key, store),
    )
    before = unread.channel or channel
    fault = before.fault or channel.fault or identity.fault_of(named, judged)
    unread.channel = replace(before, entries=(), fault=fault, cut_off=channel.cut_off)
    unread.count(judged)
    unread.is_all_there = channel.form == telegram_channel.FORM
    unread.older = channel.older if _is_all_news(judged, now) else ""
    return judged


def _followed(named: Sequence[Named], known: Sequence[SeenEntry], feed: str, store: Store) -> Mapping[str, SeenEntry]:
    """What entries that seem to be new were before, where their names follow a headline that was edited."""
    items = renames.nowhere(named, known)
    if not items:
        return {}
    then = store.sources.published_at(feed, [item.document.published for item in items])
    texts = store.sources.beginnings((seen.source, seen.article_key) for seen in then)
    return renames.followed(items, named, then, texts)


def _is_all_news(judged: Sequence[Judged], now: datetime) -> bool:
    return bool(judged) and all(
        one.verdict is Verdict.NEW and now - one.document.published <= identity.OLD for one in judged
    )


def _read(unread: Unread) -> syndication.Channel:
    if len(unread.piece) <= MOST:
        return channel_of(unread.answer, unread.piece, unread.source)
    large = f"{len(unread.piece) >> 20} MB"
    if unread.channel is None:
        raise FetchError(f"{large} that can't be read in parts: no feed is so large")
    return replace(unread.channel, fault=f"an entry of {large} was left out")


def voice_of(source: SourceSettings, answer: Fetched) -> str:
    """In whose name a feed speaks: where the desk does not say, it has to come from the agency after all redirects."""
    voice = agencies.voice_of(source.url, source.speaks_for)
    return voice if source.speaks_for or agencies.voice_of(answer.url) == voice else ""


def source_name(source: SourceSettings, channel: syndication.Channel, voice: str) -> str:
    """What readers see of a source, never empty: nobody else is to be taken for it.

    The desk's word stands. Without it, an agency's own feed has the agency's name, and another the title that it gives
    itself, unless that is an agency's: then its host's name.
    """
    agency = agencies.of_url(f"https://{voice}/") if voice else None
    title = "" if agencies.names_one(channel.title) else channel.title
    return source.name or (agency.name if agency else "") or title or agencies.plain_url(source.url).partition("/")[0]
