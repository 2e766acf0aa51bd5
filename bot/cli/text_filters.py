"""The text work as filters over JSON Lines, for scripts and for measuring: `chapar text …`.

A line in, a line out, in order, in constant memory. A line that can't be read is named by its number on standard
error; the rest goes on, and the exit code says so at the end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, BinaryIO

import typer

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
    from feeds import summary
    from feeds.text.normalize import letters

    def work(case: Mapping[str, Any]) -> Mapping[str, Any]:
        title, body, lead = (letters(text_of(case, name)) for name in ("title", "body", "lead"))
        return {"summary": summary.summarize(title, body, lead=lead, budget=budget).text}

    finish(filter_lines(work))


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
