"""What is shown of an article in little room: the lead, and the sentences that add most to it.

    read        dateline and boilerplate off, lead found -> Story (`feeds.editing.story`)
    sum_up      the lead whole; then, or without one, the sentences that say most of the title and the text,
                in the order of the text, whole, attributed, within one budget

`summarize` reads and sums up. They expect normalized text. Sentences are chosen by `scoring`, with maximal marginal
relevance against repetition (Carbonell and Goldstein, 1998).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feeds.editing.choosing import scoring, speakers
from feeds.editing.choosing.scoring import Vector, likeness
from feeds.editing.choosing.speakers import Said, Voice
from feeds.editing.story import Story, read
from feeds.models import Summary
from feeds.text import fold, sentences

__all__ = ["Story", "read", "sum_up", "summarize"]

MIN_WORDS = 4
"""Words of the shortest sentence that says something."""
MAX_SENTENCES = 5
REPETITION = 0.9
"""How much likeness to what is chosen already takes off a sentence's score."""
REWORDED = 0.01
"""What it takes off that a sentence has to be reworded to stand alone."""

_LINKS_BACK = re.compile(
    r"^(?:همچنین|علاوه بر این|در همین حال|به علاوه|ضمن اینکه|از سوی دیگر|از طرفی|اما|ولی|بنابراین|در عین حال)[،]? "
)
_END = re.compile(r"[.!؟?…][\"»”)\]]*$")


@dataclass(frozen=True, slots=True, eq=False)
class _Sentence:
    """A sentence that may stand in a summary."""

    index: int
    text: str
    said: Said
    alone: str
    """What it reads like without the sentence before it; empty where it can't stand alone."""
    words: Sequence[str]
    vector: Vector
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
    paragraphs = [sentences.split(paragraph) for paragraph in body.split("\n\n")]
    texts = [text for paragraph in paragraphs for text in paragraph]
    voices = speakers.voices(paragraphs)
    words = [fold.words_of_key(text) for text in texts]
    vectors = scoring.vectors(words)
    scores = scoring.scores(fold.words_of_key(title), words, vectors)
    found = []
    for index, (text, said) in enumerate(zip(texts, voices, strict=True)):
        alone = _alone(text, said)
        score = scores[index] - REWORDED * (alone != text)
        found.append(_Sentence(index, text, said, alone, words[index], vectors[index], score))
    return found


def _alone(text: str, said: Said) -> str:
    """The sentence as it can stand without the one before it, its speaker named; empty where it can't."""
    if text.startswith("در ادامه"):
        return ""
    return speakers.named(text, said)[0] if said.voice is Voice.BACK else _LINKS_BACK.sub("", text)


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
        repeats = max((likeness(sentence.vector, other.vector) for other in chosen), default=0.0)
        score = sentence.score - REPETITION * repeats
        if score > best_score and _units(" ".join(_texts(_in_order([*chosen, sentence])))) <= budget:
            best, best_score = sentence, score
    return best


def _is_eligible(sentence: _Sentence, *, strict: bool) -> bool:
    """Whether a sentence is one: ended, of some words, no question, and able to stand alone."""
    if not strict:
        return bool(sentence.alone)
    asks = sentence.text.endswith(("؟", "؟»"))
    return bool(sentence.alone and len(sentence.words) >= MIN_WORDS and _END.search(sentence.text)) and not asks


def _in_order(chosen: Sequence[_Sentence]) -> list[_Sentence]:
    return sorted(chosen, key=lambda sentence: sentence.index)


def _units(text: str) -> int:
    """The length of a text in UTF-16 units, as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
