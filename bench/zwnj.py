"""Restoration of ZWNJ against the peers: how much comes back, what else changes, how fast.

    python -m venv peers
    peers/bin/pip install hazm==0.10.0 shekar==1.7.0 python-negar==1.4.3 rishe==0.5.1
    peers/bin/python bench/zwnj.py            # peers that are not installed are left out

The text is `bench/data/zwnj.txt`, written for this purpose. It is given with its ZWNJ deleted, with a space for each,
and as it is. A ZWNJ counts as found where it stands between the same letters as in the text. Damage is every other
character that was changed, inserted or lost; white space is not counted. Speed is of the text ten times over in one
process, after one sentence to load what is loaded lazily.
"""

from __future__ import annotations

import difflib
import importlib
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

ZWNJ = "\u200c"
TEXT = Path(__file__).parent / "data" / "zwnj.txt"
FOLD = str.maketrans("يىك", "ییک")

Restore = Callable[[str], str]


def chapar() -> Restore:
    return importlib.import_module("feeds.text.restoring.zwnj").restore


def hazm() -> Restore:
    return importlib.import_module("hazm").Normalizer().normalize


def shekar() -> Restore:
    return importlib.import_module("shekar").Normalizer().normalize


def negar() -> Restore:
    editor = importlib.import_module("negar.virastar").PersianEditor
    return lambda text: str(editor(text))


def rishe() -> Restore:
    return importlib.import_module("rishe").Normalizer().normalize


TOOLS = {"Chapar": chapar, "hazm": hazm, "shekar": shekar, "python-negar": negar, "rishe": rishe}


def skeleton(text: str) -> tuple[str, set[int]]:
    """The characters that are neither ZWNJ nor white space, and how many of them stand before each ZWNJ."""
    characters: list[str] = []
    marks = set()
    for character in text.translate(FOLD):
        if character == ZWNJ:
            marks.add(len(characters))
        elif not character.isspace():
            characters.append(character)
    return "".join(characters), marks


def compare(right: str, answer: str) -> tuple[set[int], set[int], int]:
    """-> (the ZWNJ wanted, those in the answer at the places of the right text, the characters damaged)."""
    (wanted_text, wanted), (text, found) = skeleton(right), skeleton(answer)
    if text == wanted_text:
        return wanted, found, 0
    places, damage = {}, 0
    for kind, a, b, c, d in difflib.SequenceMatcher(None, wanted_text, text, autojunk=False).get_opcodes():
        if kind == "equal":
            places.update(zip(range(c, d + 1), range(a, b + 1), strict=True))
        else:
            damage += max(b - a, d - c)
    return wanted, {places.get(place, -1 - place) for place in found}, damage


def measure(restore: Restore, pairs: list[tuple[str, str]]) -> tuple[float, float, float]:
    """-> (F1 in percent, damage per 1,000 characters, sentences that came out right in percent)."""
    hits = wrong = missed = damage = exact = 0
    for given, right in pairs:
        answer = restore(given)
        wanted, found, damaged = compare(right, answer)
        hits += len(wanted & found)
        wrong += len(found - wanted)
        missed += len(wanted - found)
        damage += damaged
        exact += answer == right
    characters = sum(len(given) for given, _ in pairs)
    return 200 * hits / (2 * hits + wrong + missed), 1000 * damage / characters, 100 * exact / len(pairs)


def speed(restore: Restore, sentences: list[str]) -> float:
    """Characters a second of processor time, which other work on the machine does not change much."""
    shuffled = random.Random(1).sample(sentences * 10, 10 * len(sentences))
    start = time.process_time()
    for sentence in shuffled:
        restore(sentence.replace(ZWNJ, ""))
    return sum(map(len, shuffled)) / (time.process_time() - start)


def rows(sentences: list[str]) -> Iterator[str]:
    inputs = {
        "deleted": [(sentence.replace(ZWNJ, ""), sentence) for sentence in sentences],
        "spaced": [(sentence.replace(ZWNJ, " "), sentence) for sentence in sentences],
        "correct": [(sentence, sentence) for sentence in sentences],
    }
    for name, make in TOOLS.items():
        try:
            restore = make()
            restore("یک جمله.")
        except ImportError as error:
            print(f"{name}: left out ({error})", file=sys.stderr)
            continue
        scores = {kind: measure(restore, pairs) for kind, pairs in inputs.items()}
        worst = max(damage for _, damage, _ in scores.values())
        yield (
            f"| {name} | {scores['deleted'][0]:.1f} | {scores['spaced'][0]:.1f} | {scores['correct'][0]:.1f} "
            f"| {scores['correct'][2]:.0f} | {worst:.1f} | {speed(restore, sentences) / 1000:,.0f} |"
        )


def main() -> None:
    sentences = [line for line in TEXT.read_text("utf-8").splitlines() if not line.startswith("#")]
    print(f"{len(sentences)} sentences, {sum(line.count(ZWNJ) for line in sentences)} ZWNJ\n")
    print("| | F1, deleted | F1, spaces | F1, correct text | unchanged, % | damage per 1,000 | 1,000 characters/s |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for row in rows(sentences):
        print(row, flush=True)


if __name__ == "__main__":
    main()
