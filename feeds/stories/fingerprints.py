"""What an article is compared by: its shingles, its words, and the figures, days and places that it names."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from zlib import crc32
from zoneinfo import ZoneInfo

from feeds.provinces import gazetteer, locate
from feeds.text import fold
from feeds.text.times.jalali import MONTHS, WEEKDAYS

SHINGLE = 5
_TEHRAN = ZoneInfo("Asia/Tehran")
_NEWS_DAY = timedelta(hours=6)

_NUMBER = re.compile(r"\d+(?:[,٬]\d{3})*(?:[.٫/]\d+)*")
_NUMBER_WORDS = (
    "دو 2 سه 3 چهار 4 پنج 5 شش 6 هفت 7 هشت 8 نه 9 ده 10 یازده 11 دوازده 12 بیست 20 سی 30 چهل 40 پنجاه 50 صد 100"
)

_OCCASION = re.compile(
    r"(?<!\w)(?:نمایشگاه|جشنواره|همایش|کنگره|کنفرانس|سمینار|نشست|اجلاس|گردهمایی|جلسه|کارگروه|شورای|ستاد|یادواره|"
    r"سوگواره|مسابقات|رقابت‌های|لیگ|جام|المپیاد|رویداد|سفر|آیین|مراسم|هفته)[هۀٔی\u200c]*"
    r"(?: (?!(?:در|با|به|از|که|را|برای|تا|بر|است|شد|گفت|کرد|امروز|دیروز|امسال)\b)[\w\u200c\u0654]+){1,7}"
)
"""What many things happen at, with its name: «نمایشگاه بزرگ کتاب شیراز»."""

_OUTCOMES = {
    "put out": "مهار، خاموش، اطفا، فروکش",
    "open again": "باز شد، باز شدن، بازگشایی، از سر گرفته",
    "saved": "نجات، پیدا شد، پیدا شدند، پیدا شدن، یافت شد، یافت شدند، کشف، تسلیم، "
    "رها، رهاسازی، آزاد شد، آزاد شدند، آزادسازی",
    "dead": "کشته، فوت، پیکر، جسد، درگذشت، درگذشتند، جان سپرد، جان خود، "
    "جان باخت، جان باختند، جان باخته، جان باختن، جان باختگان",
    "hurt": "مصدوم، مصدومان، مصدومیت، مجروح، مجروحان، زخمی، زخمی‌ها، بیمارستان",
    "held": "بازداشت، دستگیر، دستگیری",
    "sentenced": "محکوم، تبرئه",
    "discharged": "مرخص، ترخیص",
    "denied": "تکذیب، رد کرد، نپذیرفت",
    "mended": "مرمت، تعمیر، بازسازی",
    "paid": "پرداخت شد، پرداخت می‌شود",
}
"""What an event may come to. A report that knows of one more than the first goes on with the story."""


@dataclass
class Prints:
    """What an article is compared by; made once, parts of it only when they are asked for.

    Its texts are edited ones: `feeds.text.normalize` has set them right.
    """

    title: str
    lead: str
    body: str
    """Without the lead's dateline and boilerplate, as `feeds.summary.read` gives it; the lead may stand in it."""
    published: datetime
    provinces: frozenset[str] = frozenset()
    agency: str = ""

    @cached_property
    def shingles(self) -> array[int]:
        """Hashes of 32 bits of all runs of five words, each once, sorted."""
        words = fold.fold(self.body or self.lead).split()
        runs = map(" ".join, zip(*(words[start:] for start in range(SHINGLE)), strict=False))
        return array("I", sorted(set(map(crc32, map(str.encode, runs)))))

    @cached_property
    def words(self) -> Counter[str]:
        """The words of the title and the lead, without figures; those of the title count twice."""
        found = Counter([*self.wording, *fold.tokens(self.title, restored=True) * 2])
        return Counter({word: count for word, count in found.items() if len(word) > 1 and not word[0].isdigit()})

    @cached_property
    def place_words(self) -> frozenset[str]:
        """The words of these names, and of the provinces'."""
        names = " ".join((*self.places, *(gazetteer.by_slug(slug).name for slug in self.provinces)))
        return frozenset(fold.tokens(names))

    @cached_property
    def occasion_words(self) -> frozenset[str]:
        """The words that name the fairs, congresses and visits of the title and the lead."""
        named = (found[0] for text in (self.title, self.lead) for found in _OCCASION.finditer(text))
        return frozenset(fold.tokens(" ".join(named), restored=True))

    @cached_property
    def title_words(self) -> frozenset[str]:
        """The words of the title, without figures."""
        return frozenset(word for word in fold.tokens(self.title, restored=True) if not word[0].isdigit())

    @cached_property
    def wording(self) -> tuple[str, ...]:
        """The words of the lead in their order."""
        return tuple(fold.tokens(self.lead, restored=True))

    @cached_property
    def headline(self) -> tuple[str, tuple[str, ...]]:
        """The title without its figures, and these in their order."""
        return " ".join(re.sub(r"\d+", " ", fold.fold(self.title)).split()), tuple(_figures(self.title))

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers of the title and the lead, in digits; a lone «یک» is no number."""
        return frozenset(_figures(f"{self.title} {self.lead}"))

    @cached_property
    def all_figures(self) -> frozenset[str]:
        """The numbers of the whole text."""
        return frozenset(_figures(f"{self.title} {self.lead} {self.body}"))

    @cached_property
    def days(self) -> frozenset[str]:
        """The weekdays and days of the month that the title and the lead name."""
        return frozenset(_day_names().findall(fold.fold(f"{self.title} {self.lead}")))

    @cached_property
    def told_days(self) -> frozenset[date]:
        """The days that the title and the lead name by their distance: «امروز», «دیشب», «فردا».

        The news' day begins at six: what is told before midnight and again after it is of one night.
        """
        today = (self.published.astimezone(_TEHRAN) - _NEWS_DAY).date()
        words = set(fold.fold(f"{self.title} {self.lead}").split())
        return frozenset(today + timedelta(days) for word, days in _distances().items() if word in words)

    @cached_property
    def places(self) -> frozenset[str]:
        """The towns and counties that the title and the lead name, without those that name a whole province."""
        return self.all_places - _province_names()

    @cached_property
    def all_places(self) -> frozenset[str]:
        """The same, with those that name a whole province."""
        return frozenset(fold.fold(one.words) for one in self._location.evidence)

    @cached_property
    def named_provinces(self) -> frozenset[str]:
        """The provinces that the title and the lead name, whatever the source's settings say of it."""
        return frozenset(self._location.provinces)

    @cached_property
    def _location(self) -> locate.Location:
        return locate.locate(self.title, self.lead)

    @cached_property
    def outcomes(self) -> frozenset[str]:
        """What the event has come to, after the title and the lead: someone is saved, a fire is put out."""
        return _outcomes(f"{self.title} {self.lead}")

    @cached_property
    def all_outcomes(self) -> frozenset[str]:
        """The same, after the whole text."""
        return self.outcomes | _outcomes(self.body)


