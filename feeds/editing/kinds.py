"""What kind of article it is, by its headline's marks, its section, its address and its text."""

from __future__ import annotations

import re
from types import MappingProxyType

from feeds.models import Document, Kind
from feeds.text import sentences

NAMES = MappingProxyType({Kind.PHOTO: "گزارش تصویری", Kind.VIDEO: "فیلم", Kind.AUDIO: "صدا"})
"""What an article is called whose text is not the story."""
_SECTIONS = {
    Kind.PHOTO: frozenset(("عکس", "گزارش تصویری", "تصویر", "تصاویر", "photo", "photos", "گالری عکس", "اینفوگرافیک")),
    Kind.VIDEO: frozenset(("فیلم", "ویدئو", "ویدیو", "video", "videos", "گزارش ویدئویی")),
    Kind.AUDIO: frozenset(("صوت", "پادکست", "podcast")),
    Kind.INTERVIEW: frozenset(("گفت‌وگو", "گفتگو", "گفت و گو", "مصاحبه")),
    Kind.OPINION: frozenset(("یادداشت", "سرمقاله", "دیدگاه", "یادداشت‌ها", "نظرات", "مقاله", "مقالات")),
}
_ADDRESSES = {
    Kind.PHOTO: re.compile(r"/(?:photos?|album|gallery)/", re.IGNORECASE),
    Kind.VIDEO: re.compile(r"/(?:videos?|films?)/", re.IGNORECASE),
}
_STEPS = re.compile(r"\s*[>›/|،]\s*")
_ASKS = re.compile(r"^(?:[^:؟\n]{1,25}:)?[^؟\n]{4,400}؟[»\"]?$")
"""A paragraph that is a question: the interviewer's."""
_TALK = re.compile(r"(?:گفت[ \u200c]?و[ \u200c]?گو|گفتگو|گفتوگو|مصاحبه) با ")
_QUOTED = re.compile(r"«[^«»]*»")
_SPOKE = re.compile(r"(?:گفت|افزود|پرسید|اظهار|تصریح|بیان)\S*(?: \S+)? ?:")
QUESTIONS = 3
"""Questions that make a text an interview."""
SHORT = 350
"""Characters up to which a text goes with pictures, rather than they with it."""


def kind_of(document: Document, marked: Kind, body: str) -> Kind:
    """The kind of an article.

    Args:
        document: as its source gave it, for its section, categories and address.
        marked: what its headline says.
        body: its text without boilerplate.
    """
    if marked is not Kind.NEWS and (marked is not Kind.PHOTO or len(body) <= SHORT):
        return marked
    steps = {step.strip().lower() for name in (document.section, *document.categories) for step in _STEPS.split(name)}
    for kind, names in _SECTIONS.items():
        if names & steps and (kind is not Kind.PHOTO or len(body) <= SHORT):
            return kind
    if len(body) <= SHORT:
        for kind, address in _ADDRESSES.items():
            if address.search(document.url):
                return kind
    asked = sum(map(is_question, body.split("\n\n"))) if "؟" in body else 0
    return Kind.INTERVIEW if asked >= (1 if _TALK.match(document.title) else QUESTIONS) else Kind.NEWS


def is_question(paragraph: str) -> bool:
    """Whether a paragraph is an interviewer's question: it asks, and nobody is said to have asked it."""
    if not paragraph.rstrip('»" ').endswith("؟"):
        return False
    bare = _QUOTED.sub("«»", paragraph)
    return bool(_ASKS.match(bare)) and not _SPOKE.search(bare) and len(sentences.split(paragraph)) <= QUESTIONS
