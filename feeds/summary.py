"""What is shown of an article in little room: the lead, and the sentences that add most to it.

    read        dateline and boilerplate off, lead found          -> Story
    summarize   the lead whole; then, or without one, the sentences that say most of the title and the text, in the
                order of the text, whole, attributed, within the budget             -> Summary

Both expect normalized text. The scoring is a linear model over the title's words and pairs, the position and the
likeness to the rest of the text, with maximal marginal relevance against repetition (Carbonell and Goldstein, 1998).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from feeds.models import Summary
from feeds.text import fold, sentences

MIN_WORDS = 4
MAX_SENTENCES = 4
REPETITION = 0.3
"""How much likeness to what is chosen already takes off a sentence's score."""

_TALK = r"گفت\W?و\W?گو(?:یی|ی)?"
_AGENCIES = "فارس|مهر|ایرنا|ایسنا|تسنیم|ایلنا|برنا|آنا"
_AGENCY = "خبرگزاری|خبرنگار|سرویس|گروه|پایگاه|باشگاه|فارس|مهر|ایرنا|ایسنا|تسنیم|ایلنا|برنا|آنا"
_SPEAKS = (
    "اظهار|گفت|افزود|بیان|تصریح|خاطرنشان|خاطر نشان|ادامه|عنوان|اعلام|یادآور|تأکید|تاکید|ابراز|اضافه|اذعان|مطرح|"
    "توضیح|خبر داد|نوشت|هشدار|پیشنهاد|ابلاغ|معرفی"
)
_CREDIT = re.compile(rf"^\W*(?:خبرگزاری )?(?:{_AGENCIES}) ?[-–—ـ_:،]+\W*(?=\w)")
_PLACE = re.compile(rf"^\W*(?!(?:خبرگزاری )?(?:{_AGENCIES})\b)(?P<place>[\u0621-\u06cc\u200c]+(?: [\u0621-\u06cc\u200c]+){{0,2}}) ?[-–—ـ]+ ?(?=\w)")
_REPORT = re.compile(
    rf"^(?:«|\")?(?:به گزارش|به نقل از) (?:(?:{_AGENCY})\b)?[^،:.]{{0,120}}?، ?(?:به نقل از [^،:.]{{2,60}}، ?)?"
    rf"|^(?:بنا ?بر ?این|بر ?اساس این|به) گزارش(?: (?:{_AGENCY})[^،:.]*)?، ?"
    rf"|^به گزارش (?:خبرگزاری|خبرنگار) \S+ (?:از \S+ )?"
    rf"|^(?:این گزارش|گزارش) (?:می‌افزاید|حاکی است)[،:]? ?(?:که )?"
)
_INTERVIEW = re.compile(
    rf" (?:امروز |دیروز |\S+شنبه )?در (?:یک |حاشیه )?{_TALK} با (?:{_AGENCY})\b.*?(?=،| (?:با |ضمن |درباره |در خصوص |در مورد |{_SPEAKS})|$)،?"
)
_BOILERPLATE = re.compile(
    rf"به گزارش (?:{_AGENCY})|{_TALK} با (?:خبرنگار|خبرگزاری|مهر|فارس|ایرنا|ایسنا|تسنیم)|خبرگزاری (?:فارس|مهر|ایرنا|ایسنا|تسنیم)"
    r"|^(?:بیشتر بخوانید|مطالب مرتبط|ادامه دارد|عکس|تصاویر|فیلم|ویدئو|منبع|کد خبر|گزارش تصویری|پایان پیام|انتهای (?:پیام|خبر))"
)
_POINTS_BACK = re.compile(
    r"^[«\"\s]*(?P<who>وی|او|ایشان|نامبرده|این (?:مسئول|مقام|نماینده|مدیر|استاد|کارشناس|فرمانده|عضو)(?! \S*(?:ی|ان) )\S*)(?=[\s،:])"
)
_LINKS_BACK = re.compile(r"^(?:همچنین|علاوه بر این|در همین حال|به علاوه|ضمن اینکه|از سوی دیگر|از طرفی|اما|ولی|بنابراین|در عین حال)[،]? ")
_SAID_BACK = re.compile(r"^به گفت[هۀ]ٔ? ?ی? ?(?:وی|او|ایشان)،?")
_SPEAKER = re.compile(rf"^(?P<name>[^،:؛.!؟]{{3,70}}?) (?:در |با |ضمن |امروز|دیروز|{_SPEAKS})")
_END = re.compile(r"[.!؟?…][\"»”)\]]*$")


