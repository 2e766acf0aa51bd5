"""One story once: which articles tell the same, of those of the last days.

    same agency and number   the store knows it by its key: a revision
    same text                shingles of five words, Jaccard >= 0.7; or one holds nearly all of the other
    same event               one province, a day, cosine of title and lead >= 0.45, two rare words in common
    sequel                   an agency comes back to an event: a cosine of 0.35, other figures are welcome
    veto                     other figures, other days, other towns: reports of weather and police are templates
    occasion                 what two headlines tell of one fair is two events, unless more than the fair is in both

Pure but for what the `Index` remembers. Thresholds: Broder, "On the resemblance and containment of documents" (1997),
for the text and its sketch; for the event and the veto, `tests/feeds/stories/pairs.jsonl` and `bench/RESULTS.md`.

Long, as the rules are tried in one order and share their measures of two texts.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from rapidfuzz.distance import Indel

from feeds.stories import background
from feeds.stories.fingerprints import Prints
from feeds.stories.posting_lists import Hashes, Words

TEXT_WINDOW = timedelta(days=3)
EVENT_WINDOW = timedelta(hours=24)

JACCARD = 0.7
CONTAINMENT = 0.8
"""How much of the shorter text stands in the longer one, where a site has cut it down."""
SHORTEST = 12
"""Shingles; of fewer words it can't be said that they are the same by more than chance."""
SKETCH = 16
"""The lowest shingles of a text, by which it is found. Those of both together are a fair sample of both texts: of two
with a Jaccard index of 0.7, less than one pair in a million has fewer than two in common; at 0.45, one in a thousand.
That is better than 64 permutations in bands of MinHash were, and needs no numpy, whose libraries take 50 MB."""
SHINGLES_IN_COMMON = 2
COSINE = 0.45
RARE_IN_COMMON = 2
SEQUEL_COSINE = 0.35
"""The cosine of what goes on with a story of its own agency, in other words; it stands on its own even if this errs."""
FEWEST = 8
"""Words of title and lead; fewer don't tell one event from another."""
SAME_HEADLINE = 0.7
"""How much of the words of two headlines of one agency is the same, if it has published an article again."""
WORDING = 0.75
"""Leads of which so much is the same, word for word, were made from one template, if they differ in what matters."""
SEQUEL_WORDING = 0.7
"""The same of two leads of one agency, which has its habits, but tells what is new in new words."""
_PACKED = array("I").itemsize
_RARE = 0.012
"""The share of articles that have a rare word."""


class Kind(StrEnum):
    """Why two articles belong to one story."""

    TEXT = "text"
    EVENT = "event"
    SEQUEL = "sequel"
    """The same event, and something new of it: it is told on its own, in reply to what was told first."""


@dataclass(frozen=True, slots=True)
class Match:
    """An article that tells the same as another."""

    name: str
    """The name under which the other was added."""
    kind: Kind
    score: float


Recall = Callable[[Collection[str]], Mapping[str, Prints]]


@dataclass(slots=True)
class _Told:
    """What is kept of an article: what finds it again, in as few bytes as that takes."""

    name: str
    published: datetime
    provinces: frozenset[str]
    shingles: bytes
    words: bytes
    """By their numbers; an array of so few takes as much again."""
    revision: int | None


