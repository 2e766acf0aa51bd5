from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from bot.cli.text.filters import app

RUNNER = CliRunner()


def run(*command: str, lines: list[str]) -> tuple[list[dict[str, object]], str, int]:
    """-> (the answers, standard error, the exit code)."""
    result = RUNNER.invoke(app, list(command), input="\n".join(lines))
    return [json.loads(line) for line in result.stdout.splitlines()], result.stderr, result.exit_code


def test_each_line_is_answered_with_its_id() -> None:
    answers, _, code = run("restore", lines=['{"id": "a", "text": "کتابها"}', '{"id": 2, "text": "میرود"}'])
    assert answers == [{"id": "a", "text": "کتاب‌ها"}, {"id": 2, "text": "می‌رود"}]
    assert code == 0


@pytest.mark.parametrize("bad", ["{", "[1]", '{"id": 1}', '{"id": 1, "text": 5}', "\x00"])
def test_a_malformed_line_is_named_and_the_rest_goes_on(bad: str) -> None:
    answers, error, code = run("restore", lines=['{"id": 1, "text": "قم"}', bad, "", '{"id": 4, "text": "قم"}'])
    assert [answer["id"] for answer in answers] == [1, 4]
    assert "line 2" in error
    assert code == 1


def test_a_lone_surrogate_comes_back_escaped() -> None:
    answers, _, code = run("restore", lines=['{"id": 1, "text": "کتابها \\ud800"}'])
    assert answers == [{"id": 1, "text": "کتاب‌ها \ud800"}]
    assert code == 0


def test_a_summary_keeps_its_budget_and_the_source_s_spelling() -> None:
    article = {"id": 1, "title": "باران در قم", "body": "باران در قم میبارد. این جمله درازتر از آن است که جا شود."}
    answers, _, code = run("summarize", "--budget", "25", lines=[json.dumps(article)])
    assert answers == [{"id": 1, "summary": "باران در قم میبارد."}]
    assert code == 0


ARTICLE = {
    "id": "a1",
    "title": "فوری | گشایش سه مدرسه در کوهرنگ",
    "body": "شهرکرد – سه مدرسه در شهرستان کوهرنگ گشایش یافت.\n\nانتهای پیام/",
    "categories": ["استان‌ها > چهارمحال و بختیاری"],
    "published": "2025-09-24T15:00:00+03:30",
}


def test_an_edited_article_is_all_that_its_post_is_made_of() -> None:
    answers, _, code = run("edit", lines=[json.dumps(ARTICLE)])
    assert answers == [
        {
            "id": "a1",
            "title": "گشایش سه مدرسه در کوهرنگ",
            "lead": "سه مدرسه در شهرستان کوهرنگ گشایش یافت.",
            "facts": [],
            "body": "سه مدرسه در شهرستان کوهرنگ گشایش یافت.",
            "provinces": ["IR-14"],
            "slugs": ["chaharmahal-bakhtiari"],
            "agency": "",
            "origin": "",
            "urgent": True,
            "kind": "news",
        }
    ]
    assert code == 0


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"categories": "استان‌ها"}, "categories"),
        ({"published": "دیروز"}, "isoformat"),
        ({"title": "", "body": " "}, "no title"),
        ({"body": ["الف"]}, "body"),
    ],
)
def test_an_article_that_cannot_be_edited_is_named_and_the_rest_goes_on(bad: dict[str, object], reason: str) -> None:
    lines = [json.dumps(ARTICLE | bad), json.dumps(ARTICLE)]
    answers, error, code = run("edit", lines=lines)
    assert [answer["id"] for answer in answers] == ["a1"]
    assert "line 1" in error
    assert reason in error
    assert code == 1
