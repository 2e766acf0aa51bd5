"""Settles posts that stand in their channel already, and that the store did not know to be there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime

from bot.posts.payload import Payload
from bot.publishing.channel import Seen
from bot.publishing.registry import ChannelRegistry
from bot.publishing.restored import recognition
from bot.publishing.restored.recognition import Post
from bot.publishing.writer import Writer
from feeds.models import ChannelState, Problem
from feeds.store import Store


class Adoption:
    """Finds the posts that messages are. Every method may raise `StoreError`.

    Args:
        store: where deliveries are.
        registry: the node's channels.
        writer: renders posts.
        now: the clock.
    """

    def __init__(self, store: Store, registry: ChannelRegistry, writer: Writer, now: Callable[[], datetime]) -> None:
        self._store = store
        self._restored = store.restored
        self._registry = registry
        self._writer = writer
        self._now = now

    def match(
        self, state: ChannelState, message_id: int, seen: Seen, changed: bool
    ) -> tuple[Post | None, Payload | None]:
        """The post that a message is, if it waited, and what it shows, if that is known."""
        chat_id = state.chat_id or 0
        if (known := self._restored.posted_as(chat_id, message_id)) is not None:  # the last try came as far as this
            return None, Payload.from_dict(known)
        post = recognition.find(seen, [Post(*one) for one in self._restored.not_out(chat_id)])
        if post is None:
            if recognition.may_be_a_post(seen):
                self._restored.keep(chat_id, message_id, {**asdict(seen), "changed": changed}, self._now())
            return None, None
        channel = state if post.delivery.channel == state.key else self._store.channels.get(post.delivery.channel)
        return post, self.settle(post, channel, message_id, seen)

    def settle(self, post: Post, channel: ChannelState, message_id: int, seen: Seen) -> Payload:
        """The message is the post: remember it in the form that it has."""
        delivery, article, now = post.delivery, post.article, self._now()
        as_it_is = replace(delivery, payload=None if seen.photo else {"as_text": True})
        facts = self._registry.facts.get(channel.key)
        payload = self._writer.payload(article, as_it_is, channel, bot=facts.bot if facts else "", now=now) or {}
        if seen.photo and not payload.get("photo"):
            payload["photo"] = article.image.url if article.image else "photo"
        written = Payload.from_dict(payload)
        retracted = recognition.is_retracted(seen)
        stale = not retracted and not recognition.tells_the_same(seen, written.visible)
        if article.held:  # after the backup was taken, the desk let it go
            self._store.editorial.release("recovery", now, article_id=article.id)
        self._restored.settle(delivery, article, (channel.chat_id, message_id), payload, now, stale=stale)
        if retracted and article.retracted is None:
            what = (
                f"the post «{article.title}» says that it was retracted, which the store does not know any more; "
                f"`chapar articles retract {article.uid}`"
            )
            where = f"retraction of {article.uid} in {channel.key}"
            self._store.problems.set(Problem(where=where, line=0, what=what, since=now, kind="channel"))
        return written
