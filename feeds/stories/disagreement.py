"""Where agencies that tell one story disagree: other numbers of the same thing, «مهر: ۳ کشته | ایرنا: ۵ کشته». Pure.

Nothing is guessed. An agency's word is its last one, and only where it says one number; two numbers disagree where no
reading of both makes them one: «بیش از ۳» and ۵ do not, nor «۳ هزار» and 2950. What is counted is the same where the
subject is, and the sentences name no other places; of things that many sentences count, where the sentences are alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations

from feeds.models import Article
from feeds.stories.counting.counts import Bound, Count, counts
from feeds.stories.duplicates import in_other_places
from feeds.stories.fingerprints import Prints
from feeds.text import fold

MOST = 3
"""Disagreements of a story that are told, those on people first."""
_ALIKE = 0.65
"""How much of the words of the shorter of two sentences is in the other, where their subjects alone do not tell."""
_OTHERS = 3
"""So many words of its own in each of two sentences tell of two things."""
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
_PEOPLE = ("dead", "hurt", "missing", "trapped", "held", "saved", "poisoned")


@dataclass(frozen=True, slots=True)
class Claim:
    """What an agency says."""

    article: Article
    said: str
    """The number with what it counts, as it is written: «۳ کشته»."""
    quotation: str
    """The sentence in which it is said."""

    @property
    def agency(self) -> str:
        """Who says it."""
        return self.article.agency


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Several numbers of one thing."""

    claims: tuple[Claim, ...]
    """One of each agency, in the order of publication."""


def disagreements(told: Iterable[Article]) -> tuple[Disagreement, ...]:
    """Where the articles of one story disagree.

    Args:
        told: All that tell it; those that were withdrawn, and those of no named agency, have no say.
    """
    by_subject: dict[str, list[tuple[Article, Count]]] = defaultdict(list)
    for article in _last_words(told):
        for subject, count in _said_once(article).items():
            by_subject[subject].append((article, count))
    found = [
        (subject, Disagreement(tuple(Claim(article, count.said, count.sentence) for article, count in claims)))
        for subject, claims in by_subject.items()
        if any(_disagree(one[1], other[1]) for one, other in combinations(claims, 2))
    ]
    return tuple(one for _, one in sorted(found, key=lambda pair: _rank(pair[0]))[:MOST])


def _last_words(told: Iterable[Article]) -> list[Article]:
    """The newest article of each agency, in the order of publication."""
    last: dict[str, Article] = {}
    for article in sorted(told, key=lambda one: one.id):
        if article.agency and article.retracted is None:
            last[article.agency] = article
    return sorted(last.values(), key=lambda one: one.id)


def _said_once(article: Article) -> dict[str, Count]:
    """The subjects of which an article says one number."""
    text = article.body if not article.lead or article.lead in article.body else f"{article.lead}\n{article.body}"
    said: dict[str, list[Count]] = defaultdict(list)
    for count in counts(f"{article.title}\n{text}"):
        said[count.subject].append(count)
    return {subject: _fullest(all_said) for subject, all_said in said.items() if len({c.value for c in all_said}) == 1}


def _fullest(said: Sequence[Count]) -> Count:
    """Of one number that is said several times, the most careful, in the longest sentence."""
    careful = [one for one in said if one.bound is not Bound.EXACT] or said
    return max(careful, key=lambda one: len(one.sentence))


def _disagree(one: Count, other: Count) -> bool:
    return not _may_be_one(one, other) and _of_the_same(one, other)


def _may_be_one(one: Count, other: Count) -> bool:
    """Whether one number can be both."""
    if Bound.ABOUT in (one.bound, other.bound):
        return True
    for first, second in ((one, other), (other, one)):
        if first.bound is Bound.LEAST and (second.value >= first.value or second.bound is Bound.LEAST):
            return True
        if first.bound is Bound.MOST and (second.value <= first.value or second.bound is Bound.MOST):
            return True
    steps = [count.step for count in (one, other)]
    room = 0.5 * max(steps) if max(steps) != min(steps) else 0.0
    return abs(one.value - other.value) <= room


def _of_the_same(one: Count, other: Count) -> bool:
    places = [Prints("", count.sentence, "", _UNDATED) for count in (one, other)]
    if in_other_places(places[0].all_places, places[1].all_places):
        return False
    if one.strict:
        return True
    words = [{w for w in fold.tokens(c.sentence, restored=True) if not w[0].isdecimal()} for c in (one, other)]
    own = min(len(words[0] - words[1]), len(words[1] - words[0]))
    return own < _OTHERS and len(words[0] & words[1]) >= _ALIKE * max(min(map(len, words)), 1)


def _rank(subject: str) -> int:
    outcome = subject.partition(" ")[0]
    return _PEOPLE.index(outcome) if outcome in _PEOPLE else len(_PEOPLE)
