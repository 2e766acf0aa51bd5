"""What is sent to one who follows something, for a delivery of the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.posts import personal
from bot.posts.links import is_public, safe_link
from bot.posts.message import Source
from bot.posts.payload import Payload
from bot.posts.style import Digits, Platform
from bot.publishing.writer import refusals
from feeds.layout.calendar import address_of
from feeds.models import Article, Delivery, DeliveryKind
from feeds.store import Store
from feeds.store.following.chats import chat_of


class Letters:
    """Renders what goes to followers.

    Args:
        store: where their settings, and the articles of digests, are.
        base_url: where our own pages are.
        zone: where the readers' clocks are.
        platform: whose markup it is written in.
    """

    def __init__(
        self,
        store: Store,
        *,
        base_url: str,
        zone: ZoneInfo,
        platform: Platform,
    ) -> None:
        self._store = store
        self._base_url = base_url.rstrip("/")
        self._zone = zone
        self._platform = platform

    def payload(self, article: Article, delivery: Delivery, newest: int, now: datetime) -> dict[str, Any] | None:
        """What to store and send; None where nothing is left to say.

        Args:
            article: its newest revision.
            delivery: what it is rendered for.
            newest: the newest message id that is known among the chats that share ids.
            now: the moment of sending.
        """
        follower = self._store.chats.get(delivery.channel)
        style = personal.style_of(cast("Digits", follower.digits), self._platform)
        if delivery.kind is DeliveryKind.DIGEST:
            articles = self._store.digests.items(delivery.id)
            if not articles:
                return None
            part = self._store.digests.part(delivery)
            written = personal.digest(
                articles,
                part=part,
                now=now,
                zone=self._zone,
                base_url=self._base_url,
                style=style,
                stories=self._store.stories.begun_by([one.id for one in articles]),
                picture=self._picture(now) if part[0] == 1 else "",
            )
        else:
            written = self._letter(article, delivery, style)
        shares_ids = chat_of(delivery.channel) > 0  # a supergroup counts its messages for itself
        return written.to_dict() | {"after": newest if shares_ids else 0} | refusals(delivery.payload)

    def _letter(self, article: Article, delivery: Delivery, style: Any) -> Payload:
        follows_up = delivery.kind is not DeliveryKind.ALERT
        got = self._store.announcements.got(article.id, delivery.channel) if follows_up else None
        return personal.letter(
            article,
            delivery.kind,
            link=safe_link(article.url) or self._page(article.uid),
            zone=self._zone,
            style=style,
            others=[
                Source(one.agency, one.url or self._page(one.uid)) for one in self._store.stories.others(article.id)
            ],
            reply_to=got or 0,
            confirmed=follows_up and self._store.announcements.was_withdrawn(article.id, article.revision),
        )

    def parts(self, articles: Sequence[Article]) -> list[list[Article]]:
        """The messages of a digest."""
        return personal.parts(articles, self._store.stories.begun_by([one.id for one in articles]))

    def _picture(self, now: datetime) -> str:
        """The picture of the day, from our own pages, where readers reach them."""
        address = f"{self._base_url}/archive/{address_of(now.astimezone(self._zone).date())}.png"
        return address if is_public(address) and self._platform == "telegram" else ""

    def _page(self, uid: str) -> str:
        return f"{self._base_url}/a/{uid}"
