"""The files that `feeds.syndication` writes, as content."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from feeds.syndication import FORMATS, OPML_FILE, OPML_MEDIA_TYPE
from feeds.web.content import Content
from feeds.web.serving.shelf import mark_of

CACHE = "public, max-age=300"
ANYWHERE = (("access-control-allow-origin", "*"),)

_NAME = re.compile(r"(?:sources/)?\w[\w.-]*")
_TYPES = {form.ending: form.media_type for form in FORMATS}


class FeedFiles:
    """The files of the feeds' folder."""

    def __init__(self, folder: Path, always: frozenset[str]) -> None:
        """Serve from a folder.

        Args:
            folder: Where `feeds.syndication` writes.
            always: The names, without their endings, of the feeds that are written in any case.
        """
        self._folder = folder
        self._always = always

    def knows(self, name: str) -> bool:
        """Whether a file of that name will be there, written already or not."""
        slug, _, ending = name.rpartition(".")
        return name == OPML_FILE or (ending in _TYPES and slug in self._always)

    def read(self, name: str, links: tuple[tuple[str, str], ...] = ()) -> Content | None:
        """A file as it stands on disk now, with the headers that go with it; None where it is not there.

        Args:
            name: Its name within the folder.
            links: Headers that it has besides.
        """
        media_type = OPML_MEDIA_TYPE if name == OPML_FILE else _TYPES.get(name.rpartition(".")[2])
        if media_type is None or not _NAME.fullmatch(name):
            return None
        path = self._folder / name
        try:
            mark = mark_of(str(path))  # before the bytes: a file that is replaced meanwhile is read again
            body = path.read_bytes()
        except (OSError, ValueError):
            return None
        if mark is None:
            return None
        return Content(
            body,
            f"{media_type}; charset=utf-8",
            cache=CACHE,
            modified=datetime.fromtimestamp(mark[0] / 1e9, UTC),
            headers=(*ANYWHERE, *links),
            depends=frozenset(),
            path=str(path),
            mark=mark,
        )