def _outcomes(text: str) -> frozenset[str]:
    words = f" {' '.join(fold.tokens(text))} "
    return frozenset(name for name, said in _said_of_outcomes() if said.search(words))


def _figures(text: str) -> Iterator[str]:
    for number in _NUMBER.findall(text):
        yield ".".join(str(int(part)) for part in re.split(r"[.٫/]", number.replace("٬", "").replace(",", "")))
    for word in fold.fold(text).split():
        if word in number_words():
            yield number_words()[word]


@cache
def _day_names() -> re.Pattern[str]:
    weekdays = sorted((fold.fold(day) for day in WEEKDAYS), key=len, reverse=True)  # «سه‌شنبه» before «شنبه»
    return re.compile(rf"(?<!\w)(?:{'|'.join(weekdays)}|\d+ (?:{'|'.join(map(fold.fold, MONTHS))}))(?!\w)")


@cache
def _distances() -> dict[str, int]:
    named = {"امروز": 0, "امشب": 0, "دیروز": -1, "دیشب": -1, "فردا": 1, "پریروز": -2}
    return {fold.fold(word): days for word, days in named.items()}


@cache
def number_words() -> dict[str, str]:
    """The numbers that are written in words, folded, with their digits."""
    words = _NUMBER_WORDS.split()
    return dict(zip(words[::2], words[1::2], strict=True))


@cache
def _said_of_outcomes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each outcome with what is said of it, in the tokens that a text has."""

    def of(said: str) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(f" {' '.join(fold.tokens(words))} ") for words in said.split("،")))

    return tuple((name, of(said)) for name, said in _OUTCOMES.items())


@cache
def _province_names() -> frozenset[str]:
    names = {fold.fold(name) for one in gazetteer.PROVINCES for name in (one.name, *one.aliases)}
    return frozenset(names | {name + "ی" for name in names})  # «قزوینی»
