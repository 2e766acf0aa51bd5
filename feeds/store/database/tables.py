"""The tables. The invariants of the product are constraints here, not habits of the code.

- An article is once in the store: `UNIQUE (source, key)`.
- An article is once on its way to a channel: `UNIQUE (article_id, channel, kind, revision)`.
- A channel has one call under way at most, on any number of machines, and so has a chat, which several channels may be
  topics of: partial unique indexes over `sending` and `uncertain` (see `indexes`). So order holds, and the ids after
  the last known one are enough to find an uncertain message.

Times are whole microseconds since 1970 in UTC, in a BIGINT: the same on SQLite and PostgreSQL, ordered, without zones.

Long, as all tables stand here: whoever adds a column sees what refers to it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002, D102
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        return None if value is None else moment(value)


def moment(microseconds: int) -> datetime:
    """What an `Instant` is stored as, as a datetime again."""
    return EPOCH + timedelta(microseconds=microseconds)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite makes a column the key of the table itself (and gives out row ids) only where it is exactly INTEGER.
SERIAL = BigInteger().with_variant(Integer, "sqlite")

articles = Table(
    "articles",
    metadata,
    # Second of publication * 2**20 + a sequence within that second: newest first is ORDER BY id DESC.
    Column("id", SERIAL, primary_key=True, autoincrement=False),
    Column("uid", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    # The edited form, which is shown.
    Column("title", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("summary_lead", Text, nullable=False),
    Column("summary_facts", JSON, nullable=False),
    Column("provinces", JSON, nullable=False),
    Column("placed_by_desk", Boolean, nullable=False, server_default=false()),  # its word stands over the machine's
    Column("published", Instant, nullable=False),
    Column("day_only", Boolean, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("ingested", Instant, nullable=False),
    Column("url", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("image", JSON),
    Column("urgent", Boolean, nullable=False),
    Column("retracted", Instant),
    Column("origin", Text, nullable=False, server_default=""),
    Column("kind", Text, nullable=False, server_default="news"),
    Column("held", Instant),  # since when it waits for the desk: no reader sees it meanwhile
    Column("released", Instant),  # when the desk let it go: for readers, it came then
    Column("due", Instant),  # when one that waits is let go by itself; by the desk's word alone where it has none
    UniqueConstraint("source", "key"),
)
Index("ix_articles_agency_id", articles.c.agency, articles.c.id)

# The source's words as they came, each revision of them.
revisions = Table(
    "revisions",
    metadata,
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("stored", Instant, nullable=False),
)

HIDDEN = -1
# For lists and counts of a province; a search finds the province as a token of the full-text index.
article_provinces = Table(
    "article_provinces",
    metadata,
    Column("province", Text, primary_key=True),
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("rank", Integer, nullable=False),  # 0: the primary province; HIDDEN: of a retracted article
    sqlite_with_rowid=False,
)
Index("ix_article_provinces_article_id", article_provinces.c.article_id)

channels = Table(
    "channels",
    metadata,
    Column("key", Text, primary_key=True),
    Column("chat_id", BigInteger),
    Column("title", Text, nullable=False, server_default=""),
    Column("username", Text, nullable=False, server_default=""),
    Column("last_message_id", BigInteger, nullable=False, server_default=text("0")),
    Column("not_before", Instant),
    Column("served", Instant),  # when a call was last begun: who waited longest goes first
    Column("paused", Text, nullable=False, server_default=""),  # by the desk; only the desk ends it
    Column("blocked", Text, nullable=False, server_default=""),  # by the platform (lost rights); ends by itself
    Column("private", Boolean, nullable=False, server_default=false()),  # of a person or group that follows something
)
Index("ix_channels_chat_id", channels.c.chat_id)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", SERIAL, primary_key=True, autoincrement=True),
    Column("article_id", ForeignKey(articles.c.id), nullable=False),
    Column("channel", Text, nullable=False),
    Column("chat", Text, nullable=False, server_default=""),  # where it is under way to; see outbox.bucket_of
    Column("kind", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("rendered", Integer, nullable=False, server_default=text("0")),  # the revision that `payload` shows
    Column("state", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("payload", JSON),
    Column("message_id", BigInteger),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("not_before", Instant),
    Column("error", Text, nullable=False, server_default=""),
    Column("owner", Text, nullable=False, server_default=""),
    Column("lease_until", Instant),
    Column("fence", Integer, nullable=False, server_default=text("0")),
    Column("created", Instant, nullable=False),
    Column("claimed", Instant),
    Column("settled", Instant),
    Column("caught", Boolean, nullable=False, server_default=false()),  # held while it was under way: if it comes back
    UniqueConstraint("article_id", "channel", "kind", "revision"),
)
Index("ix_deliveries_channel_settled", deliveries.c.channel, deliveries.c.settled)
Index("ix_deliveries_state", deliveries.c.state)

# Calls to Telegram that count against its limits; the limits belong to the bot's token, not to a node.
calls = Table(
    "calls",
    metadata,
    Column("id", SERIAL, primary_key=True, autoincrement=True),
    Column("bucket", Text, nullable=False),  # the chat; all rows together are the bot's global bucket
    Column("at", Instant, nullable=False),  # when the answer came; until then, when the caller's lease ends
    Column("message_id", BigInteger),  # what the bot said to people in the chat: never to be taken for a post
)
Index("ix_calls_bucket_at", calls.c.bucket, calls.c.at)
Index("ix_calls_at", calls.c.at)

# What the desk did: every hold, release, pause and retraction, by whom.
acts = Table(
    "acts",
    metadata,
    Column("id", SERIAL, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("detail", Text, nullable=False, server_default=""),
)
Index("ix_acts_at", acts.c.at)

problems = Table(
    "problems",
    metadata,
    Column("where", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("what", Text, nullable=False),
    Column("since", Instant, nullable=False),
)

# Small facts of the service itself: when a tick last ran, digests of what was written.
facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", JSON, nullable=False),
    Column("at", Instant, nullable=False),
)

# What is known of each feed that is followed.
sources = Table(
    "sources",
    metadata,
    Column("key", Text, primary_key=True),
    Column("url", Text, nullable=False),  # where it is fetched now: the desk's address, or where that has moved
    Column("title", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("digest", Text, nullable=False),  # of the last body, for servers that know no conditional requests
    Column("polled", Instant),
    Column("next_poll", Instant),
    Column("interval", Integer, nullable=False),  # seconds
    Column("succeeded", Instant),
    Column("newest", Instant),
    Column("habit", Integer),  # seconds between two articles
    Column("entries", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("error", Text, nullable=False),
)

# Every entry that a feed has shown and that was dealt with: by its key, its link or its words it is known again.
entries = Table(
    "entries",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("source", Text, nullable=False),  # with article_key, the article that it became
    Column("article_key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("published", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
)
Index("ix_entries_feed_link", entries.c.feed, entries.c.link)
Index("ix_entries_feed_words", entries.c.feed, entries.c.words)
Index("ix_entries_source_article_key", entries.c.source, entries.c.article_key)
Index("ix_entries_seen", entries.c.seen)

# A story is told by several articles; the one it is named after leads it, and only that one is posted.
story_articles = Table(
    "story_articles",
    metadata,
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("lead_id", ForeignKey(articles.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),  # text, event, or desk; led- before it: it led until it was withdrawn
    Column("joined", Instant, nullable=False),
)
Index("ix_story_articles_lead_id", story_articles.c.lead_id)

# An article that goes on with a story, and the one that began it: shown and posted on its own, in reply to that one.
sequels = Table(
    "sequels",
    metadata,
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("first_id", ForeignKey(articles.c.id, ondelete="CASCADE"), nullable=False),
)
Index("ix_sequels_first_id", sequels.c.first_id)

# Articles that the desk has told apart: they are never merged again by themselves.
story_splits = Table(
    "story_splits",
    metadata,
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("lead_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("at", Instant, nullable=False),
)

# What one node does for all, such as polling Telegram: held by who renews it.
leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("until", Instant, nullable=False),
)

# Every word of the archive, as it is searched for, forwards and backwards: see `feeds.store.search.index.vocabulary`.
# In the order of letters, as SQLite has it.
_LETTERS = Text().with_variant(Text(collation="C"), "postgresql")
words = Table(
    "words",
    metadata,
    Column("word", _LETTERS, primary_key=True),
    Column("backwards", _LETTERS, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_words_backwards", words.c.backwards)

# Every transaction that changed what readers see, numbered in the order in which they became visible: see `touched`.
journal = Table(
    "journal",
    metadata,
    Column("seq", SERIAL, primary_key=True, autoincrement=False),
    Column("tags", JSON, nullable=False),
)

# Following -----------------------------------------------------------------------------------------------------------
# All that is known of a chat that asked for it; `feeds.store.following` says what is done with it.

followers = Table(
    "followers",
    metadata,
    Column("key", _LETTERS, primary_key=True),  # the key of its channel, see `feeds.store.following.chats`
    Column("chat_id", BigInteger, nullable=False),
    Column("rhythm", Text, nullable=False, server_default="now"),
    Column("hour", Integer, nullable=False, server_default=text("20")),
    Column("weekday", Integer, nullable=False, server_default=text("4")),
    Column("quiet", Text, nullable=False, server_default=""),
    Column("digits", Text, nullable=False, server_default="persian"),
    Column("order", Text, nullable=False, server_default="best"),
    Column("blocks", JSON, nullable=False),  # phrases as they were typed; what holds one is not sent
    Column("since", Instant, nullable=False),  # what was announced later belongs to the next digest
    Column("due", Instant),  # when that comes
    Column("refusals", Integer, nullable=False, server_default=text("0")),  # in a row, by the platform
    Column("refused", Instant),
    Column("created", Instant, nullable=False),
)
Index("ix_followers_chat_id", followers.c.chat_id)
Index("ix_followers_due", followers.c.due)

# What is followed, once for all who follow it.
topics = Table(
    "topics",
    metadata,
    Column("id", SERIAL, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("terms", JSON, nullable=False),
    UniqueConstraint("kind", "name"),
)

# One of these stands in every article that a topic takes, so an article finds its topics by index.
topic_signs = Table(
    "topic_signs",
    metadata,
    Column("sign", Text, primary_key=True),
    Column("topic_id", ForeignKey(topics.c.id, ondelete="CASCADE"), primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_topic_signs_topic_id", topic_signs.c.topic_id)

follows = Table(
    "follows",
    metadata,
    Column("topic_id", ForeignKey(topics.c.id, ondelete="CASCADE"), primary_key=True),
    Column("follower", _LETTERS, ForeignKey(followers.c.key, ondelete="CASCADE"), primary_key=True),
    Column("label", Text, nullable=False),  # as the follower reads it
    Column("since", Instant, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_follows_follower", follows.c.follower)

# An article, its correction or its retraction on its way to those who follow it, a few at a time.
announcements = Table(
    "announcements",
    metadata,
    Column("id", SERIAL, primary_key=True, autoincrement=True),
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("shown", Text, nullable=False),  # a hash of what readers see of the article
    Column("urgent", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("cursor", Text, nullable=False, server_default=""),  # the follower that was reached last
    Column("served", Instant),
    Column("done", Instant),
    UniqueConstraint("article_id", "kind", "revision"),
)
Index("ix_announcements_at", announcements.c.at)

announced_topics = Table(
    "announced_topics",
    metadata,
    Column("topic_id", ForeignKey(topics.c.id, ondelete="CASCADE"), primary_key=True),
    Column("announcement_id", ForeignKey(announcements.c.id, ondelete="CASCADE"), primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_announced_topics_announcement_id", announced_topics.c.announcement_id)

# What stands in a digest.
digest_items = Table(
    "digest_items",
    metadata,
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("delivery_id", ForeignKey(deliveries.c.id, ondelete="CASCADE"), primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_digest_items_delivery_id", digest_items.c.delivery_id)

# Updates of the platform that a node has taken: it repeats those that it got no answer to.
updates = Table(
    "updates",
    metadata,
    Column("id", SERIAL, primary_key=True, autoincrement=False),
    Column("owner", Text, nullable=False),  # empty once it is dealt with
    Column("at", Instant, nullable=False),
)
Index("ix_updates_at", updates.c.at)
