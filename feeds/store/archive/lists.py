"""What is read in lists besides the newest of all and of a province: an agency's, breaking news, archives, corrections.

Feeds and their archives tell what was withdrawn too, marked; pages do not list it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, func, select

from feeds.models import Article, Revision
from feeds.store.archive import stories
from feeds.store.database.engine import reading
from feeds.store.database.rows import article_of, clean, first_id
from feeds.store.database.tables import HIDDEN, article_provinces, articles, revisions

_LOOKED_AT = 3
"""Revisions that are looked at for each correction that is shown: some change what no reader sees."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles a list is of; all that is named must be so, and an empty one is of all."""

    province: str = ""
    """A slug."""
    agency: str = ""
    """The name that it signs with."""
    urgent: bool = False


class Head(NamedTuple):
    """What tells one state of an article from all others."""

    id: int
    revision: int
    updated: datetime
    retracted: datetime | None
    released: datetime | None = None

    @classmethod
    def of(cls, article: Article) -> Head:
        """The head of an article."""
        return cls(article.id, article.revision, article.updated, article.retracted, article.released)

    def came(self) -> tuple[int, int]:
        """What the order of coming is by: its id, or the one that it would have if it had been published then."""
        return (first_id(self.released) if self.released else self.id), self.id


@dataclass(frozen=True, slots=True)
class Correction:
    """A notice to readers: the source gave an article other words, or it was withdrawn."""

    article: Article
    at: datetime
    before: Revision | None = None
    """The source's words until then; None where the article was withdrawn."""
    after: Revision | None = None

    @property
    def retracted(self) -> bool:
        """Whether it was withdrawn, and not only changed."""
        return self.before is None

    @property
    def new_title(self) -> bool:
        """Whether the headline is another."""
        return self.before is not None and self.after is not None and _words(self.before)[0] != _words(self.after)[0]


class Lists:
    """Lists of what readers may see. Every method may raise `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(
        self, selection: Selection, *, limit: int, before: int | None = None, retracted: bool = False
    ) -> tuple[Article, ...]:
        """The newest articles of a selection.

        Args:
            selection: Of which.
            limit: At most so many.
            before: The id that the last page ended with.
            retracted: With those that were withdrawn, as feeds want them.
        """
        query = _of(select(articles), selection, retracted=retracted).limit(limit)
        if before is not None:
            query = query.where(articles.c.id < before)
        with reading(self._engine) as connection:
            return tuple(map(article_of, connection.execute(query).mappings()))

    def heads(self, selection: Selection, *, limit: int) -> tuple[Head, ...]:
        """What is known of the articles of a selection that came last, without their texts, withdrawn ones among them.

        One that the desk held came when it was released, whenever its source published it: it would else stand where
        no reader looks any more.
        """
        columns = (articles.c.id, articles.c.revision, articles.c.updated, articles.c.retracted, articles.c.released)
        newest = _of(select(*columns), selection, retracted=True)
        late = newest.where(articles.c.released.is_not(None)).order_by(None).order_by(articles.c.released.desc())
        with reading(self._engine) as connection:
            rows = (*connection.execute(newest.limit(limit)), *connection.execute(late.limit(limit)))
        heads = {Head(*row) for row in rows}
        return tuple(sorted(heads, key=Head.came, reverse=True)[:limit])

    def ids(self, selection: Selection, since: datetime, until: datetime) -> list[int]:
        """The ids of a period, those that were withdrawn among them, in the order of publication.

        Args:
            selection: Of which articles.
            since: The first second of the period.
            until: The second after its last.
        """
        within = (articles.c.id >= first_id(since), articles.c.id < first_id(until))
        query = _of(select(articles.c.id), selection, retracted=True).where(*within)
        with reading(self._engine) as connection:
            return sorted(connection.scalars(query))

    def place(self, selection: Selection, since: datetime, article_id: int) -> int:
        """How many articles of a selection were published since then and before one of them."""
        within = (articles.c.id >= first_id(since), articles.c.id < article_id)
        numbers = _of(select(articles.c.id), selection, retracted=True).where(*within).order_by(None).subquery()
        with reading(self._engine) as connection:
            return connection.scalar(select(func.count()).select_from(numbers)) or 0

    def older(self, selection: Selection, article_id: int) -> int | None:
        """The id of the article of a selection that comes before one in time, withdrawn or not."""
        query = _of(select(articles.c.id), selection, retracted=True).where(articles.c.id < article_id).limit(1)
        with reading(self._engine) as connection:
            found: int | None = connection.scalar(query)
        return found

    def named(self, selection: Selection, ids: Collection[int]) -> tuple[Article, ...]:
        """Those of these articles that a list of a selection shows, withdrawn or not, the newest first."""
        if not ids:
            return ()
        query = _of(select(articles), selection, retracted=True).where(articles.c.id.in_(ids))
        with reading(self._engine) as connection:
            return tuple(map(article_of, connection.execute(query).mappings()))

    def agencies(self) -> tuple[str, ...]:
        """The agencies that have signed something that readers may see, by name."""
        with reading(self._engine) as connection:
            return tuple(name for name in _agencies(connection) if name and _has_any(connection, name))

    def withdrawn(self, *, limit: int) -> tuple[Article, ...]:
        """What was withdrawn last, the last one first."""
        with reading(self._engine) as connection:
            return tuple(one.article for one in _withdrawn(connection, limit))

    def corrections(self, *, limit: int) -> tuple[Correction, ...]:
        """What was corrected or withdrawn last; where an article was withdrawn, that alone is said of it."""
        with reading(self._engine) as connection:
            found = [*_withdrawn(connection, limit), *_corrected(connection, limit)]
        return tuple(sorted(found, key=lambda one: (one.at, one.article.id), reverse=True)[:limit])


def _public(selection: Selection) -> ColumnElement[bool]:
    """What readers may see: of a story the article that leads it; in an agency's own list, its own in any case."""
    return articles.c.held.is_(None) & ~stories.is_member(of_agency=clean(selection.agency))


