"""The text work as filters over JSON Lines, for scripts and for measuring: `chapar text …`.

A line in, a line out, in order, in constant memory. A line that can't be read is named by its number on standard
error; the rest goes on, and the exit code says so at the end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

if TYPE_CHECKING:  # the others are imported where a command needs them, so that it starts at once
    from feeds.models import Document

app = typer.Typer(no_args_is_help=True, help="The text work as filters: JSON Lines in, JSON Lines out.")

Work = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def filter_lines(work: Work, lines: Iterable[bytes] | None = None, out: BinaryIO | None = None) -> int:
    """Write what `work` makes of each line; returns how many lines could not be read.

    Args:
        work: from the object of a line to the answer without its `id`; a KeyError or TypeError of it blames the line.
        lines: where lines come from; standard input by default.
        out: where answers go; standard output by default.
    """
    source = sys.stdin.buffer if lines is None else lines
    target = sys.stdout.buffer if out is None else out
    bad = 0
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            answer = {"id": case["id"], **work(case)}
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            bad += 1
            typer.echo(f"line {number}: {_reason(error)}", err=True)
            continue
        target.write(_encode(answer) + b"\n")
        target.flush()
    return bad


def text_of(case: Mapping[str, Any], name: str) -> str:
    """A field that must be text; a missing one is empty unless it is `text` itself."""
    value = case[name] if name in {"text", "query"} else case.get(name, "")
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    return value


def finish(bad: int) -> None:
    """End the command with what the lines came to."""
    raise typer.Exit(1 if bad else 0)


@app.command()
def restore() -> None:
    """Restore lost zero-width non-joiners: {"id","text"} -> {"id","text"}."""
    from feeds.text.restoring.zwnj import restore as restore_text

    finish(filter_lines(lambda case: {"text": restore_text(text_of(case, "text"))}))


@app.command()
def summarize(
    budget: Annotated[int, typer.Option(min=1, help="UTF-16 units that a summary may have.")] = 350,
) -> None:
    """Sum articles up: {"id","title","body"} -> {"id","summary"}; their words stay as they came."""
    from feeds.editing import summary
    from feeds.text.letters import letters

    def work(case: Mapping[str, Any]) -> Mapping[str, Any]:
        title, body, lead = (letters(text_of(case, name)) for name in ("title", "body", "lead"))
        return {"summary": summary.summarize(title, body, lead=lead, budget=budget).text}

    finish(filter_lines(work))


@app.command()
def edit() -> None:
    """Edit articles as they are posted: {"id","title","body"} -> what a post is made of.

    `lead`, `section`, `categories`, `agency` and `published` (ISO 8601) are used where a line has them. The answer is
    {"id","title","lead","facts","body","provinces","slugs","agency","origin","urgent","kind"}: the provinces as ISO
    3166-2:IR and by their slugs, the primary first.
    """
    from feeds import pipeline
    from feeds.provinces import gazetteer

    def work(case: Mapping[str, Any]) -> Mapping[str, Any]:
        draft = pipeline.edit(_document(case))
        return {
            "title": draft.title,
            "lead": draft.summary.lead,
            "facts": list(draft.summary.facts),
            "body": draft.body,
            "provinces": [gazetteer.by_slug(slug).code for slug in draft.provinces],
            "slugs": list(draft.provinces),
            "agency": draft.agency,
            "origin": draft.origin,
            "urgent": draft.urgent,
            "kind": draft.kind.value,
        }

    finish(filter_lines(work))


def _document(case: Mapping[str, Any]) -> Document:
    """A line as the article that a source would give."""
    from feeds.models import Document

    categories = case.get("categories", [])
    if not isinstance(categories, list) or not all(isinstance(category, str) for category in categories):
        raise TypeError("categories is no list of texts")
    if not any(text_of(case, name).strip() for name in ("title", "lead", "body")):
        raise ValueError("has no title, lead or body")
    published = datetime.fromisoformat(text_of(case, "published") or "1970-01-01")
    return Document(
        source="",
        key="",
        title=text_of(case, "title"),
        body=text_of(case, "body"),
        published=published if published.tzinfo else published.replace(tzinfo=UTC),
        lead=text_of(case, "lead"),
        section=text_of(case, "section"),
        agency=text_of(case, "agency"),
        categories=tuple(categories),
    )


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"is not JSON: {error.msg} at column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return "is not UTF-8"
    if isinstance(error, KeyError):
        return f"has no {error}"
    return str(error) or type(error).__name__


def _encode(answer: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can only write it escaped
        return json.dumps(answer).encode()


if __name__ == "__main__":
    app()
