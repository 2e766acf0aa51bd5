"""The elements of XML feeds by the names that the formats agree on, whatever namespace and case they stand in.

Long, as each fact of an entry is one short method over the same children.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urljoin

from lxml import etree

from feeds.models import Image
from feeds.sources.fetching.addresses import EDGES, absolute, reaches_readers
from feeds.sources.reading import pictures
from feeds.sources.reading.text.markup import plain

ITEMS = ("item", "entry")
PUBLISHED = (
    *("pubdate", "published", "issued", "dc:date", "dc:created", "dc:issued", "date", "created"),
    *("publisheddate", "publishdate", "publicationdate", "dateposted", "datetime", "published_at", "created_at"),
)
UPDATED = ("updated", "modified", "dc:modified", "lastbuilddate", "lastmodified")
_DATED = frozenset(name.rpartition(":")[2] for name in PUBLISHED)

_FAMILIES = {
    "w3.org/2005/atom": "",
    "purl.org/atom/ns": "",
    "purl.org/rss/1.0": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "backend.userland.com/rss": "",
    "backend.userland.com/rss2": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "purl.org/dc/elements/1.0": "dc",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/terms": "dc",
    "purl.org/rss/1.0/modules/content": "content",
    "search.yahoo.com/mrss": "media",
    "tools.search.yahoo.com/mrss": "media",
    "rssboard.org/media-rss": "media",
    "itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "google.com/schemas/play-podcasts/1.0": "itunes",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "w3.org/1999/xhtml": "xhtml",
}
"""By their addresses without scheme, `www.` and what ends them, as feeds have these in every way. RSS and Atom are one
family: many feeds put the elements of one into the other."""
_BY_PREFIX = {
    **{name: name for name in ("dc", "content", "media", "itunes", "feedburner", "xhtml", "rdf")},
    "atom": "",
    "a10": "",
    "rss": "",
    "dcterms": "dc",
    "googleplay": "itunes",
}
"""What a prefix means whose namespace is unknown, or was never declared."""
_PICTURES = (
    *("itunes:image", "image", "thumbnail", "thumb", "photo", "picture", "imageurl", "image_url", "featured_image"),
    *("featuredimage", "post-thumbnail", "thumbnail_url", "cover", "img"),
)
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)
_DOMAIN = re.compile(r"[a-z][a-z-]+")
_DOCUMENT = re.compile(r"json|xml|atom|rss|pdf|oembed", re.IGNORECASE)
_BEGINS_ADDRESS = re.compile(r"[/?]|www\.|(?:h?t+ps?|feed)(?::|/)", re.IGNORECASE)
_BINARY = re.compile(r"\s*(?:image|audio|video|font)/(?!svg)|\s*application/(?:octet-stream|pdf|zip)", re.IGNORECASE)
"""What Atom writes down in Base64."""
_SHORT = frozenset({"title", "link", "guid", "pubdate"})
_SWALLOWED = frozenset(
    {"link", "guid", "pubdate", "description", "category", "enclosure", "content:encoded", "dc:date"}
)
"""What a tag that holds words alone takes in where it was never closed."""
_OF_GROUPS = ("media:content", "media:thumbnail")
_LINKED = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']([^\"'<>]+)", re.IGNORECASE)
_NESTED_CDATA = re.compile(r"<!\[CDATA\[|\]\]>|\]\]\s*\Z")


class Facts:
    """The children of an element by the names that the formats agree on, in lower case: `title`, `dc:date`."""

    def __init__(self, element: etree._Element, base: str, origin: str) -> None:
        """Look at an element.

        Args:
            element: An entry, or the feed itself.
            base: Where relative addresses around it start.
            origin: The feed's own address.
        """
        self._element = element
        self._origin = origin
        self.base = base_of(element, base)
        self._children: dict[str, list[etree._Element]] = {}
        for child in [one for one in element if len(one) and name_of(one) in _SHORT]:
            for swallowed in [one for one in child.iterdescendants() if name_of(one) in _SWALLOWED]:
                element.append(swallowed)
        groups = [child for child in element if name_of(child) == "media:group"]
        # A group's title and description are the entry's, behind its own; its pictures are looked for by `_media`.
        named = [*element, *(one for group in groups for one in group if name_of(one) not in _OF_GROUPS)]
        for child in named:
            self._children.setdefault(name_of(child), []).append(child)

    def all(self, *names: str) -> Iterator[etree._Element]:
        """The children of these names, name by name."""
        for name in names:
            yield from self._children.get(name, ())

    def text(self, *names: str) -> str:
        """The words of the first child that has any."""
        return next((words for child in self.all(*names) if (words := _words(child))), "")

    def markup(self, *names: str) -> tuple[str, str]:
        """The content of the first child that has any, as HTML or plain text, and where its addresses start."""
        for child in self.all(*names):
            words = _inner(child).strip()
            if words and child.attrib and attribute(child, "mode") == "base64":  # Atom 0.3
                words = _unpacked(words)
            if words and not (child.attrib and _BINARY.match(attribute(child, "type"))):
                return words, base_of(child, self.base)
        return "", self.base

    def dates(self, *names: str) -> Iterator[str]:
        """The words of the dates of these names; where they are of an entry and none has any, of misplaced ones."""
        found = False
        for child in self.all(*names):
            words = _words(child) or _first_attribute(child, "datetime", "content", "value", "date")
            if words:
                found = True
                yield words
        if not found and "pubdate" in names:
            yield from self._misplaced_dates()
            yield from filter(None, (_first_attribute(self._element, "lastmod"),))  # CDF

    def about(self) -> str:
        """RDF's name for the element."""
        return self._element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or ""

    def link(self) -> str:
        """Where the entry, or the feed, is shown to people: a page before its data in another form."""
        pages: list[tuple[str, str]] = []
        documents: list[tuple[str, str]] = []
        for child in self.all("feedburner:origlink", "link"):
            rel = attribute(child, "rel").strip().lower().rpartition("/")[2]
            if rel in ("alternate", ""):
                base = base_of(child, self.base)
                found = documents if _DOCUMENT.search(attribute(child, "type").replace("xhtml+xml", "")) else pages
                words = _words(child)
                linked = _LINKED.match(words) if words.startswith("<") else None
                found += [(_first_attribute(child, "href", "url"), base), (linked[1] if linked else words, base)]
        # A guid says that it is an address where it does not say otherwise: many are numbers all the same.
        named = [_words(guid) for guid in self.all("guid") if attribute(guid, "ispermalink").lower() != "false"]
        named += [_words(child) for child in self.all("id")] + [self.about().strip()]
        pages += [(words, self.base) for words in named if words.lower().startswith(("http://", "https://"))]
        paths = (guid for guid in self.all("guid") if attribute(guid, "ispermalink").lower() == "true")
        pages += [(words, self.base) for guid in paths if (words := _words(guid)).startswith("/")]
        # Atom's words may stand on a page of their own.
        pages += [(attribute(child, "src"), base_of(child, self.base)) for child in self.all("content") if child.attrib]
        pages.append((_first_attribute(self._element, "href"), self.base))  # CDF
        pages += [(words, self.base) for child in self.all("id") if (words := _words(child)).startswith("/")]
        named_so = ((words.strip(EDGES), base) for words, base in pages + documents)
        addresses = (absolute(words, base) for words, base in named_so if words and _is_address(words))
        return next((url for url in addresses if url and reaches_readers(url, self._origin)), "")

    def categories(self) -> Iterator[str]:
        """The categories, each after its domain where that is a word."""
        for child in self.all("category", "dc:subject"):
            domain = attribute(child, "domain").strip().lower()
            if _DOMAIN.fullmatch(domain):
                yield domain
            words = plain(_words(child) or attribute(child, "label") or attribute(child, "term"))
            if words:
                yield words

    def image(self) -> Image | None:
        """The picture that comes with the entry; a length that is missing is no fault."""
        links = [link for link in self.all("link") if link.attrib and attribute(link, "rel").lower() == "enclosure"]
        full = [child for child in self._media() if name_of(child) == "media:content"]
        found = self._picture(full, [*self.all("enclosure"), *links])
        if found is None and (small := self.thumbnail()) and not 0 < small.width < pictures.SMALL:
            return small
        return found

    def thumbnail(self) -> Image | None:
        """The small picture that stands for the entry, or for a film that comes with it."""
        return self._picture([child for child in self._media() if name_of(child) == "media:thumbnail"])

    def _media(self) -> Iterator[etree._Element]:
        for child in self.all("media:content", "media:group", "media:thumbnail"):
            yield from child.iter()

    def own_image(self) -> Image | None:
        """The picture that other formats give an entry, or a feed: a podcast's, or one named so."""
        return self._picture(list(self.all(*_PICTURES)))

    def has_recording(self) -> bool:
        """Whether something to hear or to see is enclosed."""
        return any(attribute(child, "type").startswith(("audio/", "video/")) for child in self.all("enclosure", "link"))

    def _picture(self, *kinds: list[etree._Element]) -> Image | None:
        """The largest picture of the first kind that has any."""
        for children in filter(None, kinds):
            images = (image for child in children if (image := self._image(child)) is not None)
            found = pictures.largest(image for image in images if pictures.is_news(image, self._origin))
            if found is not None:
                return found
        return None

    def _image(self, child: etree._Element) -> Image | None:
        """The picture that an element names; None where it names something else."""
        name = name_of(child)
        inner = next((_words(one) for one in child if name_of(one) == "url"), "")
        address = _first_attribute(child, "url", "href", "src") or inner or ("" if len(child) else _words(child))
        kind, medium = _media_type(attribute(child, "type")), attribute(child, "medium").lower()
        shown = name not in ("enclosure", "link", "media:content")
        if not (shown or kind.startswith("image/") or medium == "image" or (not kind and _PICTURE.search(address))):
            return None
        url = absolute(address, base_of(child, self.base))
        width, height = number(attribute(child, "width")), number(attribute(child, "height"))
        return Image(url, "", width, height, kind) if url else None

    def _misplaced_dates(self) -> Iterator[str]:
        """Dates that stand deeper in the entry, or in a namespace of their own; not those of what it cites."""
        for element in self._own_descendants():
            if name_of(element).rpartition(":")[2] in _DATED:
                words = _words(element) or _first_attribute(element, "datetime", "content", "value", "date")
                if words:
                    yield words

    def _own_descendants(self) -> Iterator[etree._Element]:
        """What stands in the entry, in its order; not in a source, nor in an entry that broken markup put in."""
        waiting = list(reversed(self._element))
        while waiting:
            element = waiting.pop()
            yield element
            if name_of(element) not in ("source", *ITEMS):
                waiting += reversed(element)


