"""A site's page of news, where the site has no feed -> entries: what a CSS selector matches is one.

    [[source]]
    url = "https://www.example.ir/news"
    list = "div.news-list > article"

Within each, the headline is the link in a heading, or else the longest link; the date a `<time datetime>`, or else the
first words that are one; then come a paragraph and a picture, where there are any.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import urldefrag

from cssselect import SelectorError
from lxml import html as lxml_html
from lxml.cssselect import CSSSelector

from feeds.errors import SettingError
from feeds.sources.fetching.addresses import absolute
from feeds.sources.reading.dates.moments import Reader, is_relative, reader
from feeds.sources.reading.entry import Channel, Entry, NotAFeedError, read_each
from feeds.sources.reading.pictures import image_in
from feeds.sources.reading.text.decoding import without_declaration
from feeds.sources.reading.text.markup import parse_page, plain
from feeds.sources.reading.text.signs import legal

FORM = "list"

_WHOLE = frozenset({"body", "html"})
_HEADING = re.compile(r"h[1-6]")
_CUT = re.compile(r"\s*(?:…|\.{2,})\s*$")
"""Where a headline is cut off, and stands whole in the tip of its link."""
_TITLED = re.compile(r"title|headline|heading|subject|titr|تیتر|عنوان", re.IGNORECASE)
_DATED = re.compile(r"date|time|tarikh|zaman|publish", re.IGNORECASE)
_SHORTEST_LINK = 15  # characters; a shorter link is «ادامه» or a section
_FEWEST = 4  # items that are alike make a list
_LONGEST_DATE = 60  # characters
_MOST = 300  # items; a page that holds more is an archive


def selector_of(words: str) -> CSSSelector:
    """A CSS selector, compiled.

    Raises:
        SettingError: it is none.
    """
    try:
        return CSSSelector(words, translator="html")
    except (SelectorError, ValueError) as error:
        raise SettingError(f"«{words}» is no CSS selector ({error}); such as: div.news-list > article") from None


def read(text: str, url: str, selector: str, *, now: datetime | None = None) -> Channel:
    """Read a page of news; entries are in the page's order.

    Raises:
        NotAFeedError: the selector matches nothing on it, or nothing with a link.
        SettingError: the selector is none.
    """
    tree = parse_page(without_declaration(legal(text)))
    matched = [] if tree is None else selector_of(selector)(tree)[:_MOST]
    if tree is None or not matched:
        raise NotAFeedError(f"nothing on the page matches list = «{selector}»: the site has changed; look at its page")
    base = next((str(href) for href in tree.xpath("//base/@href")), "")
    base = absolute(base, url) or url
    told = [next(_dated_words(element), "") for element in matched]
    dates = reader(told, now or datetime.now(UTC))
    entries, lost = read_each(matched, lambda element: _entry(element, base, dates))
    once = {entry.link: entry for entry in reversed(entries)}
    found = tuple(sorted(once.values(), key=entries.index))
    if not found:
        raise NotAFeedError(f"what list = «{selector}» matches holds no link with a headline; match what is around it")
    return Channel(
        form=FORM,
        title=plain(tree.findtext(".//title") or ""),
        site=url,
        entries=found,
        fault=f"{lost} of {len(matched)} matches hold no link with a headline" if lost * 2 > len(matched) else "",
    )


def _entry(element: lxml_html.HtmlElement, base: str, dates: Reader) -> Entry:
    link = _headline(element, base)
    if link is None:
        return Entry()
    address, title = link
    published, day_only = dates.first(_dated_words(element))
    return Entry(
        link=address,
        title=title,
        summary=_gist(element, title),
        published=published,
        day_only=day_only,
        image=image_in(element, base, base),
    )


def _headline(element: lxml_html.HtmlElement, base: str) -> tuple[str, str] | None:
    """The address and the headline of an item."""
    found = []
    for link in _links(element):
        address = absolute(link.get("href"), base)
        words = _title(link, element)
        if address and words and urldefrag(address)[0] != urldefrag(base)[0]:
            found.append((_is_heading(link, element), len(words), address, words))
    if not found:
        return None
    _, _, address, words = max(found, key=lambda one: one[:2])
    return address, words


def _links(element: lxml_html.HtmlElement) -> Iterator[lxml_html.HtmlElement]:
    around = [one for one in element.iterancestors("a") if one.get("href")]
    yield from around[:1]
    yield from (one for one in element.iter("a") if one.get("href"))


def _title(link: lxml_html.HtmlElement, element: lxml_html.HtmlElement) -> str:
    """What a link says; of one around a whole item, its heading."""
    headings = [one for one in link.iter() if _HEADING.fullmatch(str(one.tag)) or _is_titled(one)]
    if not headings and link in element.iterancestors():
        headings = [one for one in element.iter() if _HEADING.fullmatch(str(one.tag))]
    words = plain((headings[0] if headings else link).text_content())
    whole = plain(link.get("title") or "")
    begins = _CUT.sub("", words)
    return whole if begins != words and whole.startswith(begins) else words or whole


def _is_heading(link: lxml_html.HtmlElement, element: lxml_html.HtmlElement) -> bool:
    around = [link, *link.iterancestors()]
    within = around[: around.index(element)] if element in around else around[:1]
    return any(_HEADING.fullmatch(str(one.tag)) or _is_titled(one) for one in [*within, *link.iterdescendants()])


def _is_titled(element: lxml_html.HtmlElement) -> bool:
    return bool(_TITLED.search(f"{element.get('class') or ''} {element.get('itemprop') or ''}"))


def _dated_words(element: lxml_html.HtmlElement) -> Iterator[str]:
    """Words of an item that may be its date, the likeliest first."""
    for time in element.iter("time"):
        yield time.get("datetime") or ""
        yield plain(time.text_content())
    for one in element.iter():
        if isinstance(one.tag, str) and _DATED.search(f"{one.get('class') or ''} {one.get('itemprop') or ''}"):
            yield one.get("content") or one.get("datetime") or ""
            yield plain(one.text_content())
    for text in element.itertext():
        words = " ".join(text.split())
        if len(words) <= _LONGEST_DATE and (any(map(str.isdigit, words)) or is_relative(words)):
            yield words


def _gist(element: lxml_html.HtmlElement, title: str) -> str:
    paragraphs = (plain(one.text_content()) for one in element.iter("p"))
    return max((words for words in paragraphs if words != title and len(words) > len(title) // 2), key=len, default="")


# -- Suggestions -------------------------------------------------------------------------------------------------------


def suggested(text: str, url: str, *, most: int = 3) -> list[str]:
    """Selectors that match lists of headlines on a page, the one with the most words first."""
    tree = parse_page(without_declaration(legal(text)))
    if tree is None:
        return []
    weights: Counter[str] = Counter()
    for selector, links in _alike(tree.iter("a")).items():
        titles = {plain(link.text_content()) for link in links}
        if len(titles) >= _FEWEST:
            weights[selector] = sum(map(len, titles))
    good = []
    for selector, _ in weights.most_common():
        try:
            channel = read(text, url, selector)
        except (NotAFeedError, SettingError):
            continue
        if len(channel.entries) >= _FEWEST:
            good.append(selector)
        if len(good) == most:
            break
    return good


def _alike(links: Iterable[lxml_html.HtmlElement]) -> dict[str, list[lxml_html.HtmlElement]]:
    """Links with words, by the selector of the item that they stand in: the highest element with only this headline."""
    found: dict[str, list[lxml_html.HtmlElement]] = {}
    for link in links:
        if len(plain(link.text_content())) < _SHORTEST_LINK:
            continue
        found.setdefault(_selector(_item_of(link)), []).append(link)
    return found


def _item_of(link: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    item, parent = link, link.getparent()
    while parent is not None and parent.tag not in _WHOLE and _long_links(parent) <= 1:
        item, parent = parent, parent.getparent()
    return item


def _long_links(element: lxml_html.HtmlElement) -> int:
    return len({link.get("href") for link in element.iter("a") if len(plain(link.text_content())) >= _SHORTEST_LINK})


def _selector(element: lxml_html.HtmlElement) -> str:
    parent = element.getparent()
    above = f"{_step(parent)} > " if parent is not None and parent.tag not in _WHOLE else ""
    return above + _step(element)


def _step(element: lxml_html.HtmlElement) -> str:
    names = [name for name in (element.get("class") or "").split() if re.fullmatch(r"[A-Za-z_-][\w-]*", name)]
    return str(element.tag) + (f".{names[0]}" if names else "")
