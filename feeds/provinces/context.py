"""What the words around a name say of it: an office, a dateline, a street, a club, another country."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from feeds.provinces.gazetteer import Needs, Place
from feeds.provinces.names import DEMONYM, PROVINCE, Hit
from feeds.provinces.words import Words


class Sign(Enum):
    """How a name stands in its sentence; the value is its weight."""

    DATELINE = 5.0
    OFFICE = 3.0
    DIVISION = 2.0
    PLAIN = 1.0
    PEOPLE = 0.8
    ASIDE = 0.3
    NONE = 0.0


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the whole text when a name in it is judged."""

    sports: bool = False
    opening: bool = False
    """Whether the text is a body, which may open with a dateline."""


_PLURAL = frozenset("ها های ی هایی".split())
_DIVISIONS = frozenset(
    "استان استانهای استانها شهرستان شهرستانهای شهرستانها شهر شهرهای بخش بخشهای کلانشهر مردم شهروندان اهالی روستای "
    "روستاهای جزیره بندر منطقه دهستان شهرک خطه دیار".split()
)
_PROVINCIAL = frozenset("استان استانهای استانها".split())
_STRONG_HEADS = frozenset(
    "استاندار استانداری فرماندار فرمانداری شهردار شهرداری بخشدار بخشداری دهیار جمعه استانداران فرمانداران".split()
)
_HEADS = _STRONG_HEADS | frozenset(
    "مدیرکل کل رییس رییسان روسای سرپرست معاون معاونان فرمانده فرماندهی فرماندهان دادستان دادستانی دادگستری دادگاه شورای "
    "عضو اعضای مسوول مسوولان دبیر سخنگوی مدیر مدیران مدیرعامل کارشناس پلیس سازمان اداره ستاد هییت بسیج سپاه دبیرخانه "
    "حوزه قایم جانشین دفتر مرکز شرکت انجمن خانه بهزیستی تبلیغات دانشگاه ارشاد ناحیه کمیته اتاق صدا مجمع خبرگان".split()
)
_MEMBERS = frozenset("نماینده نمایندگان".split())
_BREAKS = frozenset(
    "در از به با که را برای تا بر است شد گفت کرد این آن هم نیز باید میشود اگر یا اما ولی چون پس بود شود وی".split()
)
_AGENCY = frozenset("خبرگزاری خبرنگار خبرنگاران گزارش گزارشگر خبرگزاریهای ایسنا ایرنا ایلنا تسنیم ایکنا".split())
_AGENCY_WORDS = _AGENCY | frozenset(
    "فارس مهر دانشجویان ایران صدا و سیما مرکز باشگاه جوان جوانان پانا شبستان آنا برنا میزان حوزه موج رسا جمهوری "
    "اسلامی ما این دفاع مقدس قرآنی بین المللی گروه استانها ورزشی اجتماعی سیاسی اقتصادی فرهنگی انتظامی خبری".split()
)
_STREETS = frozenset(
    "خیابان خیابانهای بلوار بولوار کوچه میدان فلکه چهارراه سهراه هتل سینما تالار ورزشگاه استادیوم مجتمع برج پاساژ".split()
)
_PAPERS = frozenset("روزنامه خبرگزاری هفته‌نامه نشریه مجله انتشارات کتاب ماهنامه فیلم سریال".split())
_ROADS = frozenset("جاده اتوبان آزادراه بزرگراه".split())
_TITLES = frozenset(
    "آقای خانم دکتر مهندس شهید سردار سرهنگ سرتیپ سرگرد امیر استاد علامه مرحوم سید حاج جناب الله آیتالله حجتالاسلام".split()
)
_ABROAD = frozenset(
    "عراق ترکیه سوریه افغانستان پاکستان روسیه ارمنستان تاجیکستان ترکمنستان آذربایجان هند لبنان چین آمریکا".split()
)
_FOREIGN_BEFORE = frozenset("اقلیم جمهوری والی".split())
_TEAMS = frozenset("تیم تیمهای باشگاه باشگاههای هواداران سرمربی بازیکن مهاجم دروازهبان".split())
_CLUBS = frozenset(
    "فولاد سپاهان آهن مس نساجی نفت تراکتور تراکتورسازی استقلال پرسپولیس ملوان داماش پگاه ابومسلم برق صبا صبای شاهین "
    "خیبر آلومینیوم هوادار پیکان سازی سایپا آذر گهر گلگهر خودرو شهرداری پسند آرا ایچ کاله هراز شهداب چادرملو سونگون "
    "جنوبی مقاومت خاتم راهآهن پاس خونهبهخونه".split()
)
_SPORTS = frozenset(
    "لیگ تیم تیمهای باشگاه بازیکن بازیکنان سرمربی مربی فوتبال فوتسال والیبال بسکتبال گل دیدار جدول قهرمانی داور ورزشگاه "
    "دروازه مهاجم مدافع هافبک امتیاز هواداران بازی مسابقه مسابقات".split()
)
_CROWDS = frozenset(
    "شهروندان شهروند مردم هنرمندان هنرمند دانشآموزان دانشجویان دانشجوی جوانان جوان نوجوان بانوان زنان کشاورزان بسیجیان "
    "ورزشکاران ورزشکار نویسندگان نویسنده شاعران شاعر خبرنگاران پزشکان معلمان فرهنگیان عشایر زایران مسافران خیرین خیران "
    "کودکان روستاییان شهدای سربازان صنعتگران باغداران دامداران بازاریان کارگران جهادگران اهالی آموزان خانواده خانوادههای "
    "خانوارهای مخترع پژوهشگران پژوهشگر طلاب طلبه روحانیون مادران زوج زوجهای مددجویان محققان تاجران بازرگانان صیادان "
    "ماهیگیران ملوانان رانندگان کوهنوردان ایثارگران جانبازان آزادگان".split()
)
_LOCATIVES = frozenset("در از به تا سمت سوی مقصد اهل ساکن راهی عازم وارد".split())
_CAPITAL_NEAR = frozenset(
    "استان استاندار استانداری فرماندار فرمانداری شهردار شهرداری شهر کلانشهر شهروندان پلیس هوای مترو متروی ترافیک معابر "
    "خیابانهای مدارس مناطق محلات بوستانهای شهری آلودگی بازار آسمان غرب شرق جنوب شمال".split()
)
_CAPITAL_HEADS = frozenset(
    "پلیس شهردار شهرداری شورای فرمانده فرماندهی مدیرکل استاندار استانداری فرماندار آتشنشانی اورژانس اتوبوسرانی".split()
)
_NATIONAL = frozenset("دانشگاه بورس جمعه نماز حوزه هتل نمایشگاه مصلای سفارت".split())
_DASH = re.compile(r"\s*[-\u2010-\u2015\u0640/|:(]")
_STOP = re.compile(r"[.:؛!؟?\n«»\"()\[\]…]")
_DIGITS = re.compile(r"[0-9۰-۹٠-٩]")
_OPENING_WORDS = 4