class Index:
    """The articles of the last days, found by what they tell. Not safe for several threads at once.

    It holds what finds those that may tell the same. Whether one does is decided by its text, which is asked for.
    """

    def __init__(self, recall: Recall) -> None:
        """An empty index.

        Args:
            recall: Gives the prints of articles by the names under which they were added; of those that it still has.
        """
        self._recall = recall
        self._numbers: dict[str, int] = {}
        self._told: dict[int, _Told] = {}
        self._count = 0
        self._by_shingle = Hashes()
        self._by_word = Words()
        self._same: dict[frozenset[str], frozenset[str]] = {}

    def __len__(self) -> int:
        return len(self._told)

    def add(self, name: str, prints: Prints) -> None:
        """Remember an article; one that is remembered under this name is replaced, and keeps the revision noted."""
        revision = self.revision(name)
        self.remove(name)
        number = self._count = self._count + 1
        words = self._by_word.add(prints.words, number)
        self._by_shingle.add(_sketch(prints.shingles), number)
        self._numbers[name] = number
        self._told[number] = _Told(
            name,
            prints.published,
            self._same.setdefault(prints.provinces, prints.provinces),  # few, in one copy each
            prints.shingles.tobytes(),
            words.tobytes(),
            revision,
        )

    def note(self, name: str, revision: int) -> None:
        """Note which revision of an article it is that is remembered."""
        if (number := self._numbers.get(name)) is not None:
            self._told[number].revision = revision

    def revision(self, name: str) -> int | None:
        """Which revision of an article is remembered; None where none was noted."""
        number = self._numbers.get(name)
        return None if number is None else self._told[number].revision

    def remove(self, name: str) -> None:
        """Forget an article."""
        number = self._numbers.pop(name, None)
        if number is not None:
            told = self._told.pop(number)
            self._by_shingle.remove(_sketch(_unpacked(told.shingles)), number)
            self._by_word.remove(_unpacked(told.words), number)

    def expire(self, now: datetime) -> None:
        """Forget what is too old to be told again."""
        for name in [told.name for told in self._told.values() if now - told.published > TEXT_WINDOW]:
            self.remove(name)

    def find(self, prints: Prints, *, without: Collection[str] = ()) -> Match | None:
        """The article that tells the same: the one with the same text, or the most alike of the same event.

        If there is none, the one whose story this article goes on with.
        """
        return self._same_text(prints, without) or self._same_event(prints, without)

    def _same_text(self, prints: Prints, without: Collection[str]) -> Match | None:
        holding = self._by_shingle.holding(_sketch(prints.shingles))
        scores = {
            told.name: score
            for told in self._sharing(holding, SHINGLES_IN_COMMON, without)
            if abs(told.published - prints.published) <= TEXT_WINDOW
            and (score := resemblance(prints.shingles, _unpacked(told.shingles)))
        }
        recalled = self._recall(scores) if scores else {}
        return _best(
            Match(name, Kind.TEXT, scores[name])
            for name, other in recalled.items()
            if not differ(other, prints, whole=True) and not _are_toldapart(other, prints)
        )

    def _same_event(self, prints: Prints, without: Collection[str]) -> Match | None:
        if len(prints.words) < FEWEST:
            return None
        telling = self._rare(prints.words)
        if len(telling) < RARE_IN_COMMON:
            return None
        # A town is in all of its news: it says where, and hardly what.
        telling = [word for word in telling if word not in prints.place_words]
        names = {
            told.name
            for told in self._sharing(self._by_word.holding(telling), RARE_IN_COMMON, without)
            if _may_be_event(told, prints)
        }
        recalled = self._recall(names) if names else {}
        judged = [self._judge(name, other, prints) for name, other in recalled.items()]
        told = [match for match in judged if match is not None]
        return _best(match for match in told if match.kind is Kind.EVENT) or _best(told)

    def _judge(self, name: str, other: Prints, prints: Prints) -> Match | None:
        """Whether two articles, which share a place, a day and rare words, are about one event."""
        score = self._event_score(other, prints)
        # An agency that comes back to its own story has something new to say.
        is_sequel = bool(prints.agency) and prints.agency == other.agency
        if score < (SEQUEL_COSINE if is_sequel else COSINE):
            return None
        is_sequel |= not prints.outcomes <= other.all_outcomes  # the road is open again, the lost are found
        if elsewhere(other, prints) if is_sequel else differ(other, prints, whole=False):
            return None
        if self._made_alike(other, prints, SEQUEL_WORDING if is_sequel else WORDING):
            return None
        return Match(name, Kind.SEQUEL if is_sequel else Kind.EVENT, score)

    def _sharing(self, numbers: Iterable[int], enough: int, without: Collection[str]) -> Iterator[_Told]:
        """The articles that are named often enough."""
        for number, count in Counter(numbers).items():
            if count >= enough and (told := self._told[number]).name not in without:
                yield told

    def _share_rare(self, words: Iterable[str], prints: Prints, places: Collection[str]) -> bool:
        """Whether enough rare words are in both, not counting those that name places."""
        common = (word for word in words if word in prints.words and word not in places)
        return len(self._rare(common)) >= RARE_IN_COMMON

    def _event_score(self, other: Prints, prints: Prints) -> float:
        """How alike the leads of two articles are, by the words that tell what has happened."""
        common = other.place_words | prints.place_words
        occasion = other.occasion_words & prints.occasion_words
        if occasion and self._tellsapart(other, prints, occasion) and self._tellsapart(prints, other, occasion):
            common |= occasion
        if not self._share_rare(other.words, prints, common):
            return 0.0
        return cosine(self.weights(other.words, common=common), self.weights(prints.words, common=common))

    def _tellsapart(self, one: Prints, other: Prints, occasion: frozenset[str]) -> bool:
        """Whether the headline names something of an occasion that the other article does not: it may not be all of it.

        A fair is in all of its news, as a town is.
        """
        return bool(self._rare(one.title_words - occasion - one.place_words - other.words.keys()))

    def _made_alike(self, one: Prints, other: Prints, wording: float) -> bool:
        """Whether two leads have one wording, with other rare words, or other figures, in some of its places."""
        if Indel.normalized_similarity(one.wording, other.wording) < wording:
            return False
        mine, others = set(one.wording) - set(other.wording), set(other.wording) - set(one.wording)
        return bool(self._rare(mine) and self._rare(others)) or differ(one, other, whole=True)

    def _rare(self, words: Iterable[str]) -> list[str]:
        """Those of the words that few articles have."""
        most = _RARE * (background.ARTICLES + len(self._told))
        imagined, held = background.imagined(), self._by_word.count
        return [word for word in words if imagined.get(word, 1) + held(word) <= most]

    def weights(self, words: Mapping[str, int], *, common: Collection[str] = ()) -> dict[str, float]:
        """The tf-idf weight of each word; `common` ones are taken for common, however rare they are."""
        return {
            word: (1 + math.log(count))
            * -math.log(max(self._frequency(word), background.COMMON if word in common else 0))
            for word, count in words.items()
        }

    def _frequency(self, word: str) -> float:
        """The share of articles that have a word, the imagined ones among them."""
        return background.share(word, self._by_word.count(word), len(self._told))


