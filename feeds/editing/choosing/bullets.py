"""Which sentences can stand alone behind a lead, as a reader of nothing else understands them.

A bullet says one thing whole: it has a verb, and a number, a date or a named speaker; it hangs on nothing that is not
there (see `pointers`); nobody's opinion and no first person stands in it without its speaker; it is no question, and
tells what the lead has not told. «وی» gives way to a name that is proven, see `speakers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from feeds.editing import vocabulary as words_of
from feeds.editing.choosing import pointers, shortening, speakers
from feeds.editing.choosing.pointers import told_words
from feeds.editing.choosing.speakers import Said, Voice
from feeds.editing.vocabulary import AFTER, BEFORE
from feeds.text.memory import Memory
from feeds.text.restoring import lexicon

__all__ = ["Bullet", "bullet_of", "is_new", "tells_again", "told_words", "units"]

LONGEST = 140
"""UTF-16 units of a bullet: two or three lines of a phone."""
LONGEST_ALONE = 160
"""The same of the only one of a post, which would have none otherwise."""
LONGEST_SENTENCE = 420
"""Characters of a sentence that may be a bullet without the words that join it to others."""
FEWEST_SPACES = 4
TOLD_ALREADY = 0.5
"""The share of a bullet's words from which it tells again what another text tells."""

FEWEST_OF_EVENT = 7
"""Telling words of a sentence without a figure that is news, and how many of them title and lead must have."""
FEWEST_KNOWN = 2
MOST_KNOWN = 0.4
"""The share of them that title and lead may have."""
FEWEST_OF_SPEECH = 8
"""Words of a sentence that goes on with a speech."""

ALL_AGAIN = 0.7
"""The share of the words of title and lead from which a bullet tells all of them again, with more around them."""
FEWEST_OF_LEAD = 5
NAMED_AGAIN = 0.6
"""The same, where its speaker's name is counted."""

_OPENERS = re.compile(rf"^(?:(?:{words_of.OPENERS})(?:،|؛|:| که|) )+")
_WITH_THIS = re.compile(r" (?:با|ضمن) (?:بیان|اعلام|تأیید|تایید|تشریح|ارائه) این (?:مطلب|خبر|موضوع|نکته)،?(?= )")
"""«با بیان این مطلب»: what it points to is the lead."""
_ALSO = re.compile(rf"(?<=[\w»)]) (?:همچنین|نیز)(?= (?:با|در|از|به|ضمن|{words_of.SPEAKS}){AFTER})")
_WORD = re.compile(r"[\w\u200c]+")
_QUOTED = re.compile(r"«[^«»]*»")
_DIGIT = re.compile(r"[0-9۰-۹]")
_OUTCOME = re.compile(rf"[0-9۰-۹]\S*(?: (?:هزار|میلیون|میلیارد|و|[0-9۰-۹]+))* ?(?:{words_of.UNITS})")
_QUOTING = re.compile(rf"{BEFORE}به (?:نقل از|گزارش){AFTER}")
"""Who is quoted where no verb of speech stands is not to be told."""
_ONE_OF = re.compile(rf"{BEFORE}یک (?:هزار|میلیون|میلیارد|بر صفر|{words_of.UNITS})")
"""«یک کشته»; «یک طرح تازه» is no number."""
_CEREMONY = re.compile(rf"{BEFORE}(?:{words_of.CEREMONIES}){AFTER}")
_CLOSING, _ENDS = '»")]', (".", "!", "…")
_told_of = Memory(told_words, size=2048)
"""What names and offices tell; an article has few of them, many times."""
_FIGURES = words_of.NUMBERS | words_of.DATES
_OWN = words_of.FIRST_PERSON | words_of.OPINION
_HELPERS = frozenset(("است", "شد", "شدند", "کرد", "کردند", "خواهد", "خواهند"))
"""Verbs that stand within a sentence whose end has none."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """A sentence as it would stand in a post."""

    text: str
    words: frozenset[str]
    """What it tells: its words without those that every sentence has, and without who says it."""
    speaker: frozenset[str]
    """The words by which it says who says so."""
    weight: float
    """What speaks for it by its form: an outcome in figures more than a ceremony."""
    introduced: str = ""
    """The same where nothing before it has told who its speaker is: with first name, surname or office; else empty."""
    name: str = ""
    """The name of its speaker; empty where the agency tells it."""

    @property
    def first(self) -> str:
        """How it reads where its speaker is named for the first time."""
        return self.introduced or self.text


def bullet_of(sentence: str, said: Said, *, known: AbstractSet[str]) -> Bullet | None:
    """The bullet that a sentence makes behind a lead; None where it would mislead or say nothing.

    It has more than `LONGEST` units only where none of its forms has less; the caller decides whether that may be.

    Args:
        sentence: whole, without boilerplate.
        said: who says it.
        known: the words of title and lead, to which «این استان» may point.
    """
    if len(sentence) > LONGEST_SENTENCE or not sentence.rstrip(_CLOSING).endswith(_ENDS):
        return None
    if said.voice is Voice.UNKNOWN or (said.voice is Voice.BACK and not said.content):
        return None
    if said.voice is Voice.CONTINUED:
        return _continued(sentence, said, known)
    if said.voice is Voice.BACK and _told_of[said.speaker] <= known:  # the lead has told who that is
        said = replace(said, speaker=speakers.name_of(said.speaker))
    longer = None
    for text, start in _forms_by_any_name(sentence, said):
        if made := _made(text, start, said, known):
            if units(made.text) <= LONGEST:
                return made
            longer = longer or made
    besides, start = shortening.told_besides(sentence, said)
    made = _made(*_alone(besides, start), said, known) if besides else None
    return replace(made, weight=made.weight - 0.1) if made and units(made.text) <= LONGEST else longer


def _continued(sentence: str, said: Said, known: AbstractSet[str]) -> Bullet | None:
    """What goes on with a speech, under its speaker's name; only where no agency would say it in its own words."""
    if not said.speaker or len(sentence) > LONGEST_ALONE:
        return None
    words = _WORD.findall(sentence)
    if len(words) < FEWEST_OF_SPEECH or not _is_somebody_s(words) or pointers.points(sentence):
        return None
    head = f"{said.speaker} گفت:"
    spoken = replace(said, voice=Voice.NAMED, content=len(head), verb=0)
    made = _made(*_alone(f"{head} {sentence}", len(head)), spoken, known)
    return made and replace(made, weight=made.weight - 0.1)


