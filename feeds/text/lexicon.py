"""The compiled word forms that ZWNJ are restored from; `tools/build_lexicon.py` says how they were chosen."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib import resources

ZWNJ = "\u200c"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in one spelling: Persian letters without marks."""

    forms: dict[str, str]
    """Compounds, from the spelling without ZWNJ to the one with it."""
    words: frozenset[str]
    """Words that stand as they are."""
    adjectives: frozenset[str]
    verbs: frozenset[str]
    """What may follow «می»."""
    participles: frozenset[str]
    """«رفته», «نرفته»."""
    lemmas: dict[str, str]
    """What may follow «می», to the past stem of its verb: «رود» -> «رفت»."""
    silent_h: frozenset[str]
    """Stems X for which `Xهای` is rather «Xه‌ای»."""
    either: frozenset[str]
    """Stems X for which `Xهای` is «X‌های» unless what follows rules it out."""
    nouns: frozenset[str]
    """Nouns and adjectives of three letters and more that are not rare."""
    common: frozenset[str]
    """Frequent words of four letters and more."""
    firsts: frozenset[str]
    """First parts that usually stand apart: «بی»."""
    seconds: frozenset[str]
    """Last parts that usually stand apart: «گذاری»."""
    bound: frozenset[str]
    """Last parts that are no words of their own: «سازی»."""
    pairs: frozenset[str]
    """Compounds, without their ZWNJ, whose space is a lost one."""
    pair_ends: frozenset[str]
    """The last parts of `pairs`."""
    parts: frozenset[str]
    """Last parts that stand apart at times: «کار»."""


@cache
def load() -> Lexicon:
    """Read the compiled lexicon, once a process: about 0.1 s and 20 MB."""
    packed = resources.files("feeds.text").joinpath("lexicon.txt.gz").read_bytes()
    sections = {}
    for section in gzip.decompress(packed).decode().split("\n\n"):
        name, *words = section.split("\n")
        sections[name.strip("[]")] = words
    forms, lemmas = sections.pop("forms"), sections.pop("lemmas")
    return Lexicon(
        forms={form.replace(ZWNJ, ""): form for form in forms},
        lemmas=dict(line.split("\t") for line in lemmas),
        **{name: frozenset(words) for name, words in sections.items()},
    )
