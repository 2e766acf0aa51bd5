"""What a change of an article puts into the outbox, in the transaction of that change.

    new        -> a post to each channel of its routes
    changed    -> an edit to each channel whose post is out, or on its way out with the older text;
                  a post to each where it belongs only now
    retracted  -> a deletion for those; what still waits is skipped
    restored   -> all of that undone: what was skipped waits again, what was taken away is posted again, what was marked
                  is edited back

A delivery that waits (held or pending) is rendered from the newest text when it is claimed, so it needs no second one.

Long, as whatever a change does to waiting posts is one short function here, and they share what waits and what is out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, or_, select, update

from feeds.models import FOLLOWERS, PERSONAL, Article, DeliveryKind, DeliveryState, Route
from feeds.store.database.engine import lock_claims, upsert
from feeds.store.database.rows import article_of
from feeds.store.database.tables import articles, deliveries

BREAKING = timedelta(days=2)
"""For how long urgent news goes before the backlog: what is older is told in its turn (a day is all that some tell)."""
JOINED = "joined a story"
"""Why a post was skipped that another article's post stands for."""
_WAITING = (DeliveryState.HELD, DeliveryState.PENDING)
_AT_ONCE = 500
"""Articles that are held in memory at a time."""
_WITHDRAWN = "the article was retracted"
"""Why its posts were skipped, there and where the publisher finds one that came back; a restoration looks for it."""
_HELD = ", while it was held"
TAKEN_BACK = "the post was taken back"
"""Why a post that was deleted is skipped."""
_SPARED = {
    _WITHDRAWN: DeliveryState.PENDING,
    _WITHDRAWN + _HELD: DeliveryState.HELD,
    TAKEN_BACK: DeliveryState.PENDING,
}
"""Posts that a retraction has skipped, by the reason that they bear, and the state that they go back to."""
FRESH: dict[str, Any] = {
    "settled": None,
    "error": "",
    "payload": None,
    "message_id": None,
    "rendered": 0,
    "caught": False,
}
"""What a post forgets that is to be sent anew."""
_UNDER_WAY = (DeliveryState.SENDING, DeliveryState.UNCERTAIN)
_OUT = (*_UNDER_WAY, DeliveryState.SENT)


def posts(connection: Connection, routed: Iterable[tuple[Article, Sequence[Route]]], now: datetime) -> None:
    """Queue the posts of some articles, each to its channels, once each."""
    _add(connection, [_post(article, route, now) for article, routes in routed for route in routes])


def post_after_all(connection: Connection, article: Article, routes: Sequence[Route], now: datetime) -> None:
    """Queue the posts of an article that stood behind another, where it has none and none was begun."""
    for route in routes:
        skipped = (
            (deliveries.c.article_id == article.id)
            & (deliveries.c.channel == route.channel)
            & (deliveries.c.kind == DeliveryKind.POST)
            & (deliveries.c.state == DeliveryState.SKIPPED)
            & (deliveries.c.error == JOINED)
        )
        state = _state(article, route)
        waiting = {"state": state, "settled": None, "error": ""}
        connection.execute(update(deliveries).where(skipped).values(waiting))
    posts(connection, [(article, untold(connection, article, (), routes))], now)


def untold(connection: Connection, article: Article, story: Sequence[int], routes: Sequence[Route]) -> list[Route]:
    """Those of the routes whose channel ever had no post of the article, in whatever state, nor has one of its story.

    A post stands once for an article and a channel, whatever the revision.

    Args:
        connection: the transaction.
        article: what is to be posted.
        story: ids of all articles of its story.
        routes: where it belongs.
    """
    if not routes:
        return []
    posted = select(deliveries.c.channel).where(
        deliveries.c.kind == DeliveryKind.POST,
        or_(
            deliveries.c.article_id == article.id,
            deliveries.c.article_id.in_(story) & (deliveries.c.state != DeliveryState.SKIPPED),
        ),
    )
    told = set(connection.scalars(posted))
    return [route for route in routes if route.channel not in told]


