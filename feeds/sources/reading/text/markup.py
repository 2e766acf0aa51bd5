"""Text out of the HTML that feeds and pages hold."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import islice

from lxml import etree
from lxml import html as lxml_html

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?(?:-->|\Z)", re.DOTALL)
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|div|a|img|b|strong|span|em|h\d|ul|li)\b", re.IGNORECASE)
_BLOCKS = re.compile("address|article|blockquote|dd|div|dl|dt|h[1-6]|header|hr|li|main|ol|p|pre|section|table|td|tr|ul")
_UNREAD = re.compile(
    "applet|aside|audio|button|canvas|datalist|del|embed|figcaption|footer|form|iframe|label|map|nav|noscript|object"
    "|option|s|script|select|strike|style|svg|template|textarea|video|xml"
)
"""What is no text of the article: what is for scripts, for browsers without them, or taken back."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_OF_NO_SIZE = re.compile(r"font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_OF_A_SIZE = re.compile(r"font-size\s*:(?!\s*0(?![.\d]))", re.IGNORECASE)
_SCRIPTS = re.compile(r"<(script|style)\b[^<>]*>(?:(?!<(?:script|style)\b).)*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_PERSIAN = re.compile("[\u0600-\u06ff]")
_NEXT_STATEMENT = r"(?=\s*(?:$|[\w$]+(?:\.\w|\s?[(=])|(?:var|let|const|return|if)\b|[}<]))"
_PROGRAM = re.compile(
    rf"\{{[^{{}}]*\}}|\{{[{{%]|/\*.*\*/|\)\s*;{_NEXT_STATEMENT}|\bfunction\s*\("
    r"|^Normal\s*0(?:\s+(?:false|true|EN-US|X-NONE|FA|AR-SA|\d+))+"
    r"|<!--.*-->|^\s*<[!?/\w][^<>]*>\s*$",
)
"""Style sheets, scripts and Word's notes to itself that were pasted as text."""
_RAISED = str.maketrans("0123456789۰۱۲۳۴۵۶۷۸۹", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)
_NESTING = re.compile(r"</?(?!(?:p|br|li|img|h[1-6]|script|style)\b)([a-zA-Z]\w*)[^<>]*>")
"""Tags that may nest without an end, and say little."""
_SHORTCODE = re.compile(r"\[(/?)([a-zA-Z][\w-]*)((?:=|\s+[\w-]+\s*=)[^\[\]\n]{0,500})?\s*/?\]")
_END_OF_CODE = re.compile(r"\[/([a-zA-Z][\w-]*)\]")
_CAPTION = re.compile(r"\[caption\b[^\[]{0,2000}\[/caption\]", re.IGNORECASE)
_CODES = frozenset({"gallery", "embed", "audio", "video", "playlist", "caption"})
_SPACE = re.compile(r"\s+")
_EMOJI = re.compile(r"emoji|smil(?:ey|ies)|emoticon", re.IGNORECASE)
_LONGEST_SEARCHED = 2000  # characters
_LOOKED_INTO = 200  # elements of a box
_LONGEST_EMOJI = 12  # signs; a family of four has seven
_FIRST_EMOJI = 0x2190  # arrows; what comes before them is letters and punctuation


def plain(text: str) -> str:
    """One line of text without tags and entities, however often they were escaped: for titles and names."""
    if "<s" in text.lower():
        text = _SCRIPTS.sub(" ", text)
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
    if "<" not in markup or not _TAG.search(markup):
        return "\n\n".join(_filled(html.unescape(markup).split("\n")))
    tree = parse(markup)
    return "" if tree is None else text_of(tree)


def without_codes(text: str) -> str:
    """Text without the codes that WordPress and forums turn into markup, where they were left as they are.

    Gone are `[vc_row]`, `[gallery ids="1,2"]`, `[b]` and `[/b]`, and a picture's caption with its words. What stands in
    brackets otherwise («[PDF]», «[…]») stays.
    """
    if "[" not in text:
        return text
    ended = set(_END_OF_CODE.findall(text))
    return _SHORTCODE.sub(lambda code: " " if _is_code(code, ended) else code[0], _CAPTION.sub(" ", text))


def _is_code(code: re.Match[str], ended: Collection[str]) -> bool:
    closing, name, more = code.groups()
    return bool(closing or more or "_" in name or name in ended or name.lower() in _CODES)


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


def emoji_of(element: lxml_html.HtmlElement) -> str:
    """The emoji that a system made a picture of (`<img class="wp-smiley" alt="⚽">`); "" for other pictures."""
    alt = (element.get("alt") or "").strip()
    if not alt or len(alt) > _LONGEST_EMOJI:
        return ""
    told = _EMOJI.search(f"{element.get('class') or ''} {element.get('src') or ''}") is not None
    drawn = any(ord(sign) > _FIRST_EMOJI for sign in alt) and not any(sign.isalnum() for sign in alt)
    return alt if drawn or (told and not alt.isascii()) else ""


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
        if tag and not _UNREAD.fullmatch(tag) and not (element.attrib and _is_hidden(element)):
            if _BLOCKS.fullmatch(tag):
                found.append("\n")
                rest.append("\n")
            elif tag == "br":
                found.append("\n")
            elif tag == "img":
                found.append(emoji_of(element))
            if element.text:
                words = _SPACE.sub(" ", element.text)
                # ۱۰<sup>۶</sup> is not ۱۰۶.
                found.append(words.translate(_RAISED) if tag == "sup" and words.strip().isdecimal() else words)
            rest.extend(reversed(element))
    return found


def _is_hidden(element: lxml_html.HtmlElement) -> bool:
    style = element.get("style", "")
    if element.get("hidden") is not None or _HIDDEN.search(style):
        return True
    if not _OF_NO_SIZE.search(style):
        return False
    # Newsletters (MJML) lay columns out in boxes of no size, with text of one in them.
    within = islice(element.iterdescendants(etree.Element), _LOOKED_INTO)
    return not any(_OF_A_SIZE.search(one.get("style", "")) for one in within)


def _filled(lines: list[str]) -> Iterator[str]:
    """Lines that hold words, with single spaces; none that were written for a program."""
    return (words for words in (" ".join(line.split()) for line in lines) if words and not _is_program(words))


def _is_program(line: str) -> bool:
    return _PERSIAN.search(line) is None and _PROGRAM.search(line[:_LONGEST_SEARCHED]) is not None
