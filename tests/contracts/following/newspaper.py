"""What the contract tests of following have in common: articles that are announced, and who gets what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from feeds.models import FOLLOWERS, PERSONAL, Article, Draft, Route
from feeds.store import Store
from feeds.store.database.engine import reading
from feeds.store.database.tables import deliveries
from feeds.store.delivery.claims import ClaimRequest
from feeds.store.delivery.rate import Rate
from feeds.store.following import topics
from feeds.store.following.chats import key_of

TEHRAN = ZoneInfo("Asia/Tehran")
QOM, GILAN = topics.of_province("qom", "استان قم"), topics.of_province("gilan", "استان گیلان")


class Newspaper:
    """A store, an hour that passes when told, and those who follow."""

    def __init__(self, store: Store, draft: Callable[..., Draft], now: datetime) -> None:
        self.store = store
        self.draft = draft
        self.now = now

    def passes(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now

    def person(self, number: int, *followed: topics.Topic) -> str:
        key = key_of(number)
        for topic in followed:
            self.store.chats.follow(key, topic, self.now, newest=1)
        return key

    def publish(self, key: str = "one", *, held: bool = False, **facts: object) -> Article:
        """Store an article, or a revision of it, as the service does."""
        self.passes(seconds=1)
        written = self.draft(key, **{"title": f"خبر {key}", "published": self.now, **facts})
        return self.store.articles.save(written, [Route(FOLLOWERS, held)], self.now).article

    def spread(self) -> int:
        """Announce, and bring all of it to the outbox."""
        self.passes(seconds=1)
        while self.store.announcements.take(self.now):
            pass
        return self.store.announcements.expand(self.now, TEHRAN, 10**6)

    def queued(self) -> list[tuple[str, str, int]]:
        """Chat, kind and article of all that goes to followers, in any state but skipped."""
        query = select(deliveries.c.channel, deliveries.c.kind, deliveries.c.article_id)
        query = query.where(deliveries.c.kind.in_(PERSONAL), deliveries.c.state != "skipped")
        with reading(self.store._engine) as connection:
            return sorted((row.channel, row.kind, row.article_id) for row in connection.execute(query))

    def send(self, message_id: int = 100) -> int:
        """Send all that waits and may go now; returns how many messages that were."""
        sent, rate = 0, Rate(10**6, 1)
        while found := self.store.outbox.personal_candidates(self.now, 100):
            requests = []
            for candidate in found:
                article = self.store.articles.get(candidate.delivery.article_id)
                assert article is not None
                requests.append(ClaimRequest(candidate, {"html": "x"}, article.revision, rate))
            claims = self.store.outbox.claim(
                requests, owner="node", now=self.now, lease=timedelta(seconds=30), overall=rate
            )
            if not claims:
                break
            for claim in claims:
                sent += self.store.outbox.mark_sent(claim, message_id + sent, self.now)
        return sent
