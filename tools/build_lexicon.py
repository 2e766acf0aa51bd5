"""Compile `feeds/text/restoring/lexicon.marisa`, the word forms that `feeds.text.restoring.zwnj` restores from.

    pip install --no-deps shekar==1.7.0     # beside hazm, which Chapar needs anyway
    python tools/build_lexicon.py

Sources, all under the MIT licence and named in NOTICE: `hazm` (words with frequencies and parts of speech, verbs),
`shekar` (web frequencies of 83,000 spellings, compounds, verbs), and this folder's `lexicon_overrides.txt`: the
editor's rules and our own reading of the result. `davat` (450,000 words, many of them slips) was measured too: its
compounds cost more precision than they give recall.

What decides between two spellings of one word (`پیمانکار`, `پیمان‌کار`) is how often the web writes each. About 30 of
100 writers leave a ZWNJ out wherever it is due, so a compound is taken for two parts when at least a quarter writes it
so; where nobody has counted, when its second part usually stands apart in other compounds (`گذاری`, `شناسی`).
"""
# ruff: noqa: PLR2004 - lengths of parts of words, in letters

from __future__ import annotations

import collections
import csv
import importlib.metadata
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from marisa_trie import BytesTrie

from feeds.text.restoring.compounds import NON_JOINING, ends_in_silent_h
from feeds.text.restoring.lexicon import ZWNJ, Lexicon, prefix
from feeds.text.restoring.morphology import degree, enclitic, plural, stems, verb

HERE = Path(__file__).parent
TARGET = HERE.parent / "feeds" / "text" / "restoring" / "lexicon.marisa"

_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "\u200d": None, "ـ": None, "\u200e": None, "\u200f": None})
_MARKS = re.compile("[\u064b-\u0655\u0670]")
_SUPERFLUOUS = re.compile("(?<=[" + "".join(sorted(NON_JOINING)) + "])" + ZWNJ + "+")
_RULED = re.compile(f"^(بر|در|باز|فرو|فرا|وا|ور)?ن?می{ZWNJ}|ه{ZWNJ}ای$|{ZWNJ}(تر|ترین|ها|های|هایی)$")
_NAME = re.compile(f"[^{''.join(sorted(NON_JOINING))}](?:آبادی?|قلی|نژاد)$")
_PERSIAN = re.compile(f"[\u0621-\u063a\u0641-\u064aپچژکگی{ZWNJ}]+")
JOINING_FIRSTS = frozenset({"دل", "هم"})
JOINING_LASTS = frozenset(
    {
        "گاه",
        "گاهی",
        "گر",
        "گری",
        "گران",
        "مند",
        "مندی",
        "بان",
        "بانی",
        "ستان",
        "زار",
        "سار",
        "سان",
        "ناک",
        "خانه",
        "سرا",
        "چی",
        "شهر",
        "صد",
        "یار",
        "ور",
        "کده",
        "سالی",
        "سال",
        "سالان",
        "تا",
        "کار",
    }
)
"""Parts that mostly join: what decides where nobody's ZWNJ was counted."""
NOUN = 50_000
COMMON = 1_000_000
"""How often the web must have a word before a compound unseen so far may be made of it."""
FREQUENT = 20_000_000
"""How often the web must have an adjective for its «تر» to be a comparative for sure."""
SEEN = 8
"""In how many compounds a last part must stand apart to be known as one."""
PREVERBS = ("", "بر", "در", "باز", "فرو", "فرا", "وا", "سر")
INFLECTION = frozenset(["ها", "های", "هایی", "تر", "ترین", "ای", "ام", "اش", "تا"])
"""Last parts that rules of their own know."""

SPLIT_SHARE = 0.25
"""The share of writers from which a compound counts as two parts, see above."""
SILENT_H_SHARE = 0.25
"""From which frequency, against its stem's, a word in silent h takes «ه‌ای»: «ای» is the likelier ending."""
EITHER_SHARE = 0.02
"""From which frequency Xه is worth a look at what follows `Xهای`."""
PART_SHARE = 0.35
"""The share from which a compound speaks for its parts standing apart elsewhere."""


