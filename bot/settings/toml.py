"""chapar.toml as it is read, and what is said of a setting that is wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from feeds.errors import SettingError


def read(path: Path) -> dict[str, Any]:
    """The tables of chapar.toml; none where there is no such file.

    Raises:
        SettingError: it can't be read, or has a table that is unknown.
    """
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} can't be read: {error}") from None
    except OSError as error:
        raise SettingError(f"{path} can't be read: {error.strerror}") from None
    for name in tables:
        if name not in {"channel", "source"}:
            raise SettingError(f"{path}: [{name}] is unknown; use [[channel]] and [[source]], and .env for the rest")
    return tables


def sentence(settings: type[BaseModel], error: Any, dotenv: Path, toml: Path) -> str:
    """One wrong setting as one sentence: its name, its value unless secret, what is allowed."""
    location = [str(part) for part in error["loc"]]
    field = settings.model_fields.get(location[0].lower())
    message = error["msg"].removeprefix("Value error, ")
    if location[0] in {"channel", "source"}:
        place = f"{toml}: [[{location[0]}]] number {int(location[1]) + 1}" if len(location) > 1 else f"{toml}"
        key = ".".join(location[2:])
        message = "unknown key" if error["type"] == "extra_forbidden" else message
        return f"{place}{f', {key}' if key else ''}: {message}"
    if field is None:
        from rapidfuzz import process  # noqa: PLC0415 - only where there is something to mend

        nearest = process.extractOne(location[0].upper(), [name.upper() for name in settings.model_fields])
        return f"{dotenv}: {location[0].upper()} is unknown; did you mean {nearest[0]}?"
    return f"{location[0].upper()}{_shown(field.annotation, error['input'])}: {message}"


def _shown(annotation: object, value: object) -> str:
    """`=value`, or nothing where the value is, or may hold, a password."""
    secret = "SecretStr" in str(annotation) or "@" in str(value).partition("://")[2]
    return "" if secret else f"={value}"
