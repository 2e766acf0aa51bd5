"""Bytes of a feed or page -> text, whatever was declared; and XML that is broken in the usual ways -> XML."""

from __future__ import annotations

import codecs
import html
import re

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,200}?charset=["']?([\w-]+)""")
_WIDE = re.compile(rb"(?:(?P<little>(?:[ \t\r\n]\0)*[<{]\0)|(?:\0[ \t\r\n])*\0[<{])")  # UTF-16 that does not say so
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PERSIAN_WINDOWS = "cp1256"
_SERVED = re.compile(r"utf-(?:8|16|32)|cp\d|iso8859|ascii|mac-(?:arabic|farsi|roman)|koi8|gb|big5|euc|shift_jis")
_LATIN = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})

_START = re.compile(r"<(?:\?xml|!DOCTYPE|(?:\w+:)?(?:rss|feed|RDF)\b)", re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)\b", re.IGNORECASE)
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|RDF)\s*>", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]*>")
# Possessive, and only matched where one begins: a feed of nothing but beginnings must not be searched for each end.
_DOCTYPE = re.compile(
    r"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*+\]\s*)?+>", re.IGNORECASE
)
_DOCTYPE_BEGINS = re.compile(r"<!DOCTYPE", re.IGNORECASE)
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(#\d+|#[xX][0-9a-fA-F]+|\w+)?(;)?")
_STRAY = re.compile(r"<(?![/!?a-zA-Z_])")


def decode(data: bytes, charset: str = "") -> str:
    """Text of bytes, by what they are before what was declared of them.

    Bytes that are valid UTF-8 are UTF-8: text in another encoding of Persian never is. Else the declared encoding is
    tried, from the header and then from the document; a Latin one is Windows-1256 mislabelled. Never raises.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = _WIDE.match(data)
    if wide:
        return data.decode("utf-16-le" if wide["little"] else "utf-16-be", "replace")
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
                return data.decode(_PERSIAN_WINDOWS if codec in _LATIN else codec, "replace")
        if _more_than_stray(data):
            return data.decode(_PERSIAN_WINDOWS, "replace")
    return data.decode("utf-8", "replace").replace("\ufffd", "")


def without_doctype(text: str) -> str:
    """XML without its declarations: the encoding is known, and entities of its own are a weapon."""
    text = ILLEGAL.sub("", text)
    start = _START.search(text)  # some sites print a warning of their own before the feed
    text = without_declaration(text[start.start() if start else 0 :])
    begins = _DOCTYPE_BEGINS.match(text.lstrip()[:20])
    if begins is None:
        return text
    text = text.lstrip()
    whole = _DOCTYPE.match(text)
    if whole is None:  # it never ends, or its end is hidden: what counts is behind it
        root = _ROOT.search(text)
        return text[root.start() :] if root else text
    return text[whole.end() :]


def without_declaration(text: str) -> str:
    """XML without `<?xml …?>` at its beginning: text that was decoded has no encoding left to declare."""
    declared = _DECLARATION.match(text.lstrip())
    return text.lstrip()[declared.end() :] if declared else text


def is_cut_off(text: str) -> bool:
    """Whether XML ends before its root does."""
    return _END.search(text[-200:]) is None


def mended(text: str) -> str:
    """XML with what most often breaks it set right: bare ampersands, entities of HTML, a stray `<`, a cut-off end."""
    pieces = _CDATA.split(_whole(text))
    return "".join(piece if piece.startswith("<![CDATA[") else _escaped(piece) for piece in pieces)


def _whole(text: str) -> str:
    """The text without an entry that was cut off in its middle: half an article is none."""
    closed = max(text.rfind("</item>") + 7, text.rfind("</entry>") + 8)
    opened = max(text.rfind("<item"), text.rfind("<entry"))
    return text[:closed] if 8 < closed <= opened and re.match(r"<(?:item|entry)[\s>]", text[opened:]) else text  # noqa: PLR2004


def _escaped(text: str) -> str:
    return _STRAY.sub("&lt;", _ENTITY.sub(_character, text))


def _character(match: re.Match[str]) -> str:
    name, end = match[1], match[2]
    if name is None or end is None:
        return "&amp;" + match[0][1:]
    character = html.unescape(match[0])
    if character == match[0]:
        return "&amp;" + match[0][1:]  # an entity that nobody knows is text
    return html.escape(ILLEGAL.sub("", character))


def _codec(name: str) -> str:
    """The codec of a declared encoding, if it is one of text that servers use; Python knows others («hex», «idna»)."""
    try:
        codec = codecs.lookup(name.strip()).name if name else ""
    except (LookupError, ValueError):
        return ""
    return codec if _SERVED.match(codec) else ""


def _more_than_stray(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 are another encoding's, rather than UTF-8 with a few damaged ones."""
    damaged = data.decode("utf-8", "replace").count("\ufffd")
    return damaged * 20 > sum(byte > 127 for byte in data)  # noqa: PLR2004
