"""Every Persian sentence that the bot says, in one place.

Each line begins with a Persian letter, or with one RIGHT-TO-LEFT MARK, so that every client lays it out right-to-left.
`<b>`, `<i>` and `<code>` are our own: `bot.posts.spans.lines_of` reads them and fills in the rest, and a platform's
writer makes its markup of them. They stand within a line, between blanks, as Bale wants it.
"""

from __future__ import annotations

RLM = "\u200f"

COMMANDS = {
    "search": "جستجو در خبرها؛ مثال: /search قم سیل",
    "latest": "تازه‌ترین خبرها",
    "provinces": "انتخاب استان",
    "follow": "دنبال کردن؛ مثال: /follow قم",
    "following": "آنچه دنبال می‌کنید",
    "settings": "کی و چگونه بفرستم",
    "block": "بستن یک واژه؛ مثال: /block فوتبال",
    "stop": "دیگر چیزی نفرست",
    "keyboard": "صفحه‌کلید استان‌ها",
    "mydata": "آنچه از شما نگه می‌دارم",
    "forget": "پاک کردن همهٔ آن",
    "check": "درست است؟ متنی را در بایگانی بجویید",
    "edition": "خبرهای یک روز در یک پرونده؛ مثال: /edition قم دیروز",
    "rss": "نشانی خوراک برای خبرخوان؛ مثال: /rss قم",
    "help": "راهنما",
    "start": "آغاز",
}
"""The bot's menu, as it is given to Telegram (setMyCommands), in order."""
IN_GROUPS = ("search", "latest", "provinces", "follow", "following", "settings", "stop", "check", "edition", "help")
"""Those of them that are of use in a group, as its menu has them."""

DESCRIPTION = "چاپار خبرهای استان‌های ایران را می‌رساند. نام هر استان یا شهر را بفرستید تا تازه‌ترین خبرهایش را ببینید."
SHORT_DESCRIPTION = "پیک خبرهای استان‌ها؛ نام استانتان را بفرستید."

START = (
    "سلام! من <b>چاپار</b> هستم، پیک خبرهای استان‌ها.\n\n"
    "نام یک استان یا شهر را بفرستید، مانند «قم»، یا چند واژه هم به آن بیفزایید، مانند «قم سیل».\n"
    f"{RLM}/latest تازه‌ترین خبرها\n"
    f"{RLM}/provinces فهرست استان‌ها\n"
    f"{RLM}/follow دنبال کردن یک استان، شهر یا موضوع\n"
    f"{RLM}/help راهنما"
)

HELP = (
    "<b>راهنمای چاپار</b>\n\n"
    f"{RLM}/search <i>استان یا شهر</i> <i>واژه‌ها</i>\n"
    "نام استان، شهر، چند واژه و زمان را با هم می‌فهمم:\n"
    "• قم\n"
    "• کاشان آب\n"
    "• خراسان رضوی زلزله هفته گذشته\n"
    "• گیلان دیروز\n"
    "• سیل نه تهران (یا بدون، به جز، و -واژه)\n"
    "• ایسنا زلزله، خبر فوری، مهم‌ترین خبرها، نزدیک من\n\n"
    "بدون فرمان هم می‌شود: کافی است «قم» یا «جستجو قم» را بفرستید.\n"
    "اگر صفحه‌کلیدتان انگلیسی مانده باشد (rl) یا نام را لاتین بنویسید (qom) هم می‌فهمم.\n\n"
    f"{RLM}/latest تازه‌ترین خبرهای همهٔ استان‌ها\n"
    f"{RLM}/latest <i>استان</i> تازه‌ترین خبرهای یک استان\n"
    f"{RLM}/provinces فهرست استان‌ها برای انتخاب\n"
    f"{RLM}/edition <i>استان و روز</i> خبرهای یک روز در یک پرونده، برای وقتی که اینترنت نیست؛ با epub برای کتاب‌خوان\n\n"
    "<b>درست است؟</b> پستی را به اینجا بازفرستید یا متنش را بچسبانید (یا در گروه، /check را در پاسخ به آن بنویسید) "
    "تا بگویم کدام خبرگزاری‌ها آن را گفته‌اند، چه زمانی، و چه فرقی با متن شما دارد.\n"
    "<b>کجایم؟</b> جایتان را بفرستید تا خبرهای استانش بیاید.\n"
    "<b>در هر گفت‌وگویی</b> نام مرا با @ و سپس چند واژه بنویسید تا خبر را همان‌جا بفرستید.\n\n"
    "<b>دنبال کردن</b>\n"
    f"{RLM}/follow <i>استان، شهر یا چند واژه</i>\n"
    "خبر که برسد برایتان می‌فرستم: همان لحظه، یا یکجا در ساعتی که بخواهید.\n"
    f"{RLM}/following آنچه دنبال می‌کنید، و برداشتن هرکدام\n"
    f"{RLM}/settings کی و چگونه بفرستم، ساعت سکوت، رقم‌ها و ترتیب نتیجه‌ها\n"
    f"{RLM}/block خبرهایی که واژه‌ای دارند نیاید\n"
    f"{RLM}/stop دیگر چیزی نفرستم\n"
    f"{RLM}/rss <i>استان، شهر یا چند واژه</i> نشانی خوراک آن برای خبرخوان\n"
    f"{RLM}/keyboard صفحه‌کلید استان‌ها\n"
    f"{RLM}/mydata آنچه از شما نگه می‌دارم؛ /forget همه را پاک می‌کند"
)

