"""The files of settings, `.env` and chapar.toml, as they are written: whole, or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

READABLE, OWN = 0o666, 0o600
"""For whom a new file is: for everybody whom the umask lets, or for its owner alone, as it holds a secret."""


def write(path: Path, data: bytes, *, mode: int = READABLE) -> None:
    """Write a file at one stroke, with the permissions and owner that it had; a new one with `mode`.

    Where it can't be exchanged it is written in place: it has other names (hard links), or is mounted into a container.
    """
    draft = path.with_name(f".{path.name}.tmp")
    was = path.stat() if path.exists() else None
    if was is None or was.st_nlink == 1:
        try:
            own = OWN if was else mode  # it may hold passwords until it has its own
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, own), "wb") as file:
                file.write(data)
            if was is not None:
                os.chown(draft, was.st_uid, was.st_gid)
                shutil.copystat(path, draft)
                os.utime(draft)
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)
        else:
            return
    path.write_bytes(data)
