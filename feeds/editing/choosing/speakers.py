"""Who says what in a text, where the text proves it.

A sentence of speech names its speaker («سارا نمونه، مدیر موزه، گفت: …»), points back to one («وی افزود: …») or goes on
with the speech before it. The speaker of a pronoun is proven only where the sentences between it and the name are his
own: another person who acts or speaks in between, two offices that begin alike, a subject that cannot be read all make
it unknown. «این مقام مسئول» is no name.

Long, as how a sentence names its speaker, and whom the next one means, are told by the same words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import Enum, auto

from feeds.editing import vocabulary as words_of
from feeds.editing.byline import WORD
from feeds.editing.choosing import quoting
from feeds.editing.choosing.quoting import Whose
from feeds.editing.vocabulary import AFTER, BEFORE, SPEAKS, STOPS, TIME
from feeds.text.memory import Memory

_SPEECH = re.compile(rf"{BEFORE}(?:{words_of.VERB_OF_SPEECH})(?:\s*[:،]|\s+که{AFTER}|\s*«|[.!]?[»\"]?$)")
"""A verb of speech and what opens the words that it brings."""
_OPENS_SPEECH = re.compile(rf"^(?:{SPEAKS}){AFTER}")
_REMINDS = re.compile(
    rf"^(?:خاطر ?نشان|یادآور|یادآوری|متذکر|گفته|اعلام|عنوان|مطرح|بیان|اضافه|تصریح|تأکید|تاکید|توضیح|پیشنهاد|نوشته)"
    rf" (?:می\u200c?شود|می\u200c?گردد|شده|(?<!یادآور )(?<!متذکر )شد(?! که)){AFTER}"
)
"""How the agency itself goes on, or nobody is said to: «یادآور می‌شود، …», «گفته می‌شود …»."""
_PLURAL_VERB = re.compile(rf"{BEFORE}(?:گفتند|افزودند|نوشتند|(?:\w+ )?(?:کردند|دادند|داشتند|شدند|نمودند)){AFTER}")
_GOES_ON = rf"(?:{STOPS}|{TIME}|{SPEAKS}){AFTER}"
_BACK = re.compile(
    rf"^[«\"\s]*(?P<who>(?:وی|او|ایشان|نامبرده)(?=[ ،:])|(?:این|همین) (?:{words_of.PERSONS})\S*"
    rf"(?: (?!{_GOES_ON}){WORD}){{0,4}}?(?=\s*[،:]| {_GOES_ON}))"
)
"""A sentence whose subject is named before it."""
_SAID_BACK = re.compile(r"^به (?:گفت[هۀ]ٔ?(?:\u200c| )?ی?|اعتقاد|باور|نظر) (?:وی|او|ایشان)(?=[\s،])،?")
_ATTRIBUTES = ("به ", "بر ", "طبق ", "در ا", "در ب")
"""How a sentence begins that may say at once whose word it is."""
_ACCORDING = re.compile(
    r"^(?:به (?:گفت[هۀ]ٔ?(?:\u200c| )?ی?|اعتقاد|باور|نوشتهٔ?|گزارش)|بر اساس اعلام|طبق اعلام) "
    rf"(?P<name>{WORD}[^،:]{{2,80}})،"
)

_STATED = re.compile(
    r"^در (?P<name>(?:اطلاعیه|بیانیه|اعلامیه|پیام|نامه|جوابیه|توضیح|گزارش)ٔ?"
    rf"(?: (?!(?:{STOPS}){AFTER}){WORD}){{1,9}}?) آمده است\s*[:،]"
)
"""«در اطلاعیه شهرداری قم آمده است: …»."""

_PART = rf"(?:(?:{words_of.WITHIN_OFFICES}){AFTER}|(?!{_GOES_ON})[\w\u200c\u064b-\u0655«»\"().\-–]+)"
_NAME = re.compile(
    rf"^[«\"\s]*(?P<name>{_PART}(?: {_PART})*)(?P<after>\s*،|\s+(?={_GOES_ON})|\s*:)(?P<next>\s*\S*(?: \S+)?)"
)
"""The words up to the first that no name and no office has."""
_SEATED = re.compile(
    rf"\s+در (?:استان|شهرستان|منطقه|بخش|بندر) (?!{_GOES_ON}){WORD}(?: (?!{_GOES_ON}){WORD}){{0,2}}"
    rf"(?=\s*[:،]|\s+{_GOES_ON})"
)
"""Where an office is: «مسئول ستاد در شهرستان نمونه گفت», who does not speak for the whole province."""
_OBJECT = re.compile(rf"{BEFORE}را{AFTER}")
_OTHER_SUBJECT = re.compile(rf"[،؛] ?(?:اما|ولی|در ?حالی\s?که){AFTER}")
_CERTAIN = re.compile(
    rf"^\s*(?:(?:{TIME}|{SPEAKS}|ضمن|نیز|هم|همچنین|خطاب|پیرامون|درباره){AFTER}"
    rf"|با (?:{words_of.WITH})|در (?:{words_of.AT}))"
)
"""What a subject surely ends before, although the sentence has an object: «سارا نمونه امروز … را … خواند و گفت»."""
_ADVERB = re.compile(
    r"^(?:در (?:این|ادامه|ابتدا|آغاز|پایان|همین|حاشیه|خصوص|مورد|پاسخ)|همچنین|از سوی دیگر|در عین حال)[^،:.]{0,70}، ?"
)
_CONFESSES = re.compile(rf"{BEFORE}(?:اعتراف\S*|اقرار\S*|بازجویی\S*|بازپرسی|انگیزه\S*){AFTER}")
_SPEAKS_TOO = re.compile(
    rf"{BEFORE}(?:خواست|خواستار|درخواست|دعوت|توصیه|تأکید|تاکید|خبر|اشاره|ابراز|انتقاد|تشکر|قدردانی|تقدیر|وعده|تسلیت|تبریک|"
    rf"هشدار|دستور|اعلام|بیان|عنوان|تصریح|تکذیب|رد|تأیید|تایید|پیشنهاد|دانست|خواند|برشمرد|یادآور|خاطرنشان|معتقد|سخن|یاد){AFTER}"
)
"""What a speaker does with words, told without them: «وی از مردم خواست آهسته برانند»."""
_OPENS_WORDS = (":", "،", "که", "«")
_SPOKEN_OF = re.compile(rf"{BEFORE}(?:{words_of.SPOKEN_OF})(?:\u200c?ای|ی)?{AFTER}")
_OFFICE = re.compile(rf"(?:{words_of.OFFICES}){AFTER}")
_OFFICE_AT = re.compile(rf"(?:{words_of.OFFICES}){AFTER}(?: {_PART}){{0,10}}")
_CLOSES = ("،", ":", ".")
_NO_PERSON = re.compile(rf"(?:{words_of.NO_PERSONS})")
_NO_NAME = re.compile(
    rf"{BEFORE}(?:است|بود|شد|(?<!شهر )کرد|می\u200c\S+|نمی\u200c\S+|خواهد|باید|هر|همه|اگر|چون|هیچ|ما|من|شما|"
    rf"اینکه|وقتی|جلوی|مقابل|حالا|الان|سپس|ناگهان){AFTER}"
    rf"|^(?:و|البته|اما|ولی|گفتنی|شایان|لازم|یادآور|این|آن|همین|چنین|وی|او|طبق|بر اساس|براساس|به گزارش|بنا|بنابر|"
    rf"به نقل|گرچه|اگرچه|علی\u200cرغم|با){AFTER}|[*؛!؟…]|[0-9۰-۹]{{3}}"
)
"""What no name and no office has in it."""

_PERSONAL = re.compile(rf"(?:{WORD})(?: {WORD}){{0,4}}")
_LONGEST_PERSON_NAME = 6
_OPENING = 4
"""Words in which the office of a sentence's subject stands."""
_WITHOUT_QUOTES = str.maketrans("", "", '«»"')

