"""A page of articles as the bot shows it: pure, from a SearchPage to a message and its keyboard.

Callback data stay within Telegram's 64 bytes by naming a view, never by holding Persian text:

    l:OFFSET              the latest of the country
    p:SLUG:OFFSET         the latest of a province
    q:KEY:OFFSET[:SLUG]   a search whose words the store keeps under KEY, narrowed to a province
    ps                    the keyboard of provinces
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

from persiantools.digits import en_to_fa
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.posts import bale
from bot.posts.links import safe_link
from bot.posts.measure import clean, shorten, utf16
from bot.posts.message import TEXT_LIMIT
from bot.posts.spans import Line, Span, lines_of
from bot.talk import texts
from feeds.models import Article, SearchPage
from feeds.provinces import gazetteer
from feeds.store.search.find import CAP
from feeds.text import jalali

PAGE = 5
"""Articles a page: as many as a phone shows without much scrolling."""
COLUMNS = 3
LONGEST_SENTENCE = 300
"""UTF-16 units of an article's first sentence in a list; a longer one is left out, never cut."""
LONGEST_TITLE = 250
LONGEST_LINK = 300
"""A longer address would leave no room on Bale, where addresses count; our own page leads to it."""


@dataclass(frozen=True, slots=True)
class View:
    """What a list shows, as far as its own buttons must know."""

    title: str
    callback: str
    """Callback data with {offset} to fill."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say, before any markup, and an inline keyboard."""

    lines: Sequence[Line]
    keyboard: InlineKeyboardMarkup | None = None

    @classmethod
    def of(cls, template: str, keyboard: InlineKeyboardMarkup | None = None, **values: str) -> Self:
        """One of `bot.talk.texts`, filled."""
        return cls(lines_of(template, **values), keyboard)


def articles(view: View, page: SearchPage, *, zone: ZoneInfo, base_url: str) -> Reply:
    """A page of articles with buttons to the newer and the older ones."""
    head: list[Line] = [(Span(view.title, "b"),)]
    if page.total > len(page.articles):
        head += _counts(page)
    for whole in (True, False):  # without their sentences where addresses and titles take all the room
        items = [line for article in page.articles for line in ((), *_item(article, zone, base_url, whole=whole))]
        if utf16(bale.written([*head, *items])) <= TEXT_LIMIT:  # the longest of a platform's markups
            break
    return Reply([*head, *items], _pager(view, page))


def _counts(page: SearchPage) -> Sequence[Line]:
    """Which of how many are shown."""
    first, last = page.offset + 1, page.offset + len(page.articles)
    return lines_of(
        texts.RANGE_AT_LEAST if page.total >= CAP else texts.RANGE,
        first=en_to_fa(str(first)),
        last=en_to_fa(str(last)),
        total=en_to_fa(str(page.total)),
    )


def _item(article: Article, zone: ZoneInfo, base_url: str, *, whole: bool) -> list[Line]:
    page, address = f"{base_url}/a/{article.uid}", safe_link(article.url)
    link = address if address and len(address) <= LONGEST_LINK else page
    title = shorten(clean(article.title).replace("\n", " "), LONGEST_TITLE)
    lines: list[Line] = [(Span(f"{texts.RLM}🔹 "), Span(title, "a", link))]
    sentence = clean(article.summary.lead)
    if whole and sentence and utf16(sentence) <= LONGEST_SENTENCE:
        lines.append(_line(sentence))
    return [*lines, _line(" · ".join(part for part in (_when(article, zone), article.agency) if part))]


def _line(text: str) -> Line:
    """The line with a mark in front: a lead may begin with a digit or a Latin name."""
    return (Span(texts.RLM + text),)


def _when(article: Article, zone: ZoneInfo) -> str:
    day = jalali.news_date(article.published.astimezone(zone).date())
    return day if article.day_only else f"{day}، {jalali.clock(article.published, zone)}"


def _pager(view: View, page: SearchPage) -> InlineKeyboardMarkup | None:
    row = []
    if page.offset + len(page.articles) < page.total:
        row.append(_button(texts.OLDER, view.callback.format(offset=page.offset + PAGE)))
    if page.offset:
        row.append(_button(texts.NEWER, view.callback.format(offset=max(0, page.offset - PAGE))))
    return InlineKeyboardMarkup([row]) if row else None


def provinces(text: str, counts: dict[str, int]) -> Reply:
    """All 31 provinces as buttons, in the order of the alphabet, with how many articles each has."""
    ordered = sorted(gazetteer.PROVINCES, key=lambda province: alphabetical(province.name))
    return Reply.of(text, _grid([(_counted(p.name, counts.get(p.slug, 0)), f"p:{p.slug}:0") for p in ordered]))


def _counted(name: str, count: int) -> str:
    return f"{name} ({en_to_fa(str(count))})" if count else name


def choices(typed: str, slugs: tuple[str, ...], callback: str) -> Reply:
    """Which of several provinces a name means; `callback` has {slug} to fill."""
    buttons = [(gazetteer.by_slug(slug).name, callback.format(slug=slug)) for slug in slugs]
    return Reply.of(texts.CHOOSE_MEANING, _grid(buttons), typed=typed)


def _grid(buttons: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    row = [_button(text, data) for text, data in buttons]
    return InlineKeyboardMarkup([row[i : i + COLUMNS] for i in range(0, len(row), COLUMNS)])


def _button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=data)


ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"


def alphabetical(name: str) -> tuple[int, ...]:
    """A sort key in the order of the Persian alphabet (code points put پ چ گ ی last)."""
    return tuple(ALPHABET.find(letter) for letter in name)
