"""Lines as Telegram's HTML, and without markup. `bot.posts.bale` writes them for Bale."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.posts.spans import Line, Span

_FOLD, _FOLD_ENDS = "<blockquote expandable>", "</blockquote>"


def html(lines: Sequence[Line]) -> str:
    """The lines as Telegram's HTML: the one place where text is escaped for it."""
    written = "\n".join("".join(_folded(span) for span in line) for line in lines)
    return written.replace(f"{_FOLD_ENDS}\n{_FOLD}", "\n").replace(f"{_FOLD_ENDS}{_FOLD}", "")


def plain(lines: Sequence[Line]) -> str:
    """The lines as they are read."""
    return "\n".join("".join(span.text for span in line) for line in lines)


def _folded(span: Span) -> str:
    return f"{_FOLD}{_tagged(span)}{_FOLD_ENDS}" if span.folded else _tagged(span)


def _tagged(span: Span) -> str:
    text = escape(span.text, quote=False)
    match span.tag:
        case "":
            return text
        case "a":
            return f'<a href="{escape(span.url)}">{text}</a>'
        case tag:
            return f"<{tag}>{text}</{tag}>"
