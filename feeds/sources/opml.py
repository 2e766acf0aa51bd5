"""Lists of feeds as other readers write and read them (OPML 2.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from feeds.errors import SourceError
from feeds.sources import SourceSettings, agencies
from feeds.sources.fetching.addresses import absolute
from feeds.sources.fetching.login import apart
from feeds.sources.reading.decoding import decode, mended, without_doctype
from feeds.sources.reading.markup import plain


def read(data: bytes) -> tuple[SourceSettings, ...]:
    """The feeds of an OPML file, each once, in its order; folders are flattened.

    A file that is broken in the usual ways, or cut off, gives what can be read of it.

    Raises:
        SourceError: It is no OPML.
    """
    root = _root(without_doctype(decode(data)))
    if root is None or str(root.tag).lower() != "opml":
        found_instead = "" if root is None else f" but <{str(root.tag)[:40]}>"
        raise SourceError(f"not an OPML file{found_instead}: export the list of feeds as OPML from the other reader")
    found: dict[str, SourceSettings] = {}
    for element in root.iter():
        if str(element.tag).lower() == "outline":
            outline = {str(name).lower(): str(value) for name, value in element.items()}
            bare, login = apart(_address(outline.get("xmlurl", "")))
            address = absolute(bare, "")
            if address:
                name = plain(outline.get("text") or outline.get("title") or "")
                found.setdefault(agencies.plain_url(address), SourceSettings(address, name, login=login))
    return tuple(found.values())


def _address(words: str) -> str:
    """An address without the scheme that some readers give to feeds."""
    return re.sub(r"^feed:(?://(?!https?:))?", lambda found: "https://" if "/" in found[0] else "", words.strip())


def _root(text: str) -> etree._Element | None:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(mended(text).encode(), parser)
    except etree.XMLSyntaxError:
        return None


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