def _of(query: Select[Any], selection: Selection, *, retracted: bool) -> Select[Any]:
    """A query for the articles of a selection, the newest first."""
    query = query.where(_public(selection))
    if not retracted:
        query = query.where(articles.c.retracted.is_(None))
    if selection.agency:
        query = query.where(articles.c.agency == clean(selection.agency))
    if selection.urgent:
        query = query.where(articles.c.urgent)
    if not selection.province:
        return query.order_by(articles.c.id.desc())
    listed = article_provinces.c.province == clean(selection.province)
    if not retracted:
        listed &= article_provinces.c.rank != HIDDEN
    query = query.join(article_provinces, article_provinces.c.article_id == articles.c.id)
    return query.where(listed).order_by(article_provinces.c.article_id.desc())


def _agencies(connection: Connection) -> Iterable[str]:
    """Every name once, from one to the next in the index: a look a name, however many articles there are."""
    name = connection.scalar(select(func.min(articles.c.agency)))
    while name is not None:
        yield name
        name = connection.scalar(select(func.min(articles.c.agency)).where(articles.c.agency > name))


def _has_any(connection: Connection, agency: str) -> bool:
    query = _of(select(articles.c.id), Selection(agency=agency), retracted=False).limit(1)
    return connection.scalar(query) is not None


def _withdrawn(connection: Connection, limit: int) -> list[Correction]:
    query = select(articles).where(articles.c.retracted.is_not(None), _public(Selection()))
    rows = connection.execute(query.order_by(articles.c.retracted.desc()).limit(limit)).mappings()
    return [Correction(article, article.retracted) for article in map(article_of, rows) if article.retracted]


def _corrected(connection: Connection, limit: int) -> Iterable[Correction]:
    """The changes of words that are newest, each with what stood there before."""
    later = select(revisions).where(revisions.c.revision > 1).order_by(revisions.c.stored.desc())
    after = [_revision(row) for row in connection.execute(later.limit(limit * _LOOKED_AT))]
    shown = _shown(connection, {number for number, _ in after})
    for number, revision in after:
        before = _before(connection, number, revision.revision) if number in shown else None
        if before is not None and _words(before) != _words(revision):
            yield Correction(shown[number], revision.stored, before, revision)


def _shown(connection: Connection, ids: Collection[int]) -> dict[int, Article]:
    query = _of(select(articles), Selection(), retracted=False).where(articles.c.id.in_(ids))
    return {row["id"]: article_of(row) for row in connection.execute(query).mappings()}


def _before(connection: Connection, article_id: int, revision: int) -> Revision | None:
    earlier = (revisions.c.article_id == article_id, revisions.c.revision < revision)
    query = select(revisions).where(*earlier).order_by(revisions.c.revision.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else _revision(row)[1]


def _revision(row: Row[Any]) -> tuple[int, Revision]:
    return row.article_id, Revision(row.revision, row.title, row.lead, row.body, row.stored)


def _words(revision: Revision) -> tuple[str, str]:
    """Headline and text, but for blanks."""
    return " ".join(revision.title.split()), " ".join(f"{revision.lead} {revision.body}".split())
