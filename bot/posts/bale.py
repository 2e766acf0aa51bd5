"""The lines of a post or an answer in Bale's markup: `*bold*`, `_italic_`, `[text](address)`.

Bale has no escape character and no parse mode: every text is read for markup, which begins and ends at a blank or at an
edge of the text. So what could begin markup is replaced by a sign that looks the same and means nothing; an underscore
within a word (a hashtag's) stays.
Source: https://docs.bale.ai and the Markdown parser of the Actor platform, which Bale comes from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.posts.spans import Line, Span

_ALIKE = str.maketrans({"*": "∗", "`": "ˋ"})
_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)|(?<=_)_|_(?=_)")
_LABEL = str.maketrans("[]", "()")
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "*": "%2A", "[": "%5B", "]": "%5D"})


def written(lines: Sequence[Line]) -> str:
    """The lines as Bale reads them: the one place where text is made safe for it."""
    return "\n".join("".join(map(_marked, line)) for line in lines)


def unmarked(text: str) -> str:
    """A text that Bale takes for no markup."""
    return _UNDERSCORE.sub("＿", text.translate(_ALIKE)).replace("](", "] (")


def _marked(span: Span) -> str:
    match span.tag:
        case "a":
            return f"[{unmarked(span.text.translate(_LABEL))}]({span.url.translate(_IN_ADDRESS)})"
        case "b" if span.text.strip():
            return f"*{unmarked(span.text.strip())}*"
        case "i" if span.text.strip():
            return f"_{unmarked(span.text.strip())}_"
        case "code" if span.url:
            return span.text
        case _:
            return unmarked(span.text)
