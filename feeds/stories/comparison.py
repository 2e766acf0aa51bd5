"""How much of a text stands in an article, and in what it differs: numbers, names, other words in their place. Pure.

A text that was cut holds nothing that its article has not, so what counts is how much of the text is there, not how
much of the article: words by their rarity, and words side by side, which two articles on one matter hardly share.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from feeds.stories.fingerprints import number_words
from feeds.text import fold, normalize, sentences

FEWEST = 6
"""Words of a text; fewer are in too many articles."""
MOST = 600
"""Words of a text that are compared; a post has no more."""
MOST_DIFFERENCES = 6
_SENTENCES, _SENTENCES_OF_ARTICLE = 14, 60
_LONGEST = 120
"""Words of a sentence that are compared; what has more is none."""
_ALIKE, _ANCHORS = 0.5, 3
"""How much of a sentence's words is in the one that it was taken from, and how many words at least."""
_LONGEST_CHANGE = 3
_PAIRS = 0.6
"""What words side by side count, beside words alone."""

_NOISE = re.compile(r"https?://\S+|www\.\S+|(?<![\w.])@\w+|#[\w\u200c]+|t\.me/\S+|\b[\w.]{1,64}@[\w.]+")
_FOOT = re.compile(r"^[\W_]*(?:🕐|📰|🆔|✏️|📷|➕|👇|منابع?:|عضو شوید|به کانال)")
_SHORT_LINE = 3

Weight = Callable[[str], float]
"""What a token is worth: the rarer, the more."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    written: str
    token: str
    """Folded; a number in words is that number."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of a text in whose place an article has others."""

    mine: str
    """Of the text, with the word after it where that says what is counted."""
    theirs: str
    """Of the article; empty where the article has nothing like it."""


def readable(text: str) -> str:
    """What is news of a pasted post: without addresses, names of channels, hashtags and the foot of a post."""
    lines = [_NOISE.sub(" ", line).strip() for line in text.splitlines()]
    kept = [line for line in lines if line and not _FOOT.match(line)]
    told = [line for line in kept if len(fold.fold(line).split()) >= _SHORT_LINE]
    return normalize.normalize("\n".join(told or kept))


def words_of(text: str) -> list[Word]:
    """The words of an edited text, in order."""
    return [Word(written, canonical(token)) for written, tokens in fold.words(text) for token in tokens]


def canonical(token: str) -> str:
    """A token with which «سه» and ۳ are one."""
    return number_words().get(token, token)


def likeness(asked: Sequence[str], article: Sequence[str], weight: Weight) -> float:
    """How much of a text stands in an article, from 0 to 1, by tokens."""
    there = set(article)
    mine = {token: weight(token) for token in set(asked)}
    whole = sum(mine.values())
    if not whole:
        return 0.0
    words = sum(worth for token, worth in mine.items() if token in there) / whole
    together = set(pairwise(article))
    side_by_side = {pair: min(mine[pair[0]], mine[pair[1]]) for pair in pairwise(asked)}
    pairs_whole = sum(side_by_side.values())
    if not pairs_whole:
        return words
    pairs = sum(worth for pair, worth in side_by_side.items() if pair in together) / pairs_whole
    return (1 - _PAIRS) * words + _PAIRS * pairs


def differences(text: str, article: str) -> list[Difference]:
    """What stands in the place of an article's words in a text, numbers first.

    Args:
        text: What somebody asks about, edited.
        article: The article's title and text, edited.
    """
    told = sentences.split(article)[:_SENTENCES_OF_ARTICLE]
    theirs = [words for sentence in told if (words := words_of(sentence)[:_LONGEST])]
    mine = [words for sentence in sentences.split(text)[:_SENTENCES] if (words := words_of(sentence)[:_LONGEST])]
    found = [change for words in mine if (other := _counterpart(words, theirs)) for change in _changed(words, other)]
    known = {word.token for words in theirs for word in words}
    said = " ".join(one.mine for one in found)
    found += [one for words in mine for one in _unheard_of(words, known) if one.mine.split()[0] not in said]
    once = {(fold.fold(one.mine), fold.fold(one.theirs)): one for one in found}
    return sorted(once.values(), key=lambda one: not _counts(one))[:MOST_DIFFERENCES]


def _counterpart(mine: Sequence[Word], theirs: Sequence[Sequence[Word]]) -> Sequence[Word] | None:
    """The sentence that one was taken from; None where none is like it."""
    tokens = {word.token for word in mine}
    shared = [(len(tokens & {word.token for word in words}), -at) for at, words in enumerate(theirs)]
    most, at = max(shared, default=(0, 0))
    return theirs[-at] if most >= max(_ALIKE * len(tokens), _ANCHORS) else None


def _changed(mine: Sequence[Word], theirs: Sequence[Word]) -> Iterator[Difference]:
    """The few words that stand in the place of others."""
    matcher = SequenceMatcher(None, [word.token for word in mine], [word.token for word in theirs], autojunk=False)
    for kind, first, last, other_first, other_last in matcher.get_opcodes():
        if kind != "replace" or max(last - first, other_last - other_first) > _LONGEST_CHANGE:
            continue
        changed = (*mine[first:last], *theirs[other_first:other_last])
        counted = any(word.token[0].isdecimal() for word in changed)  # with what is counted: «۳ کشته»
        yield Difference(_written(mine[first : last + counted]), _written(theirs[other_first : other_last + counted]))


def _unheard_of(mine: Sequence[Word], known: Collection[str]) -> Iterator[Difference]:
    """The numbers that the article has not at all."""
    for at, word in enumerate(mine):
        if word.token[0].isdecimal() and word.token not in known:
            yield Difference(_written(mine[at : at + 2]), "")


def _counts(difference: Difference) -> bool:
    return any(word.token[0].isdecimal() for word in words_of(f"{difference.mine} {difference.theirs}"))


def _written(words: Sequence[Word]) -> str:
    """Words as a reader parts them; one of several tokens stands once."""
    return " ".join(word.written for at, word in enumerate(words) if not at or word.written != words[at - 1].written)
