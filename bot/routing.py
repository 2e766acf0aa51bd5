"""Which channels an article goes to: a pure function of the settings and the article.

Words are compared as search does: folded, so «كتابهاي» and «کتاب» are one. Sets of words, never a pattern that a
person writes: a pattern can hang, and Persian has more than one spelling of most words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.settings import ChannelSettings
from feeds.models import Article, Draft, Route
from feeds.text import fold

PREVIEW = "preview"
"""The channel of a desk that has no Telegram channel yet: a page shows it."""

Words = frozenset[str]


@dataclass(frozen=True)
class _Story:
    """What a rule looks at; its words are folded once, and only if a rule asks for them."""

    source: str
    provinces: tuple[str, ...]
    text: str

    @cached_property
    def words(self) -> Words:
        return frozenset(fold.tokens(self.text))


@dataclass(frozen=True, slots=True)
class Rule:
    """What one channel carries."""

    route: Route
    provinces: Words = frozenset()
    """None: news of every province, and of none."""
    sources: Words = frozenset()
    include: tuple[Words, ...] = ()
    exclude: tuple[Words, ...] = ()

    @classmethod
    def of(cls, channel: ChannelSettings) -> Rule:
        """The rule of a channel's settings."""
        return cls(
            Route(channel.key, channel.hold),
            frozenset(channel.provinces),
            frozenset(channel.sources),
            _folded(channel.include),
            _folded(channel.exclude),
        )

    def takes(self, article: Article) -> bool:
        """Whether a stored article belongs into the channel."""
        return self._takes(_Story(article.source, article.provinces, f"{article.title}\n{article.body}"))

    def _takes(self, story: _Story) -> bool:
        return (
            (not self.provinces or not self.provinces.isdisjoint(story.provinces))
            and (not self.sources or story.source in self.sources)
            and not any(phrase <= story.words for phrase in self.exclude)
            and (not self.include or any(phrase <= story.words for phrase in self.include))
        )


def rules(channels: Sequence[ChannelSettings]) -> tuple[Rule, ...]:
    """The rules of all channels; with no channels everything goes to the preview."""
    return tuple(map(Rule.of, channels)) or (Rule(Route(PREVIEW)),)


def router(channels: Sequence[ChannelSettings]) -> Callable[[Draft], tuple[Route, ...]]:
    """The function that says where an article goes."""
    of_all = rules(channels)

    def route(draft: Draft) -> tuple[Route, ...]:
        if draft.document.quiet:
            return ()
        document = draft.document
        story = _Story(document.feed or document.source, draft.provinces, f"{draft.title}\n{draft.body}")
        routes = tuple(rule.route for rule in of_all if rule._takes(story))  # noqa: SLF001 - of this module
        return tuple(replace(route, held=True) for route in routes) if document.hold else routes

    return route


def _folded(phrases: Sequence[str]) -> tuple[Words, ...]:
    """Each phrase as the set of its words; one without any word is left out, as it would match everything."""
    return tuple(words for phrase in phrases if (words := frozenset(fold.tokens(phrase))))
