"""What a word that the archive has not may be a slip of: pure.

A slip is one letter missing, doubled, wrong, or changed with its neighbour (Damerau); in a word of eight letters and
more, two of them. Likelier are letters of one sound («ز», «ذ», «ض», «ظ») and keys that lie side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

SHORTEST = 3
"""Letters of a word that something is guessed of."""
SHORT = 4
"""Of words of so few letters, every slip is made and asked for, as half of one is no beginning to go by."""
TWO_SLIPS = 8
LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

_SOUNDS = ("زذضظ", "سثص", "تط", "حه", "قغ", "اع", "کگ")
_ROWS = ("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو")


def _neighbours() -> dict[str, str]:
    near: dict[str, set[str]] = {}
    for at, row in enumerate(_ROWS):
        for index, letter in enumerate(row):
            beside = set(row[max(index - 1, 0) : index + 2])
            for other in _ROWS[max(at - 1, 0) : at + 2]:
                beside |= set(other[max(index - 1, 0) : index + 2])
            near.setdefault(letter, set()).update(beside - {letter})
    return {letter: "".join(sorted(others)) for letter, others in near.items()}


_NEAR = _neighbours()
_SAME_SOUND = {letter: sound for sound in _SOUNDS for letter in sound}


def edits(word: str) -> set[str]:
    """Every word that is one slip away from a short one."""
    return set(_edits(word)) - {word}


def _edits(word: str) -> Iterator[str]:
    for index in range(len(word) + 1):
        head, tail = word[:index], word[index:]
        for letter in LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def likely(word: str, known: Iterable[str]) -> list[tuple[float, str]]:
    """Those of the known words that one may have meant, each with what it costs (0 is no slip); the likeliest first."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - for a word that no article has

    most = 2 if len(word) >= TWO_SLIPS else 1
    costs = []
    for other in known:
        slips = OSA.distance(word, other, score_cutoff=most)
        if 0 < slips <= most and len(other) >= SHORTEST - 1:
            costs.append((_cost(word, other, slips), other))
    return sorted(costs)


def _cost(word: str, other: str, slips: int) -> float:
    if slips > 1:
        return 1.6
    if len(word) == len(other):
        differ = [index for index, letter in enumerate(word) if letter != other[index]]
        if len(differ) == 2:  # noqa: PLR2004 - two neighbours changed places
            return 0.7
        typed, meant = word[differ[0]], other[differ[0]]
        if meant in _SAME_SOUND.get(typed, ""):
            return 0.5
        return 0.8 if meant in _NEAR.get(typed, "") else 1.1 + 0.2 * (differ[0] == 0)
    longer, shorter = (word, other) if len(word) > len(other) else (other, word)
    at = next((index for index, letter in enumerate(shorter) if letter != longer[index]), len(shorter))
    doubled = longer[at] in longer[max(at - 1, 0) : at] + longer[at + 1 : at + 2]
    # A letter at the end is an ending as often as a slip.
    return 0.6 if doubled else 0.9 + 0.2 * (at in {0, len(shorter)})