def _forms_by_any_name(sentence: str, said: Said) -> Iterator[tuple[str, int]]:
    """`_forms`, and the same with first name and surname alone of somebody whose office makes them too long."""
    yield from _forms(sentence, said)
    name = speakers.name_of(said.speaker)
    if said.voice is Voice.BACK and name != said.speaker:
        yield from _forms(sentence, replace(said, speaker=name))


def _forms(sentence: str, said: Said) -> Iterator[tuple[str, int]]:
    """-> (the sentence without what joins it to others, where its content begins), whole first, then ever shorter."""
    forms = [_alone(*speakers.named(sentence, said))]
    yield forms[0]
    if said.verb and (short := shortening.shortened(sentence, said))[0]:
        forms.append(_alone(*short))
        yield forms[1]
    for text, start in forms:
        if len(text) > LONGEST:
            for clause in shortening.earlier_ends(text[start:]):
                yield text[:start] + clause, start
    for text, start in forms:
        if "(" in text[start:]:
            yield text[:start] + shortening.without_asides(text[start:]), start


def _made(text: str, start: int, said: Said, known: AbstractSet[str]) -> Bullet | None:
    """The bullet of a form of a sentence; what costs least is asked first."""
    if len(text) > LONGEST_ALONE or text.count(" ") < FEWEST_SPACES:
        return None
    content = text[start:]
    words = _WORD.findall(content)
    figures = _DIGIT.search(content) is not None or not _FIGURES.isdisjoint(words)
    figures = figures or ("یک" in words and _ONE_OF.search(content) is not None)
    speaks = start > 0 and said.content > said.end  # «وی … را گشود» names somebody, and nothing that he says
    told = speaks or _DIGIT.search(content) is not None or not _CEREMONY.search(content)
    if not (told and (speaks or figures or _is_event(words, known))):
        return None
    if units(text) > LONGEST_ALONE or not _is_attributed(start, words, said, known):
        return None
    if _is_question(text) or not _is_balanced(text) or not _has_verb(words):
        return None
    if pointers.hangs(text, start) or pointers.points_away(text, known):
        return None
    weight = 0.3 * bool(_OUTCOME.search(content)) + 0.1 * figures - 0.3 * bool(_CEREMONY.search(content))
    if start and _is_somebody_s(words):
        weight -= 0.15
    speaker = _told_of[text[:start]] if start else frozenset()
    return Bullet(text, told_words(content), speaker, weight, _introduced(text, said, known))


def _is_attributed(start: int, words: Sequence[str], said: Said, known: AbstractSet[str]) -> bool:
    """Whether a reader knows whose word it is: a clear speaker's, or the agency's, which judges nothing."""
    if start:
        return not _is_ambiguous(said.speaker, known)
    if said.voice is not Voice.TOLD or _QUOTING.search(" ".join(words)):
        return False
    return not _is_somebody_s(words) or _invites(words)


