"""The Persian sentences of following, as `bot.talk.texts` has the others."""

from __future__ import annotations

RLM = "\u200f"

FOLLOWED = "دنبال می‌کنید: <b>{label}</b>\n{rhythm}\nبرای دیدن یا برداشتن: /following"
ALREADY = "این را از پیش دنبال می‌کنید: <b>{label}</b>\nبرای دیدن یا برداشتن: /following"
FOLLOWED_STORY = (
    "این ماجرا را دنبال می‌کنید: <b>{label}</b>\n"
    "ادامه‌اش، اصلاح‌هایش و اگر تکذیب شد تکذیبش را همان لحظه برایتان می‌فرستم.\n"
    "برای برداشتن: /following"
)
WHAT = (
    "چه چیزی را دنبال کنم؟ استانی را برگزینید، یا پس از /follow بنویسید:\n"
    f"{RLM}• /follow قم\n{RLM}• /follow قم سیل\n{RLM}• /follow کاشان\n{RLM}• /follow همه"
)
WHICH = "کدام را می‌گویید؟ «{typed}» نام بیش از یک استان است:"
NOT_POSSIBLE = "این را نمی‌شود دنبال کرد. نام یک استان یا شهر، یا چند واژه بنویسید؛ مانند: /follow قم سیل"
NO_STORY = "این خبر پیدا نشد؛ شاید برداشته شده باشد."
TOO_MANY = "بیش از {most} چیز را نمی‌شود دنبال کرد. چند تا را با /following بردارید."
NOTHING_FOLLOWED = "چیزی را دنبال نمی‌کنید. برای آغاز: /follow قم"
LIST = "<b>آنچه دنبال می‌کنید</b>\n{rhythm}\nبرای برداشتن هرکدام دکمه‌اش را بزنید:"
UNFOLLOWED = "دیگر دنبال نمی‌کنید."
STOPPED = "ایستاد؛ دیگر چیزی برایتان نمی‌فرستم. {count} موضوع برداشته شد.\nهر وقت خواستید: /follow"
NOT_FOLLOWING = "چیزی را دنبال نمی‌کردید و چیزی هم نمی‌فرستم."
ADMINS_ONLY = "در گروه تنها مدیران می‌توانند این را تنظیم کنند."
OLD_BUTTON = "این دکمه کهنه است؛ /following را بفرستید."
DONE = "ثبت شد."
EVERYTHING = "همهٔ خبرها"
PROVINCE = "استان {name}"
STORY = "ماجرای «{title}»"
ALL_WORDS = ("همه", "همهٔ خبرها", "همه خبرها", "all")

RHYTHM_NOW = "خبرها را همان لحظه می‌فرستم."
RHYTHM_DAILY = "خبرها را هر روز ساعت {hour} یکجا می‌فرستم."
RHYTHM_WEEKLY = "خبرها را هر {weekday} ساعت {hour} یکجا می‌فرستم."
QUIET = "از {begins} تا {ends} چیزی نمی‌فرستم."
NOT_QUIET = "ساعت سکوتی نیست."
BLOCKS = "خبرهایی که این‌ها را دارند نمی‌فرستم: {words}"
NO_BLOCKS = "واژه‌ای را نبسته‌اید. برای بستن: /block فوتبال"
BLOCKED = "خبرهای «{words}» را دیگر نمی‌فرستم. برای برداشتن: /settings"
BLOCK_WHAT = "کدام واژه را ببندم؟ مانند: /block فوتبال"
BLOCK_TOO_MANY = "بیش از {most} واژه را نمی‌شود بست؛ چند تا را در /settings بردارید."
SETTINGS = "<b>تنظیم‌های این گفتگو</b>\n{rhythm}\n{quiet}\n{blocks}\nرقم‌ها: {digits} | ترتیب نتیجه‌ها: {order}"
HOURS = "ساعت چند بفرستم؟ به وقت تهران:"
AT_ONCE, DAILY, WEEKLY = "همان لحظه", "روزی یک بار", "هفته‌ای یک بار"
MORNING, EVENING, OTHER_HOUR = "صبح (۸)", "عصر (۲۰)", "ساعت دیگر"
NO_QUIET = "بی سکوت"
QUIET_HOURS = "سکوت {begins} تا {ends}"
DIGITS = {"persian": "۱۲۳", "latin": "123"}
ORDER = {"best": "مرتبط‌ترین", "newest": "تازه‌ترین"}
CHOSEN = "✅ {label}"
TAKE_OFF = "✕ {label}"
MORE, LESS = "بعدی", "پیشین"
SETTINGS_BUTTON = "⏰ کی و چگونه بفرستم"
FOLLOW_PROVINCE = "🔔 دنبال کردن استان {name}"

MY_DATA = (
    "<b>آنچه از این گفتگو نگه می‌دارم</b>\n"
    "شمارهٔ گفتگو: <code>{chat}</code>\n"
    "از: {created}\n"
    "{rhythm}\n{quiet}\n{blocks}\n"
    "رقم‌ها: {digits} | ترتیب نتیجه‌ها: {order}\n"
    "پیام‌هایی که فرستاده‌ام و برای فرستادن اصلاح‌ها به یاد دارم: {messages}"
)
MY_DATA_FOLLOWED = "دنبال می‌کنید:"
MY_DATA_ITEM = f"{RLM}• {{label}} (از {{since}})"
MY_DATA_REST = (
    "شماره و زمان پاسخ‌هایم را هم تا یک هفته نگه می‌دارم تا چیزی دو بار فرستاده نشود، "
    "و واژه‌های جستجوها را تا یک ماه، بی آنکه بدانم از کیست، تا دکمه‌هایشان کار کند.\n"
    "برای پاک کردن همه: /forget"
)
NO_DATA = (
    "از این گفتگو چیزی نگه نمی‌دارم، جز شماره و زمان پاسخ‌هایم تا یک هفته، "
    "و واژه‌های جستجوها تا یک ماه، بی آنکه بدانم از کیست.\n"
    "برای پاک کردن: /forget"
)
FORGOTTEN = "همهٔ آنچه از این گفتگو نگه می‌داشتم پاک شد. دیگر چیزی نمی‌فرستم."
KEYBOARD = "صفحه‌کلید استان‌ها باز شد؛ نام هر استان را بزنید. برای بستن: /keyboard"
KEYBOARD_CLOSED = "صفحه‌کلید استان‌ها بسته شد. برای باز کردن: /keyboard"
KEYBOARD_HINT = "نام استان یا چند واژه"
PRIVATE_ONLY = "صفحه‌کلید استان‌ها در گفتگوی خصوصی باز می‌شود."
WELCOME_BACK = "خوش برگشتید! از این پس آنچه دنبال می‌کردید دوباره می‌آید. برای دیدنشان: /following"
