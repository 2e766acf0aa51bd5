"""Lists of feeds as other readers write and read them (OPML 2.0)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from feeds.errors import SourceError
from feeds.sources import SourceSettings, agencies
from feeds.sources.fetching.addresses import absolute
from feeds.sources.fetching.login import apart
from feeds.sources.reading.text.decoding import decode, feed_in
from feeds.sources.reading.text.markup import plain


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list of feeds holds."""

    sources: tuple[SourceSettings, ...]
    left_out: tuple[str, ...]
    """What is named as a feed and can't be followed: its name, and why, a sentence each."""


def read(data: bytes) -> Listed:
    """The feeds of an OPML file, each once, in its order; folders are flattened.

    A file that is broken in the usual ways, or cut off, gives what can be read of it.

    Raises:
        SourceError: It is no OPML.
    """
    text = decode(data)
    markup = feed_in(text)
    if not _OPML.match(markup):
        instead = re.search(r"<\w[\w:.-]{0,40}", text)
        found_instead = f" but {instead[0]}>" if instead else ""
        raise SourceError(f"not an OPML file{found_instead}: export the list of feeds as OPML from the other reader")
    found: dict[str, SourceSettings] = {}
    left_out = []
    for outline in _outlines(markup):
        told = next((outline[name] for name in _ADDRESSES if outline.get(name, "").strip()), "")
        name = plain(outline.get("text") or outline.get("title") or "")
        bare, login = apart(_address(told))
        address = absolute(bare, "")
        if address:
            found.setdefault(agencies.plain_url(address), SourceSettings(address, name, login=login))
        elif told or outline.get("htmlurl") or outline.get("type", "").lower() in ("rss", "atom"):
            left_out.append(_why(name, apart(told)[0], outline.get("htmlurl", "")))
    return Listed(tuple(found.values()), tuple(left_out))


_OPML = re.compile(r"<(?:[\w.-]+:)?opml(?=[\s>/])", re.IGNORECASE)
_ADDRESSES = ("xmlurl", "feedurl", "rssurl", "url")
_OUTLINE = re.compile(
    r"<(?:[\w.-]+:)?outline\b(.{0,20000}?)(?=<(?:[\w.-]+:)?outline\b|</(?:[\w.-]+:)?(?:outline|body|opml)\b|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*([\"'])(.{0,5000}?)\2(?=\s+[\w:.-]+\s*=\s*[\"']|\s*/?>|\s*\Z)", re.DOTALL)
"""An attribute as far as the quote that another attribute, or the tag's end, follows: names hold bare quotes."""


def _outlines(markup: str) -> Iterator[dict[str, str]]:
    """The attributes of all outlines, names in lower case: of sound XML by its parser, of other by what is there."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(markup.encode(), parser)
    except etree.XMLSyntaxError:
        for outline in _OUTLINE.finditer(markup):
            found = {name.lower(): html.unescape(value) for name, _, value in _ATTRIBUTE.findall(outline[1])}
            lost = "xmlurl" in outline[1].lower() and "xmlurl" not in found
            yield found | {"type": "rss"} if lost else found
        return
    for element in root.iter():
        if isinstance(element.tag, str) and etree.QName(element).localname.lower() == "outline":
            found = {str(name).lower(): str(value) for name, value in element.items()}
            # Some readers give their folders the type of a feed.
            yield {**found, "type": ""} if len(element) else found


def _address(words: str) -> str:
    """An address without the scheme that some readers give to feeds, and without what was escaped twice."""
    words = re.sub(r"&(?:amp;)+", "&", words.strip())
    words = re.sub(r"^feed:(?://)?", "", words)
    return (
        words
        if re.match(r"[a-z][a-z\d+.-]*:", words, re.IGNORECASE)
        else f"https://{words.removeprefix('//')}"
        if "." in words.removeprefix("//").partition("/")[0]
        else words
    )


def _why(name: str, address: str, page: str) -> str:
    if address:
        return f"«{name or address[:80]}»: {address[:120]!r} is no http or https address"
    hint = f": try `chapar sources add {page[:120]}`" if page else ""
    return f"«{name or page[:80]}» has no address of a feed{hint}"


def write(sources: Iterable[SourceSettings], *, title: str = "Chapar") -> bytes:
    """An OPML file of feeds; users, passwords and proxies are left out."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for source in sources:
        name = source.name or source.url
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=source.url)
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return found


def as_toml(sources: Iterable[SourceSettings]) -> str:
    """Feeds as they stand in chapar.toml, with what opens them."""
    return "\n".join(
        f"[[source]]\nurl = {_quoted(_whole(source))}\nname = {_quoted(source.name)}\n"
        + (f"list = {_quoted(source.list)}\n" if source.list else "")
        + ("allow_private = true\n" if source.allow_private else "")
        for source in sources
    )


def _whole(source: SourceSettings) -> str:
    return source.login.into(source.url) if source.login else source.url


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() or c == "\u200c" else f"\\U{ord(c):08x}" for c in escaped) + '"'
