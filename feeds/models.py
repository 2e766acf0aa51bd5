"""The nouns of Chapar: frozen, without behaviour, shared by every module.

    Document --pipeline--> Draft --store--> Article --outbox--> Delivery

All times are aware and UTC. Provinces are named by their slug (`qom`), see `feeds.provinces.gazetteer`.

Long, as it holds all of them: nobody has to look for a noun in a second place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

_PASSING_HOSTS = (".telesco.pe", ".cdn-telegram.org", ".telegram-cdn.org")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an article. Sizes are pixels, 0 where unknown."""

    url: str
    alt: str = ""
    width: int = 0
    height: int = 0
    media_type: str = ""

    @property
    def lasts(self) -> bool:
        """Whether its address will lead to it tomorrow; those of Telegram's public pages do for hours alone."""
        host = self.url.partition("//")[2].partition("/")[0]
        return not host.lower().endswith(_PASSING_HOSTS)


class Kind(StrEnum):
    """What an article is, where a reader should know before reading."""

    NEWS = "news"
    PHOTO = "photo"
    """A story told by its pictures; the text may be empty."""
    VIDEO = "video"
    AUDIO = "audio"
    INTERVIEW = "interview"
    """Questions and answers."""
    OPINION = "opinion"
    """A note, an essay, an editorial: its author's word."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article as its source gave it: nothing edited, nothing guessed."""

    source: str
    """The source's key: `seeds`, or the key of a feed."""
    key: str
    """What the article is called within its source, for ever: a file name, an agency's number, a guid."""
    title: str
    body: str
    """Paragraphs parted by one blank line, without the title."""
    published: datetime
    day_only: bool = False
    """Only the day of `published` is known (then it is midnight in Tehran): never show an hour."""
    lead: str = ""
    """The lead, where the source gives it apart from the body."""
    section: str = ""
    url: str = ""
    agency: str = ""
    categories: tuple[str, ...] = ()
    province: str = ""
    """The slug that the source's settings fix; empty where the text decides."""
    image: Image | None = None
    feed: str = ""
    """The key of the feed that brought it; empty for a document of the inbox."""
    quiet: bool = False
    """Stored, found and shown, and posted to no channel: an old article of a feed that is new or fills up again."""
    hold: bool = False
    """Its source's articles wait for the desk's release in every channel."""
    fingerprint: str = ""
    """A hash of what the source gave; equal fingerprints mean that there is nothing to do."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What is shown of an article in little room: whole sentences, edited, without boilerplate."""

    lead: str
    """The lead, whole; with no lead, the best first sentence."""
    facts: tuple[str, ...] = ()
    """Further sentences, in the order of the text, that do not repeat the lead."""

    @property
    def text(self) -> str:
        """Lead and facts in one line."""
        return " ".join((self.lead, *self.facts)).strip()


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that is edited and placed, and not stored yet."""

    document: Document
    title: str
    lead: str
    body: str
    """The edited text in paragraphs parted by one blank line: the lead first, dateline and boilerplate dropped."""
    summary: Summary
    provinces: tuple[str, ...]
    """Slugs, the primary one first; empty where the article is about no province."""
    agency: str = ""
    urgent: bool = False
    section: str = ""
    origin: str = ""
    """Whom the agency quotes the news from, another medium or a public-relations office; empty where it is its own."""
    kind: Kind = Kind.NEWS


@dataclass(frozen=True, slots=True)
class Article:
    """A stored article. `id` grows with the time of publication, so newest-first is by id."""

    id: int
    uid: str
    """16 hex digits of (source, key): permanent, the same after the store is built again."""
    source: str
    key: str
    revision: int
    """From 1; each change of the source's text, or of the provinces by the desk, is one more."""
    title: str
    lead: str
    body: str
    summary: Summary
    provinces: tuple[str, ...]
    published: datetime
    day_only: bool
    updated: datetime
    """When the newest revision was stored; equals `ingested` for the first."""
    ingested: datetime
    url: str = ""
    agency: str = ""
    section: str = ""
    image: Image | None = None
    urgent: bool = False
    retracted: datetime | None = None
    origin: str = ""
    """Whom the agency has it from, see `Draft`."""
    kind: Kind = Kind.NEWS
    held: datetime | None = None
    """Since when it waits for the desk: no reader sees it, in no list, feed, search or channel."""
    released: datetime | None = None
    """When the desk let it go: for who reads a feed, it came then."""
    due: datetime | None = None
    """When one that is held is let go by itself; None: by the desk's word alone."""