@dataclass(frozen=True, slots=True)
class Story:
    """An article read as an editor reads it."""

    dateline: str
    """The place before the first dash, «قم»; empty where there is none."""
    lead: str
    """The paragraph in which the source itself sums the article up; empty where there is none."""
    body: str
    """Paragraphs parted by blank lines, the lead first; the dateline and boilerplate are dropped."""


def read(title: str, body: str, lead: str = "") -> Story:
    """Take a normalized article apart: its dateline, its lead, its text without boilerplate."""
    paragraphs = _paragraphs(body)
    if lead.strip() and not (paragraphs and _same(paragraphs[0], lead)):
        paragraphs.insert(0, lead.strip())
    if not paragraphs:
        return Story("", "", "")
    dateline, first = _split_dateline(paragraphs[0])
    has_lead = bool(lead.strip()) or first != paragraphs[0] or _is_lead(title, paragraphs)
    paragraphs[0] = first
    cleaned = [text for paragraph in paragraphs if (text := _without_boilerplate(paragraph))]
    return Story(dateline, cleaned[0] if has_lead and cleaned else "", "\n\n".join(cleaned))


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip() for paragraph in re.split(r"\n+", text) if paragraph.strip()]


def _same(paragraph: str, lead: str) -> bool:
    return fold.fold(_split_dateline(paragraph)[1]) == fold.fold(_split_dateline(lead.strip())[1])


def _split_dateline(paragraph: str) -> tuple[str, str]:
    """-> (place, the rest) without the agency's name between them."""
    if place := _PLACE.match(paragraph):
        return place["place"], _CREDIT.sub("", paragraph[place.end() :], count=1)
    return "", _CREDIT.sub("", paragraph, count=1)


def _is_lead(title: str, paragraphs: Sequence[str]) -> bool:
    """Whether the first paragraph is the agency's own summary.

    It is where the report proper («به گزارش …») starts right after it; else where it is one short paragraph that tells
    most of the title.
    """
    if _BOILERPLATE.search(paragraphs[0]) or _REPORT.match(paragraphs[0]):
        return False
    if any(_BOILERPLATE.search(later) or _REPORT.match(later) for later in paragraphs[1:3]):
        return True
    words, told = set(_words(title)), set(_words(paragraphs[0]))
    return len(paragraphs[0]) < LONG_LEAD and bool(words) and len(words & told) >= 0.4 * len(words)


LONG_LEAD = 500
"""Characters from which a first paragraph is the story and no lead."""


def _without_boilerplate(paragraph: str) -> str:
    kept = (_clean(sentence) for sentence in sentences.split(paragraph))
    return " ".join(sentence for sentence in kept if sentence)


def _clean(sentence: str) -> str:
    """A sentence without the agency's formulas; empty where nothing else is in it."""
    sentence = _INTERVIEW.sub("", _REPORT.sub("", sentence)).lstrip(" ،:-")
    return "" if _BOILERPLATE.search(sentence) else sentence


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that may stand in a summary."""

    index: int
    text: str
    alone: str
    """What it reads like without the sentence before it; empty where it can't stand alone."""
    words: tuple[str, ...]


def summarize(title: str, body: str, *, lead: str = "", budget: int = 350) -> Summary:
    """Choose whole sentences for an article, the lead first, within `budget` UTF-16 units.

    An article whose every sentence is longer than the budget has an empty summary: nothing is ever cut.
    """
    story = read(title, body, lead)
    candidates = _candidates(story.body)
    opening = _fitting(sentences.split(story.lead), budget)
    taken = len(opening)
    if taken and taken < len(sentences.split(story.lead)):
        return Summary(lead=" ".join(opening))
    chosen = _choose(title, candidates, range(taken), budget) or _choose(title, candidates, (), budget, strict=False)
    texts = _texts(chosen)
    if taken:
        return Summary(lead=" ".join(opening), facts=tuple(texts[taken:]))
    return Summary(lead=texts[0] if texts else "", facts=tuple(texts[1:]))


def _fitting(texts: Sequence[str], budget: int) -> list[str]:
    """As many of the first sentences as the budget holds."""
    taken: list[str] = []
    for text in texts:
        if _units(" ".join([*taken, text])) > budget:
            break
        taken.append(text)
    return taken


