"""What the bot answers to a question: the store's articles as replies, the same for a command, a word and a button.

Long, as each way to ask is one short method here; what a reply looks like is in `listing` and `answering`.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from telegram import InlineQueryResultArticle

from bot.posts.links import is_public
from bot.posts.spans import Line, Span, lines_of
from bot.talk import listing, texts
from bot.talk.answering import checked, inline, narrowing, paper, whole
from bot.talk.answering.paper import Paper
from bot.talk.answering.whole import Told
from bot.talk.listing import PAGE, Reply, View
from feeds import search
from feeds.layout import prominence
from feeds.models import Order, SearchPage, SearchQuery
from feeds.provinces import gazetteer, geography
from feeds.store import Store
from feeds.stories.checking import Checking, corrected
from feeds.stories.disagreement import Disagreement, disagreements
from feeds.web.composing.contacts import Contact

Row = tuple[tuple[str, str], ...]
"""Buttons side by side: what each says, and its callback data or address."""
Rows = tuple[Row, ...]
KEY_DIGITS = 12
_LONGEST_OFFSET = 9
_WEIGHED = 200
"""The newest articles of a day that are weighed for the weightiest."""
_LABEL = 40
"""Characters of what a button names."""
_VIEWS = {Order.BEST: "q", Order.NEWEST: "n"}
"""How callback data name the order of a list."""


def utc_now() -> datetime:
    """The clock that answers go by where none is given."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers from one store. Every method is safe with anything a person (or a forged button) sends."""

    store: Store
    zone: ZoneInfo
    base_url: str
    now: Callable[[], datetime] = utc_now
    contacts: Callable[[], Sequence[Contact]] = tuple
    """The channels and the bot, as they are known now."""
    follows: bool = False
    """Whether searches, provinces and stories can be followed: somebody answers the buttons `f:…`."""

    async def latest(self, offset: int = 0) -> Reply:
        """The newest articles of the country."""
        page = await self._find(SearchQuery(""), offset)
        if not page.articles:
            return Reply.of(texts.NOTHING_YET)
        return await self._articles(
            View(texts.TITLE_LATEST, "l:{offset}", buttons=self._kept("", "feeds/all.rss")), page
        )

    async def important(self) -> Reply:
        """What nobody should miss of the last day; where it had nothing, the newest."""
        page = await asyncio.to_thread(self._important)
        if not page.articles:
            return await self.latest()
        return await self._articles(
            View(texts.TITLE_IMPORTANT, "l:{offset}", buttons=self._kept("", "feeds/all.rss")), page
        )

    def _important(self) -> SearchPage:
        found = self.store.articles.latest(limit=_WEIGHED, since=self.now() - timedelta(days=1))
        told = self.store.stories.story_sources(article.id for article in found)
        shown = tuple(prominence.ranked(found, told)[:PAGE])
        return SearchPage(shown, len(shown))

    async def province(self, slug: str, offset: int = 0, notes: tuple[Line, ...] = ()) -> Reply:
        """The newest articles of a province; `notes` say why it is this one."""
        name = gazetteer.by_slug(slug).name
        page = await self._find(SearchQuery("", provinces=(slug,)), offset)
        if not page.articles:
            return await self._nearest([*notes, *lines_of(texts.NOTHING_OF_PROVINCE, province=name)])
        kept = self._kept(f"p:{slug}", f"feeds/{slug}.rss")
        title = texts.TITLE_PROVINCE.format(province=name)
        return await self._articles(View(title, f"p:{slug}:{{offset}}", notes, buttons=kept), page)

    async def newest(self, words: str) -> Reply:
        """The newest articles of what a person named; of the country where they named nothing."""
        return await self.search(words, order=Order.NEWEST) if words.strip() else await self.latest()

    def feed(self, words: str) -> Reply:
        """The address of the feed of what a person named; of everything where they named nothing."""
        query = search.parse(words, self.now(), self.zone)
        if words.strip() and query.asks_nothing:
            return Reply.of(texts.FEED_WHAT)
        path = f"feeds/{query.provinces[0]}.rss" if _is_whole_province(query) else _feed_of(query)
        address = f"{self.base_url}/{path if words.strip() else 'feeds/all.rss'}"
        if not is_public(address):
            return Reply.of(texts.NO_FEED)
        return Reply.of(texts.FEED_OF, of=f"«{query.text}»" if words.strip() else texts.FEED_OF_ALL, address=address)

    async def channels(self) -> Reply:
        """Where the channels are."""
        found = [contact for contact in await asyncio.to_thread(self.contacts) if not contact.is_bot]
        return listing.channels(found) if found else Reply.of(texts.NO_CHANNELS)

    def named(self, address: str) -> str:
        """The article that a page of ours shows, by its name; "" where the address is none of ours."""
        page = f"{self.base_url}/a/"
        return address.removeprefix(page).partition("?")[0].strip("/") if address.startswith(page) else ""

    async def claimed(self, claim: str) -> Reply:
        """What was said of what somebody heard and is not sure of, in too few words to know a text by."""
        query = search.parse(claim, self.now(), self.zone)
        if query.asks_nothing and not query.choices:
            return Reply.of(texts.CHECK_HOW)
        page = await self._find(query, 0)
        said = page.complete and not page.dropped
        reply = await self.search(claim)
        return replace(reply, lines=[*lines_of(texts.CHECK_SAID if said else texts.CHECK_UNKNOWN), (), *reply.lines])

    async def place(self, latitude: float, longitude: float) -> Reply:
        """The news of the province that a point on the globe lies in."""
        found = geography.find(latitude, longitude)
        if not found.provinces:
            return await self.provinces(texts.PLACE_ABROAD)
        first, *rest = (gazetteer.by_slug(slug).name for slug in found.provinces)
        template = texts.PLACE_AT_BORDER if found.at_the_border else texts.PLACE
        note = lines_of(texts.PLACE_NEAR_BORDER if rest else template, province=first, others="، ".join(rest))
        reply = await self.province(found.provinces[0], notes=note)
        others = [(gazetteer.by_slug(slug).name, f"p:{slug}:0") for slug in found.provinces[1:]]
        return listing.with_buttons(reply, others) if others else reply

    async def whole(self, uid: str) -> list[Reply]:
        """A whole article, in as many messages as it needs."""
        told = await asyncio.to_thread(self._told, uid)
        if told is None:
            return [Reply.of(texts.NO_SUCH_ARTICLE)]
        follow = f"f:s:{uid}" if self.follows else ""
        return whole.messages(told, zone=self.zone, base_url=self.base_url, follow=follow)

    def _told(self, uid: str) -> Told | None:
        article = self.store.articles.by_uid(uid)
        if article is None or article.held:
            return None
        families = {} if self.store.stories.tells_alone(article.id) else self.store.stories.families([article.id])
        told = [one for family in families.values() for one in family]
        others = [one for one in told if one.id != article.id and one.retracted is None]
        return Told(article, corrected(self.store, article), others, disagreements(told) if others else ())

    async def edition(self, words: str, *, epub: bool = False) -> Paper:
        """A day of what a person named, as a file."""
        return await asyncio.to_thread(paper.make, self.store, words, self.now(), self.zone, self.base_url, epub=epub)

    async def check(self, checking: Checking, text: str) -> Reply:
        """What the archive knows of a text; where that is nothing, a short one may have been meant as a search.

        Raises:
            TooShortError: it has too few words.
        """

        def known() -> Reply | None:
            if (found := checking.check(text)) is None:
                return None
            told = disagreements(one.article for one in found.tellings)
            return checked.reply(found, told, zone=self.zone, base_url=self.base_url)

        if (reply := await asyncio.to_thread(known)) is not None:
            return reply
        unknown = Reply.of(texts.CHECK_UNKNOWN)
        if len(text) > search.LONGEST:
            return unknown
        return listing.with_buttons(unknown, [(texts.SEARCH_INSTEAD, f"q:{await self._remember(text)}:0")])

    async def inline(self, typed: str, offset: int, bot: str) -> tuple[list[InlineQueryResultArticle], bool]:
        """What a person typed in another chat, found; and whether there is more."""
        query = search.parse(typed, self.now(), self.zone)
        if query.asks_nothing:
            query = SearchQuery("", provinces=query.choices)
        page = await asyncio.to_thread(
            self.store.articles.search, query, limit=inline.PAGE, offset=offset, now=self.now()
        )
        shown = inline.results(page.articles, zone=self.zone, base_url=self.base_url, bot=bot)
        return shown, offset + len(page.articles) < page.total

    async def provinces(self, text: str = texts.CHOOSE_PROVINCE) -> Reply:
        """The keyboard of the 31 provinces."""
        return listing.provinces(text, await asyncio.to_thread(self.store.articles.counts))

    async def search(
        self, typed: str, offset: int = 0, slug: str = "", order: Order = Order.BEST, period: str = ""
    ) -> Reply:
        """What a person typed, found.

        Args:
            typed: Their words.
            offset: How many results come before the page.
            slug: The meaning that they chose where a name had several.
            order: What comes first.
            period: Which of `narrowing.PERIODS` they chose.
        """
        query = search.parse(typed, self.now(), self.zone, order=order)
        if query.command:
            return await self._command(query.command, offset)
        if slug:
            query = replace(query, provinces=(gazetteer.by_slug(slug).slug,), choices=())
        if query.choices and query.asks_nothing:
            return listing.choices(query.text, query.choices, f"q:{await self._remember(query.text)}:0:{{slug}}")
        if query.asks_nothing:
            return await self.provinces(texts.NOT_UNDERSTOOD if query.text else texts.EMPTY_SEARCH)
        if _is_whole_province(query) and not query.guessed:
            return await self.province(query.provinces[0], offset)
        page = await self._find(narrowing.narrowed(query, period, self.now()), offset)
        if not page.articles:
            return await self._nothing(query, page)
        return await self._articles(self._view(query, page, await self._remember(query.text), slug, period), page)

    async def _command(self, command: str, offset: int) -> Reply:
        """A command in words: «راهنما»."""
        if command in _SAID:
            return Reply.of(_SAID[command])
        if command in _WITH_PROVINCES:
            return await self.provinces(_WITH_PROVINCES[command])
        return await self.important() if command == "important" else await self.latest(offset)

    def _view(self, query: SearchQuery, page: SearchPage, key: str, slug: str, period: str) -> View:
        """What a list of results says of the search, and its buttons."""
        narrowed = f":{slug}:{period}" if period else f":{slug}" if slug else ""
        other = Order.NEWEST if query.order is Order.BEST else Order.BEST
        buttons: list[Row] = []
        if page.suggestion:
            buttons.append(((texts.YES.format(meant=page.suggestion[:_LABEL]), f"s:{key}"),))
        if query.choices:
            named = [(gazetteer.by_slug(one).name, f"q:{key}:0:{one}") for one in query.choices]
            buttons.append(tuple(named))
        if len(query.chips) > 1 or (query.chips and query.terms):
            labels = [texts.TAKE_OFF.format(label=chip.label[:_LABEL]) for chip in query.chips[: listing.COLUMNS]]
            buttons.append(tuple((label, f"x:{key}:{number}") for number, label in enumerate(labels)))
        if page.total > 1 and query.terms:
            label = texts.NEWEST_FIRST if other is Order.NEWEST else texts.BEST_FIRST
            buttons.append(((label, f"{_VIEWS[other]}:{key}:0{narrowed}"),))
        if narrowing.may_narrow(query):
            view = _VIEWS[query.order]
            buttons.append(narrowing.buttons(lambda name: f"{view}:{key}:0:{slug}:{name}".rstrip(":"), period))
        buttons += self._kept(f"q:{key}", _feed_of(query))
        title = texts.TITLE_SEARCH.format(typed=query.text)
        if query.only_places and query.town:
            title = texts.TITLE_TOWN.format(town=_town(query))
        by_time = query.order is Order.NEWEST or not query.terms
        further = (texts.OLDER, texts.NEWER) if by_time else (texts.NEXT_BEST, texts.PREVIOUS_BEST)
        callback = f"{_VIEWS[query.order]}:{key}:{{offset}}{narrowed}"
        notes = _notes(query, page)
        if query.choices:
            name = next((chip.label for chip in query.chips if chip.kind == "province"), query.text)
            notes = (*notes, (Span(texts.WHICH_PROVINCE.format(typed=name)),))
        return View(title, callback, notes, further, tuple(buttons))

    async def button(self, data: str) -> Reply:
        """What a pressed button shows; a button of a list that is gone gets a sentence, not an error."""
        match data.split(":"):
            case ["l", offset] if offset.isdecimal():
                return await self.latest(int(offset))
            case ["p", slug, offset] if offset.isdecimal() and _is_province(slug):
                return await self.province(slug, int(offset))
            case ["ps"]:
                return await self.provinces()
            case ["f", *_]:  # an old list's, where nothing can be followed
                return Reply.of(texts.STALE)
            case [view, key, *rest]:
                if typed := await self._remembered(key):
                    return await self._of_search(view, typed, rest)
        return Reply.of(texts.STALE)

    async def _of_search(self, view: str, typed: str, rest: list[str]) -> Reply:
        """What a button under the results of a search shows."""
        match [view, *rest]:
            case [("q" | "n"), offset, *chosen] if offset.isdecimal() and len(offset) < _LONGEST_OFFSET:
                slug, period = (*chosen, "", "")[:2]
                if (slug and not _is_province(slug)) or period not in narrowing.PERIODS or len(chosen) > 2:  # noqa: PLR2004
                    return Reply.of(texts.STALE)
                order = next(one for one, name in _VIEWS.items() if name == view)
                return await self.search(typed, int(offset), slug, order, period)
            case ["x", number] if number.isdecimal():
                chips = search.parse(typed, self.now(), self.zone).chips
                return await self.search(chips[int(number)].rest if int(number) < len(chips) else typed)
            case ["s"]:
                page = await self._find(search.parse(typed, self.now(), self.zone), 0)
                return await self.search(page.suggestion or typed)
        return Reply.of(texts.STALE)

    async def _nothing(self, query: SearchQuery, page: SearchPage) -> Reply:
        """Nothing found: say so, of a town by its name, and show the nearest that has something."""
        template = texts.NOTHING_OF_TOWN if query.town and query.only_places else texts.NOTHING_FOUND
        said = lines_of(template, typed=query.text, town=_town(query))
        parts = [*(chip.label for chip in query.chips), *(word.typed for word in query.words if word.needed)]
        understood = (
            lines_of(texts.UNDERSTOOD, parts=" · ".join(parts)) if query.chips and parts != [query.text] else ()
        )
        kept = self._kept(f"q:{await self._remember(query.text)}", _feed_of(query))
        return await self._nearest([*said, *understood, *_notes(query, page)], query.provinces, kept)

    async def _nearest(self, said: Sequence[Line], provinces: tuple[str, ...] = (), kept: Rows = ()) -> Reply:
        """Nothing found: say so, then show the nearest that has something."""
        for slugs in (provinces, ()) if provinces else ((),):
            page = await self._find(SearchQuery("", provinces=slugs), 0)
            if page.articles:
                names = "، ".join(gazetteer.by_slug(slug).name for slug in slugs)
                title = texts.NEAREST.format(province=names) if slugs else texts.NEAREST_OF_ALL
                callback = f"p:{slugs[0]}:{{offset}}" if len(slugs) == 1 else "l:{offset}"
                shown = await self._articles(View(title, callback, buttons=kept), page)
                return Reply([*said, (), *shown.lines], shown.keyboard)
        return Reply(said)

    async def _find(self, query: SearchQuery, offset: int) -> SearchPage:
        return await asyncio.to_thread(self.store.articles.search, query, limit=PAGE, offset=offset, now=self.now())

    async def _remembered(self, key: str) -> str:
        typed = await asyncio.to_thread(self.store.key_values.get, f"query:{key}")
        return typed if isinstance(typed, str) else ""

    async def _remember(self, typed: str) -> str:
        """Keep the words of a search for its buttons; the same words have the same key."""
        key = hashlib.sha256(typed.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_DIGITS]
        await asyncio.to_thread(self.store.key_values.put, f"query:{key}", typed, self.now())
        return key

    def _kept(self, follow: str, feed: str) -> Rows:
        """A row of buttons by which a list is kept: as an alert (`follow` names it), and as a feed."""
        address = f"{self.base_url}/{feed}"
        row = [(texts.FOLLOW, f"f:{follow}")] if self.follows and follow else []
        row += [(texts.FEED, address)] if is_public(address) else []
        return (tuple(row),) if row else ()

    async def _articles(self, view: View, page: SearchPage) -> Reply:
        told = await asyncio.to_thread(self._disagreements, page)
        return listing.articles(view, page, zone=self.zone, base_url=self.base_url, disagreements=told)

    def _disagreements(self, page: SearchPage) -> dict[int, tuple[Disagreement, ...]]:
        """Where the agencies that tell an article's story disagree, of those that several tell."""
        several = self.store.stories.story_sources(article.id for article in page.articles)
        families = self.store.stories.families(several) if several else {}
        return {lead: disagreements(told) for lead, told in families.items()}


