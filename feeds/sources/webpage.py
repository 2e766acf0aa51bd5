"""The full text of an article from its page, where its feed has only the lead.

The selectors that the agencies' systems share come first; where none fits, trafilatura finds the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree
from lxml import html as lxml_html

from feeds.models import Document, Image
from feeds.sources.decoding import decode
from feeds.sources.markup import absolute, image_in, paragraphs, plain, text_of

BODIES = (
    "//*[@itemprop='articleBody']",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' item-text ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' item-body ')]",
)
LEADS = (
    "//p[contains(concat(' ', normalize-space(@class), ' '), ' introtext ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' item-summary ')]",
)
SHORTEST = 200  # characters; a shorter "text" is a caption, a teaser or a menu
_LOOSE = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of its article; empty where it does not."""

    body: str = ""
    """Paragraphs parted by one blank line, without the title, and without the lead where that stands apart."""
    lead: str = ""
    image: Image | None = None


def read(data: bytes, url: str, *, charset: str = "") -> Page:
    """Find the article in a page. Never raises: a page without one gives an empty `Page`."""
    markup = decode(data, charset)
    try:
        tree = lxml_html.document_fromstring(markup)
    except (etree.ParserError, ValueError):  # nothing in it, or an encoding declared in text
        return Page()
    body_element = next(_found(tree, BODIES), None)
    lead = next((text for element in _found(tree, LEADS) if (text := text_of(element))), "")
    body = text_of(body_element) if body_element is not None else ""
    if len(body) < SHORTEST:
        body = _extracted(markup, url) or body
    image = _announced(tree, url) or (image_in(body_element, url) if body_element is not None else None)
    return Page(_without(body, lead), lead, image)


def completed(document: Document, page: Page) -> Document:
    """A document of a feed, with what its page adds; the feed's own words stand where the page has fewer."""
    lead = document.lead or document.body
    body = _without(page.body, lead)
    if len(body) < SHORTEST and len(page.body) <= len(lead):
        return replace(document, image=document.image or page.image)
    image = document.image or page.image
    if image and page.image and page.image.url == image.url:
        image = page.image
    return replace(document, lead=lead or page.lead, body=body or page.body, image=image)


def _found(tree: lxml_html.HtmlElement, paths: tuple[str, ...]) -> Iterator[lxml_html.HtmlElement]:
    for path in paths:
        yield from tree.xpath(path)


def _extracted(markup: str, url: str) -> str:
    import trafilatura  # noqa: PLC0415 - slow to load, and agencies' pages do without it

    found = trafilatura.extract(
        markup, url=url, target_language="fa", include_comments=False, include_tables=False, favor_precision=True
    )
    return paragraphs(found) if found else ""


def _announced(tree: lxml_html.HtmlElement, base: str) -> Image | None:
    """The picture that the page announces of itself (Open Graph), with its size and what it shows."""

    def meta(name: str) -> str:
        found = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
        return str(found[0]).strip() if found else ""

    url = absolute(meta("og:image"), base) if meta("og:image") else ""
    if not url:
        return None
    width, height = (
        int(words) if words.isdecimal() else 0 for words in (meta("og:image:width"), meta("og:image:height"))
    )
    return Image(url, plain(meta("og:image:alt")), width, height)


def _without(body: str, lead: str) -> str:
    """A body without the lead at its beginning: pages repeat it there."""
    first, _, rest = body.partition("\n\n")
    return rest if lead and _LOOSE.sub("", first) == _LOOSE.sub("", lead) else body