def catch_up(
    connection: Connection, source: str, route: Route, now: datetime, *, takes: Callable[[Article], bool]
) -> int:
    """Queue a post of each article of a source that the channel should have and has none of; returns how many.

    An article that the channel ever had a post of, in whatever state, is left alone.
    """
    had = select(deliveries.c.id).where(
        deliveries.c.article_id == articles.c.id,
        deliveries.c.channel == route.channel,
        deliveries.c.kind == DeliveryKind.POST,
    )
    lacking = select(articles).where(articles.c.source == source, articles.c.retracted.is_(None), ~had.exists())
    rows = connection.execute(lacking.order_by(articles.c.id), execution_options={"yield_per": _AT_ONCE}).mappings()
    wanted = [_post(article, route, now) for article in map(article_of, rows) if takes(article)]
    _add(connection, wanted)
    return len(wanted)


def posted(connection: Connection, story: Sequence[int]) -> list[int]:
    """Those of some articles that have a post, or are getting one; sorted."""
    standing = (deliveries.c.kind == DeliveryKind.POST) & deliveries.c.state.in_((*_WAITING, *_OUT))
    query = select(deliveries.c.article_id).where(deliveries.c.article_id.in_(story), standing)
    return sorted(set(connection.scalars(query)))


def hold(connection: Connection, article_id: int, channel: str | None) -> tuple[int, int]:
    """Let the posts of an article wait for the desk, in a channel or in all.

    Returns:
        How many wait that were not begun, and how many are under way, which wait only if they come back.
    """
    post = (deliveries.c.article_id == article_id) & (deliveries.c.kind == DeliveryKind.POST)
    if channel is not None:
        post &= deliveries.c.channel == channel
    caught = update(deliveries).where(post, deliveries.c.state.in_(_UNDER_WAY), ~deliveries.c.caught)
    under_way = connection.execute(caught.values(caught=True, not_before=None)).rowcount
    waits = update(deliveries).where(post, deliveries.c.state == DeliveryState.PENDING)
    held = waits.values(state=DeliveryState.HELD, not_before=None)
    connection.execute(held.where(deliveries.c.channel == FOLLOWERS))  # which is no channel of the desk's to count
    return connection.execute(held.where(deliveries.c.channel != FOLLOWERS)).rowcount, under_way


def put_off(connection: Connection, article_id: int, until: datetime) -> int:
    """Let the posts of an article that is out already wait for a time, also those under way if they come back.

    Returns:
        How many wait.
    """
    post = (deliveries.c.article_id == article_id) & (deliveries.c.kind == DeliveryKind.POST)
    waits = update(deliveries).where(post, deliveries.c.state.in_(_WAITING))
    later = waits.values(state=DeliveryState.PENDING, not_before=until)
    under_way = update(deliveries).where(post, deliveries.c.state.in_(_UNDER_WAY))
    connection.execute(under_way.values(not_before=until, caught=False))
    connection.execute(later.where(deliveries.c.channel == FOLLOWERS))
    return connection.execute(later.where(deliveries.c.channel != FOLLOWERS)).rowcount


def state_again() -> ColumnElement[Any]:
    """The state of a post that comes back from its way: it waits for the desk where that has held it meanwhile."""
    return case((deliveries.c.caught, DeliveryState.HELD.value), else_=DeliveryState.PENDING.value)


def release(connection: Connection, article_id: int | None, channel: str | None, but: str = "") -> list[int]:
    """Let held posts go: of an article or of all, to a channel or to all.

    Of all, those stay that the desk has given a time, and those of a section (`but`).

    Returns:
        The article of each.
    """
    concerned = _concerned(article_id, channel, but)
    held = and_(deliveries.c.state == DeliveryState.HELD, *concerned)
    # A release of all takes nobody's time away: stores of before `articles.due` have posts that are held and have one.
    timeless: dict[str, Any] = {} if article_id is None else {"not_before": None}
    free = update(deliveries).values(state=DeliveryState.PENDING, caught=False, **timeless)
    free = free.returning(deliveries.c.article_id)
    freed = list(connection.scalars(free.where(held, deliveries.c.channel != FOLLOWERS)))
    if article_id is not None:  # those that had a time of their own
        timed = deliveries.c.not_before.is_not(None) & (deliveries.c.kind == DeliveryKind.POST)
        timed &= and_(deliveries.c.state == DeliveryState.PENDING, *concerned)
        connection.execute(free.where(timed, deliveries.c.channel == FOLLOWERS))
        freed += connection.scalars(free.where(timed, deliveries.c.channel != FOLLOWERS))
    theirs = deliveries.c.article_id.in_(set(freed)) & (deliveries.c.state == DeliveryState.HELD)
    announced = connection.scalars(free.where(deliveries.c.channel == FOLLOWERS, theirs if channel else held | theirs))
    return [*freed, *(number for number in announced.all() if number not in freed)]