def is_sport(words: Words) -> bool:
    """Whether a text tells of matches, where names of places are mostly names of clubs."""
    return sum(key in _SPORTS for key in words.keys) >= 4


def judge(words: Words, hit: Hit, place: Place, setting: Setting) -> Sign:
    """How a name stands in its sentence, for one of the places that it may mean."""
    before = _before(words, hit.first)
    if _is_other_thing(words, hit, before, setting):
        return Sign.NONE
    if place.kinds == DEMONYM:
        return Sign.PEOPLE if before in _CROWDS or _following(words, hit.last) in _PLURAL else Sign.NONE
    if place.province == "tehran" and fold_is_capital(words, hit):
        return _capital(words, hit, before)
    if _is_dateline(words, hit, setting):
        return Sign.DATELINE
    if place.needs is Needs.PROVINCE:
        return Sign.ASIDE
    return _by_needs(words, hit, place, before)


def _by_needs(words: Words, hit: Hit, place: Place, before: str) -> Sign:
    if before in _STRONG_HEADS:
        return Sign.OFFICE
    if before in _DIVISIONS and not (place.needs is Needs.WORD and place.kinds == PROVINCE and before not in _PROVINCIAL):
        chained = _chain(words, hit.first)
        return Sign.OFFICE if chained is Sign.OFFICE else Sign.DIVISION
    if place.needs is Needs.WORD or (place.needs is Needs.OFFICE and place.kinds != PROVINCE):
        return Sign.NONE
    chained = _chain(words, hit.first)
    if chained is not Sign.PLAIN:
        return chained
    if place.needs is Needs.OFFICE or (place.needs is Needs.PLACE and before not in _LOCATIVES):
        return Sign.NONE
    return Sign.PLAIN


