"""Which paragraphs are somebody's words although nothing in them says so; pure.

An answer in an interview, the text of a message, a quotation that goes on over paragraphs: told as the agency's own
word, each would be a false report. What follows a speech that ends its paragraph («او گفت:») goes on with that speech.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from feeds.editing import kinds
from feeds.editing.vocabulary import AFTER, BEFORE

_TEXT_FOLLOWS = re.compile(
    rf"{BEFORE}(?:متن|پیام|نامه|بیانیه|جوابیه|توضیح|توضیحات|یادداشت|سروده|شعر|خطبه|سخنان|سخنرانی|وصیت\u200c?نامه|"
    rf"(?:پیام|نامه|بیانیه|یادداشت)(?:\u200c?ای|ٔ|\u200cاش)){AFTER}[^:]*:[»\"]?$"
)
"""«متن پیام به این شرح است:»."""
_AGENCY_AGAIN = re.compile(
    r"^(?:گفتنی است|شایان ذکر|لازم به (?:ذکر|یادآوری)|قابل ذکر|یادآور می\u200cشود|خاطرنشان می\u200cشود|به گزارش|"
    r"بر ?اساس این گزارش)"
)
_ASKED_OF_SOMEBODY = re.compile(rf"^[*•-]|^[^:؟]{{1,25}}:|{BEFORE}شما{AFTER}|\w(?:ید|ی)[ ؟]*؟?[»\"]?$")
"""A question to «you», or by the agency; «چرا سد پر شد؟» may be a subhead."""
_CLOSING = 3
"""Signs at the end of a paragraph among which its question mark stands."""
_QUESTIONS = 2
"""From which on all that follows is talk."""


class Whose(Enum):
    """Whose words the unnamed sentences of a paragraph are."""

    AGENCY = auto()
    SPEAKER = auto()
    """The one's whose speech the paragraph before opened."""
    ANSWER = auto()
    """Whoever was asked the question before; «وی» is still the one who spoke before that."""
    SOMEBODY = auto()
    """Somebody's who is not proven."""


def whose(paragraphs: Sequence[Sequence[str]]) -> list[Whose]:
    """Whose words each paragraph's unnamed sentences are.

    Args:
        paragraphs: the sentences of each.
    """
    found: list[Whose] = []
    asked, quoted, opened, before = 0, False, 0, ""
    for sentences in paragraphs:
        first, last = (sentences[0], sentences[-1]) if sentences else ("", "")
        if quoted and _AGENCY_AGAIN.match(first):
            quoted = False
        if opened > 0 or quoted or asked >= _QUESTIONS:
            found.append(Whose.SOMEBODY)
        elif before == "?":
            found.append(Whose.ANSWER)
        else:
            found.append(Whose.SPEAKER if before == ":" else Whose.AGENCY)
        opened = max(opened + sum(text.count("«") - text.count("»") for text in sentences), 0)
        ends = last[-1:]
        is_question = "؟" in last[-_CLOSING:] and kinds.is_question(" ".join(sentences).lstrip("*•- "))
        asked += is_question
        before = "?" if is_question and _ASKED_OF_SOMEBODY.search(" ".join(sentences)) else ends
        quoted = quoted or (ends == ":" and _TEXT_FOLLOWS.search(last) is not None)
    return found