@dataclass(frozen=True, slots=True)
class Revision:
    """The source's words as they came, one time of several."""

    revision: int
    title: str
    lead: str
    body: str
    stored: datetime


class Outcome(StrEnum):
    """What storing a draft came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Saved:
    """What the store made of a draft."""

    article: Article
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Route:
    """A channel that an article goes to."""

    channel: str
    held: bool = False
    """Wait for the desk's release before publishing."""


class DeliveryKind(StrEnum):
    """What a delivery does to a channel, or to one who follows something."""

    POST = "post"
    EDIT = "edit"
    DELETE = "delete"
    ALERT = "alert"
    """To one who follows something: an article."""
    CORRECTION = "correction"
    """To one who got an article: what it says now."""
    RETRACTION = "retraction"
    """To one who got an article: that it was withdrawn."""
    DIGEST = "digest"
    """To one who follows something: what came of it, in one message."""

    @property
    def personal(self) -> bool:
        """Whether it goes to one who follows something, and not to a channel of the desk's."""
        return self.value in PERSONAL

    @property
    def is_sent(self) -> bool:
        """Whether it is a message of its own, so that to do it twice would be one too many."""
        return self is DeliveryKind.POST or self.personal


PERSONAL = ("alert", "correction", "digest", "retraction")
"""The kinds of delivery that go to those who follow something."""
FOLLOWERS = "followers"
"""The key of the channel that stands for all who follow something: what is posted there is announced to them."""


class DeliveryState(StrEnum):
    """Where a delivery stands; `feeds.store.delivery.outbox` draws the transitions."""

    HELD = "held"
    PENDING = "pending"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    DEAD = "dead"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One article on its way to one channel."""

    id: int
    article_id: int
    channel: str
    """The channel's key in the store, see `ChannelState`."""
    kind: DeliveryKind
    revision: int
    state: DeliveryState
    rendered: int = 0
    """The article's revision that the payload shows; an edit up to that one has nothing to do."""
    urgent: bool = False
    payload: Mapping[str, Any] | None = None
    """What was (or is about to be) sent, stored before the call: `bot.posts.message` makes it, the preview draws it."""
    message_id: int | None = None
    attempts: int = 0
    not_before: datetime | None = None
    error: str = ""
    owner: str = ""
    fence: int = 0
    """Grows with each claim: a node whose lease was taken over can settle nothing with its old fence."""
    created: datetime | None = None
    claimed: datetime | None = None
    settled: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChannelState:
    """What the store knows of a channel that posts go to."""

    key: str
    """`preview`, or the chat as the desk named it: `@name` or an id; with a slash and a number, a topic of a group."""
    chat_id: int | None = None
    title: str = ""
    username: str = ""
    last_message_id: int = 0
    """The newest message id known in the chat; the probe for an uncertain delivery starts after it."""
    not_before: datetime | None = None
    """No call to this chat before that time (retry_after), on any node, after any restart."""
    paused: str = ""
    """Why the desk paused it; empty while posts flow."""
    blocked: str = ""
    """Why the platform refuses posts (lost rights); tried again from time to time."""

    @property
    def topic(self) -> str:
        """The topic that it is of its chat, as its key says; empty for a whole chat."""
        return topic_of(self.key)


def topic_of(key: str) -> str:
    """The topic that a channel's key names; empty for a whole chat."""
    return key.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was set aside and that the desk should see, until it is mended."""

    where: str
    """A file of the inbox, a source, a channel."""
    line: int
    what: str
    """What is wrong and what to do, in one English sentence."""
    since: datetime
    kind: str = "document"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a search."""

    typed: str
    """As a reader writes it."""
    tokens: tuple[str, ...]
    """Its folded tokens: all of them have to be there."""
    also: tuple[tuple[str, ...], ...] = ()
    """Tokens of what it may stand for besides, likeliest first: the written form of a spoken one."""
    kinds: tuple[tuple[str, ...], ...] = ()
    """Tokens of what news may call it, or of what it is the common name of: «سارق» for «دزد», «فوتبال» for «ورزشی»."""
    needed: bool = True
    """False: a word that asks or joins («خبر», «در»). An article that has it ranks higher, and none has to."""


@dataclass(frozen=True, slots=True)
class Chip:
    """Something of a search that was understood, and that can be taken off."""

    kind: str
    """`province`, `town`, `region` (a part of the country), `period`, `source`, `phrase`, `urgent` or `without`."""
    label: str
    """As it is shown, in Persian."""
    rest: str
    """The search without it."""