CHOOSE_PROVINCE = "خبرهای کدام استان را می‌خواهید؟"
CHOOSE_MEANING = "کدام را می‌گویید؟ «{typed}» نام بیش از یک استان است:"
EMPTY_SEARCH = (
    "چه چیزی را بجویم؟ پس از /search نام یک استان یا شهر بنویسید، مانند: /search قم\nیا از این فهرست برگزینید:"
)
NOT_UNDERSTOOD = "این را نفهمیدم. نام یک استان یا شهر را بفرستید، مانند «قم»، یا از این فهرست برگزینید:"
NOTHING_YET = "هنوز خبری نیست. کمی بعد دوباره سر بزنید."
NOTHING_FOUND = "چیزی برای «{typed}» پیدا نشد."
NOTHING_OF_PROVINCE = "هنوز خبری از استان {province} نرسیده است."
NEAREST = "تازه‌ترین خبرهای {province}:"
NEAREST_OF_ALL = "تازه‌ترین خبرها:"
STALE = "این فهرست کهنه شده است؛ لطفاً دوباره جستجو کنید."
TOO_MANY = "پیام‌هایتان تندتر از آن می‌رسند که بتوانم پاسخ دهم؛ به تازه‌ترینشان پاسخ می‌دهم."
UNKNOWN_COMMAND = "این فرمان را نمی‌شناسم. نام یک استان یا شهر را بفرستید، مانند «قم»، یا راهنما را ببینید: /help"
WORDS_ALONE = "فقط نوشته را می‌فهمم. نام یک استان یا شهر را بفرستید، مانند «قم»، یا چند واژه از خبری که می‌جویید."
FAILED = "متأسفانه نشد؛ اشکالی پیش آمد و ثبت شد. لطفاً کمی بعد دوباره بکوشید.\nشناسهٔ خطا: <code>{id}</code>"

TITLE_LATEST = "تازه‌ترین خبرها"
TITLE_IMPORTANT = "مهم‌ترین خبرهای ۲۴ ساعت گذشته"
TITLE_PROVINCE = "خبرهای استان {province}"
TITLE_SEARCH = "نتیجهٔ جستجوی «{typed}»"
RANGE = "{first} تا {last} از {total}"
RANGE_AT_LEAST = "{first} تا {last} از بیش از {total}"

NEWER = "تازه‌تر"
OLDER = "قدیمی‌تر"
NEXT_BEST = "ادامه"
PREVIOUS_BEST = "پیشین"
NEWEST_FIRST = "🕐 تازه‌ترین‌ها"
BEST_FIRST = "⭐ مرتبط‌ترین‌ها"
TAKE_OFF = "✕ {label}"

