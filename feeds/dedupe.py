"""One story once: which articles tell the same, of those of the last days.

    same agency and number   the store knows it by its key: a revision
    same text                shingles of five words, MinHash, Jaccard >= 0.7; or one holds nearly all of the other
    same event               one province, a day, cosine of title and lead >= 0.45, two rare words in common
    veto                     other figures, other days, other towns: reports of weather and police are templates

Pure but for what the `Index` remembers. Thresholds: Broder, "On the resemblance and containment of documents" (1997),
for the text; for the event and the veto, `tests/feeds/dedupe_pairs.jsonl` and `bench/RESULTS.md`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from datasketch import MinHashLSH
from rapidfuzz.distance import Indel

from feeds.prints import PERMUTATIONS, Prints

TEXT_WINDOW = timedelta(days=3)
EVENT_WINDOW = timedelta(hours=24)

JACCARD = 0.7
CONTAINMENT = 0.8
"""How much of the shorter text stands in the longer one, where a site has cut it down."""
SHORTEST = 12
"""Shingles; of fewer words it can't be said that they are the same by more than chance."""
COSINE = 0.45
RARE_IN_COMMON = 2
FEWEST = 8
"""Words of title and lead; fewer don't tell one event from another."""
SAME_HEADLINE = 0.7
"""How much of the words of two headlines of one agency is the same, if it has published an article again."""
WORDING = 0.75
"""Leads of which so much is the same, word for word, were made from one template, if they differ in what matters."""

_BACKGROUND = 2000
"""Articles that are imagined beside the real ones, so that a new index knows already which words are common."""
_EVERYDAY = 0.1
_COMMON = 0.02
_RARE = 0.012
_EVERYDAY_WORDS = (
    "از به با بر در و که این آن را برای تا هم نیز یک یا هر شد شده است بود می کرد کرده دارد داشت گفت وی او خود خبر داد "
    "اعلام اظهار افزود همه دیگر پس پیش روز سال گزارش"
)
_COMMON_WORDS = (
    "استان شهر شهرستان مدیرکل رئیس فرماندار استاندار شهردار مدیر سخنگو امروز دیروز شب صبح عصر نفر تن هزار میلیون "
    "میلیارد تومان درصد آغاز پایان طرح مردم کشور ایران منطقه روستا اداره سازمان پلیس جاده راه محور حضور نخستین بار "
    "میان مرکز دستگاه خودرو حادثه اثر علت گشایش افتتاح بهره برداری تولید ساخت"
)


class Kind(StrEnum):
    """Why two articles belong to one story."""

    TEXT = "text"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Match:
    """An article that tells the same as another."""

    name: str
    """The name under which the other was added."""
    kind: Kind
    score: float


@cache
def _prior() -> dict[str, float]:
    """The share of articles that are known to have a word, before any was read."""
    return dict.fromkeys(_COMMON_WORDS.split(), _COMMON) | dict.fromkeys(_EVERYDAY_WORDS.split(), _EVERYDAY)


