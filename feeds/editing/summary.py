"""What is shown of an article in little room: the lead, and the sentences that add most to it.

    read        dateline and boilerplate off, lead found -> Story (`feeds.editing.story`)
    sum_up      the lead whole; then, or without one, the sentences that say most of the title and the text,
                in the order of the text, whole, attributed, within the budget -> Summary

`summarize` does both. They expect normalized text. The scoring is a linear model over the title's words and pairs, the
position and the likeness to the rest of the text, with maximal marginal relevance against repetition (Carbonell and
Goldstein, 1998).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from feeds.editing.boilerplate import SPEAKS
from feeds.editing.story import POINTS_BACK, Story, read
from feeds.models import Summary
from feeds.text import fold, sentences

__all__ = ["Story", "read", "sum_up", "summarize"]

LONGEST_NAME = 10
"""Words of the longest name or office that a sentence may open with."""
MIN_WORDS = 4
"""Words of the shortest sentence that says something."""
MAX_SENTENCES = 4
REPETITION = 0.3
"""How much likeness to what is chosen already takes off a sentence's score."""
REWORDED = 0.05
"""What it takes off that a sentence has to be reworded to stand alone."""

_LINKS_BACK = re.compile(
    r"^(?:همچنین|علاوه بر این|در همین حال|به علاوه|ضمن اینکه|از سوی دیگر|از طرفی|اما|ولی|بنابراین|در عین حال)[،]? "
)
_SAID_BACK = re.compile(r"^به گفت[هۀ]ٔ? ?ی? ?(?:وی|او|ایشان)،?")
_TIME = r"امروز|دیروز|صبح|ظهر|عصر|شامگاه|(?:پیش|بعد|قبل) از ظهر|روز |\S*شنبه |جمعه "
_SPEAKER = re.compile(rf"^(?P<name>[^،:؛.!؟]{{3,70}}?) (?:در |با |ضمن |{_TIME}|{SPEAKS})")
_OFFICE = re.compile(
    "(?:رئیس|رییس|مدیر|مدیرکل|مدیرعامل|معاون|استاندار|فرماندار|بخشدار|فرمانده|جانشین|وزیر|نماینده|دبیر|دبیرکل|سخنگوی|"
    "سرپرست|امام|شهردار|دادستان|عضو|کارشناس|مسئول|مشاور|سرمربی|مربی|استاد)(?![\\w])"
)
_END = re.compile(r"[.!؟?…][\"»”)\]]*$")


_Vector = dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Sentence:
    """A sentence that may stand in a summary."""

    index: int
    text: str
    alone: str
    """What it reads like without the sentence before it; empty where it can't stand alone."""
    words: Sequence[str]
    vector: _Vector
    """What its words say in this article: normalized tf-idf."""
    score: float
    """How well it alone would sum the article up."""


def summarize(title: str, body: str, *, lead: str = "", budget: int = 350) -> Summary:
    """Choose whole sentences for an article, the lead first, within `budget` UTF-16 units.

    An article whose every sentence is longer than the budget has an empty summary: nothing is ever cut.
    """
    return sum_up(title, read(title, body, lead), budget=budget)


def sum_up(title: str, story: Story, *, budget: int = 350) -> Summary:
    """As `summarize`, for an article that is read already."""
    lead = sentences.split(story.lead)
    opening = _fitting(lead, budget)
    taken = len(opening)
    if taken and taken < len(lead):
        return Summary(lead=" ".join(opening))
    candidates = _candidates(title, story.body)
    chosen = _choose(candidates, candidates[:taken], budget) or _choose(candidates, (), budget, strict=False)
    texts = _texts(chosen)
    if taken:
        return Summary(lead=" ".join(opening), facts=tuple(texts[taken:]))
    return Summary(lead=texts[0] if texts else "", facts=tuple(texts[1:]))


def _fitting(texts: Sequence[str], budget: int) -> list[str]:
    """As many of the first sentences as the budget holds."""
    taken: list[str] = []
    for text in texts:
        if _units(" ".join([*taken, text])) > budget:
            break
        taken.append(text)
    return taken


def _candidates(title: str, body: str) -> list[_Sentence]:
    texts = sentences.split(body)
    alone = _alone_in(texts)
    title_words, *words = fold.fold_lines([" ".join(title.split()), *texts])
    vectors = _vectors(words)
    scores = _scores(title_words, words, vectors)
    return [
        _Sentence(
            index, text, alone[index], words[index], vectors[index], scores[index] - REWORDED * (alone[index] != text)
        )
        for index, text in enumerate(texts)
    ]


def _alone_in(texts: Sequence[str]) -> list[str]:
    """The sentences as each can stand without those before it, see `_alone`."""
    speakers = [_speaker(text) for text in texts]
    office = _office(speakers)
    found, speaker = [], ""
    for text, named in zip(texts, speakers, strict=True):
        speaker = named or speaker
        found.append(_alone(text, office if office and not _OFFICE.match(speaker) else speaker))
    return found


