"""Colloquial words against the peer: hazm's own InformalNormalizer, loaded whole in the process that asks it.

    python bench/colloquial.py

The words are those of `tests/feeds/text/colloquial/words.tsv`, invented for the purpose. A word is understood where its
first reading has the search tokens of its formal form. Each is measured in a process of its own, the table having been
learnt before: seconds from nothing to the first answer, microseconds a word that is new, memory at the peak.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

LINES = (ROOT / "tests/feeds/text/colloquial/words.tsv").read_text("utf-8").splitlines()
WORDS = [line.split("\t") for line in LINES]
Formal = Callable[[str], str]


def nothing(_folder: Path) -> Formal:
    return str


def rules(_folder: Path) -> Formal:
    from feeds.text import colloquial  # noqa: PLC0415 - loading is what is measured

    return colloquial.formal


def learnt(folder: Path) -> Formal:
    from feeds.text import colloquial  # noqa: PLC0415

    assert colloquial.use(folder)
    return colloquial.formal


def hazm(_folder: Path) -> Formal:
    from hazm import InformalNormalizer  # noqa: PLC0415

    normalizer = InformalNormalizer()
    return lambda word: normalizer.normalized_word(word)[0].strip("\u200c")


CANDIDATES = {"as typed": nothing, "Chapar, rules": rules, "Chapar, rules and table": learnt, "hazm": hazm}


def measure(name: str, folder: Path) -> dict[str, float]:
    began = time.perf_counter()
    formal = CANDIDATES[name](folder)
    formal("سلام")
    loaded = time.perf_counter()
    said = [formal(typed) for typed, _ in WORDS]
    done = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    from feeds.text import fold  # noqa: PLC0415 - after the memory was taken

    right = sum(fold.tokens(form) == fold.tokens(formal) for form, (_, formal) in zip(said, WORDS, strict=True))
    return {"right": right, "load": loaded - began, "word": (done - loaded) / len(WORDS) * 1e6, "memory": memory}


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
        return
    from feeds.text.colloquial import learning  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        print(asyncio.run(learning.learn(Path(folder))))
        print(f"{'':24} understood of {len(WORDS)}   load s   µs a word   peak MB")
        for name in CANDIDATES:
            program = [sys.executable, __file__, name, folder]
            found = json.loads(subprocess.run(program, capture_output=True, check=True, timeout=120).stdout)
            print(f"{name:24} {found['right']:17}{found['load']:9.3f}{found['word']:12.1f}{found['memory']:10.0f}")


if __name__ == "__main__":
    main()
