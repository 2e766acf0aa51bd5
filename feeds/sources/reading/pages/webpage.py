"""The full text of an article from its page, where its feed has only the lead.

The selectors that the agencies' systems share come first; where none fits, trafilatura finds the text. A page of more
elements than any article has is left alone: what is hostile, or merely huge, has a bound in time that way, as a thread
that reads a page can't be stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from lxml import html as lxml_html

from feeds.models import Document, Image
from feeds.sources.fetching.addresses import absolute
from feeds.sources.reading.pages import structured
from feeds.sources.reading.pictures import image_in, is_news
from feeds.sources.reading.text.decoding import decode, without_declaration
from feeds.sources.reading.text.markup import paragraphs, parse_page, plain, text_of
from feeds.sources.reading.text.signs import legal
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
MOST_ELEMENTS = 40_000  # of a page; long articles have two thousand
_SEARCHED = 15_000  # elements in which trafilatura looks for the text: a second or two
_LOOKED_AT = 20_000  # characters that tell what a page is about
_MORE = 2.0  # times the text that is marked: more than a byline, a caption and a row of tags
_COMPARED = 2_500  # elements that its second opinion (jusText) sees: its time grows with their square
_MOST_ASIDES = 200
_TELLING = 4  # letters of a word that tells one article from another
_ENOUGH = 0.3
_DATELINE = 60  # letters that one of two leads may have before the other
_ASIDE = re.compile(
    r"(?<![^\s_-])(?:related|relate|more-?news|read-?more|see-?also|recommend\w*|suggest\w*|share|sharing|socials?|tags?|"
    r"keywords|comments?|advert\w*|ads|promo|breadcrumbs?|short-?links?|print|captions?|wp-caption-text|newsletter|"
    r"subscribe|toolbar|author-box|byline|rating|poll)(?![^\s_-])",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"(?:(?:اخبار|مطالب|خبر(?:های)?|نوشته[\s\u200c]?های|مقالات|گزارش[\s\u200c]?های) (?:مرتبط|مشابه|بیشتر|پیشنهادی)"
    r"|بیشتر بخوانید|همچنین بخوانید|این (?:خبر|مطلب) را (?:هم )?(?:به اشتراک بگذارید|بخوانید)"
    r"|(?:به )?اشتراک[\s\u200c]?گذاری|اشتراک در|لینک کوتاه|کپی لینک|برچسب[\s\u200c]?ها|کلید[\s\u200c]?واژه[\s\u200c]?ها"
    r"|ارسال (?:نظر|دیدگاه)|نظرات|related (?:news|posts)|read more|share(?: this)?)"
    r"(?:\s*:.{0,80}|\s*\(?\d{1,4}\)?)?",
    re.IGNORECASE,
)
"""A line that no article has: what stands over or in a row of links."""
_LONGEST_ROW = 90  # characters
_CUT = re.compile(r"\s*(?:…|\.{3}|\[…\]|\[\.{3}\])\s*$")
_ARTICLE = (
    "ancestor-or-self::*[self::article or contains(@itemtype, 'Article') or contains(@itemtype, 'BlogPosting')][1]"
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of its article; empty where it does not."""

    body: str = ""
    """Paragraphs parted by one blank line, without the title, and without the lead where that stands apart."""
    lead: str = ""
    image: Image | None = None


def read(data: bytes, url: str, *, charset: str = "") -> Page:
    """Find the article in a page. Never raises: a page without one gives an empty `Page`."""
    markup = without_declaration(legal(decode(data, charset)))
    tree = parse_page(markup)
    if tree is None:
        return Page()
    size = sum(1 for _ in islice(tree.iter(), MOST_ELEMENTS + 1))
    if size > MOST_ELEMENTS:
        return Page()
    title = next((text_of(element) for element in tree.iter("h1")), "")
    _drop_next_articles(tree)
    sections = _sections(tree)
    lead = next((text for element in _found(tree, LEADS) if (text := text_of(element))), "")
    image = _announced(tree, url) or next((one for part in sections if (one := image_in(part, url))), None)
    for section in sections:
        _drop_asides(section)
    body = _told("\n\n".join(filter(None, map(text_of, sections))), title)
    if len(body) < SHORTEST and len(told := _told(structured.body_of(tree), title)) >= SHORTEST:
        body = told
    if size <= _SEARCHED and (len(body) < SHORTEST or (sections and _goes_on(sections, body))):
        found = _told(_extracted(tree, url, fast=size > _COMPARED), title)
        body = found if len(found) > len(body) and _begins_alike(found, body) else body or found
    return Page(_without(body, lead), lead, image)


