"""«درست است؟»: what the archive knows of a text, as an answer. Pure. It names who said what, and judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.posts import bale
from bot.posts.measure import clean, rtl, shorten, utf16
from bot.posts.message import TEXT_LIMIT
from bot.posts.spans import Line, Span
from bot.talk import texts
from bot.talk.answering import phrases
from bot.talk.listing import Reply
from feeds.stories.checking import Checked, Telling
from feeds.stories.comparison import Difference
from feeds.stories.disagreement import Disagreement

MOST_TELLINGS = 8
_LONGEST_TITLE = 200
_LONGEST_WORDS = 60


def reply(found: Checked, disagreements: Sequence[Disagreement], *, zone: ZoneInfo, base_url: str) -> Reply:
    """What to say of a text that was found.

    Args:
        found: What the archive knows.
        disagreements: Where those that told it disagree.
        zone: Where the readers' clocks are.
        base_url: Of our own pages.
    """
    nearest = found.nearest
    title = shorten(clean(nearest.title).replace("\n", " "), _LONGEST_TITLE)
    head: list[Line] = [
        rtl((Span(texts.CHECK_FOUND),)),
        rtl((Span("🔹 "), Span(title, "a", phrases.address_of(nearest, base_url)))),
    ]
    if found.retracted:
        names = "، ".join(dict.fromkeys(clean(one.agency) or texts.SOME_SOURCE for one in found.retracted))
        head += [(), rtl((Span(texts.CHECK_RETRACTED.format(agencies=names), "b"),))]
    told = [(), rtl((Span(texts.CHECK_TOLD),)), *_tellings(found.tellings, zone, base_url)]
    differ = _differences(found.differences, clean(nearest.agency) or texts.SOME_SOURCE)
    foot: list[Line] = [(), rtl((Span(texts.CHECK_NO_VERDICT, "i"),))]
    quoted = phrases.quotations(disagreements, base_url)
    for lines in ([*head, *told, *differ, *quoted, *foot], [*head, *told, *differ, *foot], [*head, *told, *foot]):
        if utf16(bale.written(lines)) <= TEXT_LIMIT:
            break
    button = InlineKeyboardButton(texts.WHOLE, callback_data=f"a:{nearest.uid}")
    return Reply(lines, InlineKeyboardMarkup([[button]]))


def _tellings(tellings: Sequence[Telling], zone: ZoneInfo, base_url: str) -> list[Line]:
    """Who told it, the first one first, each with what became of its word."""
    lines = []
    for number, telling in enumerate(tellings[:MOST_TELLINGS]):
        article = telling.article
        said = f"، {phrases.when(article, zone)}"
        if not number and len(tellings) > 1:
            said += texts.CHECK_FIRST
        if article.retracted is not None:
            said += texts.CHECK_WITHDRAWN.format(when=phrases.stamp(article.retracted, zone))
        elif telling.corrected is not None:
            said += texts.CHECK_CORRECTED.format(when=phrases.stamp(telling.corrected, zone))
        lines.append(rtl((Span("• "), phrases.named(article, base_url), Span(said))))
    return lines


def _differences(differences: Sequence[Difference], agency: str) -> list[Line]:
    if not differences:
        return []
    lines: list[Line] = [(), rtl((Span(texts.CHECK_DIFFERS),))]
    for one in differences:
        template = texts.CHECK_DIFFERENCE if one.theirs else texts.CHECK_NOT_THERE
        mine, theirs = (shorten(clean(words), _LONGEST_WORDS) for words in (one.mine, one.theirs))
        lines.append(rtl((Span(template.format(mine=mine, theirs=theirs, agency=agency)),)))
    return lines