def _candidates(body: str) -> list[_Sentence]:
    found, speaker = [], ""
    for index, text in enumerate(sentences.split(body)):
        name = _SPEAKER.match(text)
        if name and not _POINTS_BACK.match(text) and not _LINKS_BACK.match(text) and len(name["name"].split()) <= 10:
            speaker = name["name"]
        found.append(_Sentence(index, text, _alone(text, speaker), tuple(_words(text))))
    return found


def _alone(text: str, speaker: str) -> str:
    """The sentence as it can stand without the one before it, its speaker named; empty where it can't."""
    if text.startswith("در ادامه"):
        return ""
    text = _LINKS_BACK.sub("", text)
    if said := _SAID_BACK.match(text):
        return f"به گفتهٔ {speaker}،{text[said.end() :]}" if speaker else ""
    if back := _POINTS_BACK.match(text):
        return text[: back.start("who")] + speaker + text[back.end("who") :] if speaker else ""
    return text


def _texts(chosen: Sequence[_Sentence]) -> list[str]:
    """The chosen sentences, each as it reads after the one before it."""
    before = -2
    texts = []
    for sentence in chosen:
        texts.append(sentence.text if sentence.index == before + 1 else sentence.alone)
        before = sentence.index
    return texts


def _choose(title: str, candidates: Sequence[_Sentence], given: Sequence[int], budget: int, *, strict: bool = True) -> list[_Sentence]:
    """The given sentences and, greedily, those that score best and still fit."""
    scores = _scores(title, candidates)
    vectors = _vectors([sentence.words for sentence in candidates])
    chosen = [candidates[index] for index in given]
    while len(chosen) < max(MAX_SENTENCES, len(given) + 1):
        best, best_score = None, 0.0
        for sentence in candidates:
            if sentence in chosen or not _is_eligible(sentence, strict=strict):
                continue
            repeats = max((_cosine(vectors[sentence.index], vectors[other.index]) for other in chosen), default=0.0)
            score = scores[sentence.index] - REPETITION * repeats
            if score > best_score and _units(" ".join(_texts(_in_order([*chosen, sentence])))) <= budget:
                best, best_score = sentence, score
        if best is None:
            break
        chosen = _in_order([*chosen, best])
    return chosen


def _is_eligible(sentence: _Sentence, *, strict: bool) -> bool:
    """Whether a sentence is one: ended, of some words, and able to stand alone."""
    if not strict:
        return bool(sentence.alone)
    return bool(sentence.alone and len(sentence.words) >= MIN_WORDS and _END.search(sentence.text))


def _in_order(chosen: Sequence[_Sentence]) -> list[_Sentence]:
    return sorted(chosen, key=lambda sentence: sentence.index)


def _scores(title: str, candidates: Sequence[_Sentence]) -> list[float]:
    title_words = _words(title)
    wanted, pairs = set(title_words), set(zip(title_words, title_words[1:], strict=False))
    vectors = _vectors([sentence.words for sentence in candidates])
    centre: Counter[str] = Counter()
    for vector in vectors:
        centre.update(vector)
    scores = []
    for sentence, vector in zip(candidates, vectors, strict=True):
        words = sentence.words
        told = wanted & set(words)
        told_pairs = pairs & set(zip(words, words[1:], strict=False))
        scores.append(
            1.2 * len(told) / max(1, len(wanted))
            + 0.8 * len(told_pairs) / max(1, len(pairs))
            + 0.4 * sum(word in wanted for word in words) / max(1, len(words))
            + 0.25 / (1 + sentence.index)
            + 0.6 * (_dot(vector, centre) / max(1, len(vectors)))
            - 0.05 * (sentence.alone != sentence.text)
        )
    return scores


_Vector = dict[str, float]


def _vectors(texts: Sequence[Sequence[str]]) -> list[_Vector]:
    """Normalized tf-idf vectors."""
    frequency = Counter(word for words in texts for word in set(words))
    vectors = []
    for words in texts:
        vector = {word: count * math.log(1 + len(texts) / frequency[word]) for word, count in Counter(words).items()}
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({word: weight / length for word, weight in vector.items()})
    return vectors


def _dot(vector: _Vector, other: _Vector) -> float:
    return sum(weight * other.get(word, 0.0) for word, weight in vector.items())


_cosine = _dot


def _words(text: str) -> list[str]:
    return fold.fold(text).split()


def _units(text: str) -> int:
    """The length of a text in UTF-16 units, as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
