"""Whose statement a report goes on with, where it has said so: of nobody's «این اطلاعیه» a reader makes nothing.

«در اطلاعیه شهرداری قم آمده است: …»  «در ادامه این اطلاعیه آمده است: راه باز است.»
                                     ->  «در اطلاعیه شهرداری قم آمده است: راه باز است.»
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.editing.byline import WORD
from feeds.editing.choosing.speakers import Voice, read
from feeds.editing.vocabulary import AFTER, STOPS

_KIND = "(?P<kind>اطلاعیه|بیانیه|اعلامیه|پیام|نامه|جوابیه|توضیح|گزارش)"
_TELLS = re.compile(f"(?<!این ){_KIND}")
_SAYS = r"(?: همچنین| نیز)? آمده است(?=\s*[:،])"
_OF = re.compile(rf"^در {_KIND}[ٔ\u200c]?ی?(?P<issuer>(?: (?!(?:{STOPS}){AFTER}){WORD}){{1,9}}?){_SAYS}")
"""«در اطلاعیه شهرداری قم آمده است: …»."""
_GOES_ON = re.compile(rf"^در (?:(?:ادامه|پایان|بخشی?(?: دیگری?)?(?: از)?|قسمتی از) )?این {_KIND}{_SAYS}")
"""«در ادامه این اطلاعیه آمده است: …»."""
_ISSUED = re.compile(rf" (?:با صدور|با انتشار|در|طی) {_KIND}(?:\u200c?ای) ")
"""«شهرداری قم با صدور اطلاعیه‌ای اعلام کرد: …»."""


def named(texts: Sequence[str]) -> list[str]:
    """The sentences of a text, each that goes on with a statement with whose it is; the others as they are.

    Two statements of one kind before it in the text, or one of which nobody knows whose it is, leave it open.
    """
    if not any(_GOES_ON.match(text) for text in texts if text.startswith("در ")):
        return list(texts)
    issuers: dict[str, str] = {}
    unnamed: dict[str, list[str]] = {}
    found = []
    for text in texts:
        goes_on = _GOES_ON.match(text) if text.startswith("در ") else None
        for kind in _TELLS.findall(text) if goes_on is None else ():
            _put_down(kind, text, issuers, unnamed)
        issuer = issuers.get(goes_on["kind"], "") if goes_on else ""
        found.append(
            f"در {_of(goes_on['kind'], issuer)} آمده است{text[goes_on.end() :]}" if goes_on and issuer else text
        )
    return found


def _of(kind: str, issuer: str) -> str:
    return f"{kind}ٔ {issuer}" if kind.endswith("ه") else f"{kind} {issuer}"


def issuer_of(text: str) -> tuple[str, str]:
    """-> (the kind of the statement that a sentence quotes, whose it is); ("", "") where it says neither."""
    if of := _OF.match(text):
        return of["kind"], of["issuer"].strip()
    issued = _ISSUED.search(text)
    said = read(text) if issued else None
    if issued and said and said.voice is Voice.NAMED and text.startswith(said.speaker):
        return issued["kind"], said.speaker
    return "", ""


def _put_down(kind: str, text: str, issuers: dict[str, str], unnamed: dict[str, list[str]]) -> None:
    """Put down whose a statement is that a sentence tells of; "" where it is another's, or may be."""
    of_kind, issuer = issuer_of(text)
    known = issuers.get(kind)
    if known is None and of_kind != kind:
        unnamed.setdefault(kind, []).append(text)
    elif known is None:
        issuers[kind] = issuer if all(issuer in one for one in unnamed.get(kind, ())) else ""
    elif known not in text or (of_kind == kind and issuer != known):
        issuers[kind] = ""