TITLE_TOWN = "خبرهای {town}"
WITHOUT = "بدون {words}"
CORRECTED = "به جای «{typed}»، «{meant}» را جستم."
DID_YOU_MEAN = "منظورتان «{meant}» بود؟"
YES = "بله، «{meant}»"
NOTHING_COMPLETE = "خبری با همهٔ این واژه‌ها نبود؛ نزدیک‌ترین‌ها این‌هاست:"
NOT_IN_PERIOD = "در این زمان چیزی نبود؛ از همهٔ زمان‌ها:"
NOT_OF_SOURCE = "از این منبع چیزی نبود؛ از همهٔ منبع‌ها:"
NOT_URGENT = "خبر فوری‌ای نبود؛ تازه‌ترین خبرها:"
NOT_IN_PROVINCE = "در این استان چیزی نبود؛ از همهٔ استان‌ها:"
NOT_IN_PROVINCES = "در این استان‌ها چیزی نبود؛ از همهٔ استان‌ها:"
NOT_IN_TOWN = "از {town} چنین خبری نبود؛ از همه‌جا:"
WHICH_PROVINCE = "«{typed}» نام چند استان است؛ برای یکی از آن‌ها:"
NOTHING_OF_TOWN = "هنوز خبری از {town} نرسیده است."
ABOUT = (
    "من <b>چاپار</b> هستم؛ ربات، نه آدم. خبرهای استان‌ها را همان‌گونه که خبرگزاری‌ها نوشته‌اند گرد می‌آورم، کوتاه می‌کنم و "
    "می‌رسانم؛ نام و نشانی هر منبع زیر خبرش آمده است.\n"
    "آنچه می‌توانم: /help"
)
CHANNELS = "📢 کانال‌های چاپار:\n{channels}\nهمین خبرها را این‌جا هم می‌توانید دنبال کنید: /follow"
MORE_CHANNELS = "و {count} کانال دیگر"
NO_CHANNELS = "این چاپار کانال همگانی ندارد. خبرها را همین‌جا دنبال کنید: /follow"
CONTACT = (
    "من رباتم و آنچه این‌جا می‌نویسید به دست کسی نمی‌رسد؛ خبر، عکس و درخواست را نمی‌توانم به تحریریه برسانم. "
    "دربارهٔ یک خبر، با خبرگزاری‌ای تماس بگیرید که نام و نشانی‌اش زیر همان خبر آمده است."
)
OF_ARTICLE = (
    "متن کامل، عکس و نشانی هر خبر با دکمهٔ «متن» و شمارهٔ آن، زیر همان فهرست، می‌آید. اگر فهرست را ندارید، نام استان یا "
    "شهر یا چند واژه از آن خبر بفرستید."
)
WELLBEING = "ممنون که پرسیدید! برای رساندن خبر آماده‌ام: نام هر استان یا شهر را بفرستید."
FEED_OF = "📡 خوراک RSS {of}:\n{address}\nآن را در خبرخوان خود بگذارید."
FEED_OF_ALL = "همهٔ خبرها"
NO_FEED = "خوراک‌های این چاپار هنوز در اینترنت نشانی ندارند."
FEED_WHAT = "خوراک RSS چه چیزی؟ نام یک استان یا شهر، یا چند واژه بنویسید؛ مانند: /rss قم"
ADDRESS = "این نشانی را باز نمی‌کنم. متن همان خبر را بفرستید، یا پستش را به اینجا بازفرستید، تا در بایگانی بجویم."
WHERE_ARE_YOU = "📍 نمی‌دانم کجایید. جایتان را بفرستید (سنجاق، سپس «موقعیت مکانی»)، یا استانتان را برگزینید:"
MORE_HOW = (
    "برای ادامهٔ یک فهرست یا پاسخ به پرسش من، دکمهٔ زیر همان پیام را بزنید. برای جستجوی تازه، نام استان یا شهر یا چند "
    "واژه بفرستید."
)
YOU_ARE_WELCOME = "خواهش می‌کنم! نام هر استان یا شهر را بفرستید تا تازه‌ترین خبرهایش را ببینید."

LAST_DAY = "۲۴ ساعت"
LAST_WEEK = "۷ روز"
LAST_MONTH = "۳۰ روز"
ANY_TIME = "همهٔ زمان‌ها"
CHOSEN = "• {label} •"
UNDERSTOOD = "چنین فهمیدم: {parts}"
WHOLE = "متن کامل"
WHOLE_OF = "متن {number}"
FOLLOW = "🔔 خبرم کن"
FEED = "📡 خوراک RSS"

# A whole article.

RETRACTED_TITLE = "❌ تکذیب شد | {title}"
RETRACTED_AT = "این خبر {when} تکذیب شد."
CORRECTED_AT = "✏️ به‌روزرسانی: {when}"
ALSO_TOLD = "همین خبر در: "
AT_SOURCE = "متن در سایت منبع"
FOLLOW_STORY = "🔔 دنبالهٔ این خبر"
REST_ON_PAGE = "ادامهٔ این متن بلند در صفحهٔ خبر"
SOME_SOURCE = "منبعی بی‌نام"
NO_SUCH_ARTICLE = "این خبر پیدا نشد؛ شاید نشانی‌اش درست نیست."
DISAGREE = "⚖️ روایت‌ها یکی نیست: {claims}"
READ_IN_PRIVATE = "متن کامل خبر را در گفت‌وگوی خصوصی می‌فرستم."
OPEN_PRIVATE = "خواندن متن کامل"