_FULL_NAME = 2
"""Words of a first name and a surname."""
LONGEST = 12
"""Words of the longest name or office that a sentence may open with."""


class Voice(Enum):
    """How a sentence stands to who speaks."""

    NAMED = auto()
    """It names who says it."""
    BACK = auto()
    """It points to a speaker before it, and its verb brings what he says."""
    CONTINUED = auto()
    """It goes on with the speech of its paragraph and names nobody."""
    UNKNOWN = auto()
    """Somebody speaks in it, and who that is cannot be read."""
    TOLD = auto()
    """Nobody speaks: the agency tells it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and who says it."""

    voice: Voice
    speaker: str = ""
    """As the text names him; empty where that is not proven."""
    start: int = 0
    """Where the words begin that point back to the speaker."""
    end: int = 0
    content: int = 0
    """Where what is said begins, behind the verb of speech; 0 where it cannot be told without what is before it."""
    verb: int = 0
    """Where the verb of speech begins; 0 where there is none."""
    full: str = ""
    """First name and surname, where the sentence has the surname alone and the text tells whose it is."""


_TOLD = Said(Voice.TOLD)


def voices(paragraphs: Sequence[Sequence[str]]) -> list[Said]:
    """Who says each sentence of a text, in order.

    Args:
        paragraphs: the sentences of each paragraph.
    """
    found: list[Said] = []
    heard = [[read(sentence) for sentence in sentences] for sentences in paragraphs]
    names = _names([said for part in heard for said in part])
    heard = [
        [_resolved(sentence, said, names) for sentence, said in zip(sentences, part, strict=True)]
        for sentences, part in zip(paragraphs, heard, strict=True)
    ]
    speaker, speaking, alone = "", False, _speaks_alone([said for part in heard for said in part])
    since: list[str] = []  # what was said since the last name
    for sentences, part, whose in zip(paragraphs, heard, quoting.whose(paragraphs), strict=True):
        within = whose is not Whose.AGENCY  # the paragraph has opened a speech, or goes on with one
        speaker = "" if whose is Whose.SOMEBODY else speaker
        for before, sentence, read_said in zip(("", *sentences), sentences, part, strict=False):
            said = read_said
            match said.voice:
                case Voice.NAMED:
                    speaker, speaking, within = said.speaker, True, True
                    if _PLURAL_VERB.search(sentence[: said.content]) or not is_person(said.speaker):
                        speaker = ""
                case Voice.BACK:
                    if _may_be_spoken_of(sentence, said, since):
                        speaker = ""
                    said = replace(said, speaker=speaker, content=0 if answers(before, sentence) else said.content)
                    speaking = within = True
                case Voice.UNKNOWN:
                    speaker, speaking, within = "", True, True
                case _ if within:
                    said = Said(Voice.CONTINUED, "" if whose is Whose.ANSWER else speaker)
                case _:
                    if speaking and (not alone or _another_acts(sentence, speaker)):  # whom the next «وی» may mean
                        speaker = ""
            since = [*since, sentence] if read_said.voice is not Voice.NAMED else [sentence]
            full = names.get(said.speaker, "")
            found.append(replace(said, full=full) if full and full != said.speaker else said)
    return found


