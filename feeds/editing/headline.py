"""A headline as it is shown: kicker and headline parted, marks off that promise what the post has not.

«فوری | سد پر شد/آب به شهر می‌رسد+فیلم»  ->  «سد پر شد / آب به شهر می‌رسد», urgent
«گزارش تصویری | جشن برداشت انار»        ->  «جشن برداشت انار», a photo story
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from feeds.models import Kind

_URGENT = re.compile(r"^(?:خبر )?فوری\s*[|/:؛\-–—]\s*")
"""The mark with which a desk or an agency opens a breaking headline; it is shown by the channel's own sign instead."""

_PICTURES = r"عکس(?:\u200c?ها)?|تصاویر|تصویر|آلبوم عکس|گزارش تصویری|اینفوگرافیک?|اینفوگرافی|نمودار|نقشه"
_FILM = r"فیلم|ویدئو|ویدیو|ویدئوها|کلیپ|تیزر|گزارش ویدئویی|گزارش ویدیویی|موشن\u200c?گرافی(?:ک)?|انیمیشن"
_SOUND = r"صوت|پادکست|فایل صوتی"
_DETAIL = r"جزئیات|جزییات|جدول|سند|اسناد|لینک(?: خبر)?|متن کامل|اسامی|فهرست|لیست|آمار|دانلود|بیوگرافی|زیرنویس"
_ANY = rf"(?:{_PICTURES}|{_FILM}|{_SOUND}|{_DETAIL})"
_MORE = rf"{_ANY}(?:(?:\s*[+،]\s*|\s+و\s+){_ANY})*"
_BEHIND = re.compile(
    rf"\s*(?:\+\s*(?P<plus>{_MORE})|[(\[]\s*\+?\s*(?P<bracket>{_MORE})\s*[)\]]|[/|؛]\s*\+?\s*(?P<slash>{_PICTURES}|{_FILM}|{_SOUND}))"
    r"\s*(?=$|[/|])"
)
"""What a headline promises at its end, or at the end of a part of it: «+ فیلم», «(عکس)», «+جزئیات»."""
_PROMISE_SIGNS = re.compile(r"[+(\[/|؛]")
_AHEAD = re.compile(
    rf"^(?:(?P<photo>{_PICTURES})|(?P<film>{_FILM}|ببینید|تماشا کنید)|(?P<sound>{_SOUND}|بشنوید)"
    r"|(?P<interview>گفت\u200c?و\u200c?گو|گفتگو|مصاحبه)|(?P<opinion>یادداشت(?: \w+)?|سرمقاله|دیدگاه|نقد))"
    r"\s*(?:[|/:؛]|[-–—](?=\s))\s*(?=\S)"
)
"""What kind of article a headline says that it is, before its words."""
_ONLY_PICTURES = re.compile(_PICTURES)
_PARTS = re.compile(
    r"(?<=[^\s/|]{2})(?!(?<=[0-9۰-۹])/[0-9۰-۹]|(?<=[A-Za-z])/[A-Za-z])\s*([/|])\s*(?=[^\s/|]{2}|[0-9۰-۹])"
)
_WORDS = 2
"""Words from which a part of a headline is one: «TCP/IP» and «و/یا» are words."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline without its marks."""

    text: str
    urgent: bool
    kind: Kind
    """What its marks say that the article is; `news` where they say nothing."""


def read(title: str, *, pictured: bool) -> Headline:
    """Take a normalized title apart.

    Args:
        title: one line.
        pictured: the article has a picture, so that a mark that promises one is true.
    """
    unmarked = _URGENT.sub("", title)
    text, kind = _without_kind(unmarked or title)
    text = _without_promises(text, pictured=pictured)
    return Headline(_parted(text), bool(unmarked) and unmarked != title, kind)


def _without_kind(text: str) -> tuple[str, Kind]:
    ahead = _AHEAD.match(text)
    if ahead is None:
        return text, _promised_kind(text)
    match ahead.lastgroup:
        case "photo":
            kind = Kind.PHOTO
        case "film":
            kind = Kind.VIDEO
        case "sound":
            kind = Kind.AUDIO
        case "interview":
            kind = Kind.INTERVIEW
        case _:
            return text, Kind.OPINION  # «یادداشت |» stays: whose word it is must be seen
    return text[ahead.end() :], kind


def _promised_kind(text: str) -> Kind:
    """A headline that is nothing but «گزارش تصویری از …» is a photo story's."""
    return Kind.PHOTO if text.startswith(("گزارش تصویری", "تصاویری از ", "عکس‌هایی از ")) else Kind.NEWS


def _without_promises(text: str, *, pictured: bool) -> str:
    def kept(match: re.Match[str]) -> str:
        promise = match["plus"] or match["bracket"] or match["slash"]
        return match[0] if pictured and _ONLY_PICTURES.fullmatch(promise) else ""

    if not _PROMISE_SIGNS.search(text):
        return text
    without = _BEHIND.sub(kept, text)
    return without.strip(" +|/") or text if without != text else text


def _parted(text: str) -> str:
    """Kicker and headlines parted alike, «الف / ب»; a slash within words or numbers is left alone."""
    parts = _PARTS.split(text)
    if len(parts) == 1:
        return text
    shown = parts[0].rstrip()
    for mark, part in zip(parts[1::2], parts[2::2], strict=True):
        before = re.split(r" [/|] ", shown)[-1]
        is_part = mark == "|" or (len(part.split()) >= _WORDS and len(before.split()) >= _WORDS)
        shown += f" {mark} {part}" if is_part else f"{mark}{part}"
    return shown
