from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from feeds.layout import drawing, tilemap
from feeds.provinces import gazetteer

SVG = "{http://www.w3.org/2000/svg}"


def drawn(**counts: int) -> ET.Element:
    return ET.fromstring(tilemap.svg(counts))


def tile(root: ET.Element, slug: str) -> ET.Element:
    return next(a for a in root.iter(f"{SVG}a") if a.get("href") == f"/p/{slug}")


def test_every_province_has_one_tile_of_its_own() -> None:
    places = {(province.row, province.column) for province in gazetteer.PROVINCES}
    assert len(places) == 31
    assert len(list(drawn().iter(f"{SVG}a"))) == 31


def test_the_grid_keeps_most_neighbours_side_by_side() -> None:
    borders = {frozenset((p.slug, other)) for p in gazetteer.PROVINCES for other in p.neighbours}
    kept = 0
    for border in borders:
        one, other = (gazetteer.by_slug(slug) for slug in border)
        kept += max(abs(one.row - other.row), abs(one.column - other.column)) == 1
    assert kept / len(borders) > 0.85


def test_a_tile_says_its_name_and_count_to_eyes_and_to_a_screen_reader() -> None:
    qom = tile(drawn(qom=1234), "qom")
    assert qom.findtext(f"{SVG}title") == "قم، ۱٬۲۳۴ خبر"
    assert qom.get("aria-label") is None  # it would hide the words that are seen from those who say them aloud
    assert [text.text for text in qom.iter(f"{SVG}text")] == ["قم", "۱٬۲۳۴"]


def test_a_province_without_news_says_so() -> None:
    assert tile(drawn(qom=1), "ilam").findtext(f"{SVG}title") == "ایلام، بی‌خبر"


def test_long_names_take_two_lines_and_no_more() -> None:
    root = drawn()
    lines = {p.slug: len(list(tile(root, p.slug).iter(f"{SVG}text"))) - 1 for p in gazetteer.PROVINCES}
    assert set(lines.values()) == {1, 2}
    assert lines["sistan-baluchestan"] == 2


def test_more_articles_never_fill_a_tile_less() -> None:
    levels = [tilemap.step(count, 100) for count in range(101)]
    assert all(before <= after for before, after in pairwise(levels))
    assert (levels[0], levels[1], levels[100]) == (0, 1, len(tilemap.STEPS) - 1)
    assert set(levels) == set(range(len(tilemap.STEPS)))


def test_without_any_news_all_tiles_are_empty() -> None:
    shades = {rect.get("fill-opacity") for a in drawn().iter(f"{SVG}a") for rect in a.iter(f"{SVG}rect")}
    assert shades == {str(tilemap.STEPS[0])}


def test_the_busiest_province_is_written_in_the_colour_of_paper() -> None:
    root = drawn(qom=95, yazd=5)
    assert tile(root, "qom").get("class") == "full"
    assert tile(root, "yazd").get("class") is None


def test_tabs_go_from_right_to_left_and_down_as_readers_do() -> None:
    order = [a.get("href", "").removeprefix("/p/") for a in drawn().iter(f"{SVG}a")]
    assert order[0] == "north-khorasan"
    assert order.index("north-khorasan") < order.index("west-azerbaijan") < order.index("razavi-khorasan")


def test_links_begin_with_the_base_of_the_pages() -> None:
    assert 'href="/news/p/qom"' in tilemap.svg({}, base="/news")


def test_a_picture_stands_alone_without_links_and_on_paper() -> None:
    picture = ET.fromstring(tilemap.svg({"qom": 3}, base=None))
    assert not list(picture.iter(f"{SVG}a"))
    assert picture.get("role") == "img"
    assert picture.find(f"{SVG}rect") is not None


def test_no_inline_style_is_used_which_the_pages_policy_refuses() -> None:
    assert "style" not in tilemap.svg({"qom": 3})


def _luminance(colour: tuple[float, ...]) -> float:
    linear = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("paper", "ink", "accent"),
    [((251, 250, 247), (29, 27, 24), (10, 110, 106)), ((21, 23, 26), (236, 232, 225), (79, 195, 189))],
    ids=["light", "dark"],
)
def test_words_can_be_read_on_every_step(paper: tuple[int, ...], ink: tuple[int, ...], accent: tuple[int, ...]) -> None:
    for level, share in enumerate(tilemap.STEPS):
        fill = tuple(share * a + (1 - share) * p for a, p in zip(accent, paper, strict=True))
        words = paper if level == len(tilemap.STEPS) - 1 else ink
        dark, bright = sorted((_luminance(fill), _luminance(words)))
        assert (bright + 0.05) / (dark + 0.05) >= 4.5


def test_the_same_share_of_the_news_is_the_same_shade_on_a_quiet_day_and_on_a_busy_one() -> None:
    assert tilemap.step(2, 40) == tilemap.step(100, 2000) == 3
    assert [tilemap.step(1, 31), tilemap.step(1, 100)] == [2, 1]


def test_a_map_within_a_drawing_keeps_its_proportions() -> None:
    placed = ET.fromstring(tilemap.placed({"qom": 3}, x=10, y=20, width=400))
    assert float(placed.get("height", 0)) / 400 == pytest.approx(tilemap.ROWS / tilemap.COLUMNS, rel=1e-4)


def test_every_name_fits_into_its_tile() -> None:
    room = tilemap.TILE - tilemap.GAP
    for text in drawn(**{p.slug: 99_999 for p in gazetteer.PROVINCES}).iter(f"{SVG}text"):
        assert drawing.width(text.text or "", float(text.get("font-size", 0)), bold=True) < room, text.text
