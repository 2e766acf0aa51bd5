"""What is logged, and what never is: structlog over the standard library, with secrets taken out of every line."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Literal

from feeds import redaction

# A bot's token wherever it stands: python-telegram-bot and httpx put it into URLs.
TOKEN = re.compile(r"(?<!\d)\d{3,}:[A-Za-z0-9_-]{20,}")

QUIET = ("httpx", "httpcore", "apscheduler", "telegram.ext", "hpack", "uvicorn.access", "watchfiles", "alembic")


def redact(text: str, secrets: Sequence[str] = ()) -> str:
    """The text without any token or password, and without these secrets."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return redaction.redact(TOKEN.sub("***", text))


class _Formatter(logging.Formatter):
    """The last door: whatever a processor let through (a value's repr, a traceback) is redacted here.

    structlog is loaded with the first line: most commands log nothing.
    """

    def __init__(self, style: Literal["console", "json"], secrets: Sequence[str]) -> None:
        super().__init__()
        self._form = style
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return redact(self._structured.format(record), self._secrets)

    @cached_property
    def _structured(self) -> logging.Formatter:
        with _without_rich():
            import structlog  # noqa: PLC0415 - see above

        final: list[Any] = (
            [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
            if self._form == "json"
            else [
                structlog.dev.ConsoleRenderer(
                    colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
                )
            ]
        )
        return structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *final],
        )


@contextmanager
def _without_rich() -> Iterator[None]:
    """While structlog loads: wherever rich is installed it loads that and pygments, 5 MB, for tracebacks in colours."""
    absent = {"rich", "rich.traceback"} - sys.modules.keys()
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None stands for what can't be found
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def configure(level: str, style: Literal["console", "json"], secrets: Sequence[str] = ()) -> None:
    """Send every log line, ours and the libraries', to standard error in one format.

    Args:
        level: what is logged from there on up.
        style: lines for people, or for programs.
        secrets: words that no line may hold, whatever they look like.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter(style, [secret for secret in secrets if secret]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
