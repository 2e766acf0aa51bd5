"""The dateline of an agency is no lead, wherever its feed puts it."""

from __future__ import annotations

from pathlib import Path

import pytest
from empty_store import empty_store
from sources_site import Site, feed, item, reply

from feeds import pipeline
from feeds.editing.story import read
from feeds.models import Document
from feeds.sources import SourceSettings
from feeds.sources.following.poll import Poller
from feeds.store import open_store

TOLD = "استاندار قم از گشایش راه تازهٔ روستاهای این استان خبر داد."


@pytest.mark.parametrize(
    "markup",
    [
        f"قم- مهر- <p>{TOLD}</p>",
        f"<strong>قم - ایرنا -</strong><p>{TOLD}</p>",
        f"<p><strong>قم - ایرنا -</strong></p><p>{TOLD}</p>",
        f"<div>قم</div><p>– {TOLD}</p>",
        f"<p>قم –</p><p>مهر: {TOLD}</p>",
        f"<p>خبرگزاری مهر، </p><p>قم – {TOLD}</p>",
        f"مهر - قم - {TOLD}",
        f"<p>قم</p><p>-</p><p>{TOLD}</p>",
    ],
)
def test_a_dateline_outside_the_paragraph_is_taken_off(markup: str, site: Site, tmp_path: Path) -> None:
    site.pages["/f"] = reply(feed(item(1, text=f"{markup}<p>این راه دوازده روستا را به شهر می‌رساند.</p>")))
    source = SourceSettings(f"{site.url}/f", allow_private=True, full_text=False)
    with open_store(empty_store(tmp_path)) as store:
        ((document,),) = list(Poller(store, [source]).poll())  # type: ignore[misc]
    assert isinstance(document, Document)
    draft = pipeline.edit(document)
    assert draft.lead == TOLD
    assert draft.body.startswith(f"{TOLD}\n\nاین راه")
    assert draft.provinces[0] == "qom"


@pytest.mark.parametrize("lead", ["قم- مهر-", "مدیرکل راه و شهرسازی قم از پایان کار خبر داد."])
def test_a_dateline_behind_or_in_place_of_the_lead_is_taken_off(lead: str, site: Site, tmp_path: Path) -> None:
    text = f"<content:encoded><![CDATA[<p>قم - ایرنا - {TOLD}</p>{'<p>متن خبر.</p>' * 40}]]></content:encoded>"
    body = feed(item(1, text=lead).replace("</item>", f"{text}</item>"))
    site.pages["/f"] = reply(body.replace(b"<rss ", b"<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' "))
    source = SourceSettings(f"{site.url}/f", allow_private=True, full_text=False)
    with open_store(empty_store(tmp_path)) as store:
        ((document,),) = list(Poller(store, [source]).poll())  # type: ignore[misc]
    assert isinstance(document, Document)
    draft = pipeline.edit(document)
    assert draft.lead == (TOLD if lead.endswith("-") else lead)
    assert "ایرنا" not in draft.body
    assert TOLD in draft.body


def test_a_first_paragraph_that_is_no_dateline_stands() -> None:
    for first in ("گزارش تازه:", "رئیس پلیس راه کشور گفت –", "قم"):
        story = read("راه تازه", f"{first}\n\n{TOLD}")
        assert story.body.startswith(first.rstrip("–").strip()[:10])
