"""A picture is a photo with the post as its caption where that fits, and stands above the text where it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from newsroom import CHANNEL, PICTURE, Newsroom, draft, illustrated, play
from telegram_server.faults import Kind
from test_message import ARTICLE, post

from bot.posts.measure import utf16
from bot.posts.message import CAPTION_LIMIT, Source, captioned
from bot.posts.payload import visible_text
from bot.posts.style import Picture, Platform, Style

LONG = "\n\n".join(f"این بند شمارهٔ {number} از یک خبر بلند است." for number in range(60))
Play = Callable[..., None]


@pytest.fixture
def stage(sqlite_url: str) -> Play:
    return lambda story, **settings: play(sqlite_url, story, **settings)


def methods(newsroom: Newsroom) -> list[str]:
    return [call.method for call in newsroom.api.calls if not call.method.startswith("get")]


def test_a_short_post_is_the_caption_of_its_picture(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.save(illustrated(0))
        await newsroom.drain()
        (message,) = chat.history
        assert message.photo == PICTURE
        assert message.caption.startswith("🔹 خبر شمارهٔ 0")
        assert message.markup["inline_keyboard"]

    stage(story)


def test_a_long_post_stays_a_text_with_its_picture_above(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.save(illustrated(0, body=LONG))
        await newsroom.drain()
        (message,) = chat.history
        assert not message.photo
        assert message.preview["url"] == PICTURE
        assert "شمارهٔ 59" in message.text

    stage(story)


@pytest.mark.parametrize("body", ["", LONG])
def test_a_correction_of_a_photo_changes_its_caption_however_long_it_is(stage: Play, body: str) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.save(illustrated(0))
        await newsroom.drain()
        newsroom.save(draft(0, revision=2, body=body))  # it has lost its picture, too
        await newsroom.drain()
        newsroom.save(illustrated(0, revision=3))
        await newsroom.drain()
        (message,) = chat.history
        assert (message.edited, message.photo) == (2, PICTURE)
        assert message.caption.startswith("🔹 خبر شمارهٔ 0 از نسخهٔ 3")
        assert methods(newsroom) == ["sendphoto", "editmessagecaption", "editmessagecaption"]
        assert newsroom.counts == {"sent": 3}

    stage(story)


def test_a_text_that_gets_a_picture_later_stays_a_text(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.save(draft(0))
        await newsroom.drain()
        newsroom.save(illustrated(0, revision=2))
        await newsroom.drain()
        (message,) = chat.history
        assert (message.edited, message.photo, message.preview["url"]) == (1, "", PICTURE)

    stage(story)


@pytest.mark.parametrize(
    "said",
    [
        "Bad Request: wrong file identifier/HTTP URL specified",
        "Bad Request: failed to get HTTP URL content",
        "Bad Request: WEBPAGE_MEDIA_EMPTY",
        "Bad Request: PHOTO_INVALID_DIMENSIONS",
    ],
)
def test_a_picture_that_is_refused_becomes_the_preview_of_a_text_once(stage: Play, said: str) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.api.faults.plan(Kind.REFUSED, "sendPhoto", description=said)
        newsroom.save(illustrated(0))
        await newsroom.drain()
        newsroom.save(illustrated(0, revision=2))
        await newsroom.drain()
        (message,) = chat.history
        assert (message.photo, message.preview["url"], message.edited) == ("", PICTURE, 1)
        assert methods(newsroom) == ["sendmessage", "editmessagetext"]  # and no second photo
        assert not newsroom.store.problems.all("channel")

    stage(story)


def test_a_refused_picture_is_not_tried_again_after_a_penalty(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.api.faults.plan(Kind.REFUSED, "sendPhoto", description="Bad Request: failed to get HTTP URL content")
        newsroom.api.faults.plan(Kind.TOO_MANY, "sendMessage", seconds=5)
        newsroom.save(illustrated(0))
        await newsroom.drain()
        assert "sendphoto" not in methods(newsroom)  # the refused one never got that far
        assert newsroom.counts == {"sent": 1}

    stage(story)


@pytest.mark.parametrize("kind", [Kind.DROP_AFTER, Kind.ERROR_AFTER, Kind.GARBAGE_AFTER, Kind.SLOW_AFTER])
@pytest.mark.parametrize("known", [0, 1])
def test_a_photo_whose_answer_was_lost_is_found_and_not_sent_again(stage: Play, kind: Kind, known: int) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel(next_id=500)
        newsroom.save(*(illustrated(number) for number in range(known)))
        await newsroom.drain()
        newsroom.save(*(illustrated(number) for number in range(3)))
        newsroom.api.faults.plan(kind, "sendPhoto", seconds=60)
        await newsroom.drain()
        assert [message.caption.split()[3] for message in chat.messages.values()] == ["0", "1", "2"]
        assert newsroom.counts == {"sent": 3}

    stage(story)


def as_bale(**choices: Any) -> dict[str, Style]:
    return {str(CHANNEL): Style(platform="bale", **choices)}


def test_on_bale_a_picture_has_the_post_as_its_caption_and_corrections_change_it(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.api.platform = "bale"
        chat = newsroom.open_channel()
        publisher = newsroom.publisher(styles=as_bale())
        newsroom.save(illustrated(0))
        await newsroom.drain(publisher)
        newsroom.save(illustrated(0, revision=2, body=LONG))
        await newsroom.drain(publisher)
        (message,) = chat.history
        assert methods(newsroom) == ["sendphoto", "editmessagecaption"]
        assert message.caption.startswith("🔹 *خبر شمارهٔ 0 از نسخهٔ 2*")
        assert (message.photo, len(message.caption) <= CAPTION_LIMIT) == (PICTURE, True)

    stage(story)


def test_on_bale_a_refused_picture_is_left_out(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.api.platform = "bale"
        newsroom.open_channel()
        newsroom.api.faults.plan(Kind.REFUSED, "sendPhoto", description="Bad Request: file not found")
        newsroom.save(illustrated(0))
        await newsroom.drain(newsroom.publisher(styles=as_bale()))
        assert methods(newsroom) == ["sendmessage"]
        assert newsroom.counts == {"sent": 1}

    stage(story)


def test_a_photo_whose_answer_was_lost_is_found_on_bale(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.api.platform = "bale"
        chat = newsroom.open_channel()
        publisher = newsroom.publisher(styles=as_bale())
        newsroom.save(illustrated(0))
        await newsroom.drain(publisher)
        newsroom.save(illustrated(1))
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendPhoto")
        await newsroom.drain(publisher)
        assert len(chat.history) == 2
        assert newsroom.counts == {"sent": 2}

    stage(story)


@pytest.mark.parametrize("platform", ["telegram", "bale"])
@pytest.mark.parametrize(("picture", "above"), [("preview", PICTURE), ("none", None)])
def test_a_channel_may_have_its_pictures_above_the_text_or_not_at_all(
    stage: Play, platform: Platform, picture: Picture, above: str | None
) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.api.platform = platform
        chat = newsroom.open_channel()
        newsroom.save(illustrated(0))
        styles = {str(CHANNEL): Style(platform=platform, picture=picture)}
        await newsroom.drain(newsroom.publisher(styles=styles))
        (message,) = chat.history
        assert (message.photo, (message.preview or {}).get("url")) == ("", above if platform == "telegram" else None)

    stage(story)


def test_a_photo_that_is_out_stays_one_where_the_channel_wants_none_any_more(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.save(illustrated(0))
        await newsroom.drain()
        newsroom.save(illustrated(0, revision=2))
        await newsroom.drain(newsroom.publisher(styles={str(CHANNEL): Style(picture="none")}))
        (message,) = chat.history
        assert (message.photo, message.edited) == (PICTURE, 1)
        assert newsroom.counts == {"sent": 2}

    stage(story)


def test_a_photo_that_is_not_there_yet_is_waited_for_before_it_is_sent_again(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.save(illustrated(0))
        await newsroom.drain()
        newsroom.save(illustrated(1))
        begun = newsroom.now()
        newsroom.api.faults.plan(Kind.ERROR_BEFORE, "sendPhoto")
        await newsroom.drain()
        assert len(chat.history) == 2
        assert newsroom.now() - begun >= timedelta(minutes=5)

    stage(story)


def test_a_caption_keeps_the_limit_with_many_sources() -> None:
    others = [Source("خ" * 100, "https://news.example.com/1") for _ in range(6)]
    payload = captioned(lambda limit: post(replace(ARTICLE, body=LONG), others=others, limit=limit), PICTURE)
    assert utf16(visible_text(payload.html)) <= CAPTION_LIMIT


@pytest.mark.parametrize(
    "said",
    ["Bad Request: not enough rights to send photos to the chat", "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN"],
)
def test_a_group_that_takes_no_photos_gets_the_post_as_a_text_and_what_follows(stage: Play, said: str) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.api.faults.plan(Kind.REFUSED, "sendPhoto", times=10**6, description=said)
        newsroom.save(illustrated(0), draft(1))
        await newsroom.drain()
        assert len(chat.history) == 2
        assert all(f"خبر شمارهٔ {number}" in message.text for number, message in enumerate(chat.history))

    stage(story)
