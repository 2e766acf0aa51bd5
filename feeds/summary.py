"""What is shown of an article in little room: the lead, and the sentences that add most to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feeds.models import Summary
from feeds.text import sentences

_DATELINE = re.compile(r"^(?P<place>[\u0621-\u06cc\u200c ]{2,30}?) ?[-–—ـ] ?(?=\S)")


@dataclass(frozen=True, slots=True)
class Story:
    """An article read as an editor reads it."""

    dateline: str
    """The place before the first dash, «قم»; empty where there is none."""
    lead: str
    body: str
    """Paragraphs parted by blank lines, the lead first; the dateline and boilerplate are dropped."""


def read(title: str, body: str, lead: str = "") -> Story:  # noqa: ARG001
    """Take a normalized article apart: its dateline, its lead, its text without boilerplate."""
    paragraphs = [paragraph.strip() for paragraph in body.split("\n\n") if paragraph.strip()]
    if lead.strip() and (not paragraphs or paragraphs[0] != lead.strip()):
        paragraphs.insert(0, lead.strip())
    if not paragraphs:
        return Story("", "", "")
    dateline = ""
    if match := _DATELINE.match(paragraphs[0]):
        dateline = match["place"].strip()
        paragraphs[0] = paragraphs[0][match.end() :]
    return Story(dateline, paragraphs[0], "\n\n".join(paragraphs))


def summarize(title: str, body: str, *, lead: str = "", budget: int = 350) -> Summary:
    """Choose whole sentences for an article, the lead first, within `budget` UTF-16 units."""
    story = read(title, body, lead)
    chosen: list[str] = []
    for sentence in sentences.split(story.body):
        if _units(" ".join([*chosen, sentence])) > budget:
            break
        chosen.append(sentence)
    return Summary(lead=chosen[0] if chosen else "", facts=tuple(chosen[1:]))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