# A day as a file.

EDITION = "📄 {title} · {count} خبر\nبی‌اینترنت هم خوانده می‌شود."
EDITION_EMPTY = "{title}: هنوز خبری نیست که در پرونده بگذارم."
EDITION_HOW = "نام یک استان و یک روز را بنویسید، مانند: /edition قم دیروز\nبرای کتاب‌خوان، epub را هم بیفزایید."

# «درست است؟»

CHECK_HOW = (
    "کدام متن؟ پستی را به اینجا بازفرستید یا متنش را بچسبانید، یا پس از /check بنویسید؛ در گروه، /check را در پاسخ به "
    "آن پیام بفرستید."
)
CHECK_SHORT = "این متن برای سنجیدن کوتاه است؛ دست‌کم یک جملهٔ کامل بفرستید."
CHECK_UNKNOWN = (
    "در بایگانی چاپار خبری مانند این نیافتم.\n"
    "این نه نشانهٔ درستی آن است و نه نادرستی‌اش؛ تنها می‌گوید خبرگزاری‌هایی که دنبال می‌کنم چنین نگفته‌اند."
)
SEARCH_INSTEAD = "🔎 جستجوی همین واژه‌ها"
CHECK_FOUND = "🔎 این متن به این خبر می‌ماند:"
CHECK_RETRACTED = "❌ این خبر تکذیب شده است ({agencies})."
CHECK_TOLD = "آن را گفته‌اند:"
CHECK_FIRST = " (نخستین بار)"
CHECK_WITHDRAWN = "؛ ❌ تکذیب: {when}"
CHECK_CORRECTED = "؛ ✏️ اصلاح: {when}"
CHECK_DIFFERS = "فرق متن شما با آن:"
CHECK_DIFFERENCE = "• در متن شما «{mine}» آمده و در {agency} «{theirs}»."
CHECK_NOT_THERE = "• «{mine}» در متن {agency} نیست."
CHECK_SAID = "این‌ها را خبرگزاری‌ها گفته‌اند؛ دربارهٔ درست و نادرست داوری نمی‌کنم."
CHECK_NO_VERDICT = "من داوری نمی‌کنم؛ تنها می‌گویم چه کسی چه گفته است."

# A place that was sent.

PLACE = "📍 اینجا استان {province} است."
PLACE_NEAR_BORDER = "📍 اینجا نزدیک مرز است؛ گمانم استان {province} باشد. استان دیگر: {others}."
PLACE_AT_BORDER = "📍 اینجا نزدیک مرز یا کنار دریاست؛ نزدیک‌ترین استان {province} است."
PLACE_ABROAD = "📍 اینجا بیرون از ایران است و از آن خبری ندارم. استانی را برگزینید:"

# In other chats.

INLINE_NOTHING = "چیزی پیدا نشد؛ از من بپرسید"
INLINE_READ = "متن کامل"
GUEST_MORE = "گفت‌وگو با چاپار"

# For the desk.

DESK_COMMANDS = {
    "status": "وضعیت سامانه",
    "queue": "صف انتشار",
    "hold": "نگه داشتن خبر: /hold شناسه",
    "release": "آزاد کردن خبر: /release شناسه، یا همه",
    "retract": "تکذیب خبر: /retract شناسه",
    "restore": "پس گرفتن تکذیب: /restore شناسه",
    "pause": "ایست انتشار: /pause دلیل",
    "resume": "از سرگیری انتشار",
}
"""Added to the menu of each member of the desk, in the private chat."""