class Order(StrEnum):
    """What comes first among the results of a search."""

    BEST = "best"
    """What fits best, with some regard to time."""
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a person asked for, understood."""

    text: str
    """As it was typed."""
    provinces: tuple[str, ...] = ()
    """Any of these; empty means all of the country."""
    terms: tuple[str, ...] = ()
    """Folded tokens to be found; where `words` is filled, those of its needed ones."""
    words: tuple[Term, ...] = ()
    """The words to be found, in their order, those that only ask among them; empty: each of `terms` is one."""
    town: tuple[str, ...] = ()
    """Folded tokens of the one town that was named: what does not name it is not about it."""
    towns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Towns among several places: each with its province, which is among `provinces` for its sake alone."""
    names: tuple[tuple[str, ...], ...] = ()
    """Folded tokens of the places as they were named: with words, an article that names one counts as placed there."""
    guessed: tuple[Term, ...] = ()
    """What was taken for a place by a guess: where the archive has these words, they are words."""
    since: datetime | None = None
    until: datetime | None = None
    """The end of the period, exclusive."""
    period_words: tuple[Term, ...] = ()
    """What the period was made of: it may be a part of a headline, and is searched for where the period has nothing."""
    agency: str = ""
    """Only of this agency, by the name that it signs with."""
    phrases: tuple[tuple[str, ...], ...] = ()
    """Folded tokens that must stand side by side."""
    excluded: tuple[tuple[str, ...], ...] = ()
    """Folded tokens of words that must not be there."""
    elsewhere: tuple[str, ...] = ()
    """Slugs of provinces that are left out: nothing that is placed there."""
    urgent: bool = False
    """Breaking news alone, where nothing but that was asked for («خبر فوری»)."""
    choices: tuple[str, ...] = ()
    """Slugs to choose from where a name means several provinces; without words, nothing is searched then."""
    command: str = ""
    """A command in words, and nothing to search: what `feeds.search.asking` knows, as `help` or `latest`."""
    chips: tuple[Chip, ...] = ()
    order: Order = Order.BEST

    @property
    def asks_nothing(self) -> bool:
        """There is nothing to search yet: a command, a name of several provinces, or nothing that means anything."""
        named = self.provinces or self.town
        return bool(self.command) or (self.only_places and not named)

    @property
    def only_places(self) -> bool:
        """Nothing but provinces or a town was asked for."""
        words = self.terms or self.phrases or self.excluded or self.elsewhere
        return not (words or self.since or self.until or self.agency or self.urgent)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results."""

    articles: tuple[Article, ...]
    total: int
    """How many there are in all; exact up to the cap of `feeds.store.search.find`, then the cap."""
    offset: int = 0
    found: tuple[tuple[str, ...], ...] = ()
    """Folded tokens that were found: what is marked in titles and texts."""
    missing: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Words of the search that an article has not, as they were typed, by the article's id."""
    complete: int = 0
    """How many have all that was asked for; they come first in the order of fit."""
    corrected: tuple[tuple[str, str], ...] = ()
    """Words that the archive has not, each with the one that was searched for in its place."""
    suggestion: str = ""
    """The search with a likelier word, to be asked about: «منظورتان … بود؟»."""
    dropped: tuple[str, ...] = ()
    """What had to be let go to find anything: `period`, `province`, `source` or `urgent`."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed file is made of."""

    slug: str
    """`all`, or a province's slug: also the file's name without its ending."""
    title: str
    description: str
    articles: tuple[Article, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of a feed that is followed."""

    key: str
    url: str
    """Where it is fetched: the desk's address, or where that has moved for good."""
    title: str = ""
    site: str = ""
    etag: str = ""
    modified: str = ""
    digest: str = ""
    """Of the last body: for servers that know no conditional requests."""
    polled: datetime | None = None
    next_poll: datetime | None = None
    interval: timedelta = timedelta(minutes=5)
    succeeded: datetime | None = None
    newest: datetime | None = None
    """When its newest article was published."""
    habit: timedelta | None = None
    """Its usual gap between two articles; None while unknown."""
    entries: int = 0
    """How many the feed held last."""
    failures: int = 0
    """In a row, the last poll among them."""
    error: str = ""
    """Why the last poll failed, or what was wrong with a feed that could be read nevertheless."""
    damage: str = ""
    """What of all this the store could not give, in one sentence; never stored itself."""


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry of a feed that was dealt with, and all that it is known by."""

    key: str
    source: str
    """With `article_key`: the article that it became."""
    article_key: str
    fingerprint: str
    published: datetime
    link: str = ""
    """Without what may change in a link; empty where others share it."""
    words: str = ""
    """A hash of its folded title and text; empty where they are too few to tell."""
