"""What makes the bot deaf is on record, and ends with it; `test_outages` has how soon it hears again."""

from __future__ import annotations

from pathlib import Path

from conversation import EDITOR, Conversation, conversation
from telegram_server.faults import Kind

from bot.contacts import BOT

READER = 7001


async def answers(talk: Conversation, seconds: float = 12.0) -> float:
    """Ask for help, and wait for the answer."""
    said = len(talk.replies(READER))
    talk.api.say("/help", user=READER)
    return await talk.until(lambda: len(talk.replies(READER)) > said, seconds)


async def test_the_pages_know_the_bot_once_it_runs(tmp_path: Path) -> None:
    async with conversation(tmp_path) as talk:
        await answers(talk)
        assert talk.store.key_values.get(BOT) == "chapar_test_bot"


async def test_what_makes_the_bot_deaf_is_a_problem_until_it_hears_again(tmp_path: Path) -> None:
    async with conversation(tmp_path) as talk:
        await answers(talk)
        talk.api.faults.plan(Kind.STATUS, "getUpdates", times=10**6, code=404)
        await talk.until(lambda: [problem for problem in talk.store.problems.all() if problem.where == "the bot"])
        (problem,) = talk.store.problems.all()
        assert "TELEGRAM_TOKEN" in problem.what
        await talk.until(lambda: any("TELEGRAM_TOKEN" in said for said in talk.replies(EDITOR)), 30)
        talk.api.faults.clear()
        await answers(talk)
        await talk.until(lambda: not talk.store.problems.all())


async def test_a_webhook_that_somebody_set_is_named(tmp_path: Path) -> None:
    async with conversation(tmp_path) as talk:
        await answers(talk)  # one that was there before is taken off at the start
        talk.api.webhook = "https://other.example/hook"
        talk.api.say("/help", user=READER)  # ends the question that is under way
        await talk.until(talk.store.problems.all)
        assert "webhook" in talk.store.problems.all()[0].what


async def test_an_answer_that_may_have_arrived_is_not_followed_by_an_apology(tmp_path: Path) -> None:
    async with conversation(tmp_path) as talk:
        talk.api.faults.plan(Kind.DROP_AFTER, "sendMessage", chat_id=READER)
        await answers(talk)
        talk.api.say("/help", user=READER)
        await talk.until(lambda: len(talk.replies(READER)) == 2)
        assert not any("شناسهٔ خطا" in said for said in talk.replies(READER))
