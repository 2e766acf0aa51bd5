"""The text work as filters over JSON Lines: one object in, one object out, in constant memory.

    chapar text restore    {"id", "text"}           -> {"id", "text"}
    chapar text summarize  {"id", "title", "body"}  -> {"id", "summary"}
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Annotated, Any, BinaryIO

import typer

from feeds import summary
from feeds.text import normalize, zwnj

app = typer.Typer(help="The text work as filters over JSON Lines.", no_args_is_help=True)

Record = dict[str, Any]


def run_filter(convert: Callable[[Record], Record], *, needs: Iterable[str]) -> None:
    """Answer each line of standard input with `convert` of it, and leave with 1 if any line was malformed.

    A line is malformed when it is no JSON object or lacks one of `needs`, which must be strings. It is named by its
    number on standard error, and the rest goes on. The answer carries the `id` of its line.
    """
    raise typer.Exit(filter_lines(sys.stdin.buffer, sys.stdout.buffer, convert, needs=tuple(needs)))


def filter_lines(
    source: BinaryIO, target: BinaryIO, convert: Callable[[Record], Record], *, needs: tuple[str, ...]
) -> int:
    """`run_filter` over any streams -> the exit code, 0 or 1."""
    failed = False
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            record = _parse(line, needs)
        except ValueError as error:
            failed = True
            print(f"line {number}: {error}; it is skipped", file=sys.stderr)  # noqa: T201
            continue
        target.write(_dump({"id": record.get("id"), **convert(record)}) + b"\n")
        target.flush()
    return int(failed)


def _parse(line: bytes, needs: tuple[str, ...]) -> Record:
    """A line as an object, or ValueError with what is wrong with it."""
    try:
        record = json.loads(line)
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON ({error.msg} at column {error.colno})") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(record, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - to the reader of the line it is a wrong value
    for name in needs:
        if not isinstance(record.get(name), str):
            raise ValueError(f'it has no text "{name}"')
    return record


def _dump(record: Record) -> bytes:
    """An object as a line; lone surrogates, which UTF-8 can't hold, stay escaped."""
    try:
        return json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(record).encode()


@app.command()
def restore() -> None:
    """Put lost ZWNJ back; nothing else changes."""
    run_filter(lambda record: {"text": zwnj.restore(record["text"])}, needs=("text",))


@app.command()
def summarize(
    budget: Annotated[int, typer.Option(min=1, help="The longest summary, in UTF-16 units.")] = 350,
) -> None:
    """Choose whole sentences for an article, the lead first. Their words stay as they came: `restore` sets them right."""

    def convert(record: Record) -> Record:
        title, body = normalize.letters(record["title"]), normalize.letters(record["body"])
        return {"summary": summary.summarize(title, body, budget=budget).text}

    run_filter(convert, needs=("title", "body"))


if __name__ == "__main__":
    app()
