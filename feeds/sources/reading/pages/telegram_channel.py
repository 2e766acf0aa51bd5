"""The public page of a Telegram channel (t.me/s/NAME) -> entries: a message is an entry.

What stands where on such a page is told by the projects that read it (RSS-Bridge's TelegramBridge, DIYgod/RSSHub's
telegram route); Telegram promises nothing of it, so a page is known by its marks and each message is read on its own.

- A message has an identity (`NAME/123`) and a time, and no title: its first line is one where it is set in bold, or
  short with more below it; else the first sentence.
- An edited message says «edited», never when: a change shows in its words.
- What the channel signs its messages with (🆔 @name, «عضو شوید», a last line of hashtags) is no news.
- A message that is another channel's is marked as such, in its first words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from html import escape

from lxml import html as lxml_html

from feeds.models import Image
from feeds.sources.fetching.addresses import absolute
from feeds.sources.reading.entry import Channel, Entry, NotAFeedError, read_each
from feeds.sources.reading.pages import telegram_text
from feeds.sources.reading.text.markup import parse_page

FORM = "telegram"
_MARKS = (b"tgme_channel_history", b"tgme_widget_message", b"tgme_page_extra")
_STYLE_URL = re.compile(r"background-image\s*:\s*url\(\s*['\"]?(?P<url>[^'\")]+)")
_PICTURES = ("tgme_widget_message_photo_wrap", "tgme_widget_message_video_thumb", "link_preview_image")
_FORWARDED = "بازنشر از {name}: "
_PHOTO, _FILM = "گزارش تصویری", "گزارش ویدئویی"
"""What a message is called that has no words."""


def is_one(body: bytes) -> bool:
    """Whether a page is the public page of a channel, or what Telegram shows in its place."""
    return any(mark in body for mark in _MARKS)


def read(text: str, url: str) -> Channel:
    """Read the page of a channel; its entries are newest first, as feeds have them.

    Raises:
        NotAFeedError: the channel shows no public page.
    """
    tree = parse_page(text)
    if tree is None or not _having(tree, "tgme_channel_history"):
        raise NotAFeedError(
            "this channel shows no messages on the web (it is private, restricted, or a group or person): "
            "ask its owner for a public one, or remove the source"
        )
    messages = [one for one in _having(tree, "tgme_widget_message") if one.get("data-post")]
    messages = [one for one in messages if "service_message" not in _classes(one) and _says(one)]
    entries, lost = read_each(messages, lambda message: _entry(message, url))
    name = next(iter(_having(tree, "tgme_channel_info_header_title")), None)
    entries.reverse()
    return Channel(
        form=FORM,
        title=_plain(name) if name is not None else "",
        site=url,
        entries=tuple(entries),
        older=_older(tree, messages, url),
        fault=f"{lost} of {len(messages)} messages could not be read" if lost and not entries else "",
    )


def _older(tree: lxml_html.HtmlElement, messages: list[lxml_html.HtmlElement], url: str) -> str:
    """The page of the messages before these: as the page names it, or as pages of channels are named."""
    named = [link.get("href") or "" for link in _having(tree, "tme_messages_more") if link.get("data-before")]
    numbers = [int(number) for one in messages if (number := one.get("data-post").rpartition("/")[2]).isdecimal()]
    if not named and tree.xpath("//link[@rel='prev' and @href]"):
        named = [tree.xpath("//link[@rel='prev']/@href")[0]]
    if named:
        return absolute(named[0], url)
    return f"{url.partition('?')[0]}?before={min(numbers)}" if numbers and min(numbers) > 1 else ""


def _says(message: lxml_html.HtmlElement) -> bool:
    """Whether a message holds words or a picture; stickers, voices, polls and files alone are no news."""
    return _words(message) is not None or any(len(found) > 0 for found in map(partial(_having, message), _PICTURES))


def _words(message: lxml_html.HtmlElement) -> lxml_html.HtmlElement | None:
    return next((one for one in _having(message, "tgme_widget_message_text") if not _is_quoted(one)), None)


def _entry(message: lxml_html.HtmlElement, url: str) -> Entry:
    post, words = message.get("data-post"), _words(message)
    lines = [] if words is None else telegram_text.lines(words)
    title, body = telegram_text.parted(telegram_text.without_signature(lines, post.partition("/")[0]))
    picture = next(_pictures(message, url), None)
    if not title and picture is None:
        return Entry()
    title = title or (_FILM if _having(message, "tgme_widget_message_video_thumb") else _PHOTO)
    origin = next((_plain(one) for one in _having(message, "tgme_widget_message_forwarded_from_name")), "")
    return Entry(
        guid=f"https://t.me/{post}",
        link=f"https://t.me/{post}",
        title=title,
        content="".join(f"<p>{escape(paragraph)}</p>" for paragraph in _marked(body, origin)),
        published=_time(message),
        categories=telegram_text.hashtags(lines),
        author=origin,
        image=picture,
    )


def _marked(paragraphs: list[str], origin: str) -> list[str]:
    """The paragraphs of a message, which say whose they are where the channel only passes them on."""
    if not origin:
        return paragraphs
    first, *rest = paragraphs or [""]
    return [_FORWARDED.format(name=origin) + first, *rest]


def _time(message: lxml_html.HtmlElement) -> datetime | None:
    """When it was sent; a film's `<time>` is how long it is."""
    for stamp in [*_having(message, "tgme_widget_message_date"), message]:
        for time in stamp.iter("time"):
            with suppress(ValueError):
                return datetime.fromisoformat(time.get("datetime") or "").astimezone(UTC)
    return None


def _pictures(message: lxml_html.HtmlElement, url: str) -> Iterator[Image]:
    """Photos first, in their order, then the still of a film, then what a link's preview shows."""
    for kind in _PICTURES:
        for element in _having(message, kind):
            found = _STYLE_URL.search(element.get("style") or "")
            if found and not _is_quoted(element) and (address := absolute(found["url"], url)):
                yield Image(address)


# -- Elements ----------------------------------------------------------------------------------------------------------


def _having(tree: lxml_html.HtmlElement, name: str) -> list[lxml_html.HtmlElement]:
    found: list[lxml_html.HtmlElement] = tree.xpath(
        "descendant-or-self::*[contains(concat(' ', normalize-space(@class), ' '), concat(' ', $name, ' '))]", name=name
    )
    return found


def _classes(element: lxml_html.HtmlElement | None) -> set[str]:
    return set() if element is None else set((element.get("class") or "").split())


def _is_quoted(element: lxml_html.HtmlElement) -> bool:
    """It belongs to the message that this one answers."""
    return any("tgme_widget_message_reply" in _classes(one) for one in element.iterancestors())


def _plain(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