def _before(words: Words, first: int) -> str:
    """The word before a name within its clause, past a plural ending that stands apart; empty where there is none."""
    index = first
    while index > 0 and words.joined(index):
        index -= 1
        if words.keys[index] not in _PLURAL:
            return words.keys[index]
    return ""


def _following(words: Words, last: int) -> str:
    return words.keys[last + 1] if last + 1 < len(words.keys) and words.joined(last + 1) else ""


def _is_other_thing(words: Words, hit: Hit, before: str, setting: Setting) -> bool:
    after = _following(words, hit.last)
    return (
        before in _STREETS
        or before in _PAPERS
        or before in _TITLES
        or before in _FOREIGN_BEFORE
        or after in _ABROAD
        or (setting.sports and (before in _CLUBS or before in _TEAMS))
    )


def _is_dateline(words: Words, hit: Hit, setting: Setting) -> bool:
    if setting.opening and hit.first < _OPENING_WORDS and _DASH.match(words.after(hit.last)):
        return True
    index = hit.first - 1
    if index < 1 or words.keys[index] not in {"از", "در", "مرکز", "منطقه"} or not words.joined(hit.first):
        return False
    seen = False
    for back in range(index - 1, max(index - 8, -1), -1):
        key = words.keys[back]
        seen |= key in _AGENCY
        if key not in _AGENCY_WORDS:
            break
    return seen


def _chain(words: Words, first: int) -> Sign:
    """OFFICE where the name ends a title (مدیرکل راه و شهرسازی …), ASIDE for members of parliament and the like."""
    index = first
    for _ in range(8):
        if index == 0 or _STOP.search(words.gap(index)):
            break
        index -= 1
        key = words.keys[index]
        if key in _MEMBERS or key in _ROADS:
            return Sign.ASIDE
        if key in _BREAKS:
            break
        if key == "دانشگاه" and words.keys[index - 1] not in _HEADS:
            return Sign.ASIDE
        if key in _HEADS:
            return Sign.OFFICE
    return Sign.PLAIN


def fold_is_capital(words: Words, hit: Hit) -> bool:
    return hit.first == hit.last and words.keys[hit.first] in {"تهران", "طهران"}


def _capital(words: Words, hit: Hit, before: str) -> Sign:
    """The name of the capital mostly stands for the state; it is the city where its own offices or life are told of."""
    if _following(words, hit.last) == "بزرگ":
        return Sign.OFFICE
    if before == "منطقه" and _DIGITS.search(words.gap(hit.first)):
        return Sign.OFFICE
    if before in _CAPITAL_NEAR:
        return Sign.OFFICE if before in _STRONG_HEADS else Sign.DIVISION
    index = hit.first
    for _ in range(8):
        if index == 0 or _STOP.search(words.gap(index)):
            break
        index -= 1
        key = words.keys[index]
        if key in _BREAKS or key in _NATIONAL:
            break
        if key in _CAPITAL_HEADS:
            return Sign.OFFICE
    return Sign.ASIDE
