"""Text out of the HTML that feeds and pages hold."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import partial

from lxml import etree
from lxml import html as lxml_html

from feeds.models import Image
from feeds.sources.fetching.addresses import absolute

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?(?:-->|\Z)", re.DOTALL)
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|div|a|img|b|strong|span|em|h\d|ul|li)\b", re.IGNORECASE)
_BLOCKS = re.compile("address|article|blockquote|dd|div|dl|dt|h[1-6]|header|hr|li|main|ol|p|pre|section|table|td|tr|ul")
_UNREAD = re.compile("aside|button|figcaption|footer|form|iframe|nav|noscript|script|select|style|svg|template")
_NESTING = re.compile(r"</?(?!(?:p|br|li|img|h[1-6]|script|style)\b)([a-zA-Z]\w*)[^<>]*>")
"""Tags that may nest without an end, and say little."""
_SPACE = re.compile(r"\s+")
_TINY = 64  # pixels: what is smaller counts visitors, or is an icon


def plain(text: str) -> str:
    """One line of text without tags and entities, however often they were escaped: for titles and names."""
    for _ in range(3):
        bare = html.unescape(_TAG.sub(" ", text) if "<" in text else text)
        if bare == text:
            break
        text = bare
    return " ".join(text.split())


def paragraphs(markup: str) -> str:
    """The readable text of an HTML fragment, paragraphs parted by one blank line; "" where there is none."""
    if "<" not in markup and _ESCAPED_TAG.search(markup):
        markup = html.unescape(markup)
    if "<" not in markup:
        return "\n\n".join(_filled(html.unescape(markup).split("\n")))
    tree = parse(markup)
    return "" if tree is None else text_of(tree)


def text_of(tree: lxml_html.HtmlElement) -> str:
    """The readable text of an element, paragraphs parted by one blank line."""
    return "\n\n".join(_filled("".join(_words(tree)).split("\n")))


def parse(markup: str) -> lxml_html.HtmlElement | None:
    """An HTML fragment as an element; None where there is nothing in it."""
    return _parsed(markup, partial(lxml_html.fragment_fromstring, create_parent="div"))


def parse_page(markup: str) -> lxml_html.HtmlElement | None:
    """An HTML page as an element; None where there is nothing in it."""
    return _parsed(markup, lxml_html.document_fromstring)


def _parsed(markup: str, parse_with: Callable[..., lxml_html.HtmlElement]) -> lxml_html.HtmlElement | None:
    """Markup as an element, however deep it nests: by default libxml2 drops what is below 256 levels.

    What is deeper than it ever goes (2048) is parsed without the tags that nest.
    """
    parser = lxml_html.HTMLParser(huge_tree=True)
    try:
        tree = parse_with(markup, parser=parser)
        if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
            tree = parse_with(_NESTING.sub(_flat, markup), parser=lxml_html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree


def _flat(tag: re.Match[str]) -> str:
    return "<br>" if _BLOCKS.fullmatch(tag[1].lower()) else ""


def first_image(markup: str, base: str) -> Image | None:
    """The first picture of an HTML fragment that is large enough to show."""
    if "<img" not in markup.lower():
        return None
    tree = parse(markup)
    return None if tree is None else image_in(tree, base)


def image_in(tree: lxml_html.HtmlElement, base: str) -> Image | None:
    """The first picture within an element that is large enough to show."""
    for element in tree.iter("img"):
        source = element.get("src") or element.get("data-src") or ""
        width, height = _pixels(element.get("width")), _pixels(element.get("height"))
        if source and not source.startswith("data:") and not 0 < (width or height) < _TINY:
            url = absolute(source, base)
            if url:
                return Image(url, plain(element.get("alt") or ""), width, height)
    return None


def _words(tree: lxml_html.HtmlElement) -> list[str]:
    """The words of an element in their order, a line break around each block; a stack, as nesting may be deep."""
    found: list[str] = []
    rest: list[lxml_html.HtmlElement | str] = [tree]
    while rest:
        element = rest.pop()
        if isinstance(element, str):
            found.append(element)
            continue
        if element.tail and element is not tree:
            rest.append(_SPACE.sub(" ", element.tail))
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag and not _UNREAD.fullmatch(tag):
            if _BLOCKS.fullmatch(tag):
                found.append("\n")
                rest.append("\n")
            elif tag == "br":
                found.append("\n")
            if element.text:
                found.append(_SPACE.sub(" ", element.text))
            rest.extend(reversed(element))
    return found


def _filled(lines: list[str]) -> Iterator[str]:
    return (words for words in (" ".join(line.split()) for line in lines) if words)


def _pixels(words: str | None) -> int:
    match = re.match(r"\s*(\d{1,5})", words or "")
    return int(match[1]) if match else 0