def resemblance(one: Collection[int], other: Collection[int]) -> float:
    """How much two texts are one: their Jaccard index, or the share of the shorter that is in the longer; else 0."""
    common = len(set(one).intersection(other))
    shorter = min(len(one), len(other))
    if shorter < SHORTEST or not common:
        return 0.0
    jaccard = common / (len(one) + len(other) - common)
    contained = common / shorter
    return jaccard if jaccard >= JACCARD else contained * JACCARD if contained >= CONTAINMENT else 0.0


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two vectors of weights."""
    dot = sum(weight * other[word] for word, weight in one.items() if word in other)
    norms = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return dot / norms if norms else 0.0


def differ(one: Prints, other: Prints, *, whole: bool) -> bool:
    """Whether two articles that are alike speak of different figures, days or towns.

    Args:
        one: An article.
        other: Another.
        whole: They are alike through and through, as two reports from one template are: then each figure counts that
            only one has, if the other has one of its own in its place. Else it is enough to share one.
    """
    if elsewhere(one, other) or apart(one.told_days, other.told_days):
        return True
    if whole:
        mine, others = one.all_figures, other.all_figures
        return bool(mine - others) and bool(others - mine)
    return apart(one.figures, other.figures)


def elsewhere(one: Prints, other: Prints) -> bool:
    """Whether two articles that are alike speak of different towns or days, or of two numbers of a series."""
    (words, figures), (other_words, other_figures) = one.headline, other.headline
    if words == other_words and figures != other_figures:
        return True  # «برندگان هفتهٔ ۳ از ۷» and «برندگان هفتهٔ ۷ از ۳»
    if in_other_places(one.places, other.places) or apart(one.named_provinces, other.named_provinces):
        return True
    return apart(one.days, other.days)


def _are_toldapart(one: Prints, other: Prints) -> bool:
    """Whether one agency has put two headlines over a text: then it means two articles."""
    alike = Indel.normalized_similarity(one.headline[0].split(), other.headline[0].split())
    return bool(one.agency) and one.agency == other.agency and alike < SAME_HEADLINE


def apart(one: frozenset[Any], other: frozenset[Any]) -> bool:
    """Whether both name something, and nothing in common."""
    return bool(one) and bool(other) and one.isdisjoint(other)


def in_other_places(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name places, and none of them is one of the other's: «آبشار نوژیان» and «نوژیان» are one."""
    words = [[frozenset(place.split()) for place in places] for places in (one, other)]
    return all(words) and not any(a <= b or b <= a for a in words[0] for b in words[1])


def _may_be_event(told: _Told, prints: Prints) -> bool:
    if len(told.words) < FEWEST * _PACKED or abs(told.published - prints.published) > EVENT_WINDOW:
        return False
    return _may_share_place(told.provinces, prints.provinces)


def _may_share_place(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one.isdisjoint(other) or not (one or other)


def _unpacked(numbers: bytes) -> array[int]:
    return array("I", numbers)


def _sketch(shingles: array[int]) -> array[int]:
    """The lowest of sorted shingles; none of a text that is too short."""
    return shingles[: SKETCH if len(shingles) >= SHORTEST else 0]


def _best(matches: Iterable[Match]) -> Match | None:
    return max(matches, key=lambda match: (match.score, match.name), default=None)