def answers(before: str, sentence: str) -> bool:
    """Whether a sentence goes on with the one before it that tells a question: «… که آیا جا کم است؟ گفت: …»."""
    return before.endswith(("؟", "?")) and _OPENS_SPEECH.match(sentence) is not None


def _may_be_spoken_of(sentence: str, said: Said, before: Sequence[str]) -> bool:
    """Whether «وی» may be somebody of whom the speaker spoke: «سرهنگ گفت: سارق … . وی به ۱۲ سرقت اعتراف کرد.».

    Who goes on speaking is the speaker, unless he confesses; who does something else may be anybody in the speech.
    """
    is_spoken_of = any(map(_SPOKEN_OF.search, before))
    if (said.verb and sentence[: said.content].endswith(_OPENS_WORDS)) or sentence.startswith(_ATTRIBUTES):
        return is_spoken_of and _CONFESSES.search(sentence) is not None
    return is_spoken_of or not _SPEAKS_TOO.search(sentence)


def _another_acts(sentence: str, speaker: str) -> bool:
    """Whether a sentence that nobody speaks opens with another person's office: «سارا نمونه رئیس موزه درختی کاشت.»."""
    return any(begins_office[word] and word not in speaker for word in sentence.split(maxsplit=_OPENING)[:_OPENING])


