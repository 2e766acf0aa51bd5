"""The words of a Telegram message -> its lines, its headline and its paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html as lxml_html

from feeds.text import sentences

_TITLE_LONGEST = 160  # characters of a first line that is a headline without being bold
_ORNAMENT = re.compile(r"^[^\w«»()\"'#@]+|[^\w«»()\"'.!؟?…]+$")
_BREAKS = frozenset({"br", "blockquote", "pre"})
_BOLD = frozenset({"b", "strong"})
_ADDRESS = re.compile(r"\s*\(https?://\S*\)")
_STRUCK = frozenset({"s", "strike", "del"})
"""What was told and is taken back."""
_HASHTAG = re.compile(r"#(\w+)")
_TAGS_ALONE = re.compile(r"(?:[^\w#@]*[#@]\w+)+[^\w]*")
_SIGNATURE = re.compile(
    r"(?:[^\w@]*(?:@\w+|(?:https?://)?(?:t|telegram)\.me/\S+))+\W*$"
    r"|.{0,60}(?:عضو (?:شوید|شو)|بپیوندید|به ما ملحق|ما را دنبال کنید|join us|subscribe).{0,80}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a message."""

    text: str
    bold: bool
    """All of it."""


def lines(words: lxml_html.HtmlElement) -> list[Line]:
    """The lines of a message; where its links lead stands behind their words."""
    found = _Lines()
    found.say(words.text, bold=False)
    found.walk(words, bold=False)
    return [_line(pieces) for pieces in found.lines]


class _Lines:
    """Pieces of text, and whether each is bold, line by line."""

    def __init__(self) -> None:
        self.lines: list[list[tuple[str, bool]]] = [[]]

    def say(self, text: str | None, *, bold: bool) -> None:
        for number, piece in enumerate((text or "").split("\n")):
            if number:
                self.lines.append([])
            if piece:
                self.lines[-1].append((piece, bold))

    def walk(self, element: lxml_html.HtmlElement, *, bold: bool) -> None:
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in _BREAKS:
                self.lines.append([])
            if tag and tag not in _STRUCK:
                self._say_all_of(child, bold=bold or (tag in _BOLD and "emoji" not in (element.get("class") or "")))
            if tag in _BREAKS - {"br"}:
                self.lines.append([])
            self.say(child.tail, bold=bold)

    def _say_all_of(self, element: lxml_html.HtmlElement, *, bold: bool) -> None:
        self.say(element.text, bold=bold)
        self.walk(element, bold=bold)
        if element.tag == "a" and (address := _leads_to(element)):
            self.say(f" ({address})", bold=bold)


def hashtags(told: list[Line]) -> tuple[str, ...]:
    """The hashtags of a message, as words, each once."""
    return tuple(dict.fromkeys(tag.replace("_", " ") for line in told for tag in _HASHTAG.findall(line.text)))


def _line(pieces: list[tuple[str, bool]]) -> Line:
    text = " ".join("".join(piece for piece, _ in pieces).split())
    light = any(re.search(r"\w", piece) for piece, bold in pieces if not bold)
    return Line(text, bool(text) and not light)


def _leads_to(link: lxml_html.HtmlElement) -> str:
    """Where a link goes, if its words do not say it themselves; "" for hashtags, names and the like."""
    href = link.get("href") or ""
    words = link.text_content().strip()
    if not href.startswith(("http://", "https://")) or words.startswith(("#", "@")):
        return ""
    if words.rstrip("/").removesuffix("…") and href.partition("://")[2].startswith(
        words.partition("://")[2].rstrip("/…") or words.rstrip("/…")
    ):
        return ""
    return href


def without_signature(lines: list[Line], name: str) -> list[Line]:
    """A message without what its channel signs with."""
    kept = list(lines)
    while kept:
        last = kept[-1].text
        own = re.fullmatch(rf"\W*(?:@|(?:https?://)?t\.me/){re.escape(name)}\W*", last, re.IGNORECASE)
        if last and not own and not _TAGS_ALONE.fullmatch(last) and not _SIGNATURE.fullmatch(last):
            break
        kept.pop()
    return kept


def parted(lines: list[Line]) -> tuple[str, list[str]]:
    """The headline of a message and its paragraphs; lines follow each other as paragraphs do."""
    told = [Line(_bare(line.text), line.bold) for line in lines if _bare(line.text)]
    if not told:
        return "", []
    first, rest = told[0], [line.text for line in told[1:]]
    if rest and (first.bold or (len(first.text) <= _TITLE_LONGEST and not first.text.endswith(":"))):
        return _headline(first.text), rest
    opening = f"{first.text} {rest[0]}" if rest and first.text.endswith(":") else first.text
    headline = sentences.first(opening) or opening
    return _headline(headline), [line.text for line in told]


def _headline(words: str) -> str:
    """A headline without the addresses of its links, and without ornaments; what has nothing else keeps all."""
    bare = _ADDRESS.sub("", words)
    return _ORNAMENT.sub("", bare) or _ORNAMENT.sub("", words) or words


def _bare(text: str) -> str:
    """A line without ornaments before it, and with its hashtags as the words they are."""
    if not re.search(r"\w", text):
        return ""
    words = _HASHTAG.sub(lambda tag: tag[1].replace("_", " "), text)
    return re.sub(r"^[^\w«»()\"'\-–—+@]+", "", words).strip()
