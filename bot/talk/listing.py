"""A page of articles as the bot shows it: pure, from a SearchPage to a message and its keyboard.

Callback data stay within Telegram's 64 bytes by naming a view, never by holding Persian text:

    l:OFFSET              the latest of the country
    p:SLUG:OFFSET         the latest of a province
    q:KEY:OFFSET[:SLUG[:DAYS]]    a search whose words the store keeps under KEY, narrowed to a province and a period
    n:KEY:OFFSET[:SLUG[:DAYS]]    the same, the newest first
    x:KEY:NUMBER          the search without the chip of that number
    s:KEY                 the search that was asked about: «منظورتان … بود؟»
    a:UID                 the whole article
    f:q:KEY, f:p:SLUG, f:s:UID    follow a search, a province, a story (`Answers.follows`)
    ps                    the keyboard of provinces
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self
from zoneinfo import ZoneInfo

from persiantools.digits import en_to_fa
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.posts import bale
from bot.posts.measure import clean, shorten, utf16
from bot.posts.message import TEXT_LIMIT
from bot.posts.spans import Line, Span, lines_of
from bot.talk import texts
from bot.talk.answering import phrases
from feeds.models import Article, SearchPage
from feeds.provinces import gazetteer
from feeds.search import marking
from feeds.store.search.find import CAP
from feeds.stories.disagreement import Disagreement
from feeds.web.composing.contacts import Contact

PAGE = 5
"""Articles a page: as many as a phone shows without much scrolling."""
COLUMNS = 3
LONGEST_SENTENCE = 300
"""UTF-16 units of an article's first sentence in a list; a longer one is left out, never cut."""
LONGEST_TITLE = 250


@dataclass(frozen=True, slots=True)
class View:
    """What a list shows, as far as its own buttons must know."""

    title: str
    callback: str
    """Callback data with {offset} to fill."""
    notes: tuple[Line, ...] = ()
    """What is to be said of the search, under the title."""
    further: tuple[str, str] = (texts.OLDER, texts.NEWER)
    """What the buttons to the next page and to the one before are called."""
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Rows of further buttons: text, and callback data or an address."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say, before any markup, and an inline keyboard."""

    lines: Sequence[Line]
    keyboard: InlineKeyboardMarkup | None = None
    picture: str = ""
    """The address of a picture that stands large above the text, where the platform can; empty for none."""

    @classmethod
    def of(cls, template: str, keyboard: InlineKeyboardMarkup | None = None, **values: str) -> Self:
        """One of `bot.talk.texts`, filled."""
        return cls(lines_of(template, **values), keyboard)


def articles(
    view: View,
    page: SearchPage,
    *,
    zone: ZoneInfo,
    base_url: str,
    disagreements: Mapping[int, Sequence[Disagreement]] = MappingProxyType({}),
) -> Reply:
    """A page of articles, numbered, with buttons to each whole text and to the newer and the older ones.

    Args:
        view: What the list shows.
        page: The articles.
        zone: Where the readers' clocks are.
        base_url: Of our own pages.
        disagreements: Where the agencies that tell an article's story disagree, by its id.
    """
    head: list[Line] = [(Span(view.title, "b"),), *view.notes]
    if page.total > len(page.articles):
        head += _counts(page)
    for whole in (True, False):  # without their sentences where addresses and titles take all the room
        items: list[Line] = []
        for number, article in enumerate(page.articles, page.offset + 1):
            items += [(), *_item(number, article, page, zone, base_url, whole=whole)]
            items[-1:-1] = [phrases.disagreement(one) for one in disagreements.get(article.id, ())]
        if utf16(bale.written([*head, *items])) <= TEXT_LIMIT:  # the longest of a platform's markups
            break
    return Reply([*head, *items], _keyboard(view, page))


def channels(found: Sequence[Contact]) -> Reply:
    """The channels by name and address; of very many, as many as one message takes, and how many more there are."""
    every = [f"• {channel.name}: {channel.url}" for channel in found]
    for shown in range(len(every), 0, -1):
        more = [texts.MORE_CHANNELS.format(count=en_to_fa(str(len(every) - shown)))] if shown < len(every) else []
        reply = Reply.of(texts.CHANNELS, channels="\n".join([*every[:shown], *more]))
        if utf16(bale.written(reply.lines)) <= TEXT_LIMIT:  # the longest of a platform's markups
            break
    return reply