DESK_STATUS = "<b>وضعیت چاپار</b>\nخبرها: {articles}\nارسال‌ها: {deliveries}\nگرفتاری‌ها: {problems}"
DESK_PAUSED = "⏸ انتشار ایستاده است: {why}"
DESK_PROBLEM = "⚠️ {where}\n<code>{what}</code>"
DESK_QUEUE = "<b>صف انتشار</b>"
DESK_QUEUE_EMPTY = "چیزی در صف انتشار نیست."
DESK_WAITING = "{number}. {title}\n{states}\n<code>{uid}</code>"
DESK_UNTIL = "نه پیش از {when}"
DESK_CARD = "<b>{title}</b>\nاستان: {places}\n<code>{uid}</code>"
DESK_NOWHERE = "هیچ‌کدام"
DESK_IS_RETRACTED = "تکذیب شده"
DESK_IS_HELD = "نگه‌داشته؛ هیچ خواننده‌ای آن را نمی‌بیند"
DESK_IS_DATED = "نگه‌داشته تا {when}؛ هیچ خواننده‌ای آن را نمی‌بیند و سر زمان خودبه‌خود منتشر می‌شود"
DESK_WHEN = "چه زمانی منتشر شود؟\n{title}"
DESK_WHERE = "این خبر از کدام استان است؟\n{title}"
DESK_ASK_ALL = "{articles} خبر و {posts} ارسال که نگه داشته شده‌اند آزاد می‌شوند. آزاد شوند؟"
DESK_ASK_RESUME = "انتشار از سر گرفته می‌شود و {posts} ارسال که در نوبت‌اند راه می‌افتند. از سر گرفته شود؟"
DESK_NEWLY_HELD = "⏳ <b>{count} خبر منتظر تأیید شماست</b>"
DESK_HELD_OF_ALL = "⏳ <b>{count} خبر تازه منتظر تأیید شماست</b> (در مجموع {all} خبر)"
DESK_MORE_HELD = "و {count} خبر دیگر: /queue"
DESK_LEFT = "دست نخورد."
DESK_MANY = "⚠️ <b>{count} گرفتاری تازه</b>"
DESK_MORE_PROBLEMS = "و {count} گرفتاری دیگر: /status"
DESK_LATER = "{when} خودبه‌خود منتشر می‌شود؛ تا آن زمان در هیچ کانال، صفحه، خوراک یا جستجویی نیست."
DESK_LATER_ELSEWHERE = "{count} ارسال دیگر آن {when} می‌رود. خبر به کانالی رسیده است و خوانندگان آن را می‌بینند."
DESK_PLACED = "استان این خبر اکنون {places} است."
DO_RELEASE = "✅ آزاد کردن"
DO_HOLD = "⏸ نگه داشتن"
DO_RETRACT = "❌ تکذیب"
DO_RESTORE = "↩️ پس گرفتن تکذیب"
DO_LATER = "🕐 انتشار بعدی"
DO_PLACE = "📍 استان"
DO_MORE = "کارهای دیگر"
IN_HOURS = "{hours} ساعت دیگر"
TOMORROW = "فردا ساعت {hour}"
AT_ONCE = "همین حالا"
BACK = "بازگشت"
TO_QUEUE = "صف انتشار"
YES_DO_IT = "بله"
LEAVE_IT = "نه"
DESK_STATES = {
    "held": "نگه‌داشته",
    "pending": "در نوبت",
    "sending": "در راه",
    "uncertain": "نامعلوم",
    "sent": "رسیده",
    "dead": "نپذیرفته",
    "skipped": "کنار گذاشته",
}
DESK_HELD = "{count} ارسال نگه داشته شد."
DESK_UNDER_WAY = "{count} ارسال آن در راه است و اگر به کانال نرسد نگه داشته می‌شود؛ اگر برسد، می‌توانید تکذیبش کنید."
DESK_HIDDEN = "خبر و {count} ارسال آن نگه داشته شد؛ تا آزادش نکنید، در هیچ کانال، صفحه، خوراک یا جستجویی نیست."
DESK_RELEASED = "{articles} خبر و {posts} ارسال آزاد شد."
DESK_IDLE = "کاری نبود که انجام شود؛ شاید پیش‌تر انجام شده، یا خبر به کانال رسیده است."
DESK_RETRACTED = "تکذیب شد: {title}"
DESK_RESTORED = "تکذیب پس گرفته شد و خبر دوباره نشان داده می‌شود: {title}"
DESK_NOT_RETRACTED = "این خبر تکذیب نشده است."
DESK_STOPPED = "⏸ انتشار ایستاد. برای از سرگیری: /resume"
DESK_RESUMED = "▶️ انتشار از سر گرفته شد."
DESK_WHICH = "کدام خبر؟ شناسهٔ آن را هم بنویسید؛ پایان نشانی صفحهٔ خبر است، و در /queue هم هست."
DESK_NO_ARTICLE = "خبری با این شناسه نیست: {reference}"
DESK_EVERYTHING = "همه"
DESK_DECIDED = "ثبت شد."
DESK_TOO_LATE = "این پرسش دیگر پاسخ نمی‌خواهد."
DESK_ARRIVED = "در کانال هست"
DESK_LOST = "در کانال نیست"
DESK_DOUBT = (
    "❓ آیا این خبر در کانال {channel} هست؟ پاسخ پیام‌رسان به ما نرسید و راه دیگری برای دانستن نیست.\n<b>{title}</b>"
)
