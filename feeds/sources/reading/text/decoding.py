"""Bytes of a feed or page -> text, whatever was declared; and XML that is broken in the usual ways -> XML."""

from __future__ import annotations

import codecs
import html
import re
from io import BufferedReader, BytesIO, RawIOBase
from typing import Any, BinaryIO, cast

from feeds.sources.reading.text import encodings, entities
from feeds.sources.reading.text.signs import legal, unscrambled

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,200}?charset=["']?([\w-]+)""")
_WIDE = re.compile(rb"(?:(?P<little>(?:[ \t\r\n]\0)*[<{]\0)|(?:\0[ \t\r\n])*\0[<{])")  # UTF-16 that does not say so
_MARKS = (
    *((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8")),
    *((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
)
_SERVED = re.compile(r"utf-(?:8|16|32)|cp\d|iso8859|ascii|mac-(?:arabic|farsi|roman)|koi8|gb|big5|euc|shift_jis")
_LATIN = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})

_ROOT = re.compile(r"<((?:[\w.-]+:)?(?:rss|feed|rdf|opml))(?=[\s>/])", re.IGNORECASE)
_ROOTS_TRIED = 20  # a root may stand in a comment
_END = re.compile(r"</(?:[\w.-]+:)?(?:rss|feed|rdf|opml)\s*>\s*\Z", re.IGNORECASE)
_OPENING = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]*>")
# Possessive, and only matched where one begins: a feed of nothing but beginnings must not be searched for each end.
_DOCTYPE = re.compile(
    r"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*+\]\s*)?+>", re.IGNORECASE
)
_DOCTYPE_BEGINS = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(#\d+|#[xX][0-9a-fA-F]+|\w+)?(;)?")
_VOID = re.compile(r"<((?:br|hr|img|wbr|input)\b[^<>]*?)\s*/?>", re.IGNORECASE)
"""Tags of HTML that end where they begin."""
_TAG = re.compile(r"<[A-Za-z][^<>]*=[^<>]*>")
_UNQUOTED = re.compile(r"(\s[\w:.-]+\s*=\s*)([^\s\"'<>=`]+)(?=[\s>])|(\"[^\"]*\"|'[^']*')")
_TAG_NAME = re.compile(r"</?[A-Za-z][\w.:-]*")
_STRAY = re.compile(r"<(?![/!?a-zA-Z_])")
_PIECE = re.compile(
    r"(?:\s|<!--(?>(?:(?!-->).)*)-->|<\?[^<>]{0,500}\?>)*+(?P<tag><(?P<whole>(?:[\w.-]+:)?(?P<name>entry|channel|items?)))(?=[\s>])",
    re.IGNORECASE | re.DOTALL,
)
"""What stands for a whole feed where its root was left out."""
_SHOWN = re.compile(
    r"(?:\s|<(?:style|title)\b[^<>]*>[^<]*</(?:style|title)>|</?(?:!doctype|html|head|body|pre|div|meta|link)\b[^<>]*>)*+"
    r"(?=&lt;(?:\?xml|rss|feed|rdf:rdf)\b)",
    re.IGNORECASE,
)
_OPENS, _CLOSES = "<![CDATA[", "]]>"
_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]*)[^<>]*>\s*\Z")
_LONGEST_TAG = 300  # characters
_HALF_CLOSED = re.compile(r"\]+\s?>?\s*\Z")


def decode(data: bytes, charset: str = "") -> str:
    """Text of bytes, by what they are before what was declared of them.

    Bytes that are valid UTF-8 are UTF-8: text in another encoding of Persian never is. Else the declared encoding is
    tried, from the header and then from the document; a Latin one is Windows-1256 mislabelled. Letters that were read
    wrongly before they were written here are read again. Never raises.
    """
    return unscrambled(_decoded(data, charset))


