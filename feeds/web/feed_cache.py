"""Feed files in memory: read again when they change on disk, packed once."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from feeds.web.content import Content

CACHE = "public, max-age=300"
ANYWHERE = (("access-control-allow-origin", "*"),)


class FeedCache:
    """The files of the feeds' folder. Safe to use from threads: the worst is to read a file twice."""

    def __init__(self, folder: Path, media_types: dict[str, str]) -> None:
        """Serve from a folder.

        Args:
            folder: Where `feeds.syndication` writes.
            media_types: The file names that may be served, with the media type of each.
        """
        self._folder = folder
        self._media_types = media_types
        self._kept: dict[str, tuple[tuple[int, int], Content]] = {}

    def knows(self, name: str) -> bool:
        """Whether a feed of that name exists, written already or not."""
        return name in self._media_types

    def get(self, name: str) -> Content | None:
        """A feed as it stands on disk now; None where it is not written yet."""
        path = self._folder / name
        try:
            stat = path.stat()
            mark = (stat.st_mtime_ns, stat.st_ino)
            kept = self._kept.get(name)
            if kept is None or kept[0] != mark:
                kept = self._kept[name] = (mark, self._read(name, path, stat))
        except OSError:
            return None
        return kept[1]

    def _read(self, name: str, path: Path, stat: os.stat_result) -> Content:
        return Content(
            body=path.read_bytes(),
            media_type=f"{self._media_types[name]}; charset=utf-8",
            cache=CACHE,
            modified=datetime.fromtimestamp(stat.st_mtime, UTC),
            headers=ANYWHERE,
        )
