"""What waits for a moment is let go at that moment, while a node runs or when one starts."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.running import embargoes
from feeds.models import Article, Document, Route
from feeds.pipeline import edit
from feeds.store import Store


def embargoed(store: Store, until: timedelta) -> Article:
    now = datetime.now(UTC)
    document = Document("seeds", str(until), "باران در قم", "قم – باران آمد.", now, fingerprint="1")
    article = store.articles.save(edit(document), [Route("@qom")], now).article
    store.editorial.embargo("me", now, article_id=article.id, until=now + until)
    return article


async def test_what_came_due_goes_at_the_start_and_the_rest_at_its_moment(store: Store) -> None:
    over, soon = embargoed(store, timedelta(seconds=-1)), embargoed(store, timedelta(seconds=0.3))
    later = embargoed(store, timedelta(days=1))
    stop, freed = asyncio.Event(), asyncio.Queue[None]()
    keeping = asyncio.create_task(embargoes.keep(store, stop, lambda: freed.put_nowait(None)))
    while {one.id for one in store.articles.stored(limit=9, held=True)} != {later.id}:
        await asyncio.wait_for(freed.get(), 60)
    stop.set()
    await keeping
    acts = [act.target for act in reversed(store.desk.acts(limit=9)) if act.act == "release"]
    assert acts == [f"article {over.id}", f"article {soon.id}"]


async def test_a_store_that_is_away_is_asked_again(store: Store) -> None:
    store.close()
    stop = asyncio.Event()
    keeping = asyncio.create_task(embargoes.keep(store, stop, lambda: None))
    stop.set()
    await asyncio.wait_for(keeping, 60)


def test_it_is_looked_again_at_the_next_moment_or_soon(store: Store) -> None:
    assert embargoes.release(store) == (0, embargoes.LOOK_SECONDS)
    embargoed(store, timedelta(seconds=2))
    assert embargoes.release(store)[1] <= 2