@dataclass
class Lexicons:
    """What the packages say, in one spelling; compounds hold their ZWNJ."""

    counts: dict[str, int] = field(default_factory=dict)
    """shekar: how often the web writes a form."""
    words: dict[str, tuple[int, str]] = field(default_factory=dict)
    """hazm: frequency and parts of speech; (0, "0") is a headword that hazm never saw in use."""
    compounds: list[str] = field(default_factory=list)
    """hazm and shekar: compounds."""
    verbs: list[tuple[str, str]] = field(default_factory=list)
    """(past stem, present stem)."""


def clean(word: str) -> str:
    """One spelling of a word: Persian letters, no marks, a ZWNJ only where it shows."""
    word = _MARKS.sub("", unicodedata.normalize("NFKC", word).translate(_LETTERS))
    word = _SUPERFLUOUS.sub("", word)
    return re.sub(f"{ZWNJ}+", ZWNJ, word).strip(ZWNJ)


def data(package: str, name: str) -> Path:
    """A data file of an installed package, without importing it."""
    for file in importlib.metadata.files(package) or ():
        if file.name == name and "data" in file.parts:
            return Path(str(file.locate()))
    raise SystemExit(f"{package} has no {name}: install the versions that this file's docstring names")


def read_lexicons() -> Lexicons:
    """Read every source."""
    found = Lexicons()
    for line in data("hazm", "words.dat").read_text("utf-8").splitlines():
        word, frequency, tags = line.split("\t")
        if _PERSIAN.fullmatch(word := clean(word)):  # «حسّاس» and «حساس» are one word
            before = found.words.get(word, (0, "0"))
            found.words[word] = max(before, (int(frequency), tags), key=lambda entry: (entry[1] != "0", entry[0]))
    for word, count, *_ in csv.reader(data("shekar", "vocab.csv").read_text("utf-8").splitlines()):
        if _PERSIAN.fullmatch(word := clean(word)):
            found.counts[word] = int(count)
    found.compounds = [word for word in found.words if ZWNJ in word]
    found.compounds += [clean(line) for line in data("shekar", "compound_words.csv").read_text("utf-8").splitlines()]
    found.verbs = list(read_verbs())
    return found


def read_verbs() -> Iterator[tuple[str, str]]:
    """The stems of hazm and shekar, one pair each."""
    for line in data("hazm", "verbs.dat").read_text("utf-8").splitlines():
        past, present = line.split("#")
        if ZWNJ not in past:  # «می‌زید#میز» is a slip
            for stem in present.split(" یا "):
                yield clean(past), clean(stem)
    for present, past, *_ in csv.reader(data("shekar", "verbs.csv").read_text("utf-8").splitlines()):
        yield clean(past), clean(present)


def spellings(lexicons: Lexicons) -> dict[str, list[str]]:
    """Every compound that any clean source has and no rule makes, by its spelling without ZWNJ."""
    found = collections.defaultdict(list)
    for word in dict.fromkeys([*lexicons.counts, *lexicons.compounds]):
        if ZWNJ in word and _PERSIAN.fullmatch(word) and not _RULED.search(word):
            found[word.replace(ZWNJ, "")].append(word)
    return found


def share(lexicons: Lexicons, word: str) -> float | None:
    """How many of 1 write a compound with its ZWNJ; None where nobody was counted."""
    split, joined = lexicons.counts.get(word, 0), lexicons.counts.get(word.replace(ZWNJ, ""), 0)
    return split / (split + joined) if split else None


def last_parts(lexicons: Lexicons, compounds: dict[str, list[str]], *, ratio: float) -> set[str]:
    """Last parts that stand apart at least `ratio` times as often as not: `گذاری`."""
    apart, together = collections.Counter[str](), collections.Counter[str]()
    for joined, words in compounds.items():
        for word in words:
            part = word.split(ZWNJ)[-1]
            counted = share(lexicons, word)
            stands = counted >= PART_SHARE if counted is not None else joined not in lexicons.counts
            (apart if stands else together)[part] += 1
    found = {part for part, times in apart.items() if times >= SEEN and times >= ratio * together[part]}
    return {part for part in found - INFLECTION if len(part) > 1}