begins_office = Memory(lambda word: bool(_OFFICE.fullmatch(word) and not _NO_PERSON.match(word)))
"""Whether a word begins the office of a person."""


def _names(heard: Sequence[Said]) -> dict[str, str]:
    """How people who speak in a text are named in it -> first name and surname; "" where the text has two of them."""
    speakers = {name_of(said.speaker) for said in heard if said.voice is Voice.NAMED and said.speaker}
    people = {name for name in speakers if not _OFFICE.match(name) and is_person(name) and _PERSONAL.fullmatch(name)}
    names = {name: name for name in people}
    for name in sorted(people):
        words = [word for word in name.split() if word not in words_of.TITLES]
        for start in range(1, len(words)):
            surname = " ".join(words[start:])
            if not _OFFICE.fullmatch(surname):
                names[surname] = name if names.get(surname, surname) in {surname, name} else ""
    return names


def _resolved(sentence: str, said: Said, names: Mapping[str, str]) -> Said:
    """A sentence whose subject cannot be read by itself, but opens with somebody's name who speaks in the text too."""
    if said.voice is Voice.NAMED and names.get(said.speaker) == "":  # a surname of two who speak
        return replace(said, voice=Voice.UNKNOWN, speaker="")
    if said.voice is not Voice.UNKNOWN or not names:
        return said
    adverb = _ADVERB.match(sentence)
    opening = sentence[adverb.end() if adverb else 0 :].translate(_WITHOUT_QUOTES).split()[:_LONGEST_PERSON_NAME]
    for length in range(len(opening) - 1, 0, -1):
        name = " ".join(opening[:length])
        if names.get(name) and opening[length] not in {"را", "که", "و", "نیز،"}:
            return Said(Voice.NAMED, name, content=said.content, verb=said.verb)
    return said


def read(sentence: str) -> Said:
    """How a sentence names its speaker, without regard to those before it."""
    if sentence.startswith(_ATTRIBUTES) and (attributed := _attributed(sentence)):
        return attributed
    spoken = _SPEECH.search(sentence)
    if back := _BACK.match(sentence):
        verb, content = spoken.span() if spoken else (0, back.end("who"))
        return Said(Voice.BACK, "", back.start("who"), back.end("who"), content, verb)
    if spoken is None:
        return _TOLD
    if _REMINDS.match(sentence):
        return _TOLD if spoken.start() == 0 and "می\u200cشود" in spoken[0] else Said(Voice.UNKNOWN)
    if spoken.start() == 0 or _OPENS_SPEECH.match(sentence):
        return Said(Voice.BACK, content=spoken.end())
    name = _subject(f"{sentence[: spoken.start()].rstrip()} :")
    return Said(Voice.NAMED if name else Voice.UNKNOWN, name, content=spoken.end(), verb=spoken.start())


def _attributed(sentence: str) -> Said | None:
    """How a sentence opens that says at once whose word it is: «به گفتهٔ …،», «در اطلاعیه … آمده است:»."""
    if stated := _STATED.match(sentence):
        return Said(Voice.NAMED, stated["name"], content=stated.end())
    if back := _SAID_BACK.match(sentence):
        return Said(Voice.BACK, "", 0, back.end(), back.end())
    according = _ACCORDING.match(sentence)
    if according is None or _NO_NAME.search(according["name"]):
        return None
    return Said(Voice.NAMED, according["name"].strip(), 0, 0, according.end())