def completed(document: Document, page: Page) -> Document:
    """A document of a feed, with what its page adds; the feed's own words stand where the page has fewer.

    A page that tells something else (the site's front page, a wall that asks to log in) adds nothing.
    """
    lead = document.lead or document.body
    if not _tells(page, f"{document.title} {lead}"):
        return document
    told = _told(page.body, document.title)
    lead = _whole_lead(lead, page.lead, told.partition("\n\n")[0])
    if lead and _loose(lead) == _loose(document.title):
        lead = page.lead  # some feeds give the title twice
    body = _without(told, lead)
    if len(body) < SHORTEST and len(told) <= len(lead):
        return replace(document, image=document.image or page.image)
    image = document.image or page.image
    if image and page.image and page.image.url == image.url:
        image = page.image
    return replace(document, lead=lead or page.lead, body=body or told, image=image)


def _tells(page: Page, words: str) -> bool:
    """Whether a page has enough of an article's telling words to be its page."""
    telling = {word for word in fold.tokens(words) if len(word) >= _TELLING}
    text = f"{page.lead} {page.body}"[:_LOOKED_AT].strip()
    return not text or len(telling.intersection(fold.tokens(text))) >= len(telling) * _ENOUGH


# -- Where the text stands ---------------------------------------------------------------------------------------------


def _sections(tree: lxml_html.HtmlElement) -> list[lxml_html.HtmlElement]:
    """The elements that hold an article's text, in their order: some systems part it for what stands between.

    Those of another article on the page (the next one, read on by scrolling) are left out.
    """
    for path in BODIES:
        found = tree.xpath(path)
        if not found:
            continue
        around = _article_of(found[0])
        alone = sum(1 for _ in tree.iter("h1")) <= 1
        same = [one for one in found if _article_of(one) is around and (around is not None or alone or one is found[0])]
        chosen = set(same)
        return [one for one in same if not any(outer in chosen for outer in one.iterancestors())]
    return []


def _drop_next_articles(tree: lxml_html.HtmlElement) -> None:
    """Take out the articles that a page goes on with when its reader scrolls: each has a headline of its own."""
    articles = [one for one in islice(tree.iter("article"), _MOST_ASIDES) if one.find(".//h1") is not None]
    outer = [one for one in articles if not any(around in articles for around in one.iterancestors("article"))]
    long = [place for place, one in enumerate(outer) if len(one.text_content()) >= SHORTEST]
    for following in outer[long[0] + 1 :] if long else ():
        following.drop_tree()


def _goes_on(sections: list[lxml_html.HtmlElement], body: str) -> bool:
    """Whether most of an article stands beside what is marked as its text: some systems mark the first part alone."""
    around = _article_of(sections[0])
    return around is not None and around not in sections and len(around.text_content()) > len(body) * _MORE


def _begins_alike(found: str, body: str) -> bool:
    """Whether one text has the beginning of another, however short that is."""
    return len(body) < SHORTEST or _loose(body.partition("\n\n")[0]) in _loose(found)


def _article_of(element: lxml_html.HtmlElement) -> lxml_html.HtmlElement | None:
    return next(iter(element.xpath(_ARTICLE)), None)


def _found(tree: lxml_html.HtmlElement, paths: tuple[str, ...]) -> Iterator[lxml_html.HtmlElement]:
    for path in paths:
        yield from tree.xpath(path)


