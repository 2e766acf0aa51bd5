"""The child process that asks hazm: `python -P -m feeds.text.colloquial.asking FOLDER` writes the table and ends.

The only place where hazm is loaded: it takes 600 MB, for some seconds of a processor that nobody else wants.

What is asked, through hazm's public API:

- `InformalNormalizer.normalized_word`: the words of its own colloquial list, and what its dictionary says with -un. It
  gives good and bad readings («میگن»: می‌گوین, می‌گویند), so one counts where its `Lemmatizer` knows the form.
- `InformalNormalizer.informal_conjugations` beside the same persons of `Conjugation`: «میگن» is «می‌گویند». (Its own
  `iverb_map` pairs other persons and tenses: «می‌باشم» with «داشتند بوده می‌شدند».)
"""

from __future__ import annotations

import os
import resource
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from feeds.text.colloquial import table
from feeds.text.colloquial.table import Answer
from feeds.text.restoring import lexicon
from feeds.text.restoring.lexicon import ZWNJ

PROCESSOR_SECONDS = 120
"""After so much work the kernel ends the process, even if the service that started it is gone."""
_HUNG_ON = (" را", " است", " هم", " و")
"""What hazm parts from a word (آبو -> آب را), and no search needs."""
_TIMES_AS_COMMON = 2
"""A word that is formal too (خان) stands for another (خوان) only where that is so much more common."""
_EVERYDAY = ("نیس", "هس", "چقد", "برام", "برات", "بش", "هارو", "مارو")
"""Words that hazm answers for by themselves, in no list of its own."""
_NO_PERSIAN = ("نآ", "بآ")
"""How hazm begins «نیاید» and «بیاید»."""
_PERSONS = 6
_SHORTEST_VERB = 3
_TANVIN = "\u064b"
"""«واقعا» and «واقعاً» are one word to a search."""
Readings = dict[str, list[str]]
"""The formal readings of each colloquial word, the likeliest first."""