def _is_whole_province(query: SearchQuery) -> bool:
    """Whether a whole province is asked for, and nothing else."""
    return query.only_places and len(query.provinces) == 1 and not (query.town or query.towns)


def _feed_of(query: SearchQuery) -> str:
    """Where the results of a search are a feed."""
    return f"search.rss?{urlencode({'q': query.text})}"


_SAID = {"help": texts.HELP, "thanks": texts.YOU_ARE_WELCOME, "more": texts.MORE_HOW}
_WITH_PROVINCES = {"start": texts.START, "provinces": texts.CHOOSE_PROVINCE, "here": texts.WHERE_ARE_YOU}
"""What is said to a command in words; beside the keyboard of provinces, where one is to be chosen."""
_LET_GO = {"period": texts.NOT_IN_PERIOD, "source": texts.NOT_OF_SOURCE, "urgent": texts.NOT_URGENT}


def _notes(query: SearchQuery, page: SearchPage) -> tuple[Line, ...]:
    """What was understood and what no button shows; and what was done to the search to find something."""
    said = []
    if page.articles and len(query.chips) == 1 and not query.terms and query.chips[0].kind not in {"province", "town"}:
        said.append(texts.UNDERSTOOD.format(parts=query.chips[0].label))
    said += [texts.CORRECTED.format(typed=typed, meant=meant) for typed, meant in page.corrected]
    if page.suggestion:
        said.append(texts.DID_YOU_MEAN.format(meant=page.suggestion))
    if page.articles:
        let_go = {**_LET_GO, "province": _nothing_there(query)}
        said += [sentence.format(town=_town(query)) for name, sentence in let_go.items() if name in page.dropped]
        if not page.complete and page.missing:
            said.append(texts.NOTHING_COMPLETE)
    return tuple((Span(sentence),) for sentence in said)


def _nothing_there(query: SearchQuery) -> str:
    """What is said where the places that are named had nothing."""
    if query.town:
        return texts.NOT_IN_TOWN
    return texts.NOT_IN_PROVINCES if len(query.provinces) > 1 else texts.NOT_IN_PROVINCE


def _town(query: SearchQuery) -> str:
    return next((chip.label for chip in query.chips if chip.kind == "town"), query.text)


def _is_province(slug: str) -> bool:
    return any(province.slug == slug for province in gazetteer.PROVINCES)
