"""What the bot answers about following: the store's word as replies, the same for a command, a link and a button.

Callback data name a topic, a place or a setting, never Persian text:

    f:p:SLUG      follow a province, below where it is pressed; fp:SLUG in its place
    f:s:UID       follow the story of an article
    f:q:KEY       follow a search whose words the store keeps under KEY
    u:ID:OFFSET   follow a topic no more         ul:OFFSET what is followed, from there on
    se            the settings                   se:NAME:VALUE   change one; se:hours  the hours to choose from

Long, as each answer is a few lines and all share how a topic, an hour and a setting are said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from persiantools.digits import en_to_fa
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.posts.measure import clean, shorten
from bot.posts.spans import Line, lines_of
from bot.talk.following import texts
from bot.talk.listing import Reply, alphabetical
from feeds import search
from feeds.models import Article
from feeds.provinces import gazetteer
from feeds.store import Store
from feeds.store.following import topics
from feeds.store.following.chats import MOST, Followed, Follower, chat_of
from feeds.store.following.rhythm import Quiet, Rhythm
from feeds.store.following.topics import Topic
from feeds.text import fold
from feeds.text.times import jalali

PAGE = 30
"""Followed topics of one message."""
MOST_BLOCKS = 30
_LABEL = 60
_BUTTON = 40
_QUIET = ("23-7", "22-8", "0-9")
_WEEK = (5, 6, 0, 1, 2, 3, 4)
"""Saturday first, as `date.weekday()` counts."""
_VALUES: dict[str, Callable[[str], Any]] = {
    "rhythm": Rhythm,
    "hour": lambda value: _within(value, 24),
    "weekday": lambda value: _within(value, 7),
    "quiet": lambda value: str(_known(Quiet.parse(value))) if value else "",
    "digits": lambda value: _one_of(value, texts.DIGITS),
    "order": lambda value: _one_of(value, texts.ORDER),
}
"""How a button's value is read; `ValueError` where it is none."""


