"""A feed of thousands of entries: dealt with in pieces, with others in between, each entry once."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from empty_store import empty_store
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_site import Site, feed, item, reply

from feeds.errors import PollError
from feeds.models import Document
from feeds.sources import SourceSettings
from feeds.sources.following import poll_round, unread
from feeds.sources.following.poll import Poller
from feeds.sources.reading.formats import pieces, syndication
from feeds.store import Store, open_store

SOURCES = ("large", "small")


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (pieces, poll_round):
        monkeypatch.setattr(module, "LARGE", 4000)
    monkeypatch.setattr(pieces, "AT_ONCE", 7)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        yield opened


@pytest.fixture
def poller(site: Site, store: Store) -> Poller:
    return Poller(
        store,
        [SourceSettings(f"{site.url}/{key}", key=key, allow_private=True, full_text=False) for key in SOURCES],
    )


def entries(*numbers: int) -> list[str]:
    return [item(n, guid=f"g{n}") for n in numbers]


def documents(brought: Any) -> list[Document]:
    found = [one for one in brought if not isinstance(one, PollError)]
    return [document for some in found for document in some]


def test_every_entry_comes_once_and_ten_are_posted(site: Site, poller: Poller, store: Store) -> None:
    site.pages |= {"/large": reply(feed(*entries(*range(1, 301)))), "/small": reply(feed(item(1, guid="s")))}
    found = documents(poller.poll(due_only=False))
    assert len({one.key for one in found}) == len(found) == 301
    assert sorted(one.key for one in found if not one.quiet and one.source == "large") == sorted(
        f"g{n}" for n in range(1, 11)
    )
    assert store.sources.all()["large"].entries == 300
    assert documents(poller.poll(due_only=False)) == []
    site.pages["/large"] = reply(feed(*entries(*range(301))))
    assert [one.key for one in documents(poller.poll(due_only=False))] == ["g0"]


def test_other_feeds_come_in_between_and_in_the_next_rounds(site: Site, poller: Poller) -> None:
    site.pages |= {"/large": reply(feed(*entries(*range(1, 301)))), "/small": reply(feed(item(1, guid="s1")))}
    now = datetime.now(UTC)
    first = list(poller.poll(now))
    assert len(first) == poll_round.PIECES + 1
    site.pages["/small"] = reply(feed(item(2, guid="s2"), item(1, guid="s1")))
    second = documents(poller.poll(now + timedelta(minutes=31)))
    assert [one.key for one in second if one.source == "small"] == ["s2"]
    rounds = 2
    while len(found := documents(poller.poll(now + timedelta(minutes=31, seconds=10 * rounds)))):
        second += found
        rounds += 1
    assert rounds == math.ceil(math.ceil(300 / 7) / poll_round.PIECES)
    assert len({one.key for one in [*documents(first), *second] if one.source == "large"}) == 300
    assert [path for path, _ in site.requests].count("/large") == 1


def test_a_round_that_falls_in_the_middle_loses_nothing(site: Site, poller: Poller, store: Store) -> None:
    site.pages |= {"/large": reply(feed(*entries(*range(1, 101)))), "/small": reply(feed())}
    falling = poller.poll(due_only=False)
    taken = [next(falling), next(falling), next(falling)]
    falling.close()
    again = Poller(store, poller.sources)
    rest = documents(again.poll(due_only=False))
    noted = {one.key for some in taken[:-1] if not isinstance(some, PollError) for one in some}
    assert noted
    assert noted.isdisjoint(one.key for one in rest)
    assert noted | {one.key for one in rest} == {f"g{n}" for n in range(1, 101)}
    assert sum(not one.quiet for one in (*documents(taken), *rest)) <= 20


def test_an_entry_that_is_larger_than_any_article_takes_none_with_it(
    site: Site, poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (pieces, unread):
        monkeypatch.setattr(module, "MOST", 20_000)
    huge = item(50, guid="huge", text="x" * 30_000)
    site.pages |= {
        "/large": reply(feed(*entries(*range(1, 31)), huge, *entries(*range(60, 90)))),
        "/small": reply(feed()),
    }
    found = documents(poller.poll(due_only=False))
    assert len(found) >= 46
    assert "huge" not in {one.key for one in found}


def test_what_can_not_be_cut_and_is_too_large_is_said(
    site: Site, poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (pieces, unread):
        monkeypatch.setattr(module, "MOST", 10_000)
    site.pages |= {"/large": reply(b'{"title": "' + b"x" * 20_000 + b'", "items": []}'), "/small": reply(feed())}
    (error,) = (one for one in poller.poll(due_only=False) if isinstance(one, PollError))
    assert "can't be read in parts" in error.reason


ATOM = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa"><title>ت</title>{}</feed>'
ATOM_ENTRY = "<entry><id>{0}</id><title>خبر {0}</title><summary>متن</summary></entry>"
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    "<channel><title>ت</title><items><rdf:Seq><rdf:li/></rdf:Seq></items></channel>{}</rdf:RDF>"
)
RDF_ENTRY = '<item rdf:about="https://a.example/{0}"><title>خبر {0}</title></item>'
RSS = '<!-- <item> --><rss version="2.0"><channel><title>ت</title><image><url>x</url></image>{}</channel></rss>'
RSS_ENTRY = "<item><guid>{0}</guid><title>خبر {0}</title></item>\n"


@pytest.mark.parametrize(("form", "entry"), [(ATOM, ATOM_ENTRY), (RDF, RDF_ENTRY), (RSS, RSS_ENTRY)])
@given(count=st.integers(1, 120))
@settings(deadline=None)  # the first of them, on a busy machine
def test_the_pieces_hold_what_the_whole_holds(form: str, entry: str, count: int) -> None:
    body = form.format("".join(map(entry.format, range(count)))).encode()
    whole = syndication.read(body, "https://a.example/f")
    parts = [syndication.read(piece, "https://a.example/f") for piece in pieces.pieces(BytesIO(body))]
    assert [one for part in parts for one in part.entries] == list(whole.entries)
    assert {(part.title, part.fault) for part in parts} == {(whole.title, "")}
    assert len(parts) > 1 or len(body) <= 4000 or count <= 7


def json_feed(count: int, text: str = "متن") -> str:
    items = [{"id": f"{n}", "title": f'خبر «{n}» ]}}, "items": [ \\', "content_text": text} for n in range(count)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "ت", "items": items}, ensure_ascii=False)


@given(count=st.integers(0, 120), tail=st.sampled_from(["", "\n", "<script>x</script>"]))
@settings(deadline=None)
def test_the_pieces_of_a_json_feed_hold_what_the_whole_holds(count: int, tail: str) -> None:
    body = (json_feed(count) + tail).encode()
    whole = syndication.read(body, "https://a.example/f")
    parts = [syndication.read(piece, "https://a.example/f") for piece in pieces.pieces(BytesIO(body))]
    assert [one for part in parts for one in part.entries] == list(whole.entries)
    assert {(part.title, part.fault) for part in parts} == {(whole.title, "")}
    assert len(parts) > 1 or len(body) <= 4000 or count <= 7


def test_a_json_feed_that_breaks_off_breaks_off_in_its_last_piece() -> None:
    body = json_feed(100).encode()[:-60]
    parts = [syndication.read(piece, "https://a.example/f") for piece in pieces.pieces(BytesIO(body))]
    assert [part.cut_off for part in parts] == [False] * (len(parts) - 1) + [True]
    assert sum(len(part.entries) for part in parts) == 99


def test_an_item_of_json_that_is_too_large_takes_none_before_it_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOST", 10_000)
    body = json_feed(30)[:-2] + ',{"id": "huge", "title": "' + "x" * 30_000 + '"}]}'
    parts = list(pieces.pieces(BytesIO(body.encode())))
    read = [syndication.read(part, "https://a.example/f") for part in parts if len(part) <= pieces.MOST]
    assert sum(len(part.entries) for part in read) == 30
    assert len(read) < len(parts)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("form", ["xml", "json"])
def test_a_feed_in_wide_letters_comes_in_pieces_too(codec: str, form: str) -> None:
    text = json_feed(100) if form == "json" else RSS.format("".join(map(RSS_ENTRY.format, range(100))))
    body = text.removeprefix("<!-- <item> -->").encode(codec)
    parts = [syndication.read(piece, "https://a.example/f", charset=codec) for piece in pieces.pieces(BytesIO(body))]
    assert len(parts) > 1
    assert [entry.guid for part in parts for entry in part.entries] == [f"{n}" for n in range(100)]
    assert {part.fault for part in parts} == {""}


def test_a_feed_that_breaks_off_breaks_off_in_its_last_piece() -> None:
    body = RSS.format("".join(map(RSS_ENTRY.format, range(100)))).encode()[:-60]
    parts = [syndication.read(piece, "https://a.example/f") for piece in pieces.pieces(BytesIO(body))]
    assert [bool(part.fault) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert parts[-1].cut_off
