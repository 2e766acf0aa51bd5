"""chapar.toml as it is read, and what is said of a setting that is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from feeds.errors import SettingError

_NUMBER = "use a whole number above 0, without quotes"
_WANTED = {
    "missing": "it is missing, and nothing goes without it",
    "tuple_type": 'use a list, such as ["qom", "yazd"]',
    "string_type": 'use one word or sentence in quotes, such as "qom"',
    **dict.fromkeys(("bool_type", "bool_parsing"), "use true or false"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "greater_than_equal"), _NUMBER),
}
"""What is to be written, by pydantic's name of the fault."""


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
    for name, table in tables.items():
        if name not in {"channel", "source"}:
            raise SettingError(f"{path}: [{name}] is unknown; use [[channel]] and [[source]], and .env for the rest")
        if not (isinstance(table, list) and all(isinstance(one, dict) for one in table)):
            raise SettingError(
                f"{path}: {name} is a list of tables; begin each with [[{name}]] in two brackets, and its keys below"
            )
    return tables


def sentence(settings: type[BaseModel], error: Any, dotenv: Path, toml: Path) -> str:
    """One wrong setting as one sentence: its name, its value unless secret, what is allowed."""
    location = [str(part) for part in error["loc"]]
    field = settings.model_fields.get(location[0].lower())
    message = error["msg"].removeprefix("Value error, ")
    if location[0] in {"channel", "source"}:
        place = f"{toml}: [[{location[0]}]] number {int(location[1]) + 1}" if len(location) > 1 else f"{toml}"
        key, table = ".".join(location[2:]), get_args(settings.model_fields[location[0]].annotation)
        known = table[0].model_fields if table else {}
        return f"{place}{f', {key}' if key else ''}: {_of_table(error, message, key, list(known))}"
    if field is None:
        from rapidfuzz import process  # noqa: PLC0415 - only where there is something to mend

        nearest = process.extractOne(location[0].upper(), [name.upper() for name in settings.model_fields])
        return f"{dotenv}: {location[0].upper()} is unknown; did you mean {nearest[0]}?"
    return f"{location[0].upper()}{_shown(field.annotation, error['input'])}: {message}"


def _of_table(error: Any, message: str, key: str, known: Sequence[str]) -> str:
    """What is wrong with a key of a table, in words that need no knowledge of types."""
    if error["type"] == "extra_forbidden":
        from rapidfuzz import process  # noqa: PLC0415 - as above

        nearest = process.extractOne(key, known)
        return f"unknown key; did you mean {nearest[0]}?" if nearest else "unknown key"
    if error["type"] == "literal_error":
        return f"use one of {error['ctx']['expected'].replace(' or ', ', ')}"
    return _WANTED.get(error["type"], message)


def _shown(annotation: object, value: object) -> str:
    """`=value`, or nothing where the value is, or may hold, a password."""
    secret = "SecretStr" in str(annotation) or "@" in str(value).partition("://")[2]
    return "" if secret else f"={value}"
