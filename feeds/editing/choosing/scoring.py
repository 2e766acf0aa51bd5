"""How much each sentence of an article says of its title and of the whole, by itself.

A linear model over the title's words and pairs, the position and the likeness to the rest of the text; the weights are
those with which the recall of editors' own leads was best.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Vector = dict[str, float]
"""Words, and what each says in this article: normalized tf-idf."""


def scores(title: Sequence[str], texts: Sequence[Sequence[str]], weighted: Sequence[Vector]) -> list[float]:
    """How much each sentence says of the title and of the text; the earlier, the better."""
    centre = _sum(weighted)
    of_text = [0.6 * (likeness(vector, centre) / max(1, len(weighted))) for vector in weighted]
    return [one + other for one, other in zip(placed(of_title(title, texts)), of_text, strict=True)]


def of_title(title: Sequence[str], texts: Sequence[Sequence[str]]) -> list[float]:
    """How much each sentence says of the title."""
    wanted, pairs = set(title), set(pairwise(title))
    every, every_pair = max(1, len(wanted)), max(1, len(pairs))
    found = []
    for words in texts:
        told = [word for word in words if word in wanted]
        score = 1.2 * len(set(told)) / every
        if told:
            score += 0.1 * len(told) / max(1, len(words))
        if len(told) > 1:  # a pair has two words of the title
            score += 0.1 * len(pairs.intersection(pairwise(words))) / every_pair
        found.append(score)
    return found


def placed(told: Sequence[float]) -> list[float]:
    """Scores with what the place of each sentence adds: the earlier, the better."""
    return [score + 0.2 / (1 + place) for place, score in enumerate(told)]


def vectors(texts: Sequence[Sequence[str]]) -> list[Vector]:
    """Normalized tf-idf vectors."""
    frequency: dict[str, int] = {}
    for words in texts:
        for word in words:
            frequency[word] = frequency.get(word, 0) + 1
    rarity = {word: math.log(1 + len(texts) / count) for word, count in frequency.items()}
    weighted = []
    for words in texts:
        vector: Vector = {}
        for word in words:
            vector[word] = vector.get(word, 0.0) + rarity[word]
        length = math.hypot(*vector.values()) or 1.0
        weighted.append({word: weight / length for word, weight in vector.items()})
    return weighted


def _sum(weighted: Sequence[Vector]) -> Vector:
    total: Vector = {}
    for vector in weighted:
        for word, weight in vector.items():
            total[word] = total.get(word, 0.0) + weight
    return total


def likeness(vector: Vector, other: Vector) -> float:
    """How alike two texts are, from 0 to 1: the cosine of their vectors."""
    return sum([weight * other[word] for word, weight in vector.items() if word in other])