def named(sentence: str, said: Said) -> tuple[str, int]:
    """-> (a sentence that points back with its speaker named, where what he says begins); ("", 0) if none is proven.

    Any other sentence comes back as it is.
    """
    if said.voice is not Voice.BACK:
        return sentence, said.content
    if not said.speaker:
        return "", 0
    back = f"به گفتهٔ {said.speaker}،" if sentence.startswith("به گفت") else f"{sentence[: said.start]}{said.speaker}"
    back += "" if said.end else " "
    return back + sentence[said.end :], said.content + len(back) - said.end


def name_of(speaker: str) -> str:
    """The name alone of a speaker, «سارا نمونه» of «سارا نمونه مدیر موزه»; all of it where the name is not sure."""
    words = speaker.split()
    if not words or words[0] in words_of.BARE_OFFICES or not is_person(speaker):  # «قائم مقام سازمان …»
        return speaker
    office = next((n for n, word in enumerate(words) if _OFFICE.fullmatch(word)), 0)
    return " ".join(words[:office]) if office >= _FULL_NAME else speaker


def is_office(speaker: str) -> bool:
    """Whether a speaker is named by an office first, «مدیر موزه»."""
    return _OFFICE.match(speaker) is not None


def _subject(head: str) -> str:
    """The name or office that a sentence's words up to its verb of speech open with; empty where none is sure.

    «سارا نمونه حضور در موزه را مهم خواند و گفت» tells by nothing where its subject ends: with an object, only a word
    that no object has («امروز», «با اشاره») or a comma does.
    """
    adverb = _ADVERB.match(head)
    match = _NAME.match(head[adverb.end() :] if adverb else head)
    if match is None:
        return ""
    certain = "،" in match["after"] or not match["next"].strip(" :") or _CERTAIN.match(match["next"])
    if not certain and (_OBJECT.search(head) or " " not in match["name"]):
        return ""
    if _OTHER_SUBJECT.search(head, match.end("name")):
        return ""
    words = match["name"].translate(_WITHOUT_QUOTES).split()
    if match["next"].split()[:1] in (["این"], ["آن"]):  # «سارا نمونه دبیر این جشنواره»
        words = words[: next((n for n, word in enumerate(words) if _OFFICE.fullmatch(word)), 0)]
    name = " ".join(words)
    start = adverb.end() if adverb else 0
    if (
        " " in name
        and (seated := _SEATED.match(head, start + match.end("name")))
        and any(map(_OFFICE.fullmatch, words))
    ):
        name += seated[0]
    if not 1 <= len(words) <= LONGEST or words[-1] == "و" or _NO_NAME.search(name):
        return ""
    return name


def office_at(text: str) -> str:
    """The office that a text begins with, up to where it surely ends; empty where it begins with none."""
    found = _OFFICE_AT.match(text)
    if found is None or _NO_NAME.search(found[0]) or not begins_office[found[0].split()[0]]:
        return ""
    behind = text[found.end() :].lstrip(" »")
    return found[0] if not behind or behind.startswith(_CLOSES) or _CERTAIN.match(behind) else ""


def is_person(name: str) -> bool:
    """Whether «وی» may stand for a name: a person, not «سازمان …» or «مسئولان …»."""
    first = name.split(maxsplit=1)[0]
    return first in words_of.TITLES or not _NO_PERSON.match(first)


def _speaks_alone(heard: Sequence[Said]) -> bool:
    """Whether one person speaks in the whole text: one name (its parts count as it) and one office at most."""
    if any(said.voice is Voice.UNKNOWN for said in heard):
        return False
    named = {said.speaker for said in heard if said.voice is Voice.NAMED}
    offices = {name for name in named if _OFFICE.match(name)}
    return _are_one(named - offices, surname=True) and _are_one(offices, surname=False)


def _are_one(names: AbstractSet[str], *, surname: bool) -> bool:
    if not names:
        return True
    longest = max(names, key=len)
    if not surname:
        return all(longest.startswith(name) for name in names)
    words = longest.split()
    return all(set(name.split()) - words_of.TITLES <= set(words) for name in names)