@dataclass(frozen=True, slots=True)
class Following:
    """Answers from one store. Every method is safe with anything that a person (or a forged button) sends."""

    store: Store
    zone: ZoneInfo
    now: Callable[[], datetime]

    # Following ------------------------------------------------------------------------------------------------------

    async def follow(self, key: str, words: str, newest: int = 0) -> Reply:
        """What is written after /follow: a province, a town, words, or «همه»."""
        typed = " ".join(clean(words).split())
        if not typed:
            return Reply.of(texts.WHAT, _grid([(p.name, f"fp:{p.slug}") for p in _provinces()]))
        if typed in texts.ALL_WORDS:
            return await self._follow(key, topics.of_everything(texts.EVERYTHING), newest)
        query = search.parse(typed, self.now(), self.zone)
        if query.choices and query.asks_nothing:
            named = [(gazetteer.by_slug(slug).name, f"fp:{slug}") for slug in query.choices]
            return Reply.of(texts.WHICH, _grid(named), typed=shorten(typed, _LABEL))
        topic = None if query.command else topics.of_query(query, shorten(typed, _LABEL))
        if topic is None:
            return Reply.of(texts.NOT_POSSIBLE)
        if topic.kind == "province":
            topic = _of_province(topic.name)
        return await self._follow(key, topic, newest)

    async def follow_named(self, key: str, kind: str, name: str, newest: int = 0) -> Reply:
        """A province (`p`), a story (`s`) or a search (`q`) by its name, from a link or a button."""
        follow_it = {"p": self.follow_province, "s": self.follow_story, "q": self.follow_search}.get(kind)
        return Reply.of(texts.OLD_BUTTON) if follow_it is None else await follow_it(key, name, newest)

    async def follow_province(self, key: str, slug: str, newest: int = 0) -> Reply:
        """A province by its slug, from a link or a button."""
        if not any(province.slug == slug for province in gazetteer.PROVINCES):
            return Reply.of(texts.OLD_BUTTON)
        return await self._follow(key, _of_province(slug), newest)

    async def follow_search(self, key: str, name: str, newest: int = 0) -> Reply:
        """A search that the bot answered before, by the name that its buttons know it by."""
        typed = await asyncio.to_thread(self.store.key_values.get, f"query:{name}")
        if not isinstance(typed, str):
            return Reply.of(texts.OLD_BUTTON)
        return await self.follow(key, typed, newest)

    async def follow_story(self, key: str, uid: str, newest: int = 0) -> Reply:
        """The story of an article, from a link or a button below its post."""
        article = await asyncio.to_thread(self.store.articles.by_uid, uid)
        if article is None or article.held:
            return Reply.of(texts.NO_STORY)
        topic = topics.of_story(article.id, texts.STORY.format(title=_title(article)))
        return await self._follow(key, topic, newest)

    async def _follow(self, key: str, topic: Topic, newest: int) -> Reply:
        fresh = await asyncio.to_thread(self.store.chats.follow, key, topic, self.now(), newest=newest)
        if fresh is None:
            return Reply.of(texts.TOO_MANY, most=_digits(MOST))
        if not fresh:
            return Reply.of(texts.ALREADY, label=topic.label)
        follower = await asyncio.to_thread(self.store.chats.get, key)
        said = texts.FOLLOWED_STORY if topic.kind == "story" else texts.FOLLOWED
        buttons = InlineKeyboardMarkup([[_button(texts.SETTINGS_BUTTON, "se")]])
        return Reply.of(said, buttons, label=topic.label, rhythm=_rhythm(follower))

    # What is followed -----------------------------------------------------------------------------------------------

    async def followed(self, key: str, offset: int = 0) -> Reply:
        """What a chat follows, each with a button that ends it."""
        found = await asyncio.to_thread(self.store.chats.followed, key)
        if not found:
            return Reply.of(texts.NOTHING_FOLLOWED)
        follower = await asyncio.to_thread(self.store.chats.get, key)
        offset = offset if offset < len(found) else 0
        page = found[offset : offset + PAGE]
        rows = [
            [_button(texts.TAKE_OFF.format(label=shorten(one.label, _BUTTON)), f"u:{one.topic_id}:{offset}")]
            for one in page
        ]
        turning = []
        if offset:
            turning.append(_button(texts.LESS, f"ul:{max(offset - PAGE, 0)}"))
        if offset + PAGE < len(found):
            turning.append(_button(texts.MORE, f"ul:{offset + PAGE}"))
        rows += [turning] if turning else []
        rows.append([_button(texts.SETTINGS_BUTTON, "se")])
        lines = [*lines_of(texts.LIST, rhythm=_rhythm(follower)), *(_listed(one) for one in page)]
        return Reply(lines, InlineKeyboardMarkup(rows))

    async def follows(self, key: str, about: str = "") -> bool:
        """Whether a chat follows anything; anything whose name has one of these words."""
        found = await asyncio.to_thread(self.store.chats.followed, key)
        words = set(fold.tokens(about))
        return any(not words or not words.isdisjoint(fold.tokens(one.label)) for one in found)

    async def unfollow(self, key: str, topic_id: int, offset: int) -> Reply:
        """The list without a topic; one that is there no more is left out all the same."""
        await asyncio.to_thread(self.store.chats.unfollow, key, topic_id)
        return await self.followed(key, offset)

    async def stop(self, key: str) -> Reply:
        """Nothing more is sent."""
        count = await asyncio.to_thread(self.store.chats.stop, key)
        return Reply.of(texts.STOPPED, count=_digits(count)) if count else Reply.of(texts.NOT_FOLLOWING)

    # Settings -------------------------------------------------------------------------------------------------------

    async def settings(self, key: str) -> Reply:
        """How a chat wants it, with buttons for all of that."""
        return _settings(await asyncio.to_thread(self.store.chats.get, key))

    async def set(self, key: str, name: str, value: str) -> Reply:
        """The settings after one was changed; a forged value changes nothing."""
        try:
            read = _VALUES[name](value)
        except (KeyError, ValueError):
            return await self.settings(key)
        changed = await asyncio.to_thread(self.store.chats.set, key, self.now(), self.zone, **{name: read})
        return _settings(changed)

    async def block(self, key: str, words: str) -> Reply:
        """What holds all of these words is not sent."""
        phrase = shorten(" ".join(clean(words).split()), _LABEL)
        if not phrase:
            return Reply.of(texts.BLOCK_WHAT)
        blocks = (await asyncio.to_thread(self.store.chats.get, key)).blocks
        if len(blocks) >= MOST_BLOCKS:
            return Reply.of(texts.BLOCK_TOO_MANY, most=_digits(MOST_BLOCKS))
        changed = list(dict.fromkeys((*blocks, phrase)))
        await asyncio.to_thread(self.store.chats.set, key, self.now(), self.zone, blocks=changed)
        return Reply.of(texts.BLOCKED, words=phrase)

    async def unblock(self, key: str, number: int) -> Reply:
        """The settings without one of the blocked phrases."""
        blocks = (await asyncio.to_thread(self.store.chats.get, key)).blocks
        left = [phrase for at, phrase in enumerate(blocks) if at != number]
        changed = await asyncio.to_thread(self.store.chats.set, key, self.now(), self.zone, blocks=left)
        return _settings(changed)

    async def button(self, key: str, data: str) -> Reply:
        """What a pressed button shows; a button that is none gets a sentence, not an error."""
        kind, _, rest = data.partition(":")
        if kind == "se":
            return await self._of_settings(key, rest.split(":"))
        if kind == "fp":
            return await self.follow_province(key, rest)
        if kind == "f":
            return await self.follow_named(key, *rest.partition(":")[::2])
        match data.split(":"):
            case ["u", topic_id, offset] if _is_number(topic_id) and _is_number(offset):
                return await self.unfollow(key, int(topic_id), int(offset))
            case ["ul", offset] if _is_number(offset):
                return await self.followed(key, int(offset))
        return Reply.of(texts.OLD_BUTTON)

    async def _of_settings(self, key: str, pressed: list[str]) -> Reply:
        match pressed:
            case ["hours"]:
                hours = [(f"{_digits(hour)}", f"se:hour:{hour}") for hour in range(24)]
                return Reply.of(texts.HOURS, _grid(hours, columns=6))
            case ["block", number] if _is_number(number):
                return await self.unblock(key, int(number))
            case [name, value]:
                return await self.set(key, name, value)
        return await self.settings(key)

    # What is stored -------------------------------------------------------------------------------------------------

    async def my_data(self, key: str) -> Reply:
        """All that is stored about a chat."""
        chats = self.store.chats
        if not await asyncio.to_thread(chats.knows, key):
            return Reply.of(texts.NO_DATA)
        follower, found = await asyncio.to_thread(chats.get, key), await asyncio.to_thread(chats.followed, key)
        lines: list[Line] = [
            *lines_of(
                texts.MY_DATA,
                chat=str(chat_of(key)),
                created=self._day(follower.created) if follower.created else "",
                messages=_digits(await asyncio.to_thread(chats.got, key)),
                **_said(follower),
            )
        ]
        if found:
            lines += lines_of(texts.MY_DATA_FOLLOWED)
            for one in found:
                lines += lines_of(texts.MY_DATA_ITEM, label=one.label, since=self._day(one.since))
        return Reply([*lines, (), *lines_of(texts.MY_DATA_REST)])

    async def forget(self, key: str) -> Reply:
        """All of it is deleted."""
        await asyncio.to_thread(self.store.chats.forget, key)
        return Reply.of(texts.FORGOTTEN)

    def _day(self, moment: datetime) -> str:
        return jalali.news_date(moment.astimezone(self.zone).date())


