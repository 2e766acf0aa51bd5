"""The story of a post: lead, bullets and the rest under the fold, sentence by sentence, as much as the room holds.

    lead, whole / ▫️ facts / the rest: its paragraphs as they are, subheads and an interviewer's questions bold

Room is made by leaving out whole sentences from the end. An address in a text is a link of its own: Telegram makes one
of a bare address by itself, and takes a Persian mark («،», «؛», «؟») that follows into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.posts.links import linkable, safe_link
from bot.posts.measure import clean, length, rtl, shorten, split
from bot.posts.spans import Line, Span
from feeds.editing import kinds, subheads
from feeds.models import Article, Kind

_TELLING = 30
"""Letters at the end of a sentence by which it is known again."""
TAKEN_BACK = "این خبر پس گرفته شده است؛ لطفاً آن را بازنشر نکنید."
"""What stands in the place of a text that was withdrawn."""
_MOST_LINKS = 40
"""Addresses in a story that become links; Telegram knows a hundred entities in a message."""
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s«»،؛؟<>()\[\]\u0600-\u06ff]*[^\s«»،؛؟<>()\[\]\u0600-\u06ff.,:;!?…\"'”]"
    r"|(?<![\w@.\-/])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:ir|com|org|net|info|news|tv|edu|gov|press|app)"
    r"(?![\w.-]*\w)(?:/[^\s«»،؛؟<>()\[\]\u0600-\u06ff]*[^\s«»،؛؟<>()\[\]\u0600-\u06ff.,:;!?…\"'”])?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, where it belongs, and what parts it from the one before."""

    text: str
    part: str
    """`lead`, `fact` or `rest`."""
    opens: bool
    """Whether a new line begins with it."""
    bold: bool = False
    """A subhead, or an interviewer's question."""


def pieces(article: Article, *, short: bool) -> Iterator[Piece]:
    """The article's sentences in the order of the post: lead, facts, and whatever these do not hold; or the lead."""
    if article.retracted:
        yield from _pieces(TAKEN_BACK, "lead")
        return
    lead = clean(article.summary.lead)
    if lead != kinds.NAMES.get(article.kind):  # which the headline says
        yield from _pieces(lead, "lead")
    if short:
        return
    facts = [clean(fact) for fact in article.summary.facts]
    for fact in facts:
        yield from _pieces(fact.replace("\n", " "), "fact")
    shown = [sentence for text in (lead, *facts) for sentence in split(text)]
    yield from _pieces(clean(article.body), "rest", shown, asks=article.kind is Kind.INTERVIEW)


def filled(story: Sequence[Piece], room: int, more: Line) -> list[Line] | None:
    """The story's lines within the room.

    Args:
        story: all sentences.
        room: UTF-16 units.
        more: the line that says that something is left out; empty to give up instead (None).
    """
    lines: list[Line] = []
    part, links = "", 0
    left = room - (length([(), more]) + 1 if more else 0)
    for piece in story:
        fresh = piece.opens or piece.part != part
        spans = _linked(piece, _MOST_LINKS - links)
        addition = _opening(piece, spans, part) if fresh else [(Span(" ", folded=piece.part == "rest"), *spans)]
        cost = length(addition) + fresh
        if cost > left:
            if not more:
                return None
            if not lines:  # not even the first sentence fits
                lines = [(), rtl((Span(shorten(piece.text, left - 4)),))]
            return [*lines, (), more]
        if fresh:
            lines.extend(addition)
        else:
            lines[-1] = (*lines[-1], *addition[0])
        left -= cost
        part = piece.part
        links += sum(bool(span.tag) for span in spans)
    return lines


def _pieces(text: str, part: str, shown: Sequence[str] = (), *, asks: bool = False) -> Iterator[Piece]:
    for line in text.split("\n"):
        if line in shown:
            continue
        paragraph, bold = line, asks and kinds.is_question(line)
        if part == "rest":
            marked = subheads.read(line)
            paragraph, bold = marked.text, bold or marked.subhead
        opens = True
        for sentence in split(paragraph):
            if not _is_shown(sentence, shown):
                yield Piece(sentence, part, opens, bold)
                opens = False


def _is_shown(sentence: str, shown: Sequence[str]) -> bool:
    """Whether a sentence stands in the post already, perhaps with its speaker named in place of «وی»."""
    end = sentence[-max(len(sentence) * 2 // 3, _TELLING) :]
    return any(other == sentence or (len(end) < len(sentence) and other.endswith(end)) for other in shown)


def _opening(piece: Piece, spans: Line, before: str) -> list[Line]:
    """The lines that begin with a sentence: a blank one where the lead, or what follows it, begins."""
    bullet = (Span("▫️ "),) if piece.part == "fact" else ()
    line = rtl((*bullet, *spans))
    apart = piece.part != before and (before, piece.part) != ("fact", "rest")
    return [(), line] if apart else [line]


def _linked(piece: Piece, room: int) -> Line:
    return linked(piece.text, room, tag="b" if piece.bold else "", folded=piece.part == "rest")


def linked(text: str, room: int, *, tag: str = "", folded: bool = False) -> Line:
    """A text with its addresses as links, as many as there is room for; the rest of it in a tag, or in the fold."""
    spans: list[Span] = []
    end = 0
    for found in _ADDRESS.finditer(text) if "." in text else ():
        url = safe_link(found[0] if "://" in found[0] else f"http://{found[0]}")
        if not url or not linkable(url) or len(spans) >= 2 * room:
            continue
        if found.start() > end:
            spans.append(Span(text[end : found.start()], tag, folded=folded))
        spans.append(Span(found[0], "a", url, folded=folded))
        end = found.end()
    if end < len(text):
        spans.append(Span(text[end:], tag, folded=folded))
    return tuple(spans)
