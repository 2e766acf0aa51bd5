"""A draft as a row of `articles`, and a row as an article."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from feeds.models import Article, Document, Draft, Image, Kind, Summary
from feeds.store.database.tables import EPOCH

SEQUENCE_BITS = 20
"""The low bits of an article's id: its place among those of the same second."""


def uid_of(source: str, key: str) -> str:
    """16 hex digits that name an article for ever, in links and guids."""
    return hashlib.sha256(f"{clean(source)}\0{clean(key)}".encode()).hexdigest()[:16]


def first_id(published: datetime) -> int:
    """The lowest id of an article of that second: ids grow with the time of publication."""
    return (published - EPOCH) // timedelta(seconds=1) << SEQUENCE_BITS


def second_of(article_id: int) -> datetime:
    """The second of publication that an article's id tells."""
    return EPOCH + timedelta(seconds=article_id >> SEQUENCE_BITS)


def fingerprint_of(document: Document) -> str:
    """The document's own fingerprint; where its source gave none, a hash of its words."""
    words = (document.title, document.lead, document.body)
    return document.fingerprint or hashlib.sha256("\0".join(map(clean, words)).encode()).hexdigest()


def values_of(draft: Draft) -> dict[str, Any]:
    """The columns that a new revision sets; identity, times and provinces are the store's business."""
    document = draft.document
    return {
        "fingerprint": fingerprint_of(document),
        "title": clean(draft.title),
        "lead": clean(draft.lead),
        "body": clean(draft.body),
        "summary_lead": clean(draft.summary.lead),
        "summary_facts": [clean(fact) for fact in draft.summary.facts],
        "published": document.published,
        "day_only": document.day_only,
        "url": clean(document.url),
        "agency": clean(draft.agency or document.agency),
        "section": clean(draft.section or document.section),
        "image": _image_values(document.image),
        "urgent": draft.urgent,
        "origin": clean(draft.origin),
        "kind": draft.kind.value,
    }


def original_of(document: Document) -> dict[str, str]:
    """The source's own words, for `revisions`."""
    return {"title": clean(document.title), "lead": clean(document.lead), "body": clean(document.body)}


def article_of(row: Mapping[Any, Any]) -> Article:
    """A row of `articles` as an article."""
    return Article(
        id=row["id"],
        uid=row["uid"],
        source=row["source"],
        key=row["key"],
        revision=row["revision"],
        title=row["title"],
        lead=row["lead"],
        body=row["body"],
        summary=Summary(row["summary_lead"], tuple(row["summary_facts"])),
        provinces=tuple(row["provinces"]),
        published=row["published"],
        day_only=row["day_only"],
        updated=row["updated"],
        ingested=row["ingested"],
        url=row["url"],
        agency=row["agency"],
        section=row["section"],
        image=Image(**row["image"]) if row["image"] else None,
        urgent=row["urgent"],
        retracted=row["retracted"],
        origin=row["origin"],
        kind=Kind(row["kind"]),
        held=row["held"],
        released=row["released"],
        due=row["due"],
    )


def clean(words: str) -> str:
    """Text that both stores can hold: PostgreSQL knows no NUL, UTF-8 no lone surrogate."""
    try:
        words.encode()
    except UnicodeEncodeError:
        words = words.encode("utf-8", "replace").decode("utf-8")
    return words.replace("\0", "")


def _image_values(image: Image | None) -> dict[str, Any] | None:
    if image is None:
        return None
    return {name: clean(value) if isinstance(value, str) else value for name, value in asdict(image).items()}
