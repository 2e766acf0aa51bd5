"""Lists of feeds as other readers write and read them (OPML 2.0)."""

from __future__ import annotations

from collections.abc import Iterable

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from lxml import etree

from feeds.errors import SourceError
from feeds.sources import SourceSettings, agencies
from feeds.sources.markup import absolute, plain


def read(data: bytes) -> tuple[SourceSettings, ...]:
    """The feeds of an OPML file, each once, in its order; folders are flattened.

    Raises:
        SourceError: It is no OPML.
    """
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise SourceError(f"not an OPML file ({error}): export it again from the other reader") from None
    if root.tag.lower() != "opml":
        raise SourceError(f"not an OPML file but <{root.tag[:40]}>: export the list of feeds as OPML")
    found: dict[str, SourceSettings] = {}
    for outline in root.iter("outline"):
        address = absolute(outline.get("xmlUrl") or outline.get("xmlurl") or "", "")
        if address:
            name = plain(outline.get("text") or outline.get("title") or "")
            found.setdefault(agencies.plain_url(address), SourceSettings(address, name))
    return tuple(found.values())


def write(sources: Iterable[SourceSettings], *, title: str = "Chapar") -> bytes:
    """An OPML file of feeds; proxies and their passwords are left out."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for source in sources:
        name = source.name or source.url
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=source.url)
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return found


def as_toml(sources: Iterable[SourceSettings]) -> str:
    """Feeds as they stand in chapar.toml."""
    return "\n".join(
        f"[[source]]\nurl = {_quoted(source.url)}\nname = {_quoted(source.name)}\n"
        + ("allow_private = true\n" if source.allow_private else "")
        for source in sources
    )


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() or c == "\u200c" else f"\\u{ord(c):04x}" for c in escaped) + '"'