def _decoded(data: bytes, charset: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").lstrip("\ufeff")  # some have it twice
    if codec := wide_codec(data):
        return data.decode(codec, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        mostly_utf8 = error.start > len(data) - 4  # cut off within a character
    if not mostly_utf8:
        declared = _DECLARED.search(data[:2000])
        named = declared and (declared[1] or declared[2]).decode("ascii", "replace")
        for name in (charset, named or ""):
            codec = _codec(name)
            if codec.startswith(("utf-16", "utf-32")) and b"\0" not in data[:200]:
                continue  # wide text has a zero beside each sign of markup
            if codec and codec != "utf-8":
                return data.decode(encodings.likely(data) if codec in _LATIN else codec, "replace")
        if _more_than_stray(data):
            return data.decode(encodings.likely(data), "replace")
    return data.decode("utf-8", _MIXED)


def wide_codec(data: bytes) -> str:
    """The codec of text in UTF-16 or UTF-32, by what it begins with; "" for any other."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    if marked and marked != "utf-8":
        return marked
    wide = _WIDE.match(data)
    if wide is None or marked:
        return ""
    return "utf-16-le" if wide["little"] else "utf-16-be"


def in_utf8(beginning: bytes, rest: BinaryIO, codec: str) -> BinaryIO:
    """Text of a wide encoding as it would be in UTF-8, without its mark; converted as it is read."""
    return cast("BinaryIO", BufferedReader(_InUtf8(BytesIO(beginning), rest, codec)))


class _InUtf8(RawIOBase):
    """Reads two bodies, one behind the other, in another encoding than theirs."""

    def __init__(self, beginning: BinaryIO, rest: BinaryIO, codec: str) -> None:
        self._bodies = (beginning, rest)
        self._decode = codecs.getincrementaldecoder(codec)("replace").decode
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            raw = next(filter(None, (body.read(len(buffer)) for body in self._bodies)), b"")
            if not raw:
                return 0
            self._ready = self._decode(raw).lstrip("\ufeff").encode("utf-8", "replace")
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count


def shown_as_source(text: str) -> str:
    """The XML of a page that does nothing but show it, as browsers do; any other text as it is."""
    shown = _SHOWN.match(text)
    if shown is None or not ("&lt;item" in text or "&lt;entry" in text):
        return text
    end = text.find("</pre", shown.end())
    return html.unescape(text[shown.end() : end if end > 0 else None])


def feed_in(text: str) -> str:
    """The XML of a feed, from its root to its end; "" where there is none.

    Left out is what scripts and notices of the site stand before and behind it, and its declarations: the encoding is
    known, and entities of its own are a weapon.
    """
    text = legal(text)
    start = _behind_declarations(text)
    known = entities.declared_in(text[:start])
    text = _wrapped(text, start)
    root = _root(text, start)
    if root is None or _is_page(text[: root.start()]):
        return ""
    text = text[root.start() :]
    end = text.rfind(f"</{root[1]}")
    closed = text.find(">", end) if end > 0 else -1
    return _closed(entities.written_out(text[: closed + 1] if closed > 0 else text, known))


def _behind_declarations(text: str) -> int:
    """Where a document begins behind its declarations."""
    declared = without_declaration(text)
    whole = _DOCTYPE.match(declared) if _DOCTYPE_BEGINS.match(declared[:20]) else None
    return len(text) - len(declared) + (whole.end() if whole else 0)


def _wrapped(text: str, start: int) -> str:
    """A document that is a piece of a feed (one entry of Atom, a channel without its `<rss>`), with its root."""
    alone = _PIECE.match(text, start)
    if alone is None:
        return text
    root = "feed" if alone["name"].lower() == "entry" else "rss"
    end = f"</{root}>" if re.search(rf"</{re.escape(alone['whole'])}\s*>\s*\Z", text[-200:]) else ""
    return f"{text[: alone.start('tag')]}<{root}>{text[alone.start('tag') :]}{end}"


def _closed(text: str) -> str:
    """XML in which each CDATA section ends with its element: one without its end would swallow the next entry."""
    if text.count(_OPENS) <= text.count(_CLOSES):
        return text
    before, *sections = text.split(_OPENS)
    closed = [before]
    for section in sections:
        element = _ELEMENT.search(closed[-1][-_LONGEST_TAG:])
        end = section.find(f"</{element[1]}") if element and _CLOSES not in section else -1
        closed.append(f"{_HALF_CLOSED.sub('', section[:end])}{_CLOSES}{section[end:]}" if end >= 0 else section)
    return _OPENS.join(closed)


def _root(text: str, start: int) -> re.Match[str] | None:
    """Where the root of a feed begins; not one in a comment, nor in declarations."""
    for _, root in zip(range(_ROOTS_TRIED), _ROOT.finditer(text, start), strict=False):
        if text.rfind("<!--", 0, root.start()) <= text.rfind("-->", 0, root.start()):
            return root
    return None


def _is_page(before: str) -> bool:
    """Whether what stands before a root is a page that goes on around it: then the root is quoted there."""
    head = before.lower()
    return "</html" not in head and ("<title" in head or ("<body" in head and len(head) > _WRAPPING))


_WRAPPING = 500
"""Characters of a page that is only wrapped around a feed."""


def without_declaration(text: str) -> str:
    """XML without `<?xml …?>` at its beginning: text that was decoded has no encoding left to declare."""
    declared = _DECLARATION.match(text.lstrip())
    return text.lstrip()[declared.end() :] if declared else text


def is_cut_off(text: str) -> bool:
    """Whether the XML of a feed ends before its root does."""
    return _END.search(text[-200:]) is None


def mended(text: str, *, one_case: bool = False) -> str:
    """XML with what most often breaks it set right: bare ampersands, entities of HTML, a stray `<`, a cut-off end.

    Args:
        text: The document, from its root.
        one_case: Write the names of all tags in lower case, for those that begin in one case and end in another.
    """
    pieces = _CDATA.split(_whole(text) if is_cut_off(text) else text)
    return "".join(
        piece
        if piece.startswith("<![CDATA[")
        else _TAG_NAME.sub(_lower, _escaped(piece))
        if one_case
        else _escaped(piece)
        for piece in pieces
    )


def _whole(text: str) -> str:
    """A text that is cut off, without the entry that was cut in its middle: half an article is none."""
    opened = closed = 0
    for match in _OPENING.finditer(text):
        opened = match.start()
    for match in _CLOSING.finditer(text):
        closed = match.end()
    return text[:opened] if opened >= closed and opened else text


def _lower(match: re.Match[str]) -> str:
    return match[0].lower()


def _escaped(text: str) -> str:
    text = _STRAY.sub("&lt;", _ENTITY.sub(_character, text)).replace("]]>", "]]&gt;")
    text = _VOID.sub(r"<\1/>", text)
    return _TAG.sub(_quoted, text)


def _quoted(tag: re.Match[str]) -> str:
    """A tag with quotes around all its values, as HTML may leave them out."""
    return _UNQUOTED.sub(lambda value: value[3] or f'{value[1]}"{value[2].rstrip("/")}"', tag[0])


def _character(match: re.Match[str]) -> str:
    name, end = match[1], match[2]
    if name is None or end is None:
        return "&amp;" + match[0][1:]
    character = html.unescape(match[0])
    if character == match[0]:
        return "&amp;" + match[0][1:]  # an entity that nobody knows is text
    return html.escape(legal(character))


def _codec(name: str) -> str:
    """The codec of a declared encoding, if it is one of text that servers use; Python knows others («hex», «idna»)."""
    try:
        codec = codecs.lookup(name.strip()).name if name else ""
    except (LookupError, ValueError):
        return ""
    return codec if _SERVED.match(codec) else ""


def _more_than_stray(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 are another encoding's as a whole, rather than UTF-8 with some damaged ones."""
    damaged = data.decode("utf-8", "replace").count("\ufffd")
    return damaged * 2 > sum(byte > 127 for byte in data)  # noqa: PLR2004


def _in_windows(error: UnicodeError) -> tuple[str, int]:
    """What stands in UTF-8 and is none: words of Windows' Persian, as old systems leave them between; else nothing."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    run = _WORDS.match(error.object, error.start)
    if run is None:
        return "", error.end
    return run[0].decode(encodings.WINDOWS, "replace"), run.end()


_WORDS = re.compile(
    rb"[\xc0-\xff](?:[\x81\x8d\x8e\x90\x98\x9d\xc0-\xd7\xdc-\xff]|[\xd8-\xdb](?![\x80-\xbf])| (?=[\xc0-\xff]{2})){2,}"
)
"""Letters of Windows' Persian, side by side; an Arabic letter of UTF-8 ends them."""
_MIXED = "chapar.mixed"
codecs.register_error(_MIXED, _in_windows)
