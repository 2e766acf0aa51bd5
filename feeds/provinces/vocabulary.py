"""The words that tell what a name is: offices, streets, clubs, agencies; folded as `words.split` folds them.

Words of several parts stand here as their last part and, where desks drop the ZWNJ, as one word.
"""

from __future__ import annotations


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


ENDINGS = _words("ها های ی هایی")
"""Plural endings that a ZWNJ or a space parts from their word."""
PASSED = ENDINGS | {"مرکزی"}
"""What may stand between a name and the word that says what it is."""
DIVISIONS = _words(
    "استان استانهای استانها شهرستان شهرستانهای شهرستانها شهر شهرهای بخش بخشهای کلانشهر مردم شهروندان اهالی روستای "
    "روستاهای جزیره بندر منطقه دهستان شهرک خطه دیار"
)
BORDERS = _words("مرز مرزی گمرک")
"""What makes a name that is an ordinary word a town, without saying that it is told of: «پایانه مرزی مهران»."""
OF_PROVINCES = _words("استان استانهای استانها استاندار استانداری استانداران")
"""What may stand before the name of a province only, or of many."""
OFFICES = _words(
    "استاندار استانداری استانداران فرماندار فرمانداری فرمانداران شهردار شهرداری بخشدار بخشداری دهیار دهیاری جمعه"
)
"""The offices of a place: its name follows at once."""
HEADS = OFFICES | _words(
    "مدیرکل کل رییس رییسان روسای سرپرست معاون معاونان فرمانده فرماندهی فرماندهان دادستان دادستانی دادگستری شورای عضو "
    "اعضای مسوول مسوولان دبیر سخنگوی مدیر مدیران مدیرعامل عامل کارشناس پلیس سازمان اداره ستاد هییت بسیج سپاه دبیرخانه "
    "قایم جانشین انجمن بهزیستی تبلیغات ارشاد ناحیه کمیته اتاق مجمع خبرگان نظام هلال اورژانس آتشنشانی نشانی "
    "مخابرات شیلات"
)
"""What begins a title of office, whose name of place may follow some words later."""
MEMBERS = _words("نماینده نمایندگان نمایندهی انتخابیه")
BREAKS = _words(
    "در از به با که را برای تا بر است شد گفت کرد این آن هم نیز باید میشود اگر یا اما ولی چون پس بود شود وی جمهور جمهوری"
)
"""What no title of office goes on after."""
AGENCIES = _words(
    "خبرگزاری خبرنگار خبرنگاران گزارش گزارشگر خبرگزاریهای ایسنا ایرنا ایلنا تسنیم ایکنا پانا برنا آنا شبستان"
)
AGENCY_WORDS = AGENCIES | _words(
    "فارس مهر دانشجویان ایران صدا و سیما مرکز باشگاه جوان جوانان میزان حوزه موج رسا جمهوری اسلامی ما این دفاع مقدس "
    "قرآنی بین المللی گروه استانها ورزشی اجتماعی سیاسی اقتصادی فرهنگی انتظامی خبری اعزامی دفتر منطقه"
)
"""What the name of an agency or of its desk is made of."""
SENT_FROM = _words("از در مرکز منطقه دفتر")
UNITS = _words("شهرستان استان شهر")
ROADS = _words("جاده اتوبان آزادراه")
PRODUCTS = _words(
    "زعفران سوهان پسته فرش قالی قالیچه گلیم گبه جاجیم گز باقلوا باقلوای پولکی چای گلاب کلوچه کلمپه خرمای زیتون گردوی "
    "زرشک نبات قلمکار ترمه ترمهی خاتم میناکاری مینای سفال سفالینه برنج"
)
"""What is sold under the name of a town: it tells nothing of the town by itself."""
STREETS = _words(
    "خیابان خیابانهای بلوار بولوار کوچه میدان فلکه چهارراه سهراه هتل سینما تالار ورزشگاه استادیوم مجتمع برج پاساژ "
    "بازارچه رستوران کافه زیرگذر تقاطع ایستگاه"
)
"""What is named after places that it does not stand in."""
TITLED = _words(
    "روزنامه خبرگزاری گزاری هفتهنامه نشریه مجله انتشارات کتاب ماهنامه مکتب سبک فیلم سریال رمان خلیج بانک موشک فتح "
    "آزادی آزادسازی ناوشکن زبان مستند آلبوم نماهنگ ترانه عهدنامه عهدنامههای معاهده کنوانسیون سفرنامه نمایشنامه "
    "دیوان منظومه تیزر انیمیشن موزیکال رونالد"
)
"""What has the name of a place for its own, or as a part of another name."""
OTHERS_AFTER = _words("ای سعدی باذن اللیل دادن")
"""«خامنه‌ای» is no man from Khameneh here, «گلستان سعدی» a book, «قم باذن الله» Arabic, «تفت دادن» a
verb."""
PERSONS = _words(
    "آقای خانم دکتر مهندس شهید سردار سرهنگ سرتیپ سرگرد استاد علامه مرحوم سید حاج جناب الله آیتالله حجتالاسلام"
)
"""What a surname follows."""
ABROAD_AFTER = _words(
    "عراق ترکیه سوریه افغانستان پاکستان روسیه ارمنستان تاجیکستان ترکمنستان آذربایجان هند هندوستان لبنان چین آمریکا "
    "ازبکستان گرجستان مصر اسپانیا"
)
ABROAD_BEFORE = _words("اقلیم جمهوری والی ولایت والیهای")
NAMESAKES = {
    "کردستان": _words("بغداد اربیل بارزانی پیشمرگه کرکوک دهوک"),
    "بلوچستان": _words("کویته کراچی لاهور پاکستانی"),
    "سیستان": _words("کابل قندهار"),
}
"""Provinces with a namesake abroad, and the words that tell of it."""
SHARED_NAMES = frozenset((*NAMESAKES, "آذربایجان", "خراسان"))
"""Names of provinces and regions that go on over the border."""
TEAMS = _words("تیم تیمهای باشگاه باشگاههای هواداران سرمربی بازیکن مهاجم دروازهبان")
CLUBS = _words(
    "فولاد سپاهان آهن مس نساجی نفت تراکتور تراکتورسازی استقلال پرسپولیس ملوان داماش پگاه ابومسلم برق صبا صبای شاهین "
    "خیبر آلومینیوم هوادار پیکان سازی سایپا آذر گهر گلگهر خودرو شهرداری پسند آرا ایچ کاله هراز شهداب چادرملو سونگون "
    "جنوبی مقاومت خاتم راهآهن پاس ذوبآهن گیتیپسند فرشآرا سنایچ خاتون شهید"
)
"""The last word of clubs before the name of their town."""
CLUB_NAMES = _words("چادرملو چادرملوی گهر گلگهر ملوان سپاهان پرسپولیس استقلال تراکتور نساجی خیبر هوادار پیکان سایپا")
"""Clubs that are hardly told of together but in a report of a match."""
MINES = _words("چادرملو چادرملوی گهر گلگهر")
SPORTS = _words(
    "لیگ تیم تیمهای باشگاه بازیکن بازیکنان سرمربی مربی فوتبال فوتسال والیبال بسکتبال هندبال گل دیدار جدول قهرمانی داور "
    "ورزشگاه دروازه دروازهبان مهاجم مدافع هافبک امتیاز امتیازی هواداران بازی مسابقه مسابقات صدرنشین نیمفصل تساوی "
    "پرسپولیس سپاهان گلزن پنالتی تکگل گلر نیمهنهایی فینال سرخپوشان آبیپوشان زردپوشان"
)
"""What a report of a match is made of."""
MATCH = _words("لیگ سرمربی فوتبال فوتسال والیبال بسکتبال هندبال")
"""Any of these makes a club of a name after one of `CLUB_NAMES` or «صنعت نفت»."""
BUSINESS = _words(
    "سهم بورس بورسی فرابورس سهام سهامداران سهامدار نماد نمادهای شاخص خصوصیسازی واگذاری عرضه مجمع سودآوری پرتفوی "
    "بازارسرمایه"
)
"""What a report of shares is made of."""
COMPANIES = _words(
    "فولاد مس پتروشیمی پالایش پالایشگاه نفت سیمان قند لاستیک کاشی آلومینیوم خودرو تراکتورسازی مبارکه معادن زغالسنگ"
)
"""The last word of companies before the name of their town."""
CROWDS = _words(
    "شهروندان شهروند مردم هنرمندان هنرمند آموز آموزان دانشآموز دانشآموزان دانشجویان دانشجوی دانشجو جوانان جوان نوجوان "
    "نوجوانان بانوان بانوی زنان زن مردان کشاورزان کشاورز بسیجیان ورزشکاران ورزشکار نویسندگان نویسنده شاعران شاعر "
    "خبرنگاران پزشکان پزشک معلمان معلم فرهنگیان عشایر زایران مسافران خیرین خیران خیر کودکان کودک روستاییان شهدای "
    "سربازان صنعتگران باغداران باغدار دامداران بازاریان کارگران کارگر جهادگران اهالی خانواده خانوادههای خانوارهای "
    "مخترع پژوهشگران پژوهشگر طلاب طلبه روحانیون مادران مادر زوج زوجهای مددجویان محققان تاجران بازرگانان صیادان "
    "ماهیگیران رانندگان کوهنوردان کوهنورد ایثارگران جانبازان آزادگان نقاش خوشنویس عکاس نخبگان نخبه جوانان"
)
"""Whom the name of a place with ی makes natives: «هنرمندان لرستانی»."""
CROWD_ENDINGS = ("کاران", "گران", "داران", "ندگان", "آموزان", "پیشگان", "شناسان")
LOCATIVES = _words("در از به تا سمت سوی مقصد ساکن راهی عازم وارد")
"""Prepositions of place."""
CAPITAL = _words("تهران طهران پایتخت")
CAPITAL_NEAR = _words(
    "استان استانهای استاندار استانداری فرماندار فرمانداری شهردار شهرداری شهر کلانشهر شهروندان پلیس هوای مترو متروی "
    "ترافیک معابر خیابانهای مدارس مناطق محلات بوستانهای شهری آلودگی آسمان غرب شرق جنوب شمال محدوده"
)
"""What makes the name of the capital the city and not the state."""
CAPITAL_HEADS = _words(
    "پلیس شهردار شهرداری شورای فرمانده فرماندهی مدیرکل استاندار استانداری فرماندار آتشنشانی نشانی اورژانس اتوبوسرانی"
)
PRISONS = _words("زندان ندامتگاه بازداشتگاه")
NATIONAL = _words("دانشگاه بورس جمعه نماز حوزه هتل نمایشگاه مصلای سفارت دادستان دادسرای")
"""What makes it the state's: «نماز جمعه تهران», «بورس تهران»."""

NOT_PLACES = STREETS | TITLED | PERSONS
ADMINISTRATION = OFFICES | DIVISIONS
CITY_OFFICES = OFFICES - {"جمعه"}
NOT_THE_CITY = BREAKS | NATIONAL
