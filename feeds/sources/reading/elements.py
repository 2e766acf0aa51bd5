"""The elements of XML feeds by the names that the formats agree on, whatever namespace they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree

from feeds.models import Image
from feeds.sources.fetching.addresses import absolute
from feeds.sources.reading.dates import moment
from feeds.sources.reading.markup import plain

_FAMILIES = {
    "": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dc",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
}
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)
_DOMAIN = re.compile(r"[a-z][a-z-]+")


class Facts:
    """The children of an element by the names that the formats agree on: `title`, `atom:link`, `dc:date`."""

    def __init__(self, element: etree._Element, base: str) -> None:
        self._element = element
        self.base = base_of(element, base)
        self._children: dict[str, list[etree._Element]] = {}
        for child in element:
            prefix, name = family(child)
            self._children.setdefault(f"{prefix}:{name}" if prefix else name, []).append(child)

    def all(self, *names: str) -> Iterator[etree._Element]:
        """The children of these names, name by name."""
        for name in names:
            yield from self._children.get(name, ())

    def text(self, *names: str) -> str:
        """The words of the first child that has any."""
        return next((words for child in self.all(*names) if (words := "".join(child.itertext()).strip())), "")

    def markup(self, *names: str) -> str:
        """The content of the first child that has any, as HTML or plain text."""
        return next((words for child in self.all(*names) if (words := _inner(child).strip())), "")

    def moment(self, *names: str) -> datetime | None:
        """The first date that can be understood."""
        words = ("".join(child.itertext()) for child in self.all(*names))
        return next((found for word in words if (found := moment(word)) is not None), None)

    def about(self) -> str:
        """RDF's name for the element."""
        return self._element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or ""

    def link(self) -> str:
        """Where the entry, or the feed, is shown to people."""
        candidates: list[tuple[str, str]] = []
        for child in self.all("link", "atom:link", "origLink"):
            if child.get("rel", "alternate") == "alternate":
                base = base_of(child, self.base)
                candidates += [(child.get("href") or "", base), ("".join(child.itertext()), base)]
        # A guid says that it is an address where it does not say otherwise: many are numbers all the same.
        permanent = (guid for guid in self.all("guid") if guid.get("isPermaLink", "true").lower() != "false")
        whole = ["".join(guid.itertext()).strip() for guid in permanent] + [self.about().strip()]
        candidates += [(words, self.base) for words in whole if words.lower().startswith(("http://", "https://"))]
        addresses = (absolute(words, base) for words, base in candidates if words and _is_address(words.strip()))
        return next(filter(None, addresses), "")

    def categories(self) -> Iterator[str]:
        """The categories, each after its domain where that is a word."""
        for child in self.all("category", "atom:category", "dc:subject"):
            domain = (child.get("domain") or "").strip().lower()
            if _DOMAIN.fullmatch(domain):
                yield domain
            words = plain("".join(child.itertext()) or child.get("label") or child.get("term") or "")
            if words:
                yield words

    def image(self) -> Image | None:
        """The picture that comes with the entry; a length that is missing is no fault."""
        media = [child for group in self.all("media:group") for child in group if family(child)[0] == "media"]
        media = [*self.all("enclosure", "media:content"), *media, *self.all("media:thumbnail")]
        media += [link for link in self.all("link", "atom:link") if link.get("rel") == "enclosure"]
        for child in media:
            address = child.get("url") or child.get("href") or ""
            kind = (child.get("type") or "").lower()
            thumbnail = family(child)[1] == "thumbnail"
            if kind.startswith("image/") or child.get("medium") == "image" or thumbnail or _PICTURE.search(address):
                url = absolute(address, self.base)
                if url:
                    return Image(url, "", number(child.get("width")), number(child.get("height")), kind)
        return None


def family(element: etree._Element) -> tuple[str, str]:
    """An element's family (`atom`, `dc`, "" for RSS's own) and its name in that family."""
    tag = element.tag
    if not isinstance(tag, str):
        return "", ""
    namespace, _, name = tag.rpartition("}")
    if namespace:
        family = _FAMILIES.get(namespace[1:], "other")
    else:  # a prefix that was never declared stays part of the name
        family, _, name = name.rpartition(":")
    if name in ("RDF", "feed"):
        return "", name.lower()
    if family == "atom" and name == "entry":
        return "", name
    return family, name


def _inner(element: etree._Element) -> str:
    """The content of an element: its text, or the markup of the elements that stand in it."""
    if not len(element):
        return element.text or ""
    parts = [etree.tostring(child, encoding="unicode", method="html") for child in element]
    # Prefixes of XHTML would hide the names of its tags.
    return re.sub(r"(</?)\w+:", r"\1", (element.text or "") + "".join(parts))


def base_of(element: etree._Element, base: str) -> str:
    """Where the relative links of an element start: its own `xml:base`, itself perhaps relative to the one around."""
    own: str = element.get("{http://www.w3.org/XML/1998/namespace}base") or ""
    return urljoin(base, own.strip())


def _is_address(words: str) -> bool:
    return words.startswith(("http://", "https://", "/")) or (":" not in words and re.search(r"\s", words) is None)


def number(words: str | None) -> int:
    """The whole number that words begin with; 0 without one."""
    match = re.match(r"\s*(\d{1,7})", words or "")
    return int(match[1]) if match else 0