def _settings(follower: Follower) -> Reply:
    rhythms = ((Rhythm.NOW, texts.AT_ONCE), (Rhythm.DAILY, texts.DAILY), (Rhythm.WEEKLY, texts.WEEKLY))
    rows = [[_choice(label, f"se:rhythm:{one}", chosen=follower.rhythm is one) for one, label in rhythms]]
    if follower.rhythm is not Rhythm.NOW:
        hours = ((8, texts.MORNING), (20, texts.EVENING))
        row = [_choice(label, f"se:hour:{hour}", chosen=follower.hour == hour) for hour, label in hours]
        rows.append([*row, _button(texts.OTHER_HOUR, "se:hours")])
    if follower.rhythm is Rhythm.WEEKLY:
        days = [_choice(jalali.WEEKDAYS[day], f"se:weekday:{day}", chosen=follower.weekday == day) for day in _WEEK]
        rows += [days[:4], days[4:]]
    quiet = [(texts.NO_QUIET, "")] + [(_quiet_label(hours), hours) for hours in _QUIET]
    chosen = [_choice(label, f"se:quiet:{hours}", chosen=follower.quiet == hours) for label, hours in quiet]
    rows += [chosen[:2], chosen[2:]]
    rows.append(
        [_choice(label, f"se:digits:{one}", chosen=follower.digits == one) for one, label in texts.DIGITS.items()]
    )
    rows.append([_choice(label, f"se:order:{one}", chosen=follower.order == one) for one, label in texts.ORDER.items()])
    blocks = [
        _button(texts.TAKE_OFF.format(label=shorten(phrase, _BUTTON)), f"se:block:{number}")
        for number, phrase in enumerate(follower.blocks)
    ]
    rows += [blocks[at : at + 2] for at in range(0, len(blocks), 2)]
    return Reply.of(texts.SETTINGS, InlineKeyboardMarkup(rows), **_said(follower))


