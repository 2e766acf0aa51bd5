"""A restored backup: nothing of what stands in the channel is posted again, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from empty_store import empty_store
from newsroom import CHANNEL, Newsroom, draft, illustrated, play
from telegram_server.faults import Kind

from bot.publishing.publisher import Publisher
from bot.publishing.restored.newest import Newest
from feeds.models import Article, DeliveryKind, DeliveryState
from feeds.store import backup, open_store
from feeds.store.delivery.restored import Behind

Story = Callable[[Newsroom], Any]
DESK = 4711


@pytest.fixture
def stage(tmp_path: Path) -> Callable[[Story], None]:
    return lambda story: play(empty_store(tmp_path), story)


def titles(newsroom: Newsroom) -> list[str]:
    return [text.splitlines()[0].removeprefix("🔹 ") for text in newsroom.api.chats[CHANNEL].texts]


def expected(*numbers: int) -> list[str]:
    return [f"خبر شمارهٔ {number} از نسخهٔ 1" for number in numbers]


def keep(newsroom: Newsroom) -> str:
    """A backup of the store as it is now."""
    url = str(newsroom.store._engine.url)
    copy = Path(url.removeprefix("sqlite:///")).with_name("copy.db")
    backup(url, copy)
    return f"sqlite:///{copy}"


def go_back(newsroom: Newsroom, copy: str) -> None:
    """The backup takes the place of the store."""
    newsroom.store.close()
    newsroom.store = open_store(copy)


async def start_desk(newsroom: Newsroom) -> None:
    newsroom.api._private(DESK)


@pytest.mark.parametrize("desk", [None, DESK])
@pytest.mark.parametrize(("before", "after"), [(0, 4), (3, 0), (2, 3)])
def test_posts_that_went_out_after_the_backup_are_found_in_the_channel(
    stage: Callable[[Story], None], desk: int | None, before: int, after: int
) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        await start_desk(newsroom)
        newsroom.save(*(draft(number) for number in range(before)))
        await newsroom.drain(newsroom.publisher(desk=desk))
        newsroom.save(*(draft(number) for number in range(before, 6)), held=True)
        copy = keep(newsroom)
        for number in range(before, before + after):
            newsroom.store.editorial.release("desk", newsroom.now(), article_id=article_id(newsroom, number))
        await newsroom.drain(newsroom.publisher(desk=desk))
        shown = {number: (message.content, message.text) for number, message in chat.messages.items()}
        go_back(newsroom, copy)
        newsroom.store.editorial.release("desk", newsroom.now())
        await newsroom.drain(newsroom.publisher("node-2", desk=desk))
        assert titles(newsroom) == expected(*range(6))
        assert newsroom.counts == {"sent": 6}
        assert {number: (chat.messages[number].content, chat.messages[number].text) for number in shown} == shown
        assert newsroom.api.chats[DESK].texts == []
        assert newsroom.api.limits.during_penalty == 0
        assert not [call for call in newsroom.api.calls if "Too Many" in call.error]

    stage(story)


def article_id(newsroom: Newsroom, number: int) -> int:
    article: Article = newsroom.store.articles.stored(limit=100)[::-1][number]
    return article.id


@pytest.mark.parametrize("desk", [None, DESK])
def test_an_article_that_comes_again_later_is_settled_and_not_sent(
    stage: Callable[[Story], None], desk: int | None
) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        await start_desk(newsroom)
        newsroom.save(draft(0))
        await newsroom.drain(newsroom.publisher(desk=desk))
        copy = keep(newsroom)
        newsroom.save(draft(1), draft(2), illustrated(3))
        await newsroom.drain(newsroom.publisher(desk=desk))
        buttons = {number: message.markup for number, message in newsroom.api.chats[CHANNEL].messages.items()}
        go_back(newsroom, copy)
        publisher = newsroom.publisher("node-2", desk=desk)
        await newsroom.drain(publisher)
        newsroom.save(draft(1), draft(2), illustrated(3), draft(4))
        await newsroom.drain(newsroom.publisher("node-3", desk=desk))
        assert titles(newsroom) == expected(*range(5))
        assert newsroom.counts == {"sent": 5}
        assert {number: newsroom.api.chats[CHANNEL].messages[number].markup for number in buttons} == buttons
        newsroom.save(draft(2, revision=2))
        await newsroom.drain(newsroom.publisher("node-4", desk=desk))
        assert titles(newsroom)[2] == "خبر شمارهٔ 2 از نسخهٔ 2"

    stage(story)


def test_a_post_that_was_corrected_since_is_known_by_its_link(stage: Callable[[Story], None]) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), draft(1), held=True)
        copy = keep(newsroom)
        newsroom.store.editorial.release("desk", newsroom.now())
        await newsroom.drain()
        newsroom.save(draft(1, revision=2, title="عنوانی دیگر"))
        await newsroom.drain()
        go_back(newsroom, copy)
        newsroom.store.editorial.release("desk", newsroom.now())
        newsroom.save(draft(1, revision=2, title="عنوانی دیگر"))
        await newsroom.drain(newsroom.publisher("node-2"))
        assert titles(newsroom) == [*expected(0), "عنوانی دیگر"]

    stage(story)


def test_two_articles_with_one_title_are_told_apart(stage: Callable[[Story], None]) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        daily = [
            draft(
                number,
                title="نرخ میوه در بازار امروز",
                body=f"سیب {number * 1000} تومان و به {number * 700} تومان است.",
            )
            for number in (1, 2)
        ]
        newsroom.save(*daily, held=True)
        copy = keep(newsroom)
        newsroom.store.editorial.release("desk", newsroom.now(), article_id=article_id(newsroom, 1))
        await newsroom.drain()
        go_back(newsroom, copy)
        newsroom.store.editorial.release("desk", newsroom.now())
        await newsroom.drain(newsroom.publisher("node-2"))
        texts = newsroom.api.chats[CHANNEL].texts
        assert [("سیب 2000" in text, "سیب 1000" in text) for text in texts] == [(True, False), (False, True)]

    stage(story)


def test_what_others_wrote_is_left_alone(stage: Callable[[Story], None]) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.save(draft(0))
        await newsroom.drain()
        newsroom.save(draft(1), draft(2), held=True)
        copy = keep(newsroom)
        chat.post_by_others("سلام به همه")
        newsroom.store.editorial.release("desk", newsroom.now(), article_id=article_id(newsroom, 1))
        await newsroom.drain()
        chat.post_by_others("روز خوش")
        go_back(newsroom, copy)
        newsroom.store.editorial.release("desk", newsroom.now())
        await newsroom.drain(newsroom.publisher("node-2"))
        assert titles(newsroom) == [*expected(0), "سلام به همه", *expected(1), "روز خوش", *expected(2)]

    stage(story)


def test_a_post_in_doubt_when_the_backup_was_taken_is_not_guessed_over_others(stage: Callable[[Story], None]) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.save(draft(0))
        await newsroom.drain()
        newsroom.save(draft(1), draft(2), draft(3))
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendMessage")
        await newsroom.run_for(newsroom.publisher(), 0.3)
        copy = keep(newsroom)
        assert newsroom.counts.get("uncertain", 0) + newsroom.counts.get("sending", 0) == 1
        await newsroom.drain(newsroom.publisher("node-2"))
        before = dict(chat.messages)
        go_back(newsroom, copy)
        await newsroom.drain(newsroom.publisher("node-3"))
        assert titles(newsroom) == expected(0, 1, 2, 3)
        assert chat.messages == before
        assert newsroom.counts == {"sent": 4}

    stage(story)


def test_a_post_that_may_have_been_taken_away_waits_for_the_desk(stage: Callable[[Story], None]) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.save(draft(0))
        await newsroom.drain()
        newsroom.save(draft(1), draft(2), draft(3), held=True)
        copy = keep(newsroom)
        for number in (1, 2):
            newsroom.store.editorial.release("desk", newsroom.now(), article_id=article_id(newsroom, number))
        await newsroom.drain()
        del chat.messages[2]
        go_back(newsroom, copy)
        newsroom.store.editorial.release("desk", newsroom.now())
        await newsroom.drain(newsroom.publisher("node-2"))
        assert titles(newsroom) == expected(0, 2, 3)
        assert newsroom.counts == {"sent": 3, "held": 1}
        assert any(expected(1)[0] in problem.what for problem in newsroom.store.problems.all())

    stage(story)


@pytest.mark.parametrize("settle", [True, False])
def test_where_messages_can_not_be_read_the_desk_decides(stage: Callable[[Story], None], *, settle: bool) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(may_edit=True)
        newsroom.save(draft(0))
        await newsroom.drain()
        newsroom.save(draft(1))
        copy = keep(newsroom)
        await newsroom.drain()
        go_back(newsroom, copy)
        await newsroom.drain(newsroom.publisher("node-2"))
        assert titles(newsroom) == expected(0, 1)
        assert newsroom.counts == {"sent": 1, "pending": 1}
        [problem] = newsroom.store.problems.all()
        assert expected(1)[0] in problem.what
        assert "1 posts would go out" in problem.what
        assert newsroom.store.restored.decide("desk", newsroom.now(), str(CHANNEL), send=not settle) == 1
        await newsroom.drain(newsroom.publisher("node-3"))
        assert titles(newsroom) == (expected(0, 1) if settle else expected(0, 1, 1))
        assert newsroom.counts == {"sent": 2}

    stage(story)


def test_a_desk_that_never_started_the_bot_is_done_without(stage: Callable[[Story], None]) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), draft(1), held=True)
        newsroom.store.editorial.release("desk", newsroom.now(), article_id=article_id(newsroom, 0))
        await newsroom.drain()
        copy = keep(newsroom)
        newsroom.store.editorial.release("desk", newsroom.now())
        await newsroom.drain()
        go_back(newsroom, copy)
        newsroom.store.editorial.release("desk", newsroom.now())
        await newsroom.drain(newsroom.publisher("node-2", desk=999))
        assert titles(newsroom) == expected(0, 1)

    stage(story)


@pytest.mark.parametrize("method", ["editMessageReplyMarkup", "forwardMessage"])
@pytest.mark.parametrize("kind", [Kind.DROP_AFTER, Kind.DROP_BEFORE, Kind.ERROR_AFTER, Kind.TOO_MANY])
def test_a_fault_while_the_channel_is_read_only_delays(stage: Callable[[Story], None], kind: Kind, method: str) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        await start_desk(newsroom)
        newsroom.save(draft(0))
        await newsroom.drain()
        newsroom.save(*(draft(number) for number in range(1, 5)))
        copy = keep(newsroom)
        await newsroom.drain()
        buttons = [message.markup for message in newsroom.api.chats[CHANNEL].messages.values()]
        go_back(newsroom, copy)
        newsroom.api.faults.plan(kind, method, times=3)
        desk = DESK if method == "forwardMessage" else None
        await newsroom.drain(newsroom.publisher("node-2", desk=desk))
        assert titles(newsroom) == expected(*range(5))
        assert [message.markup for message in newsroom.api.chats[CHANNEL].messages.values()] == buttons
        assert newsroom.counts == {"sent": 5}

    stage(story)


@pytest.mark.parametrize("gone", [2, 3])
def test_the_last_posts_may_have_been_taken_away_too(stage: Callable[[Story], None], gone: int) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.save(*(draft(number) for number in range(5)), held=True)
        newsroom.store.editorial.release("desk", newsroom.now(), article_id=article_id(newsroom, 0))
        await newsroom.drain()
        copy = keep(newsroom)
        for number in (1, 2, 3):
            newsroom.store.editorial.release("desk", newsroom.now(), article_id=article_id(newsroom, number))
            await newsroom.drain()
        newest = newsroom.store.channels.get(str(CHANNEL)).last_message_id
        for number in range(newest - gone + 1, newest + 1):
            del chat.messages[number]
        go_back(newsroom, copy)
        newsroom.store.restored.mark("*", Behind("the store was restored", newest=newest), newsroom.now())
        newsroom.store.editorial.release("desk", newsroom.now())
        await newsroom.drain(newsroom.publisher("node-2"))
        assert titles(newsroom) == expected(*range(4 - gone), 4)
        assert newsroom.counts == {"sent": 5 - gone, "held": gone}
        assert newsroom.store.restored.behind() == {}

    stage(story)


class TestTheFileBesideTheStore:
    """It shows a lag that the store does not know of."""

    def newest(self, newsroom: Newsroom, place: str = "here") -> Newest:
        return Newest(Path(str(newsroom.store._engine.url.database)).with_name("newest.json"), place)

    def publisher(self, newsroom: Newsroom, owner: str, place: str = "here") -> Publisher:
        made: Publisher = newsroom.publisher(owner, newest=self.newest(newsroom, place))
        return made

    def unmark(self, newsroom: Newsroom) -> None:
        """As where the copy was made by other means than ours."""
        newsroom.store.restored.clear("*")

    def test_a_copy_by_other_means_is_noticed(self, stage: Callable[[Story], None]) -> None:
        async def story(newsroom: Newsroom) -> None:
            newsroom.open_channel()
            newsroom.save(*(draft(number) for number in range(3)), held=True)
            newsroom.store.editorial.release("desk", newsroom.now(), article_id=article_id(newsroom, 0))
            await newsroom.drain(self.publisher(newsroom, "node-1"))
            copy = keep(newsroom)
            newsroom.store.editorial.release("desk", newsroom.now())
            await newsroom.drain(self.publisher(newsroom, "node-2"))
            go_back(newsroom, copy)
            self.unmark(newsroom)
            newsroom.store.editorial.release("desk", newsroom.now())
            await newsroom.drain(self.publisher(newsroom, "node-3"))
            assert titles(newsroom) == expected(0, 1, 2)
            assert self.newest(newsroom).lagging(newsroom.store.channels.all()) == {}

        stage(story)

    def test_a_store_that_is_begun_anew_posts_nothing_again(
        self, stage: Callable[[Story], None], tmp_path: Path
    ) -> None:
        async def story(newsroom: Newsroom) -> None:
            newsroom.open_channel()
            newsroom.save(*(draft(number) for number in range(3)))
            await newsroom.drain(self.publisher(newsroom, "node-1"))
            newsroom.store.close()
            newsroom.store = open_store(f"sqlite:///{tmp_path / 'other.db'}")
            newsroom.save(*(draft(number) for number in range(4)))
            await newsroom.drain(self.publisher(newsroom, "node-2"))
            assert titles(newsroom) == expected(0, 1, 2, 3)

        stage(story)

    def test_where_it_was_put_back_too_the_channel_is_looked_at(self, stage: Callable[[Story], None]) -> None:
        async def story(newsroom: Newsroom) -> None:
            newsroom.open_channel()
            newsroom.save(*(draft(number) for number in range(3)), held=True)
            newsroom.store.editorial.release("desk", newsroom.now(), article_id=article_id(newsroom, 0))
            await newsroom.drain(self.publisher(newsroom, "node-1"))
            copy, file = keep(newsroom), Path(str(newsroom.store._engine.url.database)).with_name("newest.json")
            beside = file.read_text()
            newsroom.store.editorial.release("desk", newsroom.now())
            await newsroom.drain(self.publisher(newsroom, "node-2"))
            go_back(newsroom, copy)
            self.unmark(newsroom)
            file.write_text(beside)
            newsroom.store.editorial.release("desk", newsroom.now())
            await newsroom.drain(self.publisher(newsroom, "node-3", place="another machine"))
            assert titles(newsroom) == expected(0, 1, 2)

        stage(story)

    @pytest.mark.parametrize("busy", [False, True])
    def test_where_nothing_speaks_for_a_lag_a_channel_is_held_for_nobody(
        self, stage: Callable[[Story], None], *, busy: bool
    ) -> None:
        """As after an upgrade, or on a machine that started anew: whether it may be read or people talk there."""

        async def story(newsroom: Newsroom) -> None:
            chat = newsroom.open_channel(may_edit=not busy)
            newsroom.save(draft(0))
            await newsroom.drain()
            for number in range(60 if busy else 3):
                chat.post_by_others(f"پیام {number}")
            newsroom.save(draft(1))
            await newsroom.drain(self.publisher(newsroom, "node-2"))
            assert titles(newsroom)[-1:] == expected(1)
            assert newsroom.store.problems.all() == ()

        stage(story)

    def test_an_ordinary_start_asks_nothing(self, stage: Callable[[Story], None]) -> None:
        async def story(newsroom: Newsroom) -> None:
            newsroom.open_channel()
            newsroom.save(draft(0))
            await newsroom.drain(self.publisher(newsroom, "node-1"))
            before = len(newsroom.api.calls)
            await newsroom.drain(self.publisher(newsroom, "node-2"))
            later = {call.method for call in newsroom.api.calls[before:]}
            assert later == {"getme", "getchat", "getchatmember"}

        stage(story)


def test_a_held_channel_holds_no_other(stage: Callable[[Story], None]) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(may_edit=True)
        other = newsroom.open_channel(CHANNEL - 1)
        newsroom.save(draft(0), to=[CHANNEL, CHANNEL - 1])
        newsroom.store.channels.ensure(str(CHANNEL))
        newsroom.store.restored.mark(str(CHANNEL), Behind("the store was restored", newest=5), newsroom.now())
        await newsroom.drain()
        assert len(other.texts) == 1
        assert newsroom.api.chats[CHANNEL].texts == []
        [waiting] = newsroom.store.deliveries.queue(states=[DeliveryState.PENDING], limit=5)
        assert waiting.kind is DeliveryKind.POST

    stage(story)


def test_a_retraction_that_the_backup_does_not_know_is_told_to_the_desk(stage: Callable[[Story], None]) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        [article] = newsroom.save(draft(0))
        copy = keep(newsroom)
        await newsroom.drain()
        newsroom.store.editorial.retract(article.uid, newsroom.now())
        await newsroom.drain()
        go_back(newsroom, copy)
        await newsroom.drain(newsroom.publisher("node-2"))
        assert [title.split(" | ")[0] for title in titles(newsroom)] == ["❌ تکذیب شد"]
        assert any(article.uid in problem.what for problem in newsroom.store.problems.all())

    stage(story)
