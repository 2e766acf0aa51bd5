"""Whose statement a report goes on with, where it has said so: of nobody's «این اطلاعیه» a reader makes nothing.

«در اطلاعیه شهرداری قم آمده است: …»  «در ادامه این اطلاعیه آمده است: راه باز است.»
                                     ->  «در اطلاعیه شهرداری قم آمده است: راه باز است.»
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.editing.byline import WORD
from feeds.editing.speakers import Voice, read
from feeds.editing.vocabulary import AFTER, STOPS

_KIND = "(?P<kind>اطلاعیه|بیانیه|اعلامیه)"
_SAYS = r"(?: همچنین| نیز)? آمده است(?=\s*[:،])"
_OF = re.compile(rf"^در {_KIND}[ٔ\u200c]?ی?(?P<issuer>(?: (?!(?:{STOPS}){AFTER}){WORD}){{1,9}}?){_SAYS}")
"""«در اطلاعیه شهرداری قم آمده است: …»."""
_GOES_ON = re.compile(rf"^در (?:(?:ادامه|پایان|بخشی?(?: دیگری?)?(?: از)?|قسمتی از) )?این {_KIND}{_SAYS}")
"""«در ادامه این اطلاعیه آمده است: …»."""
_ISSUED = re.compile(rf" (?:با صدور|با انتشار|در|طی) {_KIND}(?:\u200c?ای) ")
"""«شهرداری قم با صدور اطلاعیه‌ای اعلام کرد: …»."""


def named(texts: Sequence[str]) -> list[str]:
    """The sentences of a text, each that goes on with a statement with whose it is; the others as they are.

    Two statements of one kind in one text leave it open which of them is meant.
    """
    if not any(_GOES_ON.match(text) for text in texts if text.startswith("در ")):
        return list(texts)
    issuers: dict[str, str] = {}
    found = []
    for text in texts:
        goes_on = _GOES_ON.match(text) if text.startswith("در ") else None
        if goes_on is None:
            _put_down(text, issuers)
        elif issuer := issuers.get(goes_on["kind"]):
            text = f"در {goes_on['kind']}ٔ {issuer} آمده است{text[goes_on.end() :]}"  # noqa: PLW2901
        found.append(text)
    return found


def issuer_of(text: str) -> tuple[str, str]:
    """-> (the kind of the statement that a sentence quotes, whose it is); ("", "") where it says neither."""
    if of := _OF.match(text):
        return of["kind"], of["issuer"].strip()
    issued = _ISSUED.search(text)
    said = read(text) if issued else None
    if issued and said and said.voice is Voice.NAMED and text.startswith(said.speaker):
        return issued["kind"], said.speaker
    return "", ""


def _put_down(text: str, issuers: dict[str, str]) -> None:
    kind, issuer = issuer_of(text)
    if kind:
        known = issuers.get(kind, issuer)
        issuers[kind] = issuer if known == issuer else ""
