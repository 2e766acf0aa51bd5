"""The format of a document in the inbox, as `seeds/FORMAT.md` describes it: bytes -> Document, or what is wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from feeds.errors import DocumentError
from feeds.models import Document

TITLE_LIMIT = 300  # characters; a longer "title" is the first paragraph of a document without one

_HEADER = re.compile(r"\s*date\s+(?P<date>\S+)(?:\s+(?:\d+\s*[.)\-]\s*)?(?P<section>.*?))?\s*", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_SENTENCE_ENDS = (".", "!", "؟", "?", "…", ":", "؛", "»")
_SEE = "see seeds/FORMAT.md"


def parse(key: str, data: bytes, *, source: str = "seeds", zone: tzinfo | None = None) -> Document:
    """Read a document from the bytes of its file.

    Args:
        key: The document's path in the inbox, for its identity and for errors.
        data: The whole file.
        source: The key of the source it belongs to.
        zone: Where its day begins; Asia/Tehran by default.

    Raises:
        DocumentError: The bytes are not a document; names the line and what to do.
    """
    lines = _lines(_decode(key, data))
    header = _header(key, lines)
    title, body = _text(key, lines, header.line)
    midnight = datetime(header.day.year, header.day.month, header.day.day, tzinfo=zone or ZoneInfo("Asia/Tehran"))
    return Document(
        source=source,
        key=key,
        title=title,
        body=body,
        published=midnight.astimezone(UTC),
        day_only=True,
        section=header.section,
        fingerprint=fingerprint(data),
    )


def peek(head: bytes) -> date:
    """The day of a document, from the first bytes of its file; `date.min` for one that `parse` will not accept."""
    try:
        return _header("", _lines(head.decode("utf-8", "replace"))).day
    except DocumentError:
        return date.min


def fingerprint(data: bytes) -> str:
    """What tells one state of a file from another: the SHA-256 of its bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class _Header:
    line: int
    """From 1."""
    day: date
    section: str


def _header(key: str, lines: list[str]) -> _Header:
    number = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    if not number:
        raise DocumentError(key, 0, f"the file is empty: write the document again ({_SEE})")
    match = _HEADER.fullmatch(lines[number - 1])
    if match is None:
        reason = f"no header: the first line must be ` date YYYY-MM-DD   N. SECTION` ({_SEE})"
        raise DocumentError(key, number, reason)
    return _Header(number, _day(key, number, match["date"]), (match["section"] or "").strip())


def _day(key: str, line: int, words: str) -> date:
    match = _DATE.fullmatch(words)
    if match is None:
        raise DocumentError(key, line, f"'{words[:40]}' is no date: write it as YYYY-MM-DD, such as 2025-09-24")
    year, month, day = (int(number) for number in match.groups())
    if 1200 <= year < 1600:  # noqa: PLR2004 - the years that can only be Jalali
        reason = f"{year}-{month:02}-{day:02} is a Jalali date: write the Gregorian one, such as 2025-09-24"
        raise DocumentError(key, line, reason)
    try:
        found = date(year, month, day)
    except ValueError:
        reason = f"there is no day {year}-{month:02}-{day:02}: correct the date in the header"
        raise DocumentError(key, line, reason) from None
    # A day ahead of everyone's would stand on top of every list for ever.
    if not date(1900, 1, 1) <= found <= datetime.now(UTC).date() + timedelta(days=2):
        reason = f"{found} is in the future or before 1900: correct the date in the header (or this machine's clock)"
        raise DocumentError(key, line, reason)
    return found


def _text(key: str, lines: list[str], header: int) -> tuple[str, str]:
    """The title and the body below the header, whose line counts from 1."""
    title = " ".join(lines[header].split()) if len(lines) > header else ""
    if not title:
        raise DocumentError(key, header + 1, f"no title: the line below the header must be the title ({_SEE})")
    if len(title) > TITLE_LIMIT:
        reason = f"the title has {len(title)} characters, {TITLE_LIMIT} are allowed: is the title missing?"
        raise DocumentError(key, header + 1, reason)
    for number, line in enumerate(lines[header + 1 :], header + 2):
        second = _HEADER.fullmatch(line)
        if second and _DATE.fullmatch(second["date"]):
            raise DocumentError(key, number, "a second header: put each article into a file of its own")
    body = "\n\n".join(_paragraphs(lines[header + 1 :]))
    if not body:
        raise DocumentError(key, header + 1, f"no body: paragraphs must follow the title ({_SEE})")
    return title, body


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield paragraphs: parted by blank lines, or by the end of a line that ends a sentence.

    A line that breaks off in the middle of a sentence was wrapped by an editor, and goes on in the next.
    """
    paragraph: list[str] = []
    for line in [*lines, ""]:
        words = line.strip()
        if words:
            paragraph.append(words)
        if paragraph and (not words or words.endswith(_SENTENCE_ENDS)):
            yield " ".join(paragraph)
            paragraph = []


def _decode(key: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError(key, 1, "not UTF-8 but UTF-16: save it again as UTF-8")
    if b"\0" in data:
        place = data.index(b"\0")
        raise DocumentError(key, _line_of(data, place), f"a NUL character at byte {place}: write the file again")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start} (0x{data[error.start]:02x}): save it again as UTF-8"
        raise DocumentError(key, _line_of(data, error.start), reason) from None


def _line_of(data: bytes, place: int) -> int:
    return len(re.findall(rb"\r\n?|\n", data[:place])) + 1


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n?|\n|\u2028|\u2029", text.removeprefix("\ufeff"))
