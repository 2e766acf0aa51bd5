"""Stories: articles of several sources that tell the same. One leads and is shown and posted; the others stand by it.

A member is stored as any article is, and has its page; no list, feed or search shows it beside the one that leads.
A sequel goes on with a story: it is shown and posted on its own, in reply to what was posted first.

Where the one that leads is withdrawn, what other agencies tell stands: the earliest of those leads, until the first is
restored. The one that is withdrawn stands behind it meanwhile, marked as having led.

Long, as what is asked of stories and what changes them share their tables' few rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)

from feeds.models import Article
from feeds.store.database.engine import fetch, reading, upsert
from feeds.store.database.rows import article_of, first_id
from feeds.store.database.tables import articles, moment, sequels, story_articles, story_splits
from feeds.store.database.touched import touch_articles

BY_DESK = "desk"
"""The kind of a member that the desk has put there."""
STANDING = articles.c.retracted.is_(None) & articles.c.held.is_(None)
"""The condition that readers may see an article: it was not withdrawn, and does not wait for the desk."""
LED = "led-"
"""Before the kind of a member that led the story until it was withdrawn."""
_LEAD = articles.alias("lead")
_SOURCE = (articles.c.id, articles.c.uid, articles.c.agency, articles.c.title, articles.c.url, articles.c.published)
# What every page asks goes past SQLAlchemy, see `fetch`.
_MEMBERS = (
    "SELECT lead_id, id, uid, agency, title, url, published, story_articles.kind FROM story_articles "
    "JOIN articles ON id = article_id WHERE lead_id = ANY(:leads) AND retracted IS NULL AND held IS NULL "
    "ORDER BY joined, id"
)
_IN_A_STORY = union_all(
    *(
        select(of).where(of == bindparam("id"))
        for of in (story_articles.c.article_id, story_articles.c.lead_id, sequels.c.article_id, sequels.c.first_id)
    )
).limit(1)


@dataclass(frozen=True, slots=True)
class StorySource:
    """Another source of a story."""

    article_id: int
    uid: str
    agency: str
    title: str
    url: str
    published: datetime
    kind: str
    """Why it belongs to the story: `text`, `event` or `desk`; empty for the one that leads it."""


class Stories:
    """What is told more than once. Every method may raise `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def story_sources(self, leads: Iterable[int]) -> dict[int, tuple[StorySource, ...]]:
        """The other sources of each of these articles, in the order in which they joined; those without are not named.

        Args:
            leads: Ids of articles, as lists show them: a page's at a time.
        """
        found: dict[int, tuple[StorySource, ...]] = {}
        with reading(self._engine) as connection:
            rows = fetch(connection, _MEMBERS, {"leads": list(leads)})
        for lead, number, uid, agency, title, url, published, kind in rows:
            one = StorySource(number, uid, agency, title, url, moment(published), kind)
            found[lead] = (*found.get(lead, ()), one)
        return found

    def tells_alone(self, article_id: int) -> bool:
        """Whether an article has no story: nobody tells the same, it goes on with nothing and nothing with it."""
        with reading(self._engine) as connection:
            return connection.scalar(_IN_A_STORY, {"id": article_id}) is None

    def others(self, article_id: int) -> tuple[StorySource, ...]:
        """The other sources of the story that an article belongs to, whoever leads it: who leads comes first."""
        lead = self.lead_of(article_id)
        members = self.story_sources([lead]).get(lead, ())
        query = select(*_SOURCE).where(articles.c.id == lead, STANDING)
        with reading(self._engine) as connection:
            leads = [_story_source(row, "") for row in connection.execute(query)]
        return tuple(story_source for story_source in (*leads, *members) if story_source.article_id != article_id)

    def families(self, article_ids: Collection[int]) -> dict[int, tuple[Article, ...]]:
        """All that readers saw of the stories that these belong to, in the order of publication, retracted ones too.

        Returns:
            By the id of the article that leads a story; one that tells alone is a family of its own.
        """
        if not article_ids:
            return {}
        own = select(story_articles.c.article_id, story_articles.c.lead_id)
        with reading(self._engine) as connection:
            rows = connection.execute(own.where(story_articles.c.article_id.in_(list(article_ids))))
            lead_ids = {number: number for number in article_ids} | {row.article_id: row.lead_id for row in rows}
            leads = set(lead_ids.values())
            members = connection.execute(own.where(story_articles.c.lead_id.in_(leads)))
            led_by = {number: number for number in leads} | {row.article_id: row.lead_id for row in members}
            seen = select(articles).where(articles.c.id.in_(led_by), articles.c.held.is_(None))
            told = connection.execute(seen.order_by(articles.c.id))
            families: dict[int, tuple[Article, ...]] = {}
            for article in map(article_of, told.mappings()):
                lead = led_by[article.id]
                families[lead] = (*families.get(lead, ()), article)
        return families

    def lead_of(self, article_id: int) -> int:
        """The article that leads the story an article belongs to; itself where it leads, or tells alone."""
        with reading(self._engine) as connection:
            return lead_of(connection, article_id)

    def whole(self, article_id: int) -> tuple[int, ...]:
        """All that was told of the matter of an article, itself among it: its story, what began it, and the sequels."""
        with reading(self._engine) as connection:
            began = articles_with(connection, first_of(connection, article_id))
            later = connection.scalars(select(sequels.c.article_id).where(sequels.c.first_id.in_(began)))
            return tuple({*began, *later, article_id})

    def begun_by(self, article_ids: Collection[int]) -> dict[int, int]:
        """Of some articles those that go on with a story, each with the article that began it."""
        query = select(sequels).where(sequels.c.article_id.in_(article_ids))
        with reading(self._engine) as connection:
            return {row.article_id: lead_of(connection, row.first_id) for row in connection.execute(query).all()}

    def chain(self, article_id: int, *, limit: int = 20) -> tuple[Article, ...]:
        """What else was told of the matter of an article and is shown on its own, in the order of publication."""
        others = set(self.whole(article_id)) - {article_id}
        query = select(articles).where(articles.c.id.in_(others), STANDING, ~is_member())
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(articles.c.id).limit(limit)).mappings()
            own = lead_of(connection, article_id)
            return tuple(article for article in map(article_of, rows) if article.id != own)

    def parted(self, article_id: int) -> frozenset[int]:
        """The articles that the desk has told apart from this one."""
        own = or_(story_splits.c.article_id == article_id, story_splits.c.lead_id == article_id)
        with reading(self._engine) as connection:
            rows = connection.execute(select(story_splits.c.article_id, story_splits.c.lead_id).where(own))
            return frozenset(number for row in rows for number in row) - {article_id}

    def named(self, uids: Collection[str]) -> tuple[Article, ...]:
        """The articles with these uids, in no order; not those that were withdrawn or wait for the desk."""
        if not uids:
            return ()
        query = select(articles).where(articles.c.uid.in_(uids), STANDING)
        with reading(self._engine) as connection:
            return tuple(map(article_of, connection.execute(query).mappings()))

    def recent(self, since: datetime, *, stored_since: datetime | None = None) -> dict[str, int]:
        """The articles published since then, members of stories among them: what a new one may tell again.

        Args:
            since: The earliest time of publication.
            stored_since: Only those that are new, changed or released since this time.

        Returns:
            Their uids, each with the newest revision.
        """
        query = select(articles.c.uid, articles.c.revision)
        query = query.where(articles.c.id >= first_id(since), STANDING)
        if stored_since is not None:
            query = query.where(or_(articles.c.updated >= stored_since, articles.c.released >= stored_since))
        with reading(self._engine) as connection:
            return {row.uid: row.revision for row in connection.execute(query.order_by(articles.c.id))}


def _story_source(row: Any, kind: str) -> StorySource:
    return StorySource(row.id, row.uid, row.agency, row.title, row.url, row.published, kind)


def lead_of(connection: Connection, article_id: int) -> int:
    """As `Stories.lead_of`, within a transaction."""
    lead = connection.scalar(select(story_articles.c.lead_id).where(story_articles.c.article_id == article_id))
    return article_id if lead is None else int(lead)


def first_of(connection: Connection, article_id: int) -> int:
    """The article that began the story which an article belongs to, or goes on with."""
    lead = lead_of(connection, article_id)
    first = connection.scalar(select(sequels.c.first_id).where(sequels.c.article_id == lead))
    return lead if first is None else lead_of(connection, first)


def go_on(connection: Connection, article_id: int, uid: str) -> None:
    """Note that a new article goes on with the story of another; nothing where that is not stored."""
    other = connection.scalar(select(articles.c.id).where(articles.c.uid == uid))
    if other is not None and other != article_id:
        first = first_of(connection, other)
        connection.execute(insert(sequels).values(article_id=article_id, first_id=first))
        told = connection.scalars(select(sequels.c.article_id).where(sequels.c.first_id == first))
        touch_articles(connection, [first, *told])


def articles_with(connection: Connection, article_id: int) -> list[int]:
    """All articles of the story that an article belongs to, itself among them."""
    lead = lead_of(connection, article_id)
    members = select(story_articles.c.article_id).where(story_articles.c.lead_id == lead)
    return [lead, *connection.scalars(members)]


def join(connection: Connection, article_id: int, lead_id: int, kind: str, now: datetime) -> int | None:
    """Put an article, with all that it leads, into the story of another; returns who leads it.

    None where nothing changes: they are one story already, or the desk has told them apart.
    """
    lead, old = lead_of(connection, lead_id), lead_of(connection, article_id)
    if lead == old or (kind != BY_DESK and _were_parted(connection, article_id, (lead, lead_id))):
        return None
    moved = [article_id]
    if old == article_id:
        led = select(story_articles.c.article_id).where(story_articles.c.lead_id == article_id)
        moved += connection.scalars(led).all()
    rows = [{"article_id": number, "lead_id": lead, "kind": kind, "joined": now} for number in moved]
    statement = upsert(connection, story_articles)
    changes = {name: statement.excluded[name] for name in ("lead_id", "kind", "joined")}
    connection.execute(statement.on_conflict_do_update(index_elements=["article_id"], set_=changes), rows)
    touch_articles(connection, [lead, *moved])
    return lead


def part(connection: Connection, article_id: int, now: datetime) -> int | None:
    """Take a member out of its story, for good; returns who leads that. None for an article that is no member."""
    lead = lead_of(connection, article_id)
    if lead == article_id:
        return None
    connection.execute(delete(story_articles).where(story_articles.c.article_id == article_id))
    parted = upsert(connection, story_splits).values(article_id=article_id, lead_id=lead, at=now)
    connection.execute(parted.on_conflict_do_nothing())  # the desk may have changed its mind twice
    touch_articles(connection, [*articles_with(connection, lead), article_id])
    return lead


def succeed(connection: Connection, withdrawn: Article) -> int | None:
    """Let the earliest member of another agency lead in place of one that was withdrawn.

    Returns:
        Who leads now; None where the article led nothing, or what stands is its own agency's.
    """
    led = select(articles).join(story_articles, story_articles.c.article_id == articles.c.id)
    led = led.where(story_articles.c.lead_id == withdrawn.id).order_by(articles.c.id)
    members = [article_of(row) for row in connection.execute(led).mappings()]
    former = {withdrawn.id, *had_led(connection, withdrawn.id)}
    taken_back = {_voice(article) for article in (withdrawn, *members) if article.id in former}
    standing = (member for member in members if member.retracted is None and member.held is None)
    heir = next((member.id for member in standing if _voice(member) not in taken_back), None)
    if heir is not None:
        _change_places(connection, withdrawn.id, heir, mark=LED)
    return heir


def lead_again(connection: Connection, restored: Article, withdrawn_at: datetime) -> int | None:
    """Let an article that led until it was withdrawn lead again, and none of those that led after it.

    Returns:
        Who led meanwhile, and is a member again; None for an article that did not lead.
    """
    row = connection.execute(select(story_articles).where(story_articles.c.article_id == restored.id)).first()
    if row is None or not row.kind.startswith(LED):
        return None
    later = select(articles.c.id).where(articles.c.retracted >= withdrawn_at)
    marked = story_articles.c.kind.startswith(LED) & (story_articles.c.lead_id == row.lead_id)
    bare = func.substr(story_articles.c.kind, len(LED) + 1)
    connection.execute(update(story_articles).where(marked, story_articles.c.article_id.in_(later)).values(kind=bare))
    _change_places(connection, row.lead_id, restored.id)
    return int(row.lead_id)


def had_led(connection: Connection, article_id: int) -> list[int]:
    """The members of an article's story that led it until they were withdrawn."""
    marked = story_articles.c.kind.startswith(LED) & (story_articles.c.lead_id == article_id)
    return list(connection.scalars(select(story_articles.c.article_id).where(marked)))


def _voice(article: Article) -> str:
    """Who tells an article: its agency, or else its source."""
    return article.agency or article.source


def _change_places(connection: Connection, lead: int, member: int, *, mark: str = "") -> None:
    """Let a member lead, and the one that led stand behind it, for the reason for which they are one story."""
    own = story_articles.c.article_id == member
    kind, joined = connection.execute(select(story_articles.c.kind, story_articles.c.joined).where(own)).one()
    connection.execute(delete(story_articles).where(own))
    connection.execute(update(story_articles).where(story_articles.c.lead_id == lead).values(lead_id=member))
    values = {"article_id": lead, "lead_id": member, "kind": mark + kind.removeprefix(LED), "joined": joined}
    connection.execute(insert(story_articles).values(values))
    touch_articles(connection, articles_with(connection, member))


def is_member(*, of_agency: str = "") -> ColumnElement[bool]:
    """The condition that an article stands behind another that leads its story; one that has led it is no member.

    Args:
        of_agency: Only behind one that this agency signed: in a list of what it signed, no other stands for its own.
    """
    own = (story_articles.c.article_id == articles.c.id) & ~story_articles.c.kind.startswith(LED)
    query = select(story_articles.c.article_id).where(own)
    if of_agency:
        query = query.join(_LEAD, _LEAD.c.id == story_articles.c.lead_id).where(_LEAD.c.agency == of_agency)
    return query.exists()


def _were_parted(connection: Connection, article_id: int, others: Collection[int]) -> bool:
    either = or_(
        (story_splits.c.article_id == article_id) & story_splits.c.lead_id.in_(others),
        (story_splits.c.lead_id == article_id) & story_splits.c.article_id.in_(others),
    )
    return connection.execute(select(story_splits.c.at).where(either)).first() is not None
