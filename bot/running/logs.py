"""What is logged, and what never is: structlog over the standard library, with secrets taken out of every line."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Sequence
from typing import Any, Literal

import structlog
from structlog.typing import Processor

from feeds import redaction

# A bot's token wherever it stands: python-telegram-bot and httpx put it into URLs.
TOKEN = re.compile(r"(?<!\d)\d{3,}:[A-Za-z0-9_-]{20,}")

QUIET = ("httpx", "httpcore", "apscheduler", "telegram.ext", "hpack", "uvicorn.access", "watchfiles", "alembic")


def redact(text: str, secrets: Sequence[str] = ()) -> str:
    """The text without any token or password, and without these secrets."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return redaction.redact(TOKEN.sub("***", text))


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """The last door: whatever a processor let through (a value's repr, a traceback) is redacted here."""

    def __init__(self, secrets: Sequence[str], **options: Any) -> None:
        super().__init__(**options)
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record), self._secrets)


def configure(level: str, style: Literal["console", "json"], secrets: Sequence[str] = ()) -> None:
    """Send every log line, ours and the libraries', to standard error in one format.

    Args:
        level: what is logged from there on up.
        style: lines for people, or for programs.
        secrets: words that no line may hold, whatever they look like.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    final: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if style == "json"
        else [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
            )
        ]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _RedactingFormatter(
            [secret for secret in secrets if secret],
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *final],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
