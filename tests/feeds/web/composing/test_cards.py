"""Articles in lists: whatever agencies send, nothing of it becomes markup, and all of it can be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup

from feeds.models import Article, Image, SearchPage, Summary
from feeds.store.archive.stories import StorySource
from feeds.web.composing.cards import Cards

NOW = datetime.fromisoformat("2026-03-01T09:00+00:00")
CARDS = Cards(Markup("/news"), ZoneInfo("Asia/Tehran"))
HOSTILE = st.text(st.sampled_from("<>&\"'/= abscript()باران۱۲-;#"), max_size=40)
TAGS = {"article", "p", "h2", "h3", "a", "time", "bdi", "mark", "strong"}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])  # the fixture is a function
@given(texts=st.tuples(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE))
def test_nothing_that_is_told_becomes_markup(article: Callable[..., Article], texts: tuple[str, ...]) -> None:
    title, sentence, agency, origin, word = texts
    one = article(title=title, summary=Summary(sentence), body=sentence, agency=agency, origin=origin, url=word)
    other = StorySource(9, "0" * 16, agency, title, word, NOW, "text")
    found = SearchPage((one,), 1, found=(("باران",), ("script",)), missing={one.id: (word,)} if word else {})
    for shown in (CARDS.card(one, NOW, (other,)), CARDS.result(one, NOW, (other,), found), CARDS.brief(one, NOW)):
        tree = html.fromstring(shown)
        assert {element.tag for element in tree.iter()} <= TAGS
        assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
        assert " ".join(tree.cssselect("h2, h3")[0].text_content().split()) == " ".join(title.split())


def test_a_card_names_no_province_that_its_page_is_about(article: Callable[..., Article]) -> None:
    one = article(provinces=("qom", "yazd", "atlantis"))
    assert CARDS.labels(one, "qom") == '<a class="label" href="/news/p/yazd">یزد</a>'


def test_a_picture_is_small_and_waits_but_for_the_one_that_leads(article: Callable[..., Article]) -> None:
    one = article(image=Image('https://e.org/a"b.jpg'))
    small, large = (html.fromstring(CARDS.card(one, NOW, lead=lead)).cssselect("img")[0] for lead in (False, True))
    assert (small.get("loading"), small.get("width"), small.get("src")) == ("lazy", "112", "https://e.org/a%22b.jpg")
    assert (large.get("loading"), large.get("width")) == (None, "640")
    assert "<img" not in CARDS.card(article(image=Image("javascript:alert(1)")), NOW)


def test_who_tells_the_same_stands_behind_the_agency(article: Callable[..., Article]) -> None:
    others = (
        StorySource(2, "b" * 16, "ایسنا", "", "", NOW, "text"),
        StorySource(3, "c" * 16, "", "", "https://e.org/3", NOW, "text"),
    )
    line = CARDS.byline(article(agency="مهر", url=""), NOW + timedelta(hours=1), others)
    assert line.partition("</time>")[2] == ' · مهر | ایسنا | <a href="https://e.org/3" rel="noopener">منبعی دیگر</a>'
