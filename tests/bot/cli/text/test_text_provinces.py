from __future__ import annotations

import json

from typer.testing import CliRunner

from bot.cli.text.provinces import app

ARTICLE = {"id": "a", "title": "سیل در لرستان", "body": "خرم‌آباد – استاندار لرستان گفت: راه‌ها باز است."}


def run(command: str, *lines: object) -> tuple[int, str, str]:
    text = "".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    result = CliRunner().invoke(app, command.split(), input=text)
    return result.exit_code, result.stdout, result.stderr


def answers(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_locate_answers_codes_line_by_line() -> None:
    none = {"id": 2, "title": "نرخ ارز", "body": "بانک مرکزی اعلام کرد."}
    code, out, _ = run("locate", ARTICLE, none)
    assert code == 0
    assert answers(out) == [{"id": "a", "provinces": ["IR-15"]}, {"id": 2, "provinces": []}]


def test_locate_uses_what_the_source_says() -> None:
    told = {"id": 1, "title": "نشست", "body": "برگزار شد.", "categories": ["استان‌ها > تهران"]}
    _, out, _ = run("locate", told, {"id": 2, "title": "نشست", "body": "", "section": "استان یزد"})
    assert [answer["provinces"] for answer in answers(out)] == [["IR-23"], ["IR-21"]]


def test_explain_shows_the_text_and_every_piece_of_evidence() -> None:
    code, out, _ = run("locate --explain", ARTICLE)
    assert code == 0
    assert out.startswith("a: لرستان\n")
    assert ARTICLE["body"] in out
    assert "dateline  «خرم‌آباد»" in out
    assert "office  «لرستان»" in out


def test_a_line_that_is_no_article_is_named_and_the_rest_goes_on() -> None:
    code, out, err = run("locate", "{broken\n", {"id": 1, "title": 5}, {"id": 2, "categories": "قم"}, ARTICLE)
    assert code == 1
    assert [answer["id"] for answer in answers(out)] == ["a"]
    assert "line 1" in err
    assert "title" in err
    assert "categories" in err


def test_lookup_answers_codes_and_the_other_words() -> None:
    _, out, _ = run("lookup", {"id": 1, "query": "qom سیل"})
    assert answers(out) == [{"id": 1, "provinces": ["IR-25"], "words": "سیل"}]


def test_lookup_asks_where_a_name_means_several_provinces() -> None:
    _, out, _ = run("lookup", {"id": 1, "query": "آذربایجان"})
    assert answers(out) == [{"id": 1, "provinces": ["IR-03", "IR-04"], "words": "", "ask": True}]