def _drop_asides(body: lxml_html.HtmlElement) -> None:
    """Take out what stands in an article's element beside the article: other news, tags, buttons to share it."""
    size = len(body.text_content())
    asides = (one for one in body.iterdescendants() if _ASIDE.search(f"{one.get('class', '')} {one.get('id', '')}"))
    for aside in list(islice(asides, _MOST_ASIDES)):
        if aside.getparent() is not None and len(aside.text_content()) * 2 < size:
            aside.drop_tree()
    for line in list(body.iter("p", "li", "h2", "h3", "h4", "h5", "h6")):
        if line.getparent() is not None and _is_link(line):
            line.drop_tree()


def _is_link(line: lxml_html.HtmlElement) -> bool:
    """Whether a line is a link to something else and nothing more."""
    links = line.findall(".//a[@href]") if len(line) else []
    if not 0 < len(links) <= 3:  # noqa: PLR2004 - more are a list, and a list may be the news
        return False
    words = "".join(line.text_content().split())
    linked = sum(len("".join(link.text_content().split())) for link in links)
    return bool(words) and len(words) - linked <= 2  # noqa: PLR2004 - a bullet, a colon


def _extracted(tree: lxml_html.HtmlElement, url: str, *, fast: bool) -> str:
    """The text as trafilatura finds it: as HTML, since of plain text it removes every ZWNJ."""
    import trafilatura  # noqa: PLC0415 - slow to load, and agencies' pages do without it

    body = tree.find("body")
    if body is not None:
        _drop_asides(body)

    def extract(*, tables: bool) -> str:
        found = trafilatura.extract(
            tree,
            url=url,
            output_format="html",
            fast=fast,
            include_comments=False,
            include_tables=tables,
            favor_precision=True,
        )
        return paragraphs(found) if found else ""

    found = extract(tables=False)
    # Old sites lay their pages out in tables.
    return found if len(found) >= SHORTEST or tree.find(".//table") is None else extract(tables=True) or found


def _announced(tree: lxml_html.HtmlElement, base: str) -> Image | None:
    """The picture that the page announces of itself (Open Graph), with its size and what it shows."""

    def meta(name: str) -> str:
        found = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
        return str(found[0]).strip() if found else ""

    url = next(filter(None, (absolute(meta(name), base) for name in ("og:image", "og:image:url", "twitter:image"))), "")
    if not url:
        return None
    width, height = (
        int(words) if words.isdecimal() else 0 for words in (meta("og:image:width"), meta("og:image:height"))
    )
    image = Image(url, plain(meta("og:image:alt")), width, height)
    return image if is_news(image, base) else None


# -- What the text says twice ------------------------------------------------------------------------------------------


def _told(text: str, title: str) -> str:
    """A text without its title (trafilatura may put it behind the first paragraph), and without rows of links."""
    told = _loose(title)
    return "\n\n".join(
        paragraph
        for paragraph in text.split("\n\n")
        if not (
            (len(paragraph) <= _LONGEST_ROW and _ROW.fullmatch(paragraph.strip(" :»«•-←›")))
            or (told and len(paragraph) <= len(title) * 2 and _loose(paragraph) == told)
        )
    )


def _without(body: str, lead: str) -> str:
    """A body without the lead at its beginning: pages repeat it there, with its dateline or without."""
    told, gathered = _loose(lead), ""
    kept = body.split("\n\n")
    for count, paragraph in enumerate(kept, 1):
        gathered += _loose(paragraph)
        if not told or len(gathered) > len(told) + _DATELINE:
            return body
        longer, shorter = sorted((gathered, told), key=len, reverse=True)
        if longer.endswith(shorter) and shorter and len(longer) - len(shorter) <= min(_DATELINE, len(shorter)):
            return "\n\n".join(kept[count:])
    return body


def _whole_lead(lead: str, *candidates: str) -> str:
    """A lead that its feed cut off («…»), as the page has it whole."""
    if not _CUT.search(lead):
        return lead
    begins = _loose(_CUT.sub("", lead))
    return next((whole for whole in candidates if begins and begins in _loose(whole)), lead)


def _loose(text: str) -> str:
    """Letters and figures alone, in one spelling; of a long text its beginning."""
    return "".join(fold.fold(text[:_LOOKED_AT]).split())
