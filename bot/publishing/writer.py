"""What shall stand in a channel for a delivery: the article of now, as the channel's readers get it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.posts import message
from bot.posts.links import deep_link, safe_link
from bot.posts.message import Source, captioned, pictured
from bot.posts.payload import Payload
from bot.posts.style import DEFAULT, Platform, Style
from feeds.models import Article, ChannelState, Delivery, DeliveryKind
from feeds.store import Store


class Writer:
    """Renders deliveries.

    Args:
        store: where the other sources of a story are.
        base_url: where our own pages are, for articles that have no address.
        zone: where the readers' clocks are.
        styles: by key, how the posts of a channel look; of the others, as by default.
    """

    def __init__(self, store: Store, *, base_url: str, zone: ZoneInfo, styles: Mapping[str, Style]) -> None:
        self._store = store
        self._base_url = base_url.rstrip("/")
        self._zone = zone
        self._styles = styles

    def payload(
        self, article: Article, delivery: Delivery, channel: ChannelState, *, bot: str, now: datetime
    ) -> dict[str, Any] | None:
        """What to store and send; None to take the post away.

        Args:
            article: its newest revision.
            delivery: what it is rendered for.
            channel: where it goes.
            bot: the bot's username, for deep links; empty for none.
            now: the moment of sending.
        """
        if delivery.kind is DeliveryKind.DELETE and article.retracted and self._deletes(delivery):
            return None

        def within(limit: int) -> Payload:
            return self._render(article, delivery, channel, bot, now, limit=limit)

        return self._shaped(within, delivery).to_dict() | self._answering(delivery) | refusals(delivery.payload)

    def _deletes(self, delivery: Delivery) -> bool:
        """Whether the post is taken away, not marked; unless the platform would not have that."""
        return self._style(delivery.channel).retraction == "delete" and "as_mark" not in refusals(delivery.payload)

    def _answering(self, delivery: Delivery) -> dict[str, Any]:
        """The first post of the same story in the channel, which a post answers; changed, it answers it still."""
        if delivery.kind is not DeliveryKind.POST:
            shown = self._store.deliveries.shown(delivery.article_id, delivery.channel) or {}
            return {name: shown[name] for name in ("reply_to", "reply_title") if name in shown}
        others = set(self._store.stories.whole(delivery.article_id)) - {delivery.article_id}
        first = self._store.deliveries.first_post(sorted(others), delivery.channel) if others else None
        article = self._store.articles.get(first.article_id) if first else None
        return {"reply_to": first.message_id, "reply_title": article.title} if first and article else {}

    def _shaped(self, within: Callable[[int], Payload], delivery: Delivery) -> Payload:
        """As a caption or as a text: a post chooses once, as no edit makes one of the other."""
        if delivery.kind is DeliveryKind.POST:
            as_text = refusals(delivery.payload).get("as_text") or self._style(delivery.channel).picture != "photo"
            return within(message.TEXT_LIMIT) if as_text else pictured(within)
        photo = (self._store.deliveries.shown(delivery.article_id, delivery.channel) or {}).get("photo", "")
        return captioned(within, photo) if photo else within(message.TEXT_LIMIT)

    def _render(
        self, article: Article, delivery: Delivery, channel: ChannelState, bot: str, now: datetime, *, limit: int
    ) -> Payload:
        style = self._style(channel.key)
        return message.render(
            article,
            link=safe_link(article.url) or self._page(article.uid),
            zone=self._zone,
            whole=deep_link(style.platform, bot, f"a_{article.uid}") if bot else "",
            more=self._more(article, bot, style.platform),
            follow=deep_link(style.platform, bot, f"fs_{article.uid}") if bot else "",
            handle=f"@{channel.username}" if channel.username else "",
            others=[
                Source(one.agency, one.url or self._page(one.uid)) for one in self._store.stories.others(article.id)
            ],
            corrected_at=article.updated if delivery.kind is DeliveryKind.EDIT else None,
            limit=limit,
            style=style,
            silent=not article.urgent and style.quiet is not None and style.quiet.covers(now, self._zone),
        )

    def _style(self, key: str) -> Style:
        return self._styles.get(key, DEFAULT)

    def _page(self, uid: str) -> str:
        return f"{self._base_url}/a/{uid}"

    def _more(self, article: Article, bot: str, platform: Platform) -> str:
        """Where there is more of the article's province: the bot answers a deep link, our page shows the rest."""
        if not article.provinces:
            return ""
        slug = article.provinces[0]
        return deep_link(platform, bot, f"p_{slug}") if bot else f"{self._base_url}/p/{slug}"


def refusals(payload: Mapping[str, Any] | None) -> dict[str, bool]:
    """What the platform refused, and shall not be tried again: the markup, the photo, to delete the post."""
    return {name: True for name in ("as_plain", "as_text", "as_mark") if payload and payload.get(name)}


def is_plain(payload: Mapping[str, Any] | None) -> bool:
    """Whether the platform refused the markup of a payload."""
    return "as_plain" in refusals(payload)


def has_photo(payload: Mapping[str, Any] | None) -> bool:
    """Whether the payload is the caption of a photo."""
    return bool(payload and payload.get("photo"))