def choose_compounds(lexicons: Lexicons, compounds: dict[str, list[str]]) -> dict[str, str]:
    """The compounds to be written with a ZWNJ, by their spelling without."""
    chosen = {}
    for joined, words in compounds.items():
        best = max(words, key=lambda word: lexicons.counts.get(word, 0))
        counted = share(lexicons, best)
        if counted is not None:
            apart = counted >= SPLIT_SHARE
        elif joined in lexicons.counts:
            parts = best.split(ZWNJ)
            apart = parts[0] not in JOINING_FIRSTS and parts[-1] not in JOINING_LASTS
        else:
            apart = lexicons.words.get(joined, (0, "0"))[0] <= lexicons.words.get(best, (0, "0"))[0]
        if apart:
            chosen[joined] = best
    return chosen


def verb_forms(verbs: Iterable[tuple[str, str]]) -> set[str]:
    """What may follow «می»: «رود», «رفتند», «رفته»."""
    present_stems = {stem for _, stem in verbs} | {stem[:-1] + "ئ" for _, stem in verbs if stem.endswith("ی")}
    present = {stem + ending for stem in present_stems for ending in ["م", "ی", "د", "یم", "ید", "ند"] if stem}
    past = {stem + ending for stem, _ in verbs for ending in ("", *["م", "ی", "یم", "ید", "ند", "ه"]) if stem}
    return {form for form in present | past if len(form) > 1}