def _counts(page: SearchPage) -> Sequence[Line]:
    """Which of how many are shown."""
    first, last = page.offset + 1, page.offset + len(page.articles)
    return lines_of(
        texts.RANGE_AT_LEAST if page.total >= CAP else texts.RANGE,
        first=en_to_fa(str(first)),
        last=en_to_fa(str(last)),
        total=en_to_fa(str(page.total)),
    )


def _item(number: int, article: Article, page: SearchPage, zone: ZoneInfo, base_url: str, *, whole: bool) -> list[Line]:
    link = phrases.address_of(article, base_url)
    title = shorten(clean(article.title).replace("\n", " "), LONGEST_TITLE)
    head = f"{texts.RLM}{en_to_fa(str(number))}. "
    lines: list[Line] = [(Span(head), Span(title, "a", link, _marks(title, page.found)))]
    sentence = clean(marking.snippet(article, page.found) if page.found else article.summary.lead)
    if whole and sentence and utf16(sentence) <= LONGEST_SENTENCE:
        lines.append(_line(sentence, page.found))
    without = "، ".join(f"«{word}»" for word in page.missing.get(article.id, ()))
    parts = (phrases.when(article, zone), article.agency, texts.WITHOUT.format(words=without) if without else "")
    return [*lines, _line(" · ".join(part for part in parts if part))]


def _line(text: str, found: Sequence[tuple[str, ...]] = ()) -> Line:
    """The line with a mark in front: a lead may begin with a digit or a Latin name."""
    return (Span(texts.RLM + text, marks=_marks(texts.RLM + text, found)),)


def _marks(text: str, found: Sequence[tuple[str, ...]]) -> tuple[tuple[int, int], ...]:
    """Where in a text the words are that were found."""
    places, at = [], 0
    for piece in marking.mark(text, found) if found else ():
        if piece.marked:
            places.append((at, at + len(piece.text)))
        at += len(piece.text)
    return tuple(places)


def _keyboard(view: View, page: SearchPage) -> InlineKeyboardMarkup | None:
    whole = [
        (texts.WHOLE_OF.format(number=en_to_fa(str(n))), f"a:{a.uid}")
        for n, a in enumerate(page.articles, page.offset + 1)
    ]
    if len(whole) == 1:
        whole = [(texts.WHOLE, whole[0][1])]
    row = []
    if page.offset + len(page.articles) < page.total:
        row.append(_button(view.further[0], view.callback.format(offset=page.offset + PAGE)))
    if page.offset:
        row.append(_button(view.further[1], view.callback.format(offset=max(0, page.offset - PAGE))))
    given = [whole, *view.buttons]
    rows = [[_button(*button) for button in buttons] for buttons in given]
    return InlineKeyboardMarkup([*rows[:1], *([row] if row else []), *rows[1:]])


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


def with_buttons(reply: Reply, buttons: Sequence[tuple[str, str]]) -> Reply:
    """The reply with a first row of further buttons: text and callback data."""
    rows = reply.keyboard.inline_keyboard if reply.keyboard else ()
    first = [_button(text, data) for text, data in buttons]
    return Reply(reply.lines, InlineKeyboardMarkup([first, *rows]), reply.picture)


def _grid(buttons: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    row = [_button(text, data) for text, data in buttons]
    return InlineKeyboardMarkup([row[i : i + COLUMNS] for i in range(0, len(row), COLUMNS)])


def _button(text: str, data: str) -> InlineKeyboardButton:
    if "://" in data:
        return InlineKeyboardButton(text, url=data)
    return InlineKeyboardButton(text, callback_data=data)


ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"


def alphabetical(name: str) -> tuple[int, ...]:
    """A sort key in the order of the Persian alphabet (code points put پ چ گ ی last)."""
    return tuple(ALPHABET.find(letter) for letter in name)
