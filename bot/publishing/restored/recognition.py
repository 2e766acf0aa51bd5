"""Which waiting post a message of a channel is: pure decisions about what was read and what would be sent.

A post is known by the link to its article and by its title. Either may be another by now (a corrected title, a site
that links all to its front page, a title that comes every day), so what speaks for one alone needs its words as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.posts.links import safe_link
from bot.publishing.channel import Seen
from feeds.models import Article, Delivery
from feeds.text import fold

ALIKE = 0.8
"""The share of words that a post and a message have in common where they are one."""
_SAID_BEFORE = re.compile(r"^\s*(?:فوری|تکذیب شد)\s*\|\s*")
_SIGNS = re.compile(r"^[^\w]+")
_FOOT = ("🕐", "✏️", "📰", "#", "🆔")
_RETRACTED = "تکذیب شد |"


@dataclass(frozen=True, slots=True)
class Post:
    """A post that is not known to be out."""

    delivery: Delivery
    article: Article


def find(seen: Seen, posts: Sequence[Post]) -> Post | None:
    """The post that the message is; None where it is none of them."""
    title = fold.fold(title_of(seen.text))
    words = _words(seen.text)
    best: tuple[tuple[int, float, int], Post] | None = None
    linked_alone = [post for post in posts if _is_linked(post.article, seen)]
    for post in posts:
        linked = _is_linked(post.article, seen)
        titled = bool(title) and fold.fold(post.article.title).startswith(title)
        if not (linked or titled):
            continue
        likeness = _likeness(words, post.article)
        if not ((linked and titled) or (linked and len(linked_alone) == 1 and likeness > 0) or likeness >= ALIKE):
            continue
        rank = (linked + titled, likeness, -post.delivery.id)
        if best is None or rank > best[0]:
            best = rank, post
    return best[1] if best else None


def title_of(text: str) -> str:
    """The title in the first line of a post."""
    first = _SIGNS.sub("", next((line for line in text.splitlines() if line.strip()), ""))
    return _SAID_BEFORE.sub("", first)


def is_retracted(seen: Seen) -> bool:
    """Whether the message says that its story was withdrawn."""
    return _SIGNS.sub("", seen.text).startswith(_RETRACTED)


def may_be_a_post(seen: Seen) -> bool:
    """Whether a message may be one of ours: it leads to its source, or says when it was."""
    return bool(seen.links) or any(_bare(line).startswith("🕐") for line in seen.text.splitlines())


def tells_the_same(seen: Seen, visible: str) -> bool:
    """Whether a message says what a post would say now, whatever it says of times and sources."""
    return _story(seen.text) == _story(visible)


def _story(text: str) -> list[str]:
    return fold.fold("\n".join(line for line in text.splitlines() if not _bare(line).startswith(_FOOT))).split()


def _bare(line: str) -> str:
    return line.strip().lstrip("\u200f\u200e")


def _is_linked(article: Article, seen: Seen) -> bool:
    url = safe_link(article.url)
    own = f"/a/{article.uid}"
    return any((url and safe_link(link) == url) or urlsplit(link).path.endswith(own) for link in seen.links)


def _words(text: str) -> frozenset[str]:
    return frozenset(_story(text))


def _likeness(words: frozenset[str], article: Article) -> float:
    """The share of a message's words that are the article's."""
    told = frozenset(fold.fold(f"{article.title}\n{article.lead}\n{article.body}").split())
    return len(words & told) / len(words) if words else 0.0