def name_of(element: etree._Element) -> str:
    """An element's name in lower case, its family before it: `title`, `dc:date`, `media:content`."""
    tag = element.tag
    return _named(tag, element.prefix or "") if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute, whatever prefix and case its name has; "" where there is none."""
    value = element.get(name)
    if value is None:
        value = next((found for key, found in element.items() if _local(key) == name), "")
    return str(value)


def base_of(element: etree._Element, base: str) -> str:
    """Where the relative links of an element start: its own `xml:base`, itself perhaps relative to the one around."""
    own: str = element.get(_BASE) or ""
    try:
        return urljoin(base, own.strip()) if own else base
    except ValueError:
        return base


def base_around(element: etree._Element, base: str) -> str:
    """The base that the elements around one give it, from the outermost inwards."""
    for one in reversed(list(element.iterancestors())):
        base = base_of(one, base)
    return base


def number(words: str | None) -> int:
    """The whole number that words begin with; 0 without one."""
    match = re.match(r"\s*(\d{1,7})", words or "")
    return int(match[1]) if match else 0


@lru_cache(maxsize=4096)
def _named(tag: str, prefix: str) -> str:
    namespace, _, name = tag.rpartition("}")
    name = name.lower()
    if not namespace:  # a prefix that was never declared stays part of the name
        prefix, _, name = name.rpartition(":")
        family = _BY_PREFIX.get(prefix, prefix)
    else:
        address = re.sub(r"^https?://(?:www\.)?", "", namespace[1:].strip().lower()).rstrip("/#")
        known = _FAMILIES.get(address)
        family = known if known is not None else _BY_PREFIX.get(prefix.lower(), "other") if prefix else ""
    return f"{family}:{name}" if family else name


@lru_cache(maxsize=4096)
def _local(key: str) -> str:
    return key.rpartition("}")[2].rpartition(":")[2].lower()


def _media_type(words: str) -> str:
    """A media type; "" for what says nothing of what is there: `jpg`, `binary`, `application/octet-stream`."""
    kind = words.strip().lower()
    return kind if "/" in kind and not kind.endswith("/octet-stream") else ""


def _first_attribute(element: etree._Element, *names: str) -> str:
    return next((value for name in names if (value := attribute(element, name).strip())), "")


def _unpacked(words: str) -> str:
    try:
        return b64decode(words).decode()
    except ValueError:
        return ""


def _words(element: etree._Element) -> str:
    words = (element.text or "") if not len(element) else "".join(element.itertext())
    return _without_cdata(words).strip()


def _without_cdata(words: str) -> str:
    """Words without the marks of a CDATA section within the section, or of one that was escaped."""
    return _NESTED_CDATA.sub("", words) if "]]>" in words or "<![CDATA[" in words else words


def _inner(element: etree._Element) -> str:
    """The content of an element: its text, or the markup of the elements that stand in it."""
    if not len(element):
        return _without_cdata(element.text or "")
    parts = [etree.tostring(child, encoding="unicode", method="html") for child in element]
    # Prefixes of XHTML would hide the names of its tags.
    return re.sub(r"(</?)\w+:", r"\1", (element.text or "") + "".join(parts))


def _is_address(words: str) -> bool:
    return _BEGINS_ADDRESS.match(words) is not None or (":" not in words and re.search(r"\s", words) is None)
