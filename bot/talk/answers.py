"""What the bot answers to a question: the store's articles as replies, the same for a command, a word and a button."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.posts.spans import Line, lines_of
from bot.talk import listing, texts
from bot.talk.listing import PAGE, Reply, View
from feeds import search
from feeds.models import SearchPage, SearchQuery
from feeds.provinces import gazetteer
from feeds.store import Store

KEY_DIGITS = 12


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

    async def latest(self, offset: int = 0) -> Reply:
        """The newest articles of the country."""
        page = await self._find(SearchQuery(""), offset)
        if not page.articles:
            return Reply.of(texts.NOTHING_YET)
        return self._articles(View(texts.TITLE_LATEST, "l:{offset}"), page)

    async def province(self, slug: str, offset: int = 0) -> Reply:
        """The newest articles of a province."""
        name = gazetteer.by_slug(slug).name
        page = await self._find(SearchQuery("", provinces=(slug,)), offset)
        if not page.articles:
            return await self._nearest(lines_of(texts.NOTHING_OF_PROVINCE, province=name))
        return self._articles(View(texts.TITLE_PROVINCE.format(province=name), f"p:{slug}:{{offset}}"), page)

    async def provinces(self, text: str = texts.CHOOSE_PROVINCE) -> Reply:
        """The keyboard of the 31 provinces."""
        return listing.provinces(text, await asyncio.to_thread(self.store.articles.counts))

    async def search(self, typed: str, offset: int = 0, slug: str = "") -> Reply:
        """What a person typed, found; `slug` is the meaning they chose where a name had several."""
        query = search.parse(typed, self.now(), self.zone)
        if slug:
            query = replace(query, provinces=(gazetteer.by_slug(slug).slug,), choices=())
        if query.choices:
            return listing.choices(query.text, query.choices, f"q:{await self._remember(query.text)}:0:{{slug}}")
        if not (query.provinces or query.terms or query.since):
            return await self.provinces(texts.NOT_UNDERSTOOD if query.text else texts.EMPTY_SEARCH)
        if len(query.provinces) == 1 and not (query.terms or query.first or query.since):
            return await self.province(query.provinces[0], offset)
        page = await self._find(query, offset)
        if not page.articles:
            return await self._nearest(lines_of(texts.NOTHING_FOUND, typed=query.text), query.provinces)
        callback = f"q:{await self._remember(query.text)}:{{offset}}{f':{slug}' if slug else ''}"
        return self._articles(View(texts.TITLE_SEARCH.format(typed=query.text), callback), page)

    async def button(self, data: str) -> Reply:
        """What a pressed button shows; a button of a list that is gone gets a sentence, not an error."""
        match data.split(":"):
            case ["l", offset] if offset.isdecimal():
                return await self.latest(int(offset))
            case ["p", slug, offset] if offset.isdecimal() and _is_province(slug):
                return await self.province(slug, int(offset))
            case ["ps"]:
                return await self.provinces()
            case ["q", key, offset, *slug] if offset.isdecimal() and (not slug or _is_province(slug[0])):
                typed = await asyncio.to_thread(self.store.key_values.get, f"query:{key}")
                if isinstance(typed, str):
                    return await self.search(typed, int(offset), slug[0] if slug else "")
        return Reply.of(texts.STALE)

    async def _nearest(self, said: Sequence[Line], provinces: tuple[str, ...] = ()) -> Reply:
        """Nothing found: say so, then show the nearest that has something."""
        for slugs in (provinces, ()) if provinces else ((),):
            page = await self._find(SearchQuery("", provinces=slugs), 0)
            if page.articles:
                names = "، ".join(gazetteer.by_slug(slug).name for slug in slugs)
                title = texts.NEAREST.format(province=names) if slugs else texts.NEAREST_OF_ALL
                callback = f"p:{slugs[0]}:{{offset}}" if len(slugs) == 1 else "l:{offset}"
                shown = self._articles(View(title, callback), page)
                return Reply([*said, (), *shown.lines], shown.keyboard)
        return Reply(said)

    async def _find(self, query: SearchQuery, offset: int) -> SearchPage:
        return await asyncio.to_thread(self.store.articles.search, query, limit=PAGE, offset=offset)

    async def _remember(self, typed: str) -> str:
        """Keep the words of a search for its buttons; the same words have the same key."""
        key = hashlib.sha256(typed.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_DIGITS]
        await asyncio.to_thread(self.store.key_values.put, f"query:{key}", typed, self.now())
        return key

    def _articles(self, view: View, page: SearchPage) -> Reply:
        return listing.articles(view, page, zone=self.zone, base_url=self.base_url)


def _is_province(slug: str) -> bool:
    return any(province.slug == slug for province in gazetteer.PROVINCES)
