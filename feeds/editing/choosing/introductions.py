"""Who a speaker is: a reader who has only the lead beside a bullet must not take one person for another.

A lead names an office («فرماندار نمونه گفت: …») and the report goes on with its holder's name: the first who is named
without an office of his own. Anybody else is introduced by the office that the text gives him, wherever it does, or is
no speaker of a bullet:

    «بیل نمونه گفت: …»  ->  «بیل نمونه، وزیر خارجه کانادا، گفت: …», or where that is too long «وزیر خارجه کانادا گفت: …»
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from feeds.editing import vocabulary as words_of
from feeds.editing.choosing import speakers
from feeds.editing.choosing.bullets import LONGEST, LONGEST_ALONE, Bullet, told_words, units
from feeds.editing.choosing.speakers import Said, Voice
from feeds.editing.vocabulary import AFTER, BEFORE

_MARKS = " »\"'”)،"
_NEAREST = 14
"""Characters of a bullet in which its speaker's name begins."""
SAME_OFFICE = 0.6
"""The share of an office's words that title and lead must have."""
_PERSON = re.compile(words_of.PERSONS)
_OPENING = 4
"""Words of a lead in which it says who it is about; further on it speaks of others («با حضور وزیر بهداشت»)."""
_TOO = re.compile(rf"{BEFORE}(?:نیز|هم){AFTER}")
_FEWEST_WORDS = 2
"""Of an office that says whose it is."""


@dataclass(frozen=True, slots=True)
class Company:
    """Those who speak in a text, as a reader of its title and lead meets them."""

    texts: Sequence[str]
    known: AbstractSet[str]
    """The words of title and lead."""
    main: str = ""
    """The name of whom the lead calls by an office; empty where it calls nobody so, or where that is not sure."""

    def introduce(self, bullet: Bullet, said: Said) -> Bullet | None:
        """The bullet with its speaker introduced; None where a reader could not tell who that is."""
        if said.voice not in {Voice.NAMED, Voice.BACK, Voice.CONTINUED} or not said.speaker:
            return bullet
        name = said.full or speakers.name_of(said.speaker)
        bullet = replace(bullet, name=name)
        at = bullet.text.find(said.speaker, 0, len(said.speaker) + _NEAREST)
        if not _is_bare(said.speaker) or at < 0 or told_words(name.split()[-1]) & self.known:
            return bullet
        behind = bullet.text[at + len(said.speaker) :].lstrip(_MARKS)
        if speakers.is_office(behind):
            return bullet
        office = self._office_of(name) or self._office_of(said.speaker)
        if office:
            is_told = told_words(office) <= self.known
            return bullet if is_told else _with_office(bullet, bullet.text[:at], name, office, behind)
        if not f" {self.main}".endswith(f" {name}"):
            return None
        whole = f"{bullet.text[:at]}{self.main}{bullet.text[at + len(said.speaker) :]}"
        return replace(bullet, introduced=whole if units(whole) <= LONGEST else bullet.introduced, name=self.main)

    def _office_of(self, name: str) -> str:
        """The office that the text tells right behind a name, or before it where the sentence opens so."""
        pattern = re.compile(rf"{BEFORE}{re.escape(name)}(?![\w\u200c])")
        for text in self.texts:
            for found in pattern.finditer(text) if name in text else ():
                office = speakers.office_at(text[found.end() :].lstrip(_MARKS))
                if not office and " " in name:
                    office = speakers.office_at(f"{text[: found.start()].rstrip(' «،')}،")
                if office.count(" ") >= _FEWEST_WORDS - 1:
                    return office
        return ""


def company_of(texts: Sequence[str], said: Sequence[Said], end: int, known: AbstractSet[str]) -> Company:
    """Those who speak in a text; where offices speak in it and none of them is the lead's, nobody is sure to be meant.

    Args:
        texts: all sentences.
        said: who says them.
        end: how many of the first are the lead.
        known: the words of title and lead.
    """
    if not _calls_somebody(texts[:end], said[:end]):
        return Company(texts, known)
    named = [(one, text) for one, text in zip(said[end:], texts[end:], strict=True) if one.voice is Voice.NAMED]
    return Company(texts, known, _main(named, known))


def _main(named: Sequence[tuple[Said, str]], known: AbstractSet[str]) -> str:
    """The name of whom the lead calls by an office; empty where that is not sure.

    An office that speaks between two sentences of one name may be his, unless it speaks «too» («دادستان نیز گفت»).
    """
    found, offices, between = "", list[bool](), list[bool]()
    for one, text in named:
        name, office = _parted(one.speaker)
        if office and not name:
            between += [_is_told(office, known)] * (not _TOO.search(text[: one.verb]))
        if not found and office and not _is_told(office, known):
            return ""
        if name and speakers.is_person(name):
            found = found or one.full or name
            if f" {found}".endswith(f" {name}") or one.full == found:
                offices += between
                between = []
    return "" if offices and not any(offices) else found


def _parted(speaker: str) -> tuple[str, str]:
    """-> (name, office) of «سارا نمونه مدیر موزه»; either may be empty."""
    words = speaker.split()
    office = next((n for n, word in enumerate(words) if speakers.begins_office[word]), len(words))
    return " ".join(words[:office]), " ".join(words[office:])


def _is_told(office: str, known: AbstractSet[str]) -> bool:
    """Whether an office is one of those of which title and lead speak, however each calls it."""
    words = told_words(office)
    return len(words & known) >= SAME_OFFICE * len(words)


def _calls_somebody(lead: Sequence[str], said: Sequence[Said]) -> bool:
    """Whether a lead speaks of somebody by an office, or as «a scholar of …», and of nobody who speaks by his name."""
    named = [one.speaker for one in said if one.voice is Voice.NAMED and speakers.is_person(one.speaker)]
    if named:
        return not any(_parted(speaker)[0] for speaker in named)
    words = " ".join(lead).split()[:_OPENING]
    return any(map(speakers.begins_office.__getitem__, words)) or any(map(_PERSON.fullmatch, words))


def _is_bare(speaker: str) -> bool:
    """Whether somebody is called by a name and nothing else."""
    return speakers.is_person(speaker) and not any(map(speakers.begins_office.__getitem__, speaker.split()))


def _with_office(bullet: Bullet, before: str, name: str, office: str, behind: str) -> Bullet | None:
    whole = f"{before}{name}، {office}، {behind}".removeprefix("«")
    short = f"{before}{office} {behind}".removeprefix("«")
    fits = ((one, limit) for limit in (LONGEST, LONGEST_ALONE) for one in (whole, short))
    text = next((one for one, limit in fits if units(one) <= limit), "")
    return replace(bullet, introduced=text) if text else None
