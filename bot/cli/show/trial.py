"""`chapar sources try`: what would be read of an address, as the desk sees it before it follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import typer

from bot.cli import terminal
from bot.settings.fields import selector_field
from feeds import pipeline
from feeds.errors import SettingError
from feeds.models import Draft
from feeds.sources import SourceSettings
from feeds.sources.following import trial
from feeds.sources.following.trial import Trial
from feeds.text.times import jalali


def attempt(address: str, selector: str, *, allow_private: bool, proxy: str = "") -> Trial:
    """Read an address as it would be followed.

    Raises:
        SettingError: the selector is none.
    """
    try:
        chosen = selector_field(selector)
    except ValueError as error:
        raise SettingError(f"--list: {error}") from None
    return trial.attempt(SourceSettings(address, list=chosen, allow_private=allow_private), proxy=proxy)


def to_follow(address: str, selector: str, *, allow_private: bool) -> SourceSettings:
    """A page of news as a source.

    Raises:
        SettingError: nothing would be read of it.
    """
    found = attempt(address, selector, allow_private=allow_private)
    if not found.documents:
        raise SettingError(f"{address}: {found.trouble}")
    return replace(found.source, name=found.title)


def edited(found: Trial) -> list[Draft]:
    """The articles as they would be stored."""
    return [pipeline.edit(document) for document in found.documents]


def as_dict(found: Trial, drafts: Sequence[Draft]) -> dict[str, Any]:
    """For programs."""
    return {
        "url": found.source.address,
        "form": found.form,
        "title": found.title,
        "trouble": found.trouble,
        "undated": found.undated,
        "feeds": [feed.url for feed in found.feeds],
        "lists": list(found.selectors),
        "articles": [
            {
                "published": draft.document.published.isoformat(),
                "title": draft.title,
                "url": draft.document.url,
                "image": draft.document.image.url if draft.document.image else "",
                "provinces": list(draft.provinces),
                "summary": draft.summary.text,
            }
            for draft in drafts
        ],
    }


def show(found: Trial, drafts: Sequence[Draft]) -> None:
    """In the terminal."""
    now = datetime.now(UTC)
    if drafts:
        typer.echo(f"{found.form}: {found.title}  ({len(drafts)} articles, {found.undated} without a date)")
        table = terminal.table("published", "title", "provinces", "picture", "")
        for draft in drafts:
            document = draft.document
            at, picture = jalali.ago(document.published, now), "yes" if document.image else ""
            table.add_row(at, draft.title, " ".join(draft.provinces), picture, document.url)
        terminal.OUT.print(table)
    if found.trouble:
        terminal.ERR.print(found.trouble, markup=False)
    for feed in found.feeds:
        typer.echo(f"a feed of this site: {feed.url}  {feed.title}  ({feed.entries} entries)")
    for selector in found.selectors:
        typer.echo(f'its list of news may be: --list "{selector}"')