def _speaker(text: str) -> str:
    """Who speaks in a sentence, as it names them; empty where nobody is named."""
    if POINTS_BACK.match(text) or _LINKS_BACK.match(text):
        return ""
    match = _SPEAKER.match(text)
    return match["name"] if match and len(match["name"].split()) <= LONGEST_NAME else ""


def _office(speakers: Sequence[str]) -> str:
    """The speaker's office, where the article knows just one: it tells a reader more than a surname."""
    offices = [name for name in speakers if _OFFICE.match(name)]
    return max(offices, key=len) if len({name.split()[0] for name in offices}) == 1 else ""


def _alone(text: str, speaker: str) -> str:
    """The sentence as it can stand without the one before it, its speaker named; empty where it can't."""
    if text.startswith("در ادامه"):
        return ""
    text = _LINKS_BACK.sub("", text)
    if said := _SAID_BACK.match(text):
        return f"به گفتهٔ {speaker}،{text[said.end() :]}" if speaker else ""
    if back := POINTS_BACK.match(text):
        return text[: back.start("who")] + speaker + text[back.end("who") :] if speaker else ""
    return text


def _texts(chosen: Sequence[_Sentence]) -> list[str]:
    """The chosen sentences, each as it reads after the one before it."""
    before = -2
    texts = []
    for sentence in chosen:
        texts.append(sentence.text if sentence.index == before + 1 else sentence.alone)
        before = sentence.index
    return texts


def _choose(
    candidates: Sequence[_Sentence], given: Sequence[_Sentence], budget: int, *, strict: bool = True
) -> list[_Sentence]:
    """The given sentences and, greedily, those that score best and still fit."""
    ranked = sorted((one for one in candidates if _is_eligible(one, strict=strict)), key=lambda one: -one.score)
    chosen = list(given)
    while len(chosen) < max(MAX_SENTENCES, len(given) + 1):
        best = _best([sentence for sentence in ranked if sentence not in chosen], chosen, budget)
        if best is None:
            break
        chosen = _in_order([*chosen, best])
    return chosen


def _best(ranked: Sequence[_Sentence], chosen: Sequence[_Sentence], budget: int) -> _Sentence | None:
    """The sentence that adds most to those chosen and still fits."""
    best, best_score = None, 0.0
    for sentence in ranked:
        if sentence.score <= best_score:  # likeness only takes off, so none of the rest can be better
            break
        repeats = max((_dot(sentence.vector, other.vector) for other in chosen), default=0.0)
        score = sentence.score - REPETITION * repeats
        if score > best_score and _units(" ".join(_texts(_in_order([*chosen, sentence])))) <= budget:
            best, best_score = sentence, score
    return best


def _is_eligible(sentence: _Sentence, *, strict: bool) -> bool:
    """Whether a sentence is one: ended, of some words, and able to stand alone."""
    if not strict:
        return bool(sentence.alone)
    return bool(sentence.alone and len(sentence.words) >= MIN_WORDS and _END.search(sentence.text))


def _in_order(chosen: Sequence[_Sentence]) -> list[_Sentence]:
    return sorted(chosen, key=lambda sentence: sentence.index)


def _scores(title: Sequence[str], texts: Sequence[Sequence[str]], vectors: Sequence[_Vector]) -> list[float]:
    """How much each sentence says of the title and of the text; the earlier, the better."""
    wanted, pairs = set(title), set(pairwise(title))
    centre = _sum(vectors)
    scores = []
    for index, (words, vector) in enumerate(zip(texts, vectors, strict=True)):
        scores.append(
            1.2 * len(wanted.intersection(words)) / max(1, len(wanted))
            + 0.8 * len(pairs.intersection(pairwise(words))) / max(1, len(pairs))
            + 0.4 * sum(map(wanted.__contains__, words)) / max(1, len(words))
            + 0.25 / (1 + index)
            + 0.6 * (_dot(vector, centre) / max(1, len(vectors)))
        )
    return scores


def _vectors(texts: Sequence[Sequence[str]]) -> list[_Vector]:
    """Normalized tf-idf vectors."""
    counts = [Counter(words) for words in texts]
    frequency = Counter(chain.from_iterable(counts))
    rarity = {word: math.log(1 + len(texts) / count) for word, count in frequency.items()}
    vectors = []
    for words in counts:
        weights = [count * rarity[word] for word, count in words.items()]
        length = math.hypot(*weights) or 1.0
        vectors.append({word: weight / length for word, weight in zip(words, weights, strict=True)})
    return vectors


def _sum(vectors: Sequence[_Vector]) -> _Vector:
    total: _Vector = {}
    for vector in vectors:
        for word, weight in vector.items():
            total[word] = total.get(word, 0.0) + weight
    return total


def _dot(vector: _Vector, other: _Vector) -> float:
    return sum([weight * other[word] for word, weight in vector.items() if word in other])


def _units(text: str) -> int:
    """The length of a text in UTF-16 units, as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
