"""What the words around a name say of it: an office, a dateline, a street, a club, another country.

The rules are a newsroom's: an article is about the place whose officials speak and from where it is sent; a name
after «خیابان» is a street, after «آقای» a person, and the capital's name alone is the state.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from feeds.provinces.gazetteer import Needs, Place
from feeds.provinces.names import DEMONYM, PROVINCE, Hit
from feeds.provinces.words import Words


class Sign(Enum):
    """How a name stands in its sentence; the value is what it weighs."""

    DATELINE = 5.0
    """Where the article was sent from: «قم – …», «به گزارش خبرگزاری … از کرمان»."""
    OFFICE = 3.0
    """Whose office speaks or is spoken of: «استاندار قم», «مدیرکل راه و شهرسازی لرستان»."""
    DIVISION = 2.0
    """«استان قم», «مردم کاشان»."""
    PLAIN = 1.0
    MEMBER = 0.9
    """«نماینده مردم تبریز در مجلس»: an office of the place, that often speaks of the country."""
    PEOPLE = 0.8
    """«هنرمندان لرستانی»."""
    CAPITAL = 0.4
    """«در تهران»: more often where the state's business is done than what the article is about."""
    ASIDE = 0.3
    """In passing: a university, a road's end, a club, a name that many places have."""
    NONE = 0.0
    """Another thing of that name."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the whole text when a name in it is judged."""

    sports: bool = False
    """It tells of matches, where names of places are mostly names of clubs."""
    opening: bool = False
    """It is a body, which may open with a dateline."""
    foreign: frozenset[str] = frozenset()
    """Names that the text uses for places abroad."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ENDINGS = _set("ها های ی هایی")
_DIVISIONS = _set(
    "استان استانهای استانها شهرستان شهرستانهای شهرستانها شهر شهرهای بخش بخشهای کلانشهر مردم شهروندان اهالی روستای "
    "روستاهای جزیره بندر منطقه دهستان شهرک خطه دیار"
)
_OF_PROVINCES = _set("استان استانهای استانها استاندار استانداری استانداران")
_OFFICES = _set(
    "استاندار استانداری استانداران فرماندار فرمانداری فرمانداران شهردار شهرداری بخشدار بخشداری دهیار دهیاری جمعه"
)
_HEADS = _OFFICES | _set(
    "مدیرکل کل رییس رییسان روسای سرپرست معاون معاونان فرمانده فرماندهی فرماندهان دادستان دادستانی دادگستری شورای عضو "
    "اعضای مسوول مسوولان دبیر سخنگوی مدیر مدیران مدیرعامل عامل کارشناس پلیس سازمان اداره ستاد هییت بسیج سپاه دبیرخانه "
    "قایم جانشین انجمن بهزیستی تبلیغات ارشاد ناحیه کمیته اتاق مجمع خبرگان نظام هلال اورژانس آتشنشانی نشانی "
    "مخابرات شیلات"
)
_MEMBERS = _set("نماینده نمایندگان نمایندهی انتخابیه")
_BREAKS = _set(
    "در از به با که را برای تا بر است شد گفت کرد این آن هم نیز باید میشود اگر یا اما ولی چون پس بود شود وی جمهور جمهوری"
)
_AGENCIES = _set(
    "خبرگزاری خبرنگار خبرنگاران گزارش گزارشگر خبرگزاریهای ایسنا ایرنا ایلنا تسنیم ایکنا پانا برنا آنا شبستان"
)
_AGENCY_WORDS = _AGENCIES | _set(
    "فارس مهر دانشجویان ایران صدا و سیما مرکز باشگاه جوان جوانان میزان حوزه موج رسا جمهوری اسلامی ما این دفاع مقدس "
    "قرآنی بین المللی گروه استانها ورزشی اجتماعی سیاسی اقتصادی فرهنگی انتظامی خبری اعزامی دفتر منطقه"
)
_SENT_FROM = _set("از در مرکز منطقه دفتر")
_UNITS = _set("شهرستان استان شهر")
_ROADS = _set("جاده اتوبان آزادراه")
_STREETS = _set(
    "خیابان خیابانهای بلوار بولوار کوچه میدان فلکه چهارراه سهراه هتل سینما تالار ورزشگاه استادیوم مجتمع برج پاساژ "
    "بازارچه پیتزا رستوران کافه زیرگذر تقاطع ایستگاه"
)
_TITLED = _set(
    "روزنامه خبرگزاری گزاری هفتهنامه نشریه مجله انتشارات کتاب ماهنامه فیلم سریال رمان خلیج بانک موشک فتح آزادی "
    "آزادسازی ناوشکن زبان"
)
_OTHERS_AFTER = _set("ای سعدی")
"""«خامنه‌ای» is no man from Khameneh here, and «گلستان سعدی» a book."""
_PERSONS = _set(
    "آقای خانم دکتر مهندس شهید سردار سرهنگ سرتیپ سرگرد استاد علامه مرحوم سید حاج جناب الله آیتالله حجتالاسلام"
)
_ABROAD_AFTER = _set(
    "عراق ترکیه سوریه افغانستان پاکستان روسیه ارمنستان تاجیکستان ترکمنستان آذربایجان هند هندوستان لبنان چین آمریکا "
    "ازبکستان گرجستان مصر اسپانیا"
)
_ABROAD_BEFORE = _set("اقلیم جمهوری والی ولایت والیهای")
_TEAMS = _set("تیم تیمهای باشگاه باشگاههای هواداران سرمربی بازیکن مهاجم دروازهبان")
_CLUBS = _set(
    "فولاد سپاهان آهن مس نساجی نفت تراکتور تراکتورسازی استقلال پرسپولیس ملوان داماش پگاه ابومسلم برق صبا صبای شاهین "
    "خیبر آلومینیوم هوادار پیکان سازی سایپا آذر گهر گلگهر خودرو شهرداری پسند آرا ایچ کاله هراز شهداب چادرملو سونگون "
    "جنوبی مقاومت خاتم راهآهن پاس ذوبآهن گیتیپسند فرشآرا سنایچ خاتون شهید"
)
_SPORTS = _set(
    "لیگ تیم تیمهای باشگاه بازیکن بازیکنان سرمربی مربی فوتبال فوتسال والیبال بسکتبال هندبال گل دیدار جدول قهرمانی داور "
    "ورزشگاه دروازه دروازهبان مهاجم مدافع هافبک امتیاز امتیازی هواداران بازی مسابقه مسابقات صدرنشین نیمفصل تساوی"
)
_CROWDS = _set(
    "شهروندان شهروند مردم هنرمندان هنرمند آموز آموزان دانشآموز دانشآموزان دانشجویان دانشجوی دانشجو جوانان جوان نوجوان "
    "نوجوانان بانوان بانوی زنان زن مردان کشاورزان کشاورز بسیجیان ورزشکاران ورزشکار نویسندگان نویسنده شاعران شاعر "
    "خبرنگاران پزشکان پزشک معلمان معلم فرهنگیان عشایر زایران مسافران خیرین خیران خیر کودکان کودک روستاییان شهدای "
    "سربازان صنعتگران باغداران باغدار دامداران بازاریان کارگران کارگر جهادگران اهالی خانواده خانوادههای خانوارهای "
    "مخترع پژوهشگران پژوهشگر طلاب طلبه روحانیون مادران مادر زوج زوجهای مددجویان محققان تاجران بازرگانان صیادان "
    "ماهیگیران رانندگان کوهنوردان کوهنورد ایثارگران جانبازان آزادگان نقاش خوشنویس عکاس نخبگان نخبه جوانان"
)
_CROWD_ENDINGS = ("کاران", "گران", "داران", "ندگان", "آموزان", "پیشگان", "شناسان")
_LOCATIVES = _set("در از به تا سمت سوی مقصد ساکن راهی عازم وارد")
_CAPITAL = _set("تهران طهران پایتخت")
_CAPITAL_NEAR = _set(
    "استان استانهای استاندار استانداری فرماندار فرمانداری شهردار شهرداری شهر کلانشهر شهروندان پلیس هوای مترو متروی "
    "ترافیک معابر خیابانهای مدارس مناطق محلات بوستانهای شهری آلودگی آسمان غرب شرق جنوب شمال محدوده"
)
_CAPITAL_HEADS = _set(
    "پلیس شهردار شهرداری شورای فرمانده فرماندهی مدیرکل استاندار استانداری فرماندار آتشنشانی نشانی اورژانس اتوبوسرانی"
)
_NATIONAL = _set("دانشگاه بورس جمعه نماز حوزه هتل نمایشگاه مصلای سفارت دادستان دادسرای")

_NOT_PLACES = _STREETS | _TITLED | _PERSONS
_ADMINISTRATION = _OFFICES | _DIVISIONS
_CITY_OFFICES = _OFFICES - {"جمعه"}
_NOT_THE_CITY = _BREAKS | _NATIONAL

_DASH = re.compile(r"\s*[-\u2010-\u2015\u0640/|:(]")
_STOP = re.compile(r"[.:؛!؟?\n«»\"()\[\]…]")
_DIGITS = re.compile(r"[0-9۰-۹٠-٩]")
_OPENING_WORDS = 5
"""A dateline ends within these words of a body: «استان سیستان و بلوچستان –»."""
_REACH = 8
"""How many words before a name its title of office may begin."""


def is_sport(words: Words) -> bool:
    """Whether a text tells of matches: two different words of sport in a short one, more in a longer one."""
    return len(_SPORTS.intersection(words.keys)) >= min(2 + len(words.keys) // 100, 5)


def is_abroad(words: Words, hit: Hit) -> bool:
    """Whether a name is said of a place in another country: کردستان عراق، جمهوری آذربایجان."""
    return _following(words, hit.last) in _ABROAD_AFTER or _before(words, hit.first) in _ABROAD_BEFORE


def names_another_thing(before: str) -> bool:
    """Whether a name after that word is not the place: a street, a newspaper, a person, «بانک مرکزی»."""
    return before in _NOT_PLACES or before in _ABROAD_BEFORE


def judge(words: Words, hit: Hit, place: Place, setting: Setting) -> Sign:
    """How a name stands in its sentence, for one of the places that it may mean."""
    before = _before(words, hit.anchor)
    if _is_other_thing(words, hit, before, setting):
        return Sign.NONE
    if place.kinds == DEMONYM:
        crowd = before in _CROWDS or before.endswith(_CROWD_ENDINGS) or _following(words, hit.last) in _ENDINGS
        return Sign.PEOPLE if crowd else Sign.NONE
    if hit.first == hit.last and words.keys[hit.first] in _CAPITAL:
        return _capital(words, hit, before)
    alone = place.kinds != PROVINCE or place.needs is not Needs.OFFICE or before in _OF_PROVINCES
    if setting.opening and alone and _is_dateline(words, hit):
        return Sign.DATELINE
    return _by_needs(words, hit, place, before, setting)


def _by_needs(words: Words, hit: Hit, place: Place, before: str, setting: Setting) -> Sign:
    """What the words before a name make of it, by what the name needs."""
    if place.needs is Needs.WORD and place.kinds == PROVINCE and before not in _OF_PROVINCES:
        return Sign.NONE
    title = Sign.OFFICE if before in _OFFICES else _title(words, hit.anchor, setting)
    if before in _DIVISIONS and title is Sign.PLAIN:
        return Sign.DIVISION
    if before in _ADMINISTRATION or (title is not Sign.PLAIN and _may_be_plain(place)):
        return title
    located = before in _LOCATIVES
    if place.needs in {Needs.NOTHING, Needs.PROVINCE} or (place.needs is Needs.PLACE and located):
        return Sign.ASIDE if setting.sports and not located else Sign.PLAIN
    return Sign.NONE


def _may_be_plain(place: Place) -> bool:
    """Whether a longer title (رئیس هیئت والیبال …) is enough for a name; a word such as «بهار» might belong to it."""
    return place.needs in {Needs.NOTHING, Needs.PLACE, Needs.PROVINCE} or (
        place.needs is Needs.OFFICE and place.kinds == PROVINCE
    )


def _before(words: Words, first: int) -> str:
    """The word before a name within its clause, past a plural ending that stands apart; empty where there is none."""
    index = first
    while index > 0 and words.joined(index):
        index -= 1
        if words.keys[index] not in _ENDINGS:
            return words.keys[index]
    return ""


def _following(words: Words, last: int) -> str:
    return words.keys[last + 1] if last + 1 < len(words.keys) and words.joined(last + 1) else ""


def _is_other_thing(words: Words, hit: Hit, before: str, setting: Setting) -> bool:
    return (
        before in _NOT_PLACES
        or _following(words, hit.last) in _OTHERS_AFTER
        or words.gap(hit.first) == "\u200c"
        or words.name(hit.first, hit.last) in setting.foreign
        or (setting.sports and (before in _CLUBS or before in _TEAMS))
    )


def _is_dateline(words: Words, hit: Hit) -> bool:
    """Whether the body opens with the name («قم – …», «ایسنا/قم …») or says that it was sent from there."""
    opens = hit.first < _OPENING_WORDS and _DASH.match(words.after(hit.last))
    if opens and not _STOP.search(words.folded, 0, words.starts[hit.first]):
        return True
    index = hit.first - 1
    if index >= 0 and words.keys[index] in _AGENCIES and "/" in words.gap(hit.first):
        return True
    while index > 0 and words.keys[index] in _UNITS:
        index -= 1
    return index > 0 and _is_sent(words, index)


def _is_sent(words: Words, index: int) -> bool:
    """Whether a preposition follows the name of an agency: «به گزارش خبرنگار مهر از …»."""
    sender = []
    for back in range(index - 1, max(index - _REACH, -1), -1):
        if words.keys[back] not in _AGENCY_WORDS:
            break
        sender.append(words.keys[back])
    fits = words.keys[index] in _SENT_FROM or (words.keys[index] == "به" and "اعزامی" in sender)
    return fits and not _AGENCIES.isdisjoint(sender)


def _title(words: Words, first: int, setting: Setting) -> Sign:
    """OFFICE where a name ends a title (مدیرکل راه و شهرسازی …), ASIDE for members of parliament and the like."""
    for index in range(first - 1, max(first - _REACH, 0) - 1, -1):
        if _STOP.search(words.gap(index + 1)):
            break
        key = words.keys[index]
        if key in _MEMBERS:
            return Sign.MEMBER
        if key in _BREAKS:
            break
        if (key in _ROADS and index == first - 1) or (key == "دانشگاه" and words.keys[index - 1] not in _HEADS):
            return Sign.ASIDE
        if key in _HEADS and not (setting.sports and key in _CLUBS):
            return Sign.OFFICE
    return Sign.PLAIN


def _capital(words: Words, hit: Hit, before: str) -> Sign:
    """The name of the capital mostly stands for the state; it is the city where its own offices or life are told of."""
    numbered = before == "منطقه" and _DIGITS.search(words.gap(hit.first))
    if numbered or before in _CITY_OFFICES or _following(words, hit.last) == "بزرگ":
        return Sign.OFFICE
    if before in (_CAPITAL_NEAR if words.keys[hit.first] != "پایتخت" else _CAPITAL_HEADS):
        return Sign.DIVISION
    if _speaks_for_capital(words, hit.anchor):
        return Sign.OFFICE
    if words.keys[hit.first] == "پایتخت":
        return Sign.NONE
    return Sign.CAPITAL if before == "در" else Sign.ASIDE


def _speaks_for_capital(words: Words, first: int) -> bool:
    """Whether the name ends a title of one of the city's own offices: «رئیس پلیس راهور تهران»."""
    for index in range(first - 1, max(first - _REACH, 0) - 1, -1):
        if _STOP.search(words.gap(index + 1)) or words.keys[index] in _NOT_THE_CITY:
            return False
        if words.keys[index] in _CAPITAL_HEADS:
            return True
    return False
