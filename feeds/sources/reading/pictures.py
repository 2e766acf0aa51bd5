"""Which picture of an entry or page is shown: the largest that fits, and none that is no picture of the news.

Left out are spinners and other stand-ins for pictures that load later, emoji, portraits of who commented, pixels that
count visitors, advertisements, drawings for buttons, and whatever is the feed's own address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import html as lxml_html

from feeds.models import Image
from feeds.sources.fetching.addresses import absolute, reaches_readers
from feeds.sources.reading.text.markup import emoji_of, parse, plain

TINY = 64  # pixels: what is smaller counts visitors, or is an icon
SMALL = 300  # pixels: a thumbnail, shown where nothing larger is
LARGEST = 2560  # pixels: more is paid for with time by who reads on a phone

_STAND_IN = re.compile(
    r"(?:(?:ajax|lazy|pre|img|image|page|bx)?[-_]?(?:lazy)?(?:load|loader|loading|preload|preloader|spinner|throbber)"
    r"|lazy|lazyload|place-?_?holder|blank|spacer|transparent|trans|pixel|dot|clear|empty|gr[ae]y|white|shim|1px|1x1"
    r"|(?:no|default)[-_]?(?:image|img|pic|photo|thumb|thumbnail)|web-?bug|beacon|tracker|counter)"
    r"(?:[-_.]?(?:image|img|bg|icon|small|big|large|gif|anim|animation|\d+(?:x\d+)?))*"
)
"""The name of a file that stands for another picture, or for none."""
_NO_NEWS = re.compile(
    r"s\.w\.org/images/core/emoji|twemoji|/emojis?/|/smil(?:ies|eys)/|/emoticons?/"
    r"|gravatar\.com/|/avatars?/|/userpics?/"
    r"|doubleclick\.net|googlesyndication|google-analytics|googletagmanager|feedburner\.com/~|feedsportal\.com"
    r"|pixel\.wp\.com|stats\.wordpress\.com|/pixel(?:\.|/|\?)|scorecardresearch|facebook\.com/tr\b|yektanet|/beacons?/"
    r"|(?:^|[/._-])(?:ads?|adserver|advert\w*|tabligh\w*|banners?)(?:[/._-]|$)"
    r"|/(?:share|social)[-_]?(?:icons?|buttons?)?/|/icons?/|/badges?/",
    re.IGNORECASE,
)
_LOGO = re.compile(r"(?:^|[-_.])(?:logo|favicon|icon|sprite|button|btn)(?:[-_.\d]|$)", re.IGNORECASE)
_NO_PHOTO = re.compile(r"\.(?:svgz?|ico|cur|swf|mp[34]|m3u8|pdf|html?|php\d?)$", re.IGNORECASE)
_SIZED = re.compile(r"(?:-\d{2,4}x\d{2,4}|-scaled)(?=\.\w+$)")
_PHOTO = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[&?])", re.IGNORECASE)
"""What a program that makes pictures smaller is told to take (`timthumb.php?src=/a.jpg`)."""
_CLASSES = re.compile(
    r"(?<![^\s_-])(?:wp-smiley|emoji|emoticon|avatar|gravatar|ads?|advert\w*|spinner|loader|tracking|pixel|icon)(?![^\s_-])",
    re.IGNORECASE,
)
_LAZY = (
    *("data-full-url", "data-large-file", "data-orig-file", "data-full", "data-hi-res-src", "data-original"),
    *("data-original-src", "data-lazy-src", "data-src", "data-lazy", "data-lazyload", "data-image", "data-img-url"),
    *("data-url", "data-echo", "data-ll-src", "data-cfsrc", "data-pagespeed-lazy-src", "data-runner-src"),
)
"""Where scripts keep the address of a picture that is loaded when it comes into sight."""
_SRCSETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "srcset")
_CHOICE = re.compile(r"(\S*[^\s,])(?:\s+([\d.]+)([wx]))?\s*(?:,|$)")
_WIDTH = re.compile(r"(?:^|;)\s*(width|height|max-width|max-height)\s*:\s*([\d.]+)\s*(px|em|rem)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SOURCES = 8
_MOST = 200  # pictures of one text that are looked at
_FONT = 16  # pixels


def is_news(image: Image, origin: str) -> bool:
    """Whether a picture may be one of the news, by its address and size.

    Args:
        image: The picture.
        origin: The feed or page that names it.
    """
    if 0 < (image.width or image.height) < TINY or "svg" in image.media_type:
        return False
    if not reaches_readers(image.url, origin) or _bare(image.url) == _bare(origin):
        return False
    parts = urlsplit(image.url)
    path = unquote(parts.path)
    name = path.rpartition("/")[2]
    return bool(
        path.strip("/")
        and (image.media_type.startswith("image/") or not _NO_PHOTO.search(path) or _PHOTO.search(parts.query))
        and not _STAND_IN.fullmatch(name.rpartition(".")[0].lower() or name.lower())
        and not _NO_NEWS.search(image.url)
    )


def largest(images: Iterable[Image]) -> Image | None:
    """The largest picture that fits; the first where sizes are not known, and the smallest where all are too large."""
    found = list(images)
    if len(found) < 2:  # noqa: PLR2004
        return found[0] if found else None
    fitting = [image for image in found if max(image.width, image.height) <= LARGEST]
    return max(fitting, key=_area) if fitting else min(found, key=_area)


def first_image(markup: str, base: str, origin: str = "") -> Image | None:
    """The first picture of the news in an HTML fragment.

    Args:
        markup: The fragment.
        base: Where its relative addresses start.
        origin: The feed that it stands in; `base` where it is left out.
    """
    if "<img" not in markup and "&lt;img" not in markup and "<IMG" not in markup and "poster" not in markup:
        return None
    tree = parse(markup)
    return None if tree is None else image_in(tree, base, origin or base)


def image_in(tree: lxml_html.HtmlElement, base: str, origin: str = "") -> Image | None:
    """The first picture of the news within an element, or else the still of its first video."""
    for element in islice(tree.iter("img", "amp-img"), _MOST):
        for image in _of_element(element, base):
            if is_news(image, origin or base):
                return image
    stills = (absolute(video.get("poster", ""), base) for video in tree.iter("video"))
    return next((image for url in stills if url and is_news(image := Image(url), origin or base)), None)


def _of_element(element: lxml_html.HtmlElement, base: str) -> Iterator[Image]:
    """The addresses of an `<img>`, the best first; none for one that is no picture, or stands for one."""
    following = element.getnext()
    if following is not None and following.tag == "noscript" and following.find(".//img") is not None:
        return  # for browsers without scripts the picture itself follows
    classes = f"{element.get('class', '')} {element.get('id', '')}"
    width, height = _size(element)
    if _CLASSES.search(classes) or emoji_of(element) or _HIDDEN.search(element.get("style", "")):
        return
    alt = plain(element.get("alt") or "")
    if 0 < (width or height) < TINY:
        return
    lazy = [element.get(name, "") for name in _LAZY]
    if whole := absolute(_linked_picture(element), base):
        yield Image(whole, alt)
    for address, wide in (*_choices(element), *((one, 0) for one in lazy), (element.get("src", ""), 0)):
        url = "" if address.lstrip().startswith("data:") else absolute(address, base)
        if url and not _LOGO.search(unquote(urlsplit(url).path).rpartition("/")[2]):
            fits = not wide or not width
            yield Image(url, alt, width if fits else wide, height if fits else 0)


def _linked_picture(element: lxml_html.HtmlElement) -> str:
    """The picture that a small one leads to, whose file has its name; "" where it leads elsewhere.

    WordPress names what it made smaller `name-300x200.jpg`.
    """
    around = element.getparent()
    href = around.get("href") or "" if around is not None and around.tag == "a" else ""
    small, large = (
        _SIZED.sub("", unquote(one).partition("?")[0].rpartition("/")[2]) for one in (element.get("src") or "", href)
    )
    return href if small and small == large and _PHOTO.search(href.partition("?")[0]) else ""


def _choices(element: lxml_html.HtmlElement) -> Iterator[tuple[str, int]]:
    """What `srcset` offers for a picture, here and in the `<picture>` around it: the largest that fits first."""
    offered: list[tuple[str, int]] = []
    # libxml2 takes `<source>` for a tag that has an end, and puts what follows into it.
    picture = next((one for one in islice(element.iterancestors(), _SOURCES) if one.tag == "picture"), None)
    around = picture.iter("source") if picture is not None else ()
    for one in (element, *around):
        if "svg" in one.get("type", ""):
            continue
        for name in _SRCSETS:
            for address, number, unit in _CHOICE.findall(one.get(name, "")[:20_000]):
                offered.append(
                    (address, int(float(number) * (1 if unit == "w" else 1000)) if _is_number(number) else 0)
                )
    yield from sorted(
        offered, key=lambda choice: (choice[1] > LARGEST, -choice[1] if choice[1] <= LARGEST else choice[1])
    )


def _size(element: lxml_html.HtmlElement) -> tuple[int, int]:
    """Width and height in pixels, from attributes or else from the style; 0 where unknown."""
    found = {name: pixels(element.get(name)) for name in ("width", "height")}
    for name, value, unit in _WIDTH.findall(element.get("style", "")[:2000]):
        key = name.lower().removeprefix("max-")
        if not found[key] and _is_number(value):
            # What is as high as a line of text is written into it, as emoji are.
            found[key] = int(float(value) * (1 if unit.lower() == "px" else _FONT))
    return found["width"], found["height"]


def pixels(words: str | None) -> int:
    """The whole pixels that words begin with; 0 without them, and for shares (`100%`)."""
    match = re.match(r"\s*(\d{1,5})(?![\d%])", words or "")
    return int(match[1]) if match else 0


def _area(image: Image) -> int:
    return (image.width or image.height) * (image.height or image.width)


def _is_number(words: str) -> bool:
    return re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", words) is not None


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("://")[2].rstrip("/")