def let_come(connection: Connection, article_id: int | None, channel: str | None, but: str = "") -> int:
    """Let posts that were held while they were under way be sent again, if they come back; returns how many."""
    caught = update(deliveries).where(deliveries.c.caught, deliveries.c.state.in_((*_UNDER_WAY, DeliveryState.DEAD)))
    return connection.execute(caught.where(*_concerned(article_id, channel, but)).values(caught=False)).rowcount


def _concerned(article_id: int | None, channel: str | None, but: str) -> list[ColumnElement[bool]]:
    """What a release is about."""
    of = deliveries.c.article_id.not_in(_spared(but)) if article_id is None else deliveries.c.article_id == article_id
    return [of] if channel is None else [of, deliveries.c.channel == channel]


def held(connection: Connection, but: str = "") -> list[int]:
    """The article of each post that a release of all would let go, `but` for those of a section."""
    waits = (deliveries.c.state == DeliveryState.HELD) & (deliveries.c.channel != FOLLOWERS)
    waits &= deliveries.c.article_id.not_in(_spared(but))
    return list(connection.scalars(select(deliveries.c.article_id).where(waits)))


def held_of(connection: Connection, article_id: int) -> list[str]:
    """The channels where a post of an article waits for the desk, or with it for its moment."""
    waits = (deliveries.c.article_id == article_id) & (deliveries.c.state == DeliveryState.HELD)
    return list(connection.scalars(select(deliveries.c.channel).where(waits, deliveries.c.channel != FOLLOWERS)))


def newly_held(connection: Connection, since: datetime) -> set[int]:
    """The articles of the posts to channels that have come since a moment and wait for the desk."""
    waits = (deliveries.c.state == DeliveryState.HELD) & (deliveries.c.created >= since)
    return set(connection.scalars(select(deliveries.c.article_id).where(waits, deliveries.c.channel != FOLLOWERS)))


def _spared(section: str) -> Select[Any]:
    """The articles that a release of all leaves as they are: those that have their time, and those of a section."""
    timed = articles.c.due.is_not(None)
    return select(articles.c.id).where(or_(timed, articles.c.section == section) if section else timed)


def is_out(connection: Connection, article_id: int) -> bool:
    """Whether a channel has an article's post, or may come to have it."""
    out = (deliveries.c.kind == DeliveryKind.POST) & deliveries.c.state.in_(_OUT)
    return (
        connection.scalar(select(deliveries.c.id).where(deliveries.c.article_id == article_id, out).limit(1))
        is not None
    )


def edits(connection: Connection, article: Article, now: datetime) -> None:
    """Queue an edit to each channel that shows, or may come to show, an older revision."""
    out, waiting = _standing(connection, article)
    stale = sorted(out - waiting)
    _add(connection, [_row(article, DeliveryKind.EDIT, channel, DeliveryState.PENDING, now) for channel in stale])


def edit_in(connection: Connection, article: Article, channel: str, now: datetime) -> None:
    """Queue an edit in one channel, whose post is known to show something else."""
    _add(connection, [_row(article, DeliveryKind.EDIT, channel, DeliveryState.PENDING, now)])


def withdrawal(connection: Connection, article: Article, now: datetime) -> None:
    """Skip what waits, and queue a deletion for each channel that has, or may come to have, the post."""
    out, _ = _standing(connection, article)
    waits = (deliveries.c.article_id == article.id) & deliveries.c.state.in_(_WAITING)
    waits &= deliveries.c.kind != DeliveryKind.DIGEST  # which holds others too
    why = case((deliveries.c.state == DeliveryState.HELD, _WITHDRAWN + _HELD), else_=_WITHDRAWN)
    skipped = {"state": DeliveryState.SKIPPED, "settled": now, "error": why}
    connection.execute(update(deliveries).where(waits).values(skipped))
    rows = [_row(article, DeliveryKind.DELETE, channel, DeliveryState.PENDING, now) for channel in sorted(out)]
    _add(connection, rows)


