"""«درست است؟»: what the archive knows of a text that somebody has; who told it, when, and in what the text differs.

    text -> readable -> candidates that share its rare words -> how much of it stands in each -> their stories

Nothing here says whether a text is true: an agency's word is an agency's word, and what no agency told may be true.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from feeds.models import Article
from feeds.store import Store
from feeds.store.search.index.keys import LEAD_END
from feeds.store.search.sharing import Sharing
from feeds.stories import background, comparison, duplicates
from feeds.stories.comparison import Difference
from feeds.stories.fingerprints import Prints
from feeds.stories.withdrawn import Withdrawn
from feeds.text import fold

CANDIDATES = 40
"""Articles whose tokens are compared with the text."""
READ = 10
"""Articles whose stories are read."""
NEAR = 0.2
"""How much of a text stands in an article whose story is read: another agency may have told the same in its words."""
ALIKE = 0.42
"""How much of a text stands in the article that it was taken from."""
SHORT, ALIKE_SHORT = 14, 0.6
"""Of so few words, more have to be there."""
_WHOLE = 0.95
"""Of which so much stands in an article, that is of no other place."""
_FIGURES = 2
"""Figures of a text of which an article has none: it was made from one template with it."""
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""When a pasted text was written is not known."""
_ALMOST = 0.85
"""What is nearly as alike as the best is told beside it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One agency's word on what the text tells."""

    article: Article
    corrected: datetime | None = None
    """When its source changed its words; None where it did not."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the archive knows of a text."""

    nearest: Article
    """The article that most of the text stands in."""
    likeness: float
    tellings: tuple[Telling, ...]
    """All that told it, in the order of publication."""
    differences: tuple[Difference, ...]
    """In what the text differs from `nearest`."""

    @property
    def retracted(self) -> tuple[Article, ...]:
        """Those that were withdrawn."""
        return tuple(one.article for one in self.tellings if one.article.retracted is not None)


class TooShortError(ValueError):
    """The text has too few words to be known again."""


class Checking:
    """Texts held against one store's archive. For any thread; every method may raise `StoreError`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._withdrawn = Withdrawn(store)

    def check(self, text: str) -> Checked | None:
        """What the archive knows of a text; None where it knows nothing like it.

        Raises:
            TooShortError: fewer than `comparison.FEWEST` words are left of it.
        """
        edited = comparison.readable(text)
        tokens = fold.tokens(edited, restored=True)[: comparison.MOST]
        if len(tokens) < comparison.FEWEST:
            raise TooShortError
        sharing = self._store.articles.sharing(tokens, limit=CANDIDATES)
        canonical = [comparison.canonical(token) for token in tokens]
        asked = _Asked(edited, canonical, sharing, Prints("", edited, "", _UNDATED))
        near = sorted(asked.near(), key=lambda pair: -pair[1])[:READ]
        ids = [*dict.fromkeys([number for number, _ in near] + self._withdrawn.near(tokens, limit=READ))]
        families = self._store.stories.families(ids)
        scores = {article.id: asked.likeness(article) for family in families.values() for article in family}
        best = max(scores.values(), default=0.0)
        alike = {number for number, score in scores.items() if score >= max(asked.enough, best * _ALMOST)}
        told = [article for family in families.values() if alike & {one.id for one in family} for article in family]
        if not told:
            return None
        nearest = max((one for one in told if one.id in alike), key=lambda one: (scores[one.id], -one.id))
        return Checked(
            nearest,
            scores[nearest.id],
            tuple(
                Telling(article, corrected(self._store, article)) for article in sorted(told, key=lambda one: one.id)
            ),
            tuple(comparison.differences(edited, _text(nearest))),
        )


def corrected(store: Store, article: Article) -> datetime | None:
    """When a source changed an article's words; a story that got another source is a revision, and no correction."""
    if article.revision == 1:
        return None
    newest, *older = store.articles.original(article.id) or (None,)
    if newest is None or not older:
        return None
    words = [fold.fold(f"{one.title} {one.lead} {one.body}") for one in (newest, older[-1])]
    return newest.stored if words[0] != words[1] else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text that is asked about."""

    text: str
    tokens: Sequence[str]
    sharing: Sharing
    prints: Prints

    def near(self) -> Iterable[tuple[int, float]]:
        """The candidates that much of it stands in, with how much."""
        for number, (title, text) in self.sharing.contents.items():
            tokens = [comparison.canonical(token) for token in f"{title} {text}".split() if token != LEAD_END]
            if (score := comparison.likeness(self.tokens, tokens, self.weight)) >= NEAR:
                yield number, score

    def likeness(self, article: Article) -> float:
        """How much of it stands in an article; nothing, where that tells of another place and other figures."""
        tokens = [comparison.canonical(token) for token in fold.tokens(_text(article), restored=True)]
        score = comparison.likeness(self.tokens, tokens, self.weight)
        return 0.0 if ALIKE <= score < _WHOLE and self._tells_of_another(article) else score

    @property
    def enough(self) -> float:
        """How much of it has to stand in an article."""
        return ALIKE_SHORT if len(self.tokens) < SHORT else ALIKE

    def weight(self, token: str) -> float:
        """What a token tells."""
        held = self.sharing.frequencies.get(token, 0.0)
        return -math.log(background.share(token, held, self.sharing.total))

    def _tells_of_another(self, article: Article) -> bool:
        """Whether an article was made from the same template: of other places or days, or with no figure in common."""
        theirs = Prints(article.title, f"{article.lead} {article.body}", "", article.published)
        figures = self.prints.figures
        if len(figures) >= _FIGURES and not figures & theirs.figures:
            return True
        if duplicates.apart(self.prints.days, theirs.days):
            return True
        if duplicates.apart(self.prints.named_provinces, theirs.named_provinces | set(article.provinces)):
            return True
        return duplicates.in_other_places(self.prints.places, theirs.places)


def _text(article: Article) -> str:
    body = article.body if not article.lead or article.lead in article.body else f"{article.lead}\n{article.body}"
    return f"{article.title}\n{body}"