def _invites(words: Sequence[str]) -> bool:
    """Whether a sentence says who can apply where: «علاقه‌مندان می‌توانند تا ۲۰ آذر … بازدید کنند.» judges nothing."""
    judged = {word for word in words if _is_own[word]}
    return words[0] in words_of.INVITED and judged == {"می\u200cتوانند"} and words[-1] in words_of.DO


def _introduced(text: str, said: Said, known: AbstractSet[str]) -> str:
    if not (said.full and text.startswith(f"{said.speaker} ")) or _told_of[said.speaker] & known:
        return ""
    longer = said.full + text[len(said.speaker) :]
    return longer if units(longer) <= LONGEST else ""


def tells_again(words: AbstractSet[str], others: Sequence[AbstractSet[str]]) -> bool:
    """Whether a bullet's words stand in another text already, most of them or all of its figures' company."""
    return any(len(words & other) >= TOLD_ALREADY * max(len(words), 1) for other in others)


def is_new(bullet: Bullet, known: AbstractSet[str], lead: AbstractSet[str] = frozenset()) -> bool:
    """Whether a bullet tells what title and lead have not told, with its speaker and without.

    Args:
        bullet: the sentence.
        known: the words of title and lead.
        lead: the words of the lead, of which a longer sentence around them tells nothing new, whatever the title says.
    """
    if len(lead) >= FEWEST_OF_LEAD and len(bullet.words & lead) >= ALL_AGAIN * len(lead):
        return False
    every = bullet.words | bullet.speaker
    again = tells_again(bullet.words, [known]) or len(every & known) >= NAMED_AGAIN * len(every)
    return bool(bullet.words) and not again and len(bullet.words & known) < ALL_AGAIN * len(known)


def _alone(text: str, content: int) -> tuple[str, int]:
    """-> (a sentence without the words that join it to others, where its content begins)."""
    head, rest = text[:content], text[content:].lstrip()
    if opener := _OPENERS.match(rest):
        rest = rest[opener.end() :]
    if not head:
        return rest, 0
    head = _ALSO.sub("", _WITH_THIS.sub("", head)).rstrip()
    return f"{head} {rest}", len(head) + 1


def _is_somebody_s(words: Sequence[str]) -> bool:
    """Whether words judge, or say «we»: what only a speaker can say."""
    return any(map(_is_own.__getitem__, words))


def _is_judged(word: str) -> bool:
    first_person = word[-1] == "م" and (word.startswith(_SIGNS) or word.endswith(("\u200cایم", "\u200cام")))
    return first_person or word in _OWN


_SIGNS = ("می\u200c", "نمی\u200c")
_is_own = Memory(_is_judged)


def _is_event(words: Sequence[str], known: AbstractSet[str]) -> bool:
    """Whether a sentence tells what happened, or will, of what title and lead speak of."""
    if not words or words[-1] not in words_of.EVENTS or words_of.ESSAY & set(words):
        return False
    if "را" in words and words[-1] in {"شد", "شدند", "می\u200cشود", "می\u200cشوند"}:  # no Persian sentence
        return False
    told = told_words(" ".join(words))
    return len(told) >= FEWEST_OF_EVENT and FEWEST_KNOWN <= len(told & known) <= MOST_KNOWN * len(told)


def _is_ambiguous(speaker: str, known: AbstractSet[str]) -> bool:
    """Whether a speaker is called by an office of nothing, «دبیر», «قائم مقام», which may be a surname too."""
    words = speaker.split()
    bare = words_of.BARE_OFFICES.issuperset(words) or (len(words) == 1 and speakers.is_office(speaker))
    return bare and not _told_of[speaker] <= known


def _is_question(text: str) -> bool:
    return "؟" in text and "؟" in _QUOTED.sub("", text)


def _is_balanced(text: str) -> bool:
    return (
        all(text.count(opened) == text.count(closed) for opened, closed in ("«»", "()", "[]"))
        and text.count('"') % 2 == 0
    )


def _has_verb(words: Sequence[str]) -> bool:
    """Whether a verb stands at the end of a sentence, where Persian has it, or a plain one within."""
    return any(map(_is_final.__getitem__, words[-3:])) or any(map(_is_helper.__getitem__, words))


def _may_be_final(word: str) -> bool:
    return (
        word in words_of.VERBS
        or word.endswith(("\u200cاند", "\u200cاست", "\u200cام", "\u200cایم"))
        or (word.endswith(("ند", "د", "ت", "یم")) and word in lexicon.load().lemmas)
    )


_is_final = Memory(_may_be_final)
"""Whether a word is a verb at the end of a sentence."""
_is_helper = Memory(lambda word: word in _HELPERS or word.startswith(_SIGNS))
"""Whether a word is a plain verb wherever it stands."""


def units(text: str) -> int:
    """The length of a text in UTF-16 units, as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
