"""Which channels an article goes to: a pure function of the settings and the article.

Words are compared as search does: folded, so «كتابهاي» and «کتاب» are one. Sets of words, never a pattern that a
person writes: a pattern can hang, and Persian has more than one spelling of most words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.settings import ChannelSettings
from feeds.models import FOLLOWERS, Article, Document, Draft, Route
from feeds.sources.following.timing import FIRST_AGE
from feeds.text import fold

PREVIEW = "preview"
"""The channel of a desk that has no Telegram channel yet: a page shows it."""

SAMPLES = "نمونه"
"""The section of the invented documents that come with Chapar, see seeds/FORMAT.md."""

Words = frozenset[str]


@dataclass(frozen=True)
class _Story:
    """What a rule looks at; its words are folded once, and only if a rule asks for them."""

    source: str
    """The key of the feed that brought it, or of the inbox."""
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
        return self.carries(_story(article.source, article))

    def carries(self, story: _Story) -> bool:
        """Whether a story belongs into the channel."""
        return (
            (not self.provinces or not self.provinces.isdisjoint(story.provinces))
            and (not self.sources or story.source in self.sources)
            and not any(phrase <= story.words for phrase in self.exclude)
            and (not self.include or any(phrase <= story.words for phrase in self.include))
        )


def rules(channels: Sequence[ChannelSettings]) -> tuple[Rule, ...]:
    """The rules of all channels; with no channels everything goes to the preview."""
    return tuple(map(Rule.of, channels)) or (Rule(Route(PREVIEW)),)


def router(
    channels: Sequence[ChannelSettings], *, live: bool = False, followers: bool = False
) -> Callable[[Draft], tuple[Route, ...]]:
    """The function that says where an article goes.

    Args:
        channels: the settings.
        live: readers are there, so that what is invented waits for the desk.
        followers: people may follow things, so that everything is announced to them, too.
    """
    of_all = rules(channels)

    def route(draft: Draft) -> tuple[Route, ...]:
        if draft.document.quiet:
            return ()
        story = _story(draft.document.feed or draft.document.source, draft)
        routes = _routes(draft.document, (rule for rule in of_all if rule.carries(story)), live=live)
        return (*routes, *_to_followers(draft.document, routes, live=live)) if followers else routes

    return route


def _to_followers(document: Document, routes: Sequence[Route], *, live: bool) -> tuple[Route, ...]:
    """The route to those who follow something; it is held where no channel shows the article before the desk does."""
    (route,) = _routes(document, [Rule(Route(FOLLOWERS))], live=live)
    return (replace(route, held=route.held or (bool(routes) and all(one.held for one in routes))),)


def mover(
    channels: Sequence[ChannelSettings], *, live: bool = False
) -> Callable[[Document, Article, Article], tuple[Route, ...]]:
    """The function that says where a change brings an article that did not belong there before; `live` as in `router`.

    A document of the inbox is meant to be published, so it goes wherever it belongs; the store knows where it was.
    What a feed changes late goes nowhere anew, as what it brings late.
    """
    of_all = rules(channels)

    def move(document: Document, former: Article, article: Article) -> tuple[Route, ...]:
        if document.feed and article.updated - article.published > FIRST_AGE:
            return ()
        source = document.feed or document.source
        before, after = _story(source, former), _story(source, article)
        moved = (rule for rule in of_all if rule.carries(after) and not (document.feed and rule.carries(before)))
        return _routes(document, moved, live=live)

    return move


def placer(channels: Sequence[ChannelSettings]) -> Callable[[Article, Article], tuple[Route, ...]]:
    """The function that says where the desk's word on its provinces brings an article; an old one goes nowhere anew."""
    of_all = rules(channels)

    def place(former: Article, article: Article) -> tuple[Route, ...]:
        if article.updated - article.ingested > FIRST_AGE:
            return ()
        return tuple(rule.route for rule in of_all if rule.takes(article) and not rule.takes(former))

    return place


def _story(source: str, told: Draft | Article) -> _Story:
    return _Story(source, told.provinces, f"{told.title}\n{told.body}")


def _routes(document: Document, chosen: Iterable[Rule], *, live: bool) -> tuple[Route, ...]:
    """The channels' routes; where the document's source is held, or it is invented, they are all held."""
    held = document.hold or (live and document.section == SAMPLES and not document.feed)
    return tuple(replace(rule.route, held=rule.route.held or held) for rule in chosen)


def _folded(phrases: Sequence[str]) -> tuple[Words, ...]:
    """Each phrase as the set of its words; one without any word is left out, as it would match everything."""
    return tuple(words for phrase in phrases if (words := frozenset(fold.tokens(phrase))))
