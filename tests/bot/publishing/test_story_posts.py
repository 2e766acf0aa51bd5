"""The post of a story names all its sources, in each channel, whoever's post it is that stands there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from newsroom import CHANNEL, Newsroom, draft, play

from feeds.models import Article, Route

Story = Callable[[Newsroom], Any]
Play = Callable[[Story], None]
OTHER = -1001000000002
AGENCIES = ("تسنیم", "ایرنا", "ایسنا", "فارس")


@pytest.fixture
def stage(sqlite_url: str) -> Play:
    return lambda story: play(sqlite_url, story)


def tell(newsroom: Newsroom, number: int, *to: int, again: Article | None = None) -> Article:
    told = replace(draft(number), agency=AGENCIES[number])
    story = (again.uid, "text") if again else None
    return newsroom.store.articles.save(told, [Route(str(chat)) for chat in to], newsroom.now(), story=story).article


def posts(newsroom: Newsroom, chat: int) -> list[str]:
    return [message.text for _, message in sorted(newsroom.api.chats[chat].messages.items())]


def test_a_members_post_names_who_led_and_who_came_later(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(next_id=70)
        newsroom.open_channel(OTHER, next_id=900)
        first = tell(newsroom, 0, CHANNEL)
        tell(newsroom, 1, CHANNEL, OTHER, again=first)
        await newsroom.drain()
        (post,) = posts(newsroom, OTHER)
        assert all(name in post for name in AGENCIES[:2])
        for number in (2, 3):
            tell(newsroom, number, CHANNEL, OTHER, again=first)
            await newsroom.drain()
            for chat in (CHANNEL, OTHER):
                (post,) = posts(newsroom, chat)
                assert all(name in post for name in AGENCIES[: number + 1])
                assert not any(name in post for name in AGENCIES[number + 1 :])

    stage(story)


def test_a_post_that_waits_is_sent_once_with_all_sources(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(next_id=70)
        newsroom.open_channel(OTHER, next_id=900)
        first = tell(newsroom, 0, CHANNEL)
        tell(newsroom, 1, OTHER, again=first)
        tell(newsroom, 2, OTHER, again=first)
        await newsroom.drain()
        (post,) = posts(newsroom, OTHER)
        assert all(name in post for name in AGENCIES[:3])

    stage(story)


def test_what_the_desk_tells_apart_names_the_others_no_more(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(next_id=70)
        newsroom.open_channel(OTHER, next_id=900)
        first = tell(newsroom, 0, CHANNEL)
        second = tell(newsroom, 1, OTHER, again=first)
        await newsroom.drain()
        newsroom.store.editorial.split(second.uid, newsroom.now())
        await newsroom.drain()
        assert AGENCIES[0] not in posts(newsroom, OTHER)[0]
        assert AGENCIES[1] not in posts(newsroom, CHANNEL)[0]

    stage(story)


def test_a_retraction_marks_its_own_post_and_the_others_name_it_no_more_until_it_is_restored(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(next_id=70)
        newsroom.open_channel(OTHER, next_id=900)
        first = tell(newsroom, 0, CHANNEL)
        tell(newsroom, 1, CHANNEL, OTHER, again=first)
        await newsroom.drain()
        newsroom.store.editorial.retract(first.uid, newsroom.now())
        await newsroom.drain()
        assert len(posts(newsroom, CHANNEL)) == 1
        assert "تکذیب" in posts(newsroom, CHANNEL)[0]
        assert "تکذیب" not in posts(newsroom, OTHER)[0]
        assert AGENCIES[0] not in posts(newsroom, OTHER)[0]
        newsroom.store.editorial.restore(first.uid, newsroom.now())
        await newsroom.drain()
        for chat in (CHANNEL, OTHER):
            (post,) = posts(newsroom, chat)
            assert "تکذیب" not in post
            assert all(name in post for name in AGENCIES[:2])

    stage(story)
