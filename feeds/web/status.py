"""The words of the desk's page: what each state, problem and task is called, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feeds.models import Problem

DELIVERIES = {
    "held": "نگه‌داشته",
    "pending": "در نوبت",
    "sending": "در راه",
    "uncertain": "نامعلوم",
    "sent": "رسیده",
    "dead": "نپذیرفته",
    "skipped": "کنار گذاشته",
}
CHANNELS = {
    "flows": "روان است",
    "unknown": "هنوز دیده نشده است",
    "behind": "پس از بازگرداندن پشتیبان نگه داشته شده است",
    "paused": "میز ایستانده است",
    "blocked": "ربات را نمی‌پذیرد",
    "unserved": "در هیچ تنظیمی نیست",
}
TASKS = {
    "ingest": "خواندن صندوق",
    "sources": "خواندن منبع‌ها",
    "publish": "انتشار",
    "feeds": "نوشتن خوراک‌ها",
    "search-keys": "نمایهٔ جستجو",
    "prune": "پاک‌سازی",
}
_KINDS = {
    "document": (
        "سندهای صندوق",
        "سند را در همان پرونده و سطر درست کنید؛ همین که دگرگون شود دوباره خوانده می‌شود.",
    ),
    "entry": ("خبرهای خوراک‌ها", "خبر را در منبع آن ببینید؛ نشانهٔ خطا در گزارش سامانه است."),
    "source": ("منبع‌ها", "نشانی منبع را با «chapar sources check» بیازمایید و در chapar.toml درست کنید."),
    "channel": ("کانال‌ها", "ربات باید مدیر کانال و مجاز به ارسال پست باشد؛ «chapar channels test» آن را می‌آزماید."),
    "feed": ("خوراک‌های ما", "متن یا نشانی خبر را در منبع درست کنید، یا با «chapar articles edit» ویرایش کنید."),
    "samples": ("نمونه‌ها", "پوشهٔ نمونه‌ها را از صندوق پاک کنید؛ خبرهایش ساختگی است."),
    "bot": ("ربات", "توکن و پراکسی را ببینید؛ «chapar doctor» هر یک را می‌آزماید."),
}
_OTHER = ("دیگر", "«chapar doctor» را اجرا کنید و آنچه را می‌گوید انجام دهید.")


@dataclass(frozen=True, slots=True)
class Trouble:
    """The problems of one kind."""

    name: str
    do: str
    """What to do about them, in Persian."""
    problems: Sequence[Problem]


def by_kind(problems: Sequence[Problem]) -> list[Trouble]:
    """The problems, kind by kind, in the order in which the first of each came."""
    return [
        Trouble(*_KINDS.get(kind, _OTHER), [problem for problem in problems if problem.kind == kind])
        for kind in dict.fromkeys(problem.kind for problem in problems)
    ]
