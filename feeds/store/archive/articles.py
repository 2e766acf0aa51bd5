"""The articles of the store: each is saved with its search keys and deliveries in one transaction, and read again.

Long, as every question about articles alone is one short method here, beside the saving that all of them read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, func, select
from sqlalchemy.exc import IntegrityError

from feeds.models import Article, Draft, Outcome, Revision, Route, Saved, SearchPage, SearchQuery
from feeds.store.archive import changes, listing, stories
from feeds.store.archive.arrivals import Arrival
from feeds.store.archive.listing import changing
from feeds.store.database.engine import reading, writing
from feeds.store.database.read import standing
from feeds.store.database.rows import article_of, clean, fingerprint_of, first_id
from feeds.store.database.tables import HIDDEN, article_provinces, articles, revisions
from feeds.store.delivery import queue
from feeds.store.search.index import upkeep, vocabulary
from feeds.store.search.index.frequencies import ALL_IDS, Frequencies
from feeds.store.search.index.fulltext import fulltext_of
from feeds.store.search.index.keys import Choice, Keys
from feeds.store.search.index.vocabulary import Vocabulary
from feeds.store.search.kept import Kept

if TYPE_CHECKING:
    from feeds.store.search.sharing import Sharing

_RETRIES = 3
"""How often a save is tried again where another node stores the same document at the same moment."""
_BATCH = 100
"""Articles that are indexed anew in one transaction: others write in between."""
_SHOWN = articles.c.retracted.is_(None) & articles.c.held.is_(None) & ~stories.is_member()
_SUGGESTED_OF = 5
"""Words that are looked at for each that is suggested: some are of articles alone that nobody is shown."""


class Articles:
    """What is published: saved, and found again; `editorial` has the desk's word on it.

    Every method is one transaction, may be called from any thread, and raises `StoreError` where the store is locked
    for too long, full, or gone; then nothing of it was stored.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._fulltext = fulltext_of(engine)
        self._vocabulary = Vocabulary()
        self._frequencies = Frequencies()
        self._kept = Kept()

    def save(
        self,
        draft: Draft,
        channels: Sequence[Route],
        now: datetime,
        *,
        story: tuple[str, str] | None = None,
        goes_on: str = "",
    ) -> Saved:
        """Store a draft with its deliveries; see `save_all`."""
        return self.save_all([Arrival(draft, channels, story, goes_on)], now)[0]

    def save_all(self, arrivals: Sequence[Arrival], now: datetime) -> list[Saved]:
        """Store a few drafts with their deliveries, all or none; returns what became of each, in their order.

        A new article gets a post to each channel. A changed one keeps its id, gets a new revision, an edit to each
        channel that has (or is getting) its post, and a post to each where it belongs only now. An unchanged one, by
        its document's fingerprint, is only read. A new one that tells a story again joins the story, whose posts are
        edited to name it; a post of its own it gets only where the story has none.
        """
        unchanged = self._unchanged(arrivals)
        rest = [arrival for arrival in arrivals if arrival.uid not in unchanged]
        keys = {
            arrival.uid: listing.search_keys(arrival.draft) for arrival in rest
        }  # takes longest: done before the store is held
        stored = self._store_all(rest, keys, now) if rest else []
        fresh = iter(stored)
        return [
            Saved(unchanged[arrival.uid], Outcome.UNCHANGED) if arrival.uid in unchanged else next(fresh)
            for arrival in arrivals
        ]

    def _unchanged(self, arrivals: Sequence[Arrival]) -> dict[str, Article]:
        """The stored articles whose documents come again as they are, by uid."""
        prints = {arrival.uid: fingerprint_of(arrival.draft.document) for arrival in arrivals}
        with reading(self._engine) as connection:
            rows = connection.execute(select(articles).where(articles.c.uid.in_(prints))).mappings()
            return {row["uid"]: article_of(row) for row in rows if row["fingerprint"] == prints[row["uid"]]}

    def _store_all(self, arrivals: Sequence[Arrival], keys: Mapping[str, Keys], now: datetime) -> list[Saved]:
        for last in (*(False,) * _RETRIES, True):
            # Another node may store the same document between our look and our write; then we find it there.
            with suppress(*(() if last else (IntegrityError,))):
                with writing(self._engine) as connection:
                    saved = self._store_in(connection, arrivals, keys, now)
                    told = {one.article.uid for one in saved if not (one.article.held or one.article.retracted)}
                    words = self._vocabulary.unknown(keys[uid].tokens for uid in told)
                    vocabulary.add(connection, words)
                self._vocabulary.remember(words)
                return saved
        raise AssertionError  # the last try returns or raises

    def _store_in(
        self, connection: Connection, arrivals: Sequence[Arrival], keys: Mapping[str, Keys], now: datetime
    ) -> list[Saved]:
        """What is new goes in together; then each that tells a story again finds it there, and so do revisions."""
        firsts: dict[str, Arrival] = {}
        for one in arrivals:
            firsts.setdefault(one.uid, one)
        known = changes.known(connection, firsts)
        new = [one for one in firsts.values() if one.uid not in known]
        if len(new) < len(arrivals) or any(one.story or one.goes_on for one in new):
            changes.stand_alone(connection)
        waits = [one.waits if one.story is None else one.draft.document.hold for one in new]
        stored = changes.add(connection, [(one.draft, held) for one, held in zip(new, waits, strict=True)], now)
        added = {article.uid: article for article in stored}
        alone = [one for one in new if one.story is None]
        queue.posts(connection, [(added[one.uid], one.channels) for one in alone], now)
        for one in new:
            if one.goes_on:
                stories.go_on(connection, added[one.uid].id, one.goes_on)
        for one in new:
            if one.story:
                added[one.uid] = self._tell_again(connection, added[one.uid], one, now)
        shown = [
            article
            for uid, article in added.items()
            if article.held is None and (firsts[uid].story is None or changes.is_shown(connection, article))
        ]
        changes.list_in_provinces(connection, shown)
        self._fulltext.add(connection, [listing.entry(article, keys[article.uid]) for article in shown])
        return [
            Saved(added[one.uid], Outcome.NEW)
            if firsts[one.uid] is one and one.uid in added
            else self._revise(connection, one, keys[one.uid], now)
            for one in arrivals
        ]

    def _revise(self, connection: Connection, arrival: Arrival, keys: Keys, now: datetime) -> Saved:
        known = changes.get(connection, arrival.uid)
        if known["fingerprint"] == fingerprint_of(arrival.draft.document):
            return Saved(article_of(known), Outcome.UNCHANGED)
        article = changes.revise(connection, known, arrival.draft, now)
        if article.retracted is None:
            listing.post_untold(connection, article, arrival.anew(article_of(known), article), now)
        saved = Saved(article, Outcome.CHANGED)
        if changes.is_shown(connection, article):
            self._fulltext.put(connection, listing.entry(saved.article, keys))
        return saved

    @staticmethod
    def _tell_again(connection: Connection, article: Article, arrival: Arrival, now: datetime) -> Article:
        """Put a new article into the story that it tells again, if there is one that is shown.

        It is posted where nobody told it. Behind a story that was withdrawn it would never be seen, even where it says
        why that was; behind one that waits, not before that is released.
        """
        other, kind = arrival.story or ("", "")
        told_by = connection.scalar(select(articles.c.id).where(articles.c.uid == other))
        stands = told_by is not None and changes.standing(connection, [stories.lead_of(connection, told_by)])
        lead = stories.join(connection, article.id, told_by, kind, now) if told_by is not None and stands else None
        if lead is None:
            if arrival.waits and article.held is None:
                article = changes.alter(connection, article.id, {"held": now})
            queue.posts(connection, [(article, arrival.channels)], now)
            return article
        if article.held is None:
            changes.touch(connection, lead, now)
        # A channel that has no post of the story yet (it follows other sources, or the lead was quiet) gets this.
        listing.post_untold(connection, article, arrival.channels, now)
        return article

    def catch_up(
        self, source: str, route: Route, now: datetime, *, takes: Callable[[Article], bool] = lambda _article: True
    ) -> int:
        """Send a channel what it takes of a source and never had, as when it is new; returns how many."""
        with writing(self._engine) as connection:
            return queue.catch_up(connection, source, route, now, takes=takes)

    def reindex(self) -> Iterator[int]:
        """Make the search keys anew, while the service runs; yields how many are done.

        It begins with the newest, which are asked for most, and goes on where it was ended at any moment: how far it is
        stands in the store, in the same transaction as what was done. Until then an article is found by its old keys.
        """
        done = 0
        with changing(self._engine) as connection:
            upkeep.begin(connection)
        while count := self.refresh_keys():
            done += count
            yield done

    def refresh_keys(self) -> int:
        """Make the search keys of a few articles anew, where an older version made them; 0 where nothing is left.

        To make them takes long, so nobody waits for that: they are written at once, for the articles that are still as
        they were. Whoever changed one meanwhile has made its keys himself.
        """
        with reading(self._engine) as connection:
            state = upkeep.state(connection)
            if state.done and state.noted:
                return 0
            query = select(articles).where(_SHOWN).order_by(articles.c.id.desc()).limit(_BATCH)
            if state.before is not None:
                query = query.where(articles.c.id < state.before)
            batch = [article_of(row) for row in connection.execute(query).mappings()]
            entries = listing.entries(connection, batch)
        with changing(self._engine) as connection:
            if upkeep.state(connection) != state:  # another node was faster
                return len(batch)
            query = select(articles).where(_SHOWN, articles.c.id.in_([article.id for article in batch]))
            now = {row["id"]: article_of(row) for row in connection.execute(query).mappings()}
            same = [entry for article, entry in zip(batch, entries, strict=True) if now.get(article.id) == article]
            for entry in same:
                self._fulltext.put(connection, entry)
            words = self._vocabulary.unknown(entry.keys.tokens for entry in same)
            vocabulary.add(connection, words)
            upkeep.note(connection, batch[-1].id if batch else None)
        self._vocabulary.remember(words)
        self._kept.forget()
        return len(batch)

    def tidy_index(self) -> bool:
        """Bring a little of the full-text index together, in a short transaction; False where nothing was left to do.

        Searches give the same answers throughout, and are quicker after it.
        """
        with writing(self._engine) as connection:
            return self._fulltext.tidy(connection)

    def fingerprints(self, source: str) -> dict[str, str]:
        """What is known of a source: the key of each document with its fingerprint."""
        query = select(articles.c.key, articles.c.fingerprint).where(articles.c.source == source)
        with reading(self._engine) as connection:
            return {row.key: row.fingerprint for row in connection.execute(query)}

    def get(self, article_id: int) -> Article | None:
        """An article by its id, a retracted one too."""
        return self._one(select(articles).where(articles.c.id == article_id))

    def by_uid(self, uid: str) -> Article | None:
        """An article by the name in its links, a retracted one too."""
        return self._one(select(articles).where(articles.c.uid == clean(uid)))

    def original(self, article_id: int) -> tuple[Revision, ...]:
        """The source's own words, newest revision first; empty where there is no such article."""
        query = select(revisions).where(revisions.c.article_id == article_id).order_by(revisions.c.revision.desc())
        with reading(self._engine) as connection:
            return tuple(
                Revision(row.revision, row.title, row.lead, row.body, row.stored) for row in connection.execute(query)
            )

    def latest(
        self,
        *,
        province: str | None = None,
        limit: int,
        before: int | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[Article, ...]:
        """The newest articles, of a province or of all.

        Args:
            province: its slug; None for all.
            limit: at most so many.
            before: the id that the last page ended with.
            since: published at that time or later.
            until: published before that time.
        """
        query = _within(_newest(select(articles), province), articles.c.id, since, until)
        query = query.limit(limit)
        if before is not None:
            query = query.where(articles.c.id < before)
        with reading(self._engine) as connection:
            return tuple(map(article_of, connection.execute(query).mappings()))

    def stored(
        self, *, limit: int, held: bool = False, article_ids: Collection[int] | None = None
    ) -> tuple[Article, ...]:
        """The newest articles, whatever readers see of them, as the desk wants them; or those alone that it holds."""
        query = select(articles).order_by(articles.c.id.desc()).limit(limit)
        if article_ids is not None:
            query = query.where(articles.c.id.in_(article_ids))
        if held:
            query = query.where(articles.c.held.is_not(None), articles.c.retracted.is_(None))
        with reading(self._engine) as connection:
            return tuple(map(article_of, connection.execute(query).mappings()))

    def search(self, query: SearchQuery, *, limit: int, offset: int = 0, now: datetime | None = None) -> SearchPage:
        """A page of what was asked for; see `feeds.store.search.find` for the order and the cap of the total.

        Args:
            query: What was understood.
            limit: Articles of a page.
            offset: How many come before it.
            now: What news is new by; the clock where it is left out.
        """
        from feeds.store.search import find  # noqa: PLC0415 - words and their tables, which no other question needs
        from feeds.store.search.candidates import Archive  # noqa: PLC0415
        from feeds.store.search.page import page_of  # noqa: PLC0415

        with reading(self._engine) as connection:
            archive = Archive(connection, self._fulltext, self._frequencies)
            at = now or datetime.now(UTC)
            found = self._kept.find(connection, query, lambda: find.search(archive, query, at))
            page = found.ids[max(offset, 0) :][: max(limit, 0)]
            # PostgreSQL sees what others have done since the search: what the desk has held at this moment is left out.
            by_id = standing(connection, page)
        return page_of(query, found, [by_id[number] for number in page if number in by_id], offset)

    def sharing(self, tokens: Sequence[str], *, limit: int) -> Sharing:
        """The articles that share most of the rare words of a text, wherever they stand in time.

        Args:
            tokens: The folded tokens of the text.
            limit: At most so many.
        """
        from feeds.store.search.candidates import Archive  # noqa: PLC0415 - as above
        from feeds.store.search.sharing import sharing  # noqa: PLC0415

        with reading(self._engine) as connection:
            return sharing(Archive(connection, self._fulltext, self._frequencies), tokens, limit)

    def by_ids(self, ids: Collection[int]) -> dict[int, Article]:
        """Articles by their ids, retracted ones too; those that are not there are left out."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(articles).where(articles.c.id.in_(list(ids)))).mappings()
            return {row["id"]: article_of(row) for row in rows}

    def retracted(self, *, limit: int) -> dict[int, datetime]:
        """The ids of the newest articles that were withdrawn, with when they were; of those that anybody saw."""
        query = select(articles.c.id, articles.c.retracted)
        query = query.where(articles.c.retracted.is_not(None), articles.c.held.is_(None))
        with reading(self._engine) as connection:
            return {
                row.id: row.retracted for row in connection.execute(query.order_by(articles.c.id.desc()).limit(limit))
            }

    def suggest(self, prefix: str, *, limit: int = 8) -> list[str]:
        """Words of the archive that begin as the last word that is being typed does."""
        from feeds.text import fold  # noqa: PLC0415 - as above

        tokens = fold.tokens(prefix)
        if not tokens or len(tokens[-1]) < vocabulary.SHORTEST:
            return []
        with reading(self._engine) as connection:
            words = vocabulary.beginning_with(connection, tokens[-1], limit * _SUGGESTED_OF)
            found = (word for word in words if self._fulltext.match(connection, [(Choice((word,)),)], ALL_IDS, 1))
            return list(islice(found, limit))

    def counts(self, *, since: datetime | None = None, until: datetime | None = None) -> dict[str, int]:
        """How many articles each province has, by slug; provinces without any are not named.

        Args:
            since: published at that time or later.
            until: published before that time.
        """
        listed = article_provinces.c.rank != HIDDEN
        query = select(article_provinces.c.province, func.count().label("n")).where(listed)
        query = _within(query, article_provinces.c.article_id, since, until).group_by(article_provinces.c.province)
        with reading(self._engine) as connection:
            return {row.province: row.n for row in connection.execute(query)}

    def earliest(self) -> datetime | None:
        """When the oldest article that is shown was published; None where there is none."""
        query = select(articles.c.published).where(_SHOWN).order_by(articles.c.id).limit(1)
        with reading(self._engine) as connection:
            return connection.scalar(query)

    def per_span(self, moments: Sequence[datetime], *, province: str | None = None) -> list[int]:
        """How many articles were published from each of these moments until the next, in order; one fewer than moments.

        Args:
            moments: ascending, as the midnights of a month.
            province: its slug; None for all.
        """
        found = [
            _within(_newest(select(articles.c.id), province), articles.c.id, *span).order_by(None)
            for span in pairwise(moments)
        ]
        counted = [select(func.count()).select_from(one.subquery()).scalar_subquery() for one in found]
        if not counted:
            return []
        with reading(self._engine) as connection:
            return list(connection.execute(select(*(one.label(f"n{n}") for n, one in enumerate(counted)))).one())

    def total(self) -> int:
        """How many articles there are, without those that are retracted or wait for the desk."""
        # Counts over small indexes: one with a condition would read every article's row.
        retracted = select(func.count()).where(articles.c.retracted.is_not(None)).scalar_subquery()
        held = select(func.count()).where(articles.c.held.is_not(None), articles.c.retracted.is_(None))
        with reading(self._engine) as connection:
            return connection.scalar(select(func.count(articles.c.uid) - retracted - held.scalar_subquery())) or 0

    def _one(self, query: Select[Any]) -> Article | None:
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().first()
        return article_of(row) if row else None


def _within(
    query: Select[Any], number: ColumnElement[int], since: datetime | None, until: datetime | None
) -> Select[Any]:
    """Only what was published in a stretch of time, by the id that grows with it."""
    if since is not None:
        query = query.where(number >= first_id(since))
    if until is not None:
        query = query.where(number < first_id(until))
    return query


def _newest(query: Select[Any], province: str | None, *, retracted: bool = False) -> Select[Any]:
    if province is None:
        shown = articles.c.held.is_(None) & ~stories.is_member() if retracted else _SHOWN
        return query.where(shown).order_by(articles.c.id.desc())
    listed = article_provinces.c.province == clean(province)
    if not retracted:
        listed &= article_provinces.c.rank != HIDDEN
    query = query.join(article_provinces, article_provinces.c.article_id == articles.c.id)
    return query.where(listed).order_by(article_provinces.c.article_id.desc())
