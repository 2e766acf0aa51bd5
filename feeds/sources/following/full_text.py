"""The full text of articles whose feed has only the lead: their pages, fetched within limits of number and patience."""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import urlsplit

from feeds.models import Document
from feeds.sources import SourceSettings
from feeds.sources.fetching.fetch import PER_HOST, Fetcher, FetchError, Limits, Unchanged, Wanted
from feeds.sources.following import retries
from feeds.sources.following.identity import Judged
from feeds.sources.following.retries import Miss
from feeds.sources.reading.pages import webpage

log = logging.getLogger(__name__)

PAGES = 30
"""Full texts that are fetched for one feed at one poll."""
SECONDS = 30.0
"""After which the pages of one feed wait for another time: the round waits for nobody longer."""
TIRED = 3
"""Failures in a row after which a host's pages are left alone for this round; one without any answer is enough."""
OFFLINE = 8
"""Pages without any answer in a row, of whichever hosts, after which no more are asked for in this round."""
PAGE_LIMITS = Limits(size=4 << 20, seconds=15)


class Pages:
    """The pages of one round."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.fetcher = fetcher
        self._tired: dict[str, int] = {}
        self._unanswered = 0

    async def completed(self, source: SourceSettings, judged: list[Judged]) -> tuple[list[Document], list[Miss]]:
        """The documents, with their pages' full text where the feed has only a lead and the desk wants it."""
        if not source.full_text:
            return [one.document for one in judged], []
        clock = asyncio.get_running_loop().time
        until = clock() + SECONDS
        short = [one.document for one in judged if wants_page(one.document)][:PAGES]
        complete: dict[str, Document] = {}
        missed: list[Miss] = []
        for few in (short[start : start + PER_HOST] for start in range(0, len(short), PER_HOST)):
            if clock() > until:
                missed += map(Miss, few)
                continue
            pages = await asyncio.gather(*(self.read(source, document) for document in few))
            for document, page in zip(few, pages, strict=True):
                if isinstance(page, Miss):
                    missed.append(page)
                elif page:
                    complete[document.key] = webpage.completed(document, page)
        return [complete.get(one.document.key, one.document) for one in judged], missed

    async def read(self, source: SourceSettings, document: Document) -> webpage.Page | Miss | None:
        """An article's page; a miss where it may be read later, None where it may not."""
        url = document.url
        host = urlsplit(url).netloc
        if self._tired.get(host, 0) >= TIRED or self._unanswered >= OFFLINE:
            return Miss(document)
        wanted = Wanted(
            url,
            proxy=source.proxy,
            allow_private=source.allow_private,
            site=source.url,
            login=source.login,
            agent=source.agent,
            accept="text/html, */*;q=0.5",
        )
        try:
            answer = await self.fetcher.fetch(wanted, PAGE_LIMITS)
        except FetchError as error:
            self._tired[host] = self._tired.get(host, 0) + (1 if error.status else TIRED)
            self._unanswered = 0 if error.status else self._unanswered + 1
            log.info("no full text from %s: %s", url, error)
            return Miss(document, error.retry_after) if retries.is_passing(error) else None
        self._tired[host] = self._unanswered = 0
        if isinstance(answer, Unchanged) or answer.fault:  # half an article is none
            return Miss(document)
        try:
            return await asyncio.to_thread(webpage.read, answer.body, answer.url, charset=answer.charset)
        except Exception:  # one page that breaks us takes nothing from its feed
            log.exception("the page %s could not be read", url)
            return None


def wants_page(document: Document) -> bool:
    """Whether an article's page is worth fetching: it is about to be posted, and its feed has only a lead."""
    return not document.quiet and bool(document.url) and len(document.body) < webpage.SHORTEST * 3 and not document.lead