def stand_behind(connection: Connection, article: Article, story: Sequence[int], now: datetime) -> None:
    """Skip the posts of an article that wait where its story has one; what is out is corrected and marked as before.

    Args:
        connection: the transaction.
        article: what has joined a story.
        story: ids of all articles of that story.
        now: the moment.
    """
    out, _ = _standing(connection, article)
    told = select(deliveries.c.channel).where(
        deliveries.c.kind == DeliveryKind.POST,
        deliveries.c.article_id.in_([number for number in story if number != article.id]),
        deliveries.c.state != DeliveryState.SKIPPED,
    )
    behind = set(connection.scalars(told)) - out
    waits = (deliveries.c.article_id == article.id) & deliveries.c.state.in_(_WAITING)
    skipped = {"state": DeliveryState.SKIPPED, "settled": now, "error": JOINED}
    connection.execute(update(deliveries).where(waits, deliveries.c.channel.in_(behind)).values(skipped))


def restoration(connection: Connection, article: Article, now: datetime) -> None:
    """Undo a withdrawal; the article's revision is one on.

    A post whose deletion was never tried, and that shows the last revision, is left as it is. A deletion that was
    tried, and is not known to have come through, is tried again: as the article stands again, that edits the post back,
    or finds it gone (`outbox.Outbox.mark_gone`).
    """
    lock_claims(connection)
    of_article = deliveries.c.article_id == article.id
    post = of_article & (deliveries.c.kind == DeliveryKind.POST)
    for reason, state in _SPARED.items():
        spared = post & (deliveries.c.state == DeliveryState.SKIPPED) & (deliveries.c.error == reason)
        connection.execute(update(deliveries).where(spared).values(state=state, **FRESH))
    waits = of_article & (deliveries.c.kind == DeliveryKind.DELETE) & deliveries.c.state.in_(_WAITING)
    skipped = {"state": DeliveryState.SKIPPED, "settled": now, "error": "the article was restored"}
    untried = update(deliveries).where(waits, deliveries.c.attempts == 0).values(skipped)
    untouched = set(connection.scalars(untried.returning(deliveries.c.channel)))
    out = connection.execute(
        select(deliveries.c.channel, deliveries.c.rendered).where(post, deliveries.c.state.in_(_OUT))
    )
    stale = sorted(row.channel for row in out if row.channel not in untouched or row.rendered < article.revision - 1)
    _add(connection, [_row(article, DeliveryKind.EDIT, channel, DeliveryState.PENDING, now) for channel in stale])


def _standing(connection: Connection, article: Article) -> tuple[set[str], set[str]]:
    """The channels whose post is out, and those where something waits to be rendered.

    Claims are locked out: a post that is claimed at this moment is seen as sending, or is claimed with the new text.
    """
    lock_claims(connection)
    query = select(deliveries.c.channel, deliveries.c.kind, deliveries.c.state)
    query = query.where(deliveries.c.article_id == article.id, deliveries.c.kind.not_in(PERSONAL))
    rows = connection.execute(query).all()
    out = {row.channel for row in rows if row.kind == DeliveryKind.POST and row.state in _OUT}
    waiting = {row.channel for row in rows if row.kind != DeliveryKind.DELETE and row.state in _WAITING}
    return out, waiting


def _add(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Queue deliveries; one that another node has queued meanwhile is left as it is."""
    if rows:
        connection.execute(upsert(connection, deliveries).on_conflict_do_nothing(), rows)


def _post(article: Article, route: Route, now: datetime) -> dict[str, Any]:
    return _row(article, DeliveryKind.POST, route.channel, _state(article, route), now)


def _state(article: Article, route: Route) -> DeliveryState:
    """A post waits for the desk where its channel's do, or where its article does."""
    return DeliveryState.HELD if route.held or article.held else DeliveryState.PENDING


def _row(article: Article, kind: DeliveryKind, channel: str, state: DeliveryState, now: datetime) -> dict[str, Any]:
    return {
        "article_id": article.id,
        "channel": channel,
        "kind": kind,
        "revision": article.revision,
        "state": state,
        "urgent": article.urgent and now - article.published < BREAKING,
        "created": now,
    }