class Hazm:
    """The parts of hazm that are asked."""

    def __init__(self) -> None:
        import hazm  # noqa: PLC0415 - the one import of hazm: whoever imports this module needs none

        self.normalizer: Any = hazm.InformalNormalizer()
        self.lemmatizer: Any = self.normalizer.lemmatizer  # a `hazm.Lemmatizer`; one more would take 100 MB
        self.conjugation: Any = hazm.Conjugation()
        # A line: a verb, the present stem that is said, and 1 where that is said without a sign, too («باشه»)
        self.informal_verbs = [line.split() for line in Path(hazm.informal_verbs).read_text("utf-8").splitlines()]

    def ask(self) -> dict[str, Answer]:
        """All answers, by the letters of the word without ZWNJ."""
        words: Readings = defaultdict(list)
        for word in self._words():
            words[_key(word)] += map(_bare, self.normalizer.normalized_word(word))
        verbs: Readings = defaultdict(list)
        for said, written in self._verb_forms():
            if not written.startswith(_NO_PERSIAN) and written.startswith("بب") == said.startswith("بب"):
                verbs[_key(said)].append(written)
        answers = {key: self._verb(key, forms) for key, forms in verbs.items()}
        answers |= {key: self._word(key, forms) or answers.get(key) for key, forms in words.items()}
        return {key: answer for key, answer in answers.items() if answer}

    def _words(self) -> Iterator[str]:
        yield from _EVERYDAY
        yield from self.normalizer.iword_map
        yield from (word for word in self.lemmatizer.words if "ون" in word)

    def _verb_forms(self) -> Iterator[tuple[str, str]]:
        """What is said, beside what is written."""
        presents = {verb.split("#")[-1] for verb in self.lemmatizer.verbs.values()}
        for verb, stem, without_sign in self.informal_verbs:
            present = verb.split("#")[1]
            long = f"آ{present[1:]}"  # hazm's list has «اور» for «آور»
            written = long if present not in presents and long in presents else present
            yield from self._present(stem, written, without_sign=without_sign == "1")
            if stem == "آ":  # «میاد», which hazm's stem makes «می‌آه»
                yield from ((said, form) for said, form in self._present("ا", "آی") if "می" in said)
        for past, present in self._attested_verbs():
            yield from self._present(present, present)
            yield from self._past(past, past)
            if "ان" in past:  # «خوندم»
                yield from self._past(past.replace("وان", "ون").replace("ان", "ون"), past)
        pasts = {verb.split("#")[0] for verb in self.lemmatizer.verbs.values()}
        for said, written in self.normalizer.iword_map.items():  # «اومدم»
            if written in pasts:
                yield from self._past(said, written)

    def _past(self, said: str, written: str) -> Iterator[tuple[str, str]]:
        conjugation = self.conjugation
        for tense in (
            conjugation.perfective_past,
            conjugation.negative_perfective_past,
            conjugation.imperfective_past,
            conjugation.negative_imperfective_past,
        ):
            pairs = list(zip(_said(tense(said)), tense(written), strict=True))
            infinitive = said == written and "می" not in pairs[-1][0]  # «رفتن» is that rather than «رفتند»
            yield from pairs[:-1] if infinitive else pairs

    def _present(self, said: str, written: str, *, without_sign: bool = False) -> Iterator[tuple[str, str]]:
        """The persons of a stem; those without «می», «ب» or «ن» look like other words, and few verbs have them."""
        conjugation = self.conjugation
        tenses = (
            conjugation.perfective_present,
            conjugation.negative_perfective_present,
            conjugation.imperfective_present,
            conjugation.negative_imperfective_present,
            conjugation.subjunctive_perfective_present,
            conjugation.negative_subjunctive_perfective_present,
        )
        forms = (form for tense in tenses for form in tense(written))
        pairs = zip(self.normalizer.informal_conjugations(said), forms, strict=True)
        return islice(pairs, 0 if without_sign else _PERSONS, None)

    def _attested_verbs(self) -> list[tuple[str, str]]:
        """The verbs whose infinitive is in use; the others («آژندیدن») are nobody's words in a search."""
        pairs = (verb.split("#") for verb in dict.fromkeys(self.lemmatizer.verbs.values()) if "#" in verb)
        return [(past, present) for past, present in pairs if present and self._frequency(f"{past}ن")]

    def _word(self, key: str, readings: list[str]) -> Answer | None:
        """What a word stands for; None where it is formal, or no reading of it holds."""
        formal = self._formal(key, readings)
        said = self._frequency(key)
        if not formal or (said and self._frequency(formal[0]) < said * _TIMES_AS_COMMON):
            return None
        return Answer(formal, sure=not said and not self._is_formal(key) and key not in lexicon.load().nouns)

    def _verb(self, key: str, forms: list[str]) -> Answer | None:
        """What a form of a verb stands for; None where it is short, or another word («بدن»), or formal («بریم»)."""
        formal = self._formal(key, forms)
        if not formal or len(key) < _SHORTEST_VERB or self._is_signed_verb(key):
            return None
        if self._frequency(key) or key in lexicon.load().nouns:
            return None
        if key in self.lemmatizer.verbs and not key.startswith(("می", "نمی")):
            return None
        return Answer(formal, sure=not self._is_formal(key))

    def _formal(self, key: str, readings: list[str]) -> tuple[str, ...]:
        """The readings that hazm itself knows as words, without those that say the same word."""
        plain = (form for form in dict.fromkeys(readings) if _key(form).rstrip(_TANVIN) != key.rstrip(_TANVIN))
        return tuple(form for form in plain if form and self._is_formal(form))

    def _is_signed_verb(self, key: str) -> bool:
        """Whether a word is a formal verb that lost the ZWNJ of its «می»: «میروند»."""
        signs = (sign for sign in ("می", "نمی") if key.startswith(sign))
        return any(f"{sign}{ZWNJ}{key.removeprefix(sign)}" in self.lemmatizer.verbs for sign in signs)

    def _is_formal(self, form: str) -> bool:
        return all(part in self.lemmatizer.words or part in self.lemmatizer.verbs for part in form.split())

    def _frequency(self, word: str) -> int:
        frequency: int = self.lemmatizer.words[word][0] if word in self.lemmatizer.words else 0
        return frequency


def _said(persons: list[str]) -> list[str]:
    """The six persons of a past as they are said: «می‌رفتید, می‌رفتند» -> «می‌رفتین, می‌رفتن»."""
    *others, you, they = persons
    return [*others, f"{you.removesuffix('ید')}ین", f"{they.removesuffix('ند')}ن"]


def _bare(reading: str) -> str:
    reading = reading.strip().strip(ZWNJ)
    for hung in _HUNG_ON:
        reading = reading.removesuffix(hung)
    return reading


def _key(word: str) -> str:
    return word.replace(ZWNJ, "")


def yield_to_others() -> None:
    """Take what processor time nobody else wants, and be the first to go where memory ends."""
    os.nice(19)
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    with suppress(OSError):  # no Linux, or a container that forbids it
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def main() -> None:
    """Ask, and write the table into the folder that is named."""
    yield_to_others()
    installed = version("hazm")
    answers = Hazm().ask()
    table.write(table.path_of(Path(sys.argv[1]), installed), answers.items(), installed)
    print(f"hazm {installed} answered for {len(answers)} words")  # noqa: T201 - for the service that waits for it


if __name__ == "__main__":
    main()
