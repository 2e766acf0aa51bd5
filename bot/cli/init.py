"""`chapar init`: the few questions of a first start, and the files that their answers make."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated

import typer

BALE = "https://tapi.bale.ai"
ALL = ("", "all", "همه")
TOML_HEAD = "# The lists of Chapar: docs/settings.md tells every key, chapar.example.toml shows them.\n"
DOTENV_HEAD = "# The settings of Chapar: docs/settings.md tells the others. It holds a secret: keep it to yourself.\n"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(init)


@dataclass(frozen=True, slots=True)
class Answers:
    """What `.env` says after the questions, by the names of the settings in lower case."""

    telegram_token: str = ""
    telegram_channel: str = ""
    telegram_admins: str = ""
    public_url: str = ""
    telegram_api_url: str = ""


QUESTIONS = {
    "telegram_token": "The bot's token from @BotFather (empty: preview only)",
    "telegram_channel": "The channel that posts go to, @name or its number (empty: none yet)",
    "telegram_admins": "User ids of the desk, parted by commas (empty: nobody commands the bot)",
    "public_url": "The address of the pages as readers see it, https://… (empty: this machine alone)",
}
WHICH_PROVINCES = "Provinces that the channel carries, parted by commas, such as qom or قم (empty: all)"


def init(  # noqa: PLR0917 - options, by their names
    token: Annotated[str | None, typer.Option(help="The bot's token from @BotFather.")] = None,
    channel: Annotated[str | None, typer.Option(help="The channel: @name, or its number.")] = None,
    admin: Annotated[str | None, typer.Option(help="User ids of the desk, parted by commas.")] = None,
    public_url: Annotated[str | None, typer.Option(help="The address of the pages as readers see it.")] = None,
    province: Annotated[
        str | None, typer.Option(help="Provinces of the channel, parted by commas: slugs or names; all.")
    ] = None,
    bale: Annotated[bool, typer.Option("--bale", help="The bot and its channel are on Bale.")] = False,
    ask: Annotated[
        bool | None, typer.Option("--ask/--no-ask", help="Ask what no option says; as a rule, in a terminal.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Change files that are there, without asking; other lines of .env stay.")
    ] = False,
) -> None:
    """Write .env and chapar.toml from a few answers; nothing that is there is changed unasked."""
    import sys

    from bot.settings import DOTENV, TOML
    from feeds.errors import SettingError

    asking = sys.stdin.isatty() if ask is None else ask
    given = {"telegram_token": token, "telegram_channel": channel, "telegram_admins": admin, "public_url": public_url}
    answers = Answers(
        **{name: _answer(name, value, asking=asking) for name, value in given.items()},
        telegram_api_url=BALE if bale else "",
    )
    provinces = _provinces(province, asking=asking and bool(answers.telegram_channel))
    there = [path for path in (DOTENV, TOML) if path.exists()]
    if there and not replace:
        names = " and ".join(map(str, there))
        if not asking:
            raise SettingError(f"{names} exists; --replace changes it (other lines of {DOTENV} stay)")
        typer.confirm(f"{names} exists: change it?", abort=True)
    _write(DOTENV, dotenv(answers, _read(DOTENV)), secret=True)
    aside = _aside(TOML)
    _write(TOML, toml(answers.telegram_channel, provinces), secret=False)
    typer.echo(f"{DOTENV} and {TOML} are written{f'; the {TOML} that was there is {aside}' if aside else ''}")
    typer.echo("next: `chapar doctor` looks whether all is in place, `chapar run` starts")


def dotenv(answers: Answers, before: str) -> str:
    """`.env` with the answers in it; other lines stay as they were."""
    values = {field.name.upper(): getattr(answers, field.name) for field in fields(answers)}
    kept = [line for line in before.splitlines() if _name(line) not in values]
    head = [] if kept else [DOTENV_HEAD.rstrip()]
    told = [f"{name}={value}" for name, value in values.items() if value]
    return "\n".join([*head, *kept, *told]) + "\n"


def toml(channel: str, provinces: tuple[str, ...]) -> str:
    """chapar.toml with the one channel."""
    if not channel:
        return TOML_HEAD
    carried = f"provinces = {json.dumps(provinces)}\n" if provinces else "# provinces = []  # all\n"
    return f"{TOML_HEAD}\n[[channel]]\nchat = {json.dumps(channel)}\n{carried}"


def _answer(name: str, given: str | None, *, asking: bool) -> str:
    """A setting as it was given, or answered; one that is wrong is asked again, or ends it."""
    from feeds.errors import SettingError

    while True:
        value = given
        if value is None:
            secret = name == "telegram_token"
            value = typer.prompt(QUESTIONS[name], default="", show_default=False, hide_input=secret) if asking else ""
        value = value.strip()
        wrong = _wrong(name, value)
        if not wrong:
            return value
        if given is not None or not asking:
            raise SettingError(wrong)
        typer.echo(wrong, err=True)


def _wrong(name: str, value: str) -> str:
    """What is wrong with a setting, in the sentence that a start would say; empty where nothing is."""
    from pydantic import ValidationError

    from bot.settings import DOTENV, TOML, Settings
    from bot.settings.toml import sentence

    if "\n" in value:
        return f"{name.upper()} is one line"
    try:
        Settings(_env_file=None, **({name: value} if value else {}))  # type: ignore[call-arg,arg-type]
    except ValidationError as error:
        own = [part for part in error.errors() if part["loc"] and str(part["loc"][0]).lower() == name]
        return "\n".join(sentence(Settings, part, DOTENV, TOML) for part in own)
    return ""


def _provinces(given: str | None, *, asking: bool) -> tuple[str, ...]:
    """The slugs of the provinces that were named; empty: all."""
    from bot.desk import slug_of
    from feeds.errors import ChaparError, SettingError

    while True:
        typed = given
        if typed is None:
            typed = typer.prompt(WHICH_PROVINCES, default="", show_default=False) if asking else ""
        if typed.strip().lower() in ALL:
            return ()
        try:
            names = (name for name in typed.replace("،", ",").split(",") if name.strip())
            return tuple(dict.fromkeys(map(slug_of, names)))
        except ChaparError as error:
            if given is not None or not asking:
                raise SettingError(str(error)) from None
            typer.echo(str(error), err=True)


def _name(line: str) -> str:
    """The setting that a line of .env sets."""
    return line.partition("=")[0].strip().removeprefix("export ").strip().upper()


def _read(path: Path) -> str:
    from feeds.errors import SettingError

    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} can't be read: {error}") from None


def _aside(path: Path) -> Path | None:
    """Keep the file that is there under another name."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.before")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.before-{number}")
    path.rename(aside)
    return aside


def _write(path: Path, text: str, *, secret: bool) -> None:
    from bot.settings.files import OWN, READABLE, write
    from feeds.errors import SettingError

    try:
        write(path.resolve(), text.encode(), mode=OWN if secret else READABLE)
        if secret:
            path.chmod(OWN)
    except OSError as error:
        raise SettingError(f"{path} can't be written: {error.strerror or error}") from None
