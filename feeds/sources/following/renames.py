"""Names that a feed gives to something else, and articles whose names are other ones since they were edited. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from feeds.models import SeenEntry
from feeds.sources.following.entry_names import ANOTHER, Named, rekeyed
from feeds.text import fold

_MOVED = timedelta(minutes=1)
_TELLING = 40  # characters; a shorter beginning is everyone's
_SAME = 0.7
"""How much of two beginnings is the same, if they are of one text."""
_ALIKE = 1 / 3
"""How much of two headlines is the same, if one is the other's correction: by the Jaccard index of their words."""


def doubtful(named: Sequence[Named], known: Sequence[SeenEntry]) -> list[tuple[str, str]]:
    """The (source, key) of articles whose guid is back with another link and other words: perhaps for another article.

    What stands there has to be looked up for `renamed`.
    """
    by_key = {seen.key: seen for seen in known}
    pairs = ((item, by_key.get(item.document.key)) for item in named)
    return [(seen.source, seen.article_key) for item, seen in pairs if seen and _is_doubtful(item, seen)]


def renamed(
    named: Sequence[Named], known: Sequence[SeenEntry], titles: Mapping[tuple[str, str], str]
) -> tuple[list[Named], list[str]]:
    """The entries, those whose guid another article has under a name of their own; and these names.

    A guid stays when an article is corrected. Where link, date and headline are all other ones, the site gives its
    guids twice.
    """
    by_key = {seen.key: seen for seen in known}
    items = list(named)
    for place, item in enumerate(items):
        seen = by_key.get(item.document.key)
        if seen is None:
            continue
        title = titles.get((seen.source, seen.article_key), "")
        returned = item.nameless and bool(item.dated) and abs(item.document.published - seen.published) > ANOTHER
        replaced = _is_doubtful(item, seen) and bool(title) and _likeness(title, item.document.title) < _ALIKE
        if returned or replaced:
            items[place] = rekeyed(item, item.other_key)
    return items, [item.document.key for item, was in zip(items, named, strict=True) if item is not was]


def _is_doubtful(item: Named, seen: SeenEntry) -> bool:
    if item.numbered or item.nameless or seen.fingerprint == item.document.fingerprint:
        return False
    moved = item.dated is None or item.document.published - seen.published > _MOVED
    elsewhere = bool(item.link) and bool(seen.link) and item.link != seen.link
    return moved and (elsewhere or (not item.link and item.dated is not None))


def nowhere(named: Sequence[Named], known: Sequence[SeenEntry]) -> list[Named]:
    """Entries that are known by no name and were published at a moment of their own: news, or old ones renamed."""
    names = {name for seen in known for name in (seen.key, seen.link, seen.words) if name}
    moments = Counter(item.document.published for item in named)
    return [
        item
        for item in named
        if item.dated
        and not (item.numbered or item.nameless or item.document.day_only)
        and names.isdisjoint((item.document.key, item.link, item.words))
        and moments[item.document.published] == 1
    ]


def followed(
    items: Sequence[Named],
    named: Sequence[Named],
    known: Sequence[SeenEntry],
    texts: Mapping[tuple[str, str], tuple[str, str]],
) -> dict[str, SeenEntry]:
    """What of these entries is an article whose link and guid follow its headline, which was edited: by their new keys.

    It is proven where, of all that was published at the very same second, one entry has left the feed and one has come,
    and headline or text is still the same in the main.

    Args:
        items: Those of `nowhere`.
        named: All entries of the feed.
        known: What is remembered of the feed from these moments.
        texts: Headline and beginning of the articles that those became.
    """
    present = {item.document.key for item in named}
    found = {}
    for item in items:
        then = [seen for seen in known if seen.published == item.document.published]
        if len(then) != 1 or then[0].key in present:
            continue
        title, begins = texts.get((then[0].source, then[0].article_key), ("", ""))
        lead = item.document.lead or item.document.body
        told = len(begins) >= _TELLING and _likeness(begins, lead[: len(begins)]) >= _SAME
        if told or (title and _likeness(title, item.document.title) >= _ALIKE):
            found[item.document.key] = then[0]
    return found


def _likeness(one: str, other: str) -> float:
    words, others = set(fold.fold(one).split()), set(fold.fold(other).split())
    return len(words & others) / len(words | others) if words or others else 1.0