def _said(follower: Follower) -> dict[str, str]:
    """The settings in words."""
    quiet = Quiet.parse(follower.quiet)
    words = "، ".join(f"«{phrase}»" for phrase in follower.blocks)
    return {
        "rhythm": _rhythm(follower),
        "quiet": texts.QUIET.format(begins=_clock(quiet.begins), ends=_clock(quiet.ends)) if quiet else texts.NOT_QUIET,
        "blocks": texts.BLOCKS.format(words=words) if words else texts.NO_BLOCKS,
        "digits": texts.DIGITS[follower.digits],
        "order": texts.ORDER[follower.order],
    }


def _rhythm(follower: Follower) -> str:
    match follower.rhythm:
        case Rhythm.DAILY:
            return texts.RHYTHM_DAILY.format(hour=_clock(follower.hour))
        case Rhythm.WEEKLY:
            weekday = jalali.WEEKDAYS[follower.weekday]
            return texts.RHYTHM_WEEKLY.format(weekday=weekday, hour=_clock(follower.hour))
    return texts.RHYTHM_NOW


def _quiet_label(hours: str) -> str:
    quiet = _known(Quiet.parse(hours))
    return texts.QUIET_HOURS.format(begins=_digits(quiet.begins), ends=_digits(quiet.ends))


def _listed(one: Followed) -> Line:
    return lines_of(f"{texts.RLM}• {{label}}", label=one.label)[0]


def _of_province(slug: str) -> Topic:
    return topics.of_province(slug, texts.PROVINCE.format(name=gazetteer.by_slug(slug).name))


def _provinces() -> Sequence[gazetteer.Province]:
    return sorted(gazetteer.PROVINCES, key=lambda province: alphabetical(province.name))


def _title(article: Article) -> str:
    return shorten(clean(article.title).replace("\n", " "), _LABEL)


def _clock(hour: int) -> str:
    return _digits(f"{hour}:00")


def _digits(value: object) -> str:
    return str(en_to_fa(str(value)))


def _grid(buttons: Sequence[tuple[str, str]], columns: int = 3) -> InlineKeyboardMarkup:
    row = [_button(text, data) for text, data in buttons]
    return InlineKeyboardMarkup([row[at : at + columns] for at in range(0, len(row), columns)])


def _choice(label: str, data: str, *, chosen: bool) -> InlineKeyboardButton:
    return _button(texts.CHOSEN.format(label=label) if chosen else label, data)


def _button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=data)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18  # noqa: PLR2004 - what both stores can hold


def _within(value: str, limit: int) -> int:
    if not _is_number(value) or int(value) >= limit:
        raise ValueError(value)
    return int(value)


def _one_of(value: str, allowed: Any) -> str:
    if value not in allowed:
        raise ValueError(value)
    return value


def _known(quiet: Quiet | None) -> Quiet:
    if quiet is None:
        raise ValueError("no hours")
    return quiet
