"""Messages to those who follow something: each once, whatever goes wrong, and never before the channels' posts."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest
from empty_store import empty_store
from newsroom import CHANNEL, TEHRAN, Newsroom, draft, play
from telegram_server.faults import Kind

from bot.publishing.pacing import Rates
from feeds.models import FOLLOWERS
from feeds.store.delivery.rate import Rate
from feeds.store.following.chats import REFUSED, key_of

PEOPLE = range(7001, 7025)
AT_ONCE = 0.1
"""Calls of one look go out together, in any order: seconds between them that mean nothing."""


def got(newsroom: Newsroom, user: int) -> list[str]:
    """The first lines of what a person got."""
    return [m.text.splitlines()[0] for m in newsroom.api.chats[user].history if m.by_bot]


@pytest.mark.parametrize("shares_ids", [False, True])
def test_each_follower_gets_each_thing_once_whatever_the_network_does(tmp_path: Path, shares_ids: bool) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.api.shares_ids = shares_ids
        newsroom.follow(*PEOPLE[:10])
        newsroom.open_channel()
        newsroom.api.faults.chances = {
            Kind.ERROR_AFTER: 0.06,
            Kind.DROP_AFTER: 0.06,
            Kind.DROP_BEFORE: 0.06,
            Kind.TOO_MANY: 0.03,
        }
        newsroom.save(draft(1), draft(2), to=(CHANNEL, FOLLOWERS))
        await newsroom.drain(newsroom.publisher(people=newsroom.people()))
        for user in PEOPLE[:10]:
            assert Counter(got(newsroom, user)) == {f"🔹 خبر شمارهٔ {n} از نسخهٔ 1": 1 for n in (1, 2)}
        assert newsroom.api.limits.during_penalty == 0

    play(empty_store(tmp_path), story)


def test_a_node_that_dies_leaves_nothing_twice_and_nothing_undone(tmp_path: Path) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.api.shares_ids = True
        newsroom.follow(*PEOPLE)
        newsroom.save(draft(1), to=(FOLLOWERS,))
        for turn in range(3):
            dying = newsroom.publisher(f"dead-{turn}", people=newsroom.people())
            running = asyncio.create_task(dying.run(asyncio.Event()))
            await asyncio.sleep(0.4)
            for task in [running, *dying._tasks]:  # as kill -9: nothing is settled any more
                task.cancel()
            await asyncio.gather(running, *dying._tasks, return_exceptions=True)
        alive = newsroom.publisher("alive", people=newsroom.people(), ended=lambda owner: owner.startswith("dead"))
        await newsroom.drain(alive)
        assert {user: len(got(newsroom, user)) for user in PEOPLE} == dict.fromkeys(PEOPLE, 1)

    play(empty_store(tmp_path), story)


def test_posts_to_channels_wait_for_no_follower(tmp_path: Path) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.follow(*range(8000, 8100))
        newsroom.save(draft(1), to=(FOLLOWERS,))
        stop = asyncio.Event()
        publisher = newsroom.publisher(people=newsroom.people())
        running = asyncio.create_task(publisher.run(stop))
        await asyncio.sleep(3)
        newsroom.save(draft(2), to=(CHANNEL,))
        publisher.wake()
        await asyncio.sleep(0.9)
        assert len(newsroom.api.chats[CHANNEL].texts) == 1
        stop.set()
        await running

    play(empty_store(tmp_path), story, latency=0.02)


def test_breaking_news_overtakes_what_is_on_its_way(tmp_path: Path) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.follow(*range(8000, 8060))
        newsroom.save(draft(1), to=(FOLLOWERS,))
        publisher = newsroom.publisher(people=newsroom.people())
        await newsroom.run_for(publisher, 1.5)
        newsroom.save(draft(2, urgent=True), to=(FOLLOWERS,))
        await newsroom.drain(publisher)
        sent = [call for call in newsroom.api.calls if call.method == "sendmessage"]
        urgent = [call.at for call in sent if "فوری" in call.parameters["text"]]
        overtaken = [call.at for call in sent if "فوری" not in call.parameters["text"] and call.at > urgent[0]]
        assert min(overtaken) > max(urgent) - AT_ONCE
        assert (len(urgent), len(sent)) == (60, 120)

    play(empty_store(tmp_path), story)


def test_a_follower_is_lost_after_proof_and_not_by_one_error(tmp_path: Path) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.follow(7001, 7002)
        newsroom.api.faults.plan(
            Kind.BLOCKED, "sendMessage", chat_id=7001, description="Forbidden: bot was blocked by the user"
        )
        newsroom.api.chats[7002].status = "blocked"
        newsroom.save(draft(1), to=(FOLLOWERS,))
        publisher = newsroom.publisher(people=newsroom.people())
        for _ in range(4):
            await newsroom.run_for(publisher, 3)
            await asyncio.sleep(600)
        assert len(got(newsroom, 7001)) == 1
        tries = [call for call in newsroom.api.calls if str(call.parameters.get("chat_id")) == "7002"]
        assert len(tries) == 3
        newsroom.save(draft(2), to=(FOLLOWERS,))
        await newsroom.drain(publisher)
        assert len(got(newsroom, 7001)) == 2
        assert len([c for c in newsroom.api.calls if str(c.parameters.get("chat_id")) == "7002"]) == len(tries)
        newsroom.api.chats[7002].status = "member"
        assert newsroom.store.chats.welcome(key_of(7002), newsroom.now())
        await asyncio.sleep(1)
        newsroom.save(draft(3), to=(FOLLOWERS,))
        await newsroom.drain(publisher)
        assert got(newsroom, 7002) == ["🔹 خبر شمارهٔ 3 از نسخهٔ 1"]

    play(empty_store(tmp_path), story)


def test_where_everybody_refuses_nobody_is_lost(tmp_path: Path) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.follow(*PEOPLE)
        newsroom.api.faults.plan(
            Kind.REFUSED, "sendMessage", times=1000, description="Bad Request: chat not found"
        )  # another server was put in place
        newsroom.save(draft(1), to=(FOLLOWERS,))
        publisher = newsroom.publisher(people=newsroom.people())
        await newsroom.run_for(publisher, 60)
        await asyncio.sleep(600)
        await newsroom.run_for(publisher, 5)
        assert any(problem.where == "the followers" for problem in newsroom.store.problems.all())
        newsroom.api.faults.clear()
        await asyncio.sleep(700)
        await newsroom.drain(publisher)
        assert all(len(got(newsroom, user)) == 1 for user in PEOPLE)
        assert newsroom.store.problems.all() == ()

    play(empty_store(tmp_path), story)


def test_corrections_and_retractions_answer_the_message_that_they_are_about(tmp_path: Path) -> None:
    async def story(newsroom: Newsroom) -> None:
        (chat,) = newsroom.follow(7001)
        (article,) = newsroom.save(draft(1), to=(FOLLOWERS,))
        publisher = newsroom.publisher(people=newsroom.people())
        await newsroom.drain(publisher)
        newsroom.save(draft(1, revision=2), to=(FOLLOWERS,))
        await newsroom.drain(publisher)
        newsroom.store.editorial.retract(article.uid, newsroom.now())
        await newsroom.drain(publisher)
        alert, correction, retraction = [message for message in chat.history if message.by_bot]
        assert correction.reply_to == retraction.reply_to == alert.id
        assert "اصلاح شد" in correction.text
        assert "از نسخهٔ 2" in correction.text
        assert "تکذیب شد" in retraction.text
        newsroom.store.editorial.restore(article.uid, newsroom.now())
        await newsroom.drain(publisher)
        assert "پس گرفته شد" in chat.history[-1].text.splitlines()[0]

    play(empty_store(tmp_path), story)


def test_one_digest_tells_what_an_outage_kept_back(tmp_path: Path) -> None:
    async def story(newsroom: Newsroom) -> None:
        (chat,) = newsroom.follow(7001)
        newsroom.store.chats.set(key_of(7001), newsroom.now(), TEHRAN, rhythm="daily", hour=13)
        newsroom.save(*(draft(number) for number in range(1, 71)), to=(FOLLOWERS,))
        await asyncio.sleep(6 * 3600)
        await newsroom.drain(newsroom.publisher(people=newsroom.people()))
        parts = [message for message in chat.history if message.by_bot]
        assert len(parts) == 3
        links = [link for message in parts for link in message.links]
        assert sorted(links) == sorted(f"https://news.example.com/{number}" for number in range(1, 71))

    play(empty_store(tmp_path), story)


def test_the_limits_are_kept_with_room_for_others(tmp_path: Path) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.follow(*range(8000, 8100))
        newsroom.save(draft(1), to=(FOLLOWERS,))
        await newsroom.drain(newsroom.publisher(people=newsroom.people()))
        assert newsroom.api.limits.refusals == 0
        assert newsroom.loop.time() < 100 / Rates().followers.count + 2

    play(empty_store(tmp_path), story)


def test_nobody_is_left_without_a_call_however_small_the_limit() -> None:
    assert Rates(overall=Rate(1, 1)).followers.count == 1
    assert Rates(overall=Rate(30, 1)).followers.count == 25


def test_what_somebody_stops_while_it_is_sent_is_not_sent_again(tmp_path: Path) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.follow(7001)
        newsroom.api.faults.plan(Kind.ERROR_BEFORE, "sendMessage")
        newsroom.save(draft(1), to=(FOLLOWERS,))
        publisher = newsroom.publisher(people=newsroom.people())
        await newsroom.run_for(publisher, 0.05)
        newsroom.store.chats.stop(key_of(7001))
        await newsroom.drain(publisher)
        assert got(newsroom, 7001) == []
        assert newsroom.store.channels.get(key_of(7001)).blocked != REFUSED

    play(empty_store(tmp_path), story)
