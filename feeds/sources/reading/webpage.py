"""The full text of an article from its page, where its feed has only the lead.

The selectors that the agencies' systems share come first; where none fits, trafilatura finds the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import html as lxml_html

from feeds.models import Document, Image
from feeds.sources.fetching.addresses import absolute
from feeds.sources.reading.decoding import ILLEGAL, decode, without_declaration
from feeds.sources.reading.markup import paragraphs, parse_page, plain, text_of
from feeds.sources.reading.pictures import image_in
from feeds.text import fold

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
_TELLING = 4  # letters of a word that tells one article from another
_ENOUGH = 0.3
_ASIDE = re.compile(
    r"(?<![^\s_-])(?:related|share|sharing|social|tags?|keywords|comments?|advert\w*|ads|breadcrumbs?|short-?link|print)"
    r"(?![^\s_-])",
    re.IGNORECASE,
)
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
    markup = without_declaration(ILLEGAL.sub("", decode(data, charset)))
    tree = parse_page(markup)
    if tree is None:
        return Page()
    body_element = next(_found(tree, BODIES), None)
    if body_element is not None:
        _drop_asides(body_element)
    lead = next((text for element in _found(tree, LEADS) if (text := text_of(element))), "")
    body = text_of(body_element) if body_element is not None else ""
    if len(body) < SHORTEST:
        body = _extracted(markup, url) or body
    image = _announced(tree, url) or (image_in(body_element, url) if body_element is not None else None)
    return Page(_without(body, lead), lead, image)


def completed(document: Document, page: Page) -> Document:
    """A document of a feed, with what its page adds; the feed's own words stand where the page has fewer.

    A page that tells something else (the site's front page, a wall that asks to log in) adds nothing.
    """
    lead = document.lead or document.body
    if not _tells(page, f"{document.title} {lead}"):
        return document
    body = _without(page.body, lead)
    if len(body) < SHORTEST and len(page.body) <= len(lead):
        return replace(document, image=document.image or page.image)
    image = document.image or page.image
    if image and page.image and page.image.url == image.url:
        image = page.image
    return replace(document, lead=lead or page.lead, body=body or page.body, image=image)


def _tells(page: Page, words: str) -> bool:
    """Whether a page has enough of an article's telling words to be its page."""
    telling = {word for word in fold.tokens(words) if len(word) >= _TELLING}
    text = f"{page.lead} {page.body}".strip()
    return not text or len(telling.intersection(fold.tokens(text))) >= len(telling) * _ENOUGH


def _drop_asides(body: lxml_html.HtmlElement) -> None:
    """Take out what stands in an article's element beside the article: other news, tags, buttons to share it."""
    size = len(body.text_content())
    asides = [one for one in body.iterdescendants() if _ASIDE.search(f"{one.get('class', '')} {one.get('id', '')}")]
    for aside in asides:
        if aside.getparent() is not None and len(aside.text_content()) * 2 < size:
            aside.drop_tree()


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