def lemmas(verbs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """From a form that may follow «می» to the past stem of its verb; hazm's first verb wins where two share a form."""
    found: dict[str, str] = {}
    for past, present in verbs:
        for form in verb_forms([(past, present)]):
            found.setdefault(form, past)
    return found


def participles(verbs: Iterable[tuple[str, str]]) -> set[str]:
    """«رفته», «نرفته»."""
    return {
        before + sign + stem + "ه" for stem, _ in verbs for before in PREVERBS for sign in ("", "ن") if len(stem) > 1
    }


def subjunctives(verbs: Iterable[tuple[str, str]]) -> set[str]:
    """«بیندازند», «بیاورید», where «بی» is no word of its own."""
    long = {stem for pair in verbs for stem in pair if stem[:1] in "اآ" and len(stem) > 2}
    begun = {"بی" + vowel + stem[1:] for stem in long for vowel in ("ا", "")}
    return {form + ending for form in begun for ending in ("", *["م", "ی", "د", "یم", "ید", "ند"])}


def is_attested(lexicons: Lexicons, word: str) -> bool:
    """Whether hazm saw the word in use, or knows what part of speech it is."""
    frequency, tags = lexicons.words.get(word, (0, "0"))
    return frequency > 0 or tags != "0"


def adjectives(lexicons: Lexicons) -> set[str]:
    """Words that «تر» may follow."""
    tagged = {word for word, (_, tags) in lexicons.words.items() if {"AJ", "ADV"} & set(tags.split(","))}
    return {word for word in tagged if ZWNJ not in word and len(word) > 1}


def silent_h(lexicons: Lexicons, words: set[str], share: float) -> set[str]:
    """Stems whose Xه has at least this share of their own frequency, or which the lexicons write with «ه‌ای»."""
    count = lexicons.counts.get
    seen = {word[:-4] for word in (*lexicons.counts, *lexicons.compounds) if word.endswith(f"ه{ZWNJ}ای")}
    # «بیانیه‌ای»: the plural of «بیانی» and its like is rare, so less is enough
    return seen | {
        word[:-1]
        for word in words
        if word.endswith("ه")
        and len(word) > 2
        and count(word, 0) >= share / (5 if word.endswith("یه") else 1) * count(word[:-1], 1)
    }


def read_overrides() -> dict[str, list[str]]:
    """The sections of `lexicon_overrides.txt`."""
    sections: dict[str, list[str]] = collections.defaultdict(list)
    name = ""
    for line in (HERE / "lexicon_overrides.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            sections[name] += line.split()
    return sections


def compile_lexicon() -> Lexicon:
    """All that the rules of `feeds.text.restoring.morphology` need."""
    lexicons, overrides = read_lexicons(), read_overrides()
    compounds = spellings(lexicons)
    seconds = last_parts(lexicons, compounds, ratio=5)
    chosen = choose_compounds(lexicons, compounds)
    one = {*overrides["one"], *overrides["plural?"], *overrides["not verb"]}
    chosen = {joined: word for joined, word in chosen.items() if joined not in one and not one & set(stems(joined))}
    chosen |= {word.replace(ZWNJ, ""): word for word in overrides["apart"] + overrides["pair"]}
    perfect = participles(lexicons.verbs)
    attested = {word for word in lexicons.words if is_attested(lexicons, word) and ZWNJ not in word} - chosen.keys()
    known = Lexicon(
        forms=chosen,
        words=frozenset(attested | one | perfect | subjunctives(lexicons.verbs)),
        adjectives=frozenset(adjectives(lexicons)),
        verbs=frozenset(verb_forms(lexicons.verbs) | {*overrides["verb"]}),
        participles=frozenset(perfect),
        lemmas=lemmas(lexicons.verbs),
        silent_h=frozenset(),
        either=frozenset(),
        firsts=frozenset(overrides["first"]),
        nouns=frozenset(word for word in attested if lexicons.counts.get(word, 0) >= NOUN and len(word) > 2),
        common=frozenset(word for word in attested if lexicons.counts.get(word, 0) >= COMMON and len(word) > 3),
        seconds=frozenset(seconds),
        bound=frozenset(overrides["bound"]),
        pairs=frozenset(word.replace(ZWNJ, "") for word in overrides["pair"]),
        pair_ends=frozenset(word.split(ZWNJ)[-1] for word in overrides["pair"]),
        parts=frozenset(last_parts(lexicons, compounds, ratio=1)),
    )
    counted = {word for word in lexicons.counts if ZWNJ not in word and word not in chosen and len(word) > 1}
    words = {
        word
        for word in known.words | {word for word in counted if not is_taken_apart(word, known, lexicons)}
        if word in one
        or not (verb(word, known) or plural(word, known) or _NAME.search(word) or holds_silent_h(word, known))
    }
    spelled = words | chosen.keys()
    bare = silent_h(lexicons, spelled, SILENT_H_SHARE) - set(overrides["plural"]) | set(overrides["silent h"])
    either = {stem for stem in silent_h(lexicons, spelled, EITHER_SHARE) - bare if stem + "ه" in attested}
    return replace(known, words=frozenset(words), silent_h=frozenset(bare), either=frozenset(either))


def is_taken_apart(word: str, known: Lexicon, lexicons: Lexicons) -> bool:
    """Whether a spelling that only the web has lost its ZWNJ, and is no word of its own.

    A rule alone is no proof (it parts «فیلتر» and «میانجی»): the web must write the parted form too, or the word must
    be a compound of the lexicons with an ending.
    """
    parted = {rule(word, known) for rule in (verb, degree, enclitic)} - {"", word}
    if parted & lexicons.counts.keys() or enclitic(word, known).endswith(f"ه{ZWNJ}ای"):
        return True
    compared = degree(word, known).partition(ZWNJ)[0]
    if lexicons.counts.get(compared, 0) >= FREQUENT:
        return True
    return any(stem in known.forms for stem in stems(word))


def holds_silent_h(word: str, known: Lexicon) -> bool:
    """Whether a silent h stands before a last part, as in `قلعهبان`: no style joins it."""
    cuts = ((word[:cut], word[cut:]) for cut in range(4, len(word) - 2))
    return any(
        first[-1] == "ه" and first in known.words and ends_in_silent_h(first) and last in known.parts
        for first, last in cuts
    )


def main() -> None:
    """Write the compiled lexicon; the same sources give the same bytes."""
    known = compile_lexicon()
    lists = {item.name: getattr(known, item.name) for item in fields(known)}
    keys = sorted(
        (prefix(name) + word, words[word].encode() if isinstance(words, dict) else b"")
        for name, words in lists.items()
        for word in words
    )
    BytesTrie(keys).save(str(TARGET))
    print(
        f"{TARGET.name}: {TARGET.stat().st_size:,} bytes;",
        *(f"{name} {len(words):,}" for name, words in lists.items()),
    )


if __name__ == "__main__":
    main()