class Index:
    """The articles of the last days, found by what they tell. Not safe for several threads at once."""

    def __init__(self) -> None:
        self._articles: dict[str, Prints] = {}
        self._texts = MinHashLSH(threshold=JACCARD - 0.25, num_perm=PERMUTATIONS)
        self._by_word: defaultdict[str, set[str]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._articles)

    def add(self, name: str, prints: Prints) -> None:
        """Remember an article; one that is remembered under this name is replaced."""
        self.remove(name)
        self._articles[name] = prints
        if len(prints.shingles) >= SHORTEST:
            self._texts.insert(name, prints.minhash)
        for word in prints.words:
            self._by_word[word].add(name)

    def remove(self, name: str) -> None:
        """Forget an article."""
        prints = self._articles.pop(name, None)
        if prints is None:
            return
        if name in self._texts:
            self._texts.remove(name)
        for word in prints.words:
            self._by_word[word].discard(name)
            if not self._by_word[word]:
                del self._by_word[word]

    def expire(self, now: datetime) -> list[str]:
        """Forget what is too old to be told again; returns the names."""
        old = [name for name, prints in self._articles.items() if now - prints.published > TEXT_WINDOW]
        for name in old:
            self.remove(name)
        return old

    def find(self, prints: Prints, *, without: Collection[str] = ()) -> Match | None:
        """The article that tells the same: the one with the same text, or the most alike of the same event."""
        text = self._best(self._same_text(name, prints) for name in self._like(prints) if name not in without)
        return text or self._best(self._same_event(name, prints) for name in self._about(prints) if name not in without)

    @staticmethod
    def _best(matches: Iterable[Match | None]) -> Match | None:
        found = [match for match in matches if match is not None]
        return max(found, key=lambda match: (match.score, match.name), default=None)

    def _like(self, prints: Prints) -> Iterable[str]:
        return self._texts.query(prints.minhash) if len(prints.shingles) >= SHORTEST else ()

    def _about(self, prints: Prints) -> list[str]:
        """The articles that share enough rare words."""
        telling = [word for word in prints.words if self.is_rare(word)]
        shared = Counter(name for word in telling for name in self._by_word.get(word, ()))
        return [name for name, count in shared.items() if count >= RARE_IN_COMMON]

    def _same_text(self, name: str, prints: Prints) -> Match | None:
        other = self._articles[name]
        if abs(other.published - prints.published) > TEXT_WINDOW:
            return None
        score = resemblance(other.shingles, prints.shingles)
        if score == 0 or differ(other, prints, whole=True) or _are_told_apart(other, prints):
            return None
        return Match(name, Kind.TEXT, score)

    def _same_event(self, name: str, prints: Prints) -> Match | None:
        other = self._articles[name]
        # An agency that comes back to its own story has something new to say.
        if prints.agency and prints.agency == other.agency:
            return None
        if min(len(prints.words), len(other.words)) < FEWEST:
            return None
        if abs(other.published - prints.published) > EVENT_WINDOW or not _may_share_place(other, prints):
            return None
        # A town is in all of its news: it says where, and hardly what.
        places = other.place_words | prints.place_words
        if sum(map(self.is_rare, (prints.words.keys() & other.words.keys()) - places)) < RARE_IN_COMMON:
            return None
        score = cosine(self.weights(other.words, common=places), self.weights(prints.words, common=places))
        if score < COSINE or differ(other, prints, whole=False) or self._from_one_template(other, prints):
            return None
        return Match(name, Kind.EVENT, score)

    def _from_one_template(self, one: Prints, other: Prints) -> bool:
        """Whether two leads have one wording, with other rare words, or other figures, in some of its places."""
        if Indel.normalized_similarity(one.wording, other.wording) < WORDING:
            return False
        mine, others = set(one.wording) - set(other.wording), set(other.wording) - set(one.wording)
        rare = any(map(self.is_rare, mine)) and any(map(self.is_rare, others))
        return rare or differ(one, other, whole=True)

    def is_rare(self, word: str) -> bool:
        """Whether few articles have a word."""
        return self._frequency(word) <= _RARE

    def weights(self, words: Mapping[str, int], *, common: Collection[str] = ()) -> dict[str, float]:
        """The tf-idf weight of each word; `common` ones are taken for common, however rare they are."""
        return {
            word: (1 + math.log(count)) * -math.log(max(self._frequency(word), _COMMON if word in common else 0))
            for word, count in words.items()
        }

    def _frequency(self, word: str) -> float:
        """The share of articles that have a word, the imagined ones among them."""
        return (_prior().get(word, 1 / _BACKGROUND) * _BACKGROUND + len(self._by_word.get(word, ()))) / (
            _BACKGROUND + len(self._articles)
        )


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """How much two texts are one: their Jaccard index, or the share of the shorter that is in the longer; else 0."""
    common = len(one & other)
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
    (words, figures), (other_words, other_figures) = one.headline, other.headline
    if words == other_words and figures != other_figures:
        return True  # «برندگان هفتهٔ ۳ از ۷» and «برندگان هفتهٔ ۷ از ۳»
    if _in_other_places(one.places, other.places) or _apart(one.named_provinces, other.named_provinces):
        return True
    if _apart(one.days, other.days) or _apart(one.told_days, other.told_days):
        return True
    if whole:
        mine, others = one.all_figures, other.all_figures
        return bool(mine - others) and bool(others - mine)
    return _apart(one.figures, other.figures)


def _are_told_apart(one: Prints, other: Prints) -> bool:
    """Whether one agency has put two headlines over a text: then it means two articles."""
    alike = Indel.normalized_similarity(one.headline[0].split(), other.headline[0].split())
    return bool(one.agency) and one.agency == other.agency and alike < SAME_HEADLINE


def _apart(one: frozenset[Any], other: frozenset[Any]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _in_other_places(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name places, and none of them is one of the other's: «آبشار نوژیان» and «نوژیان» are one."""
    words = [[frozenset(place.split()) for place in places] for places in (one, other)]
    return all(words) and not any(a <= b or b <= a for a in words[0] for b in words[1])


def _may_share_place(one: Prints, other: Prints) -> bool:
    return not one.provinces.isdisjoint(other.provinces) or not (one.provinces or other.provinces)
