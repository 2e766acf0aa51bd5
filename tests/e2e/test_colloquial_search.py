"""The service has hazm asked when its start is over, and from then on it and the command read what people type."""

import json

import pytest
from desk import Desk

BREAD = "قیمت نان در کرمان ثابت ماند"


def found(desk: Desk, typed: str) -> list[str]:
    return [article["title"] for article in json.loads(desk.run("search", typed, "--json").stdout)["articles"]]


@pytest.mark.slow
def test_the_service_learns_from_hazm_and_finds_bread_by_its_colloquial_name(desk: Desk) -> None:
    desk.write("1_a.txt", BREAD, "کرمان – بهای نان سنتی تغییر نکرد.")
    with desk.running() as process:
        desk.until(lambda: desk.status()["deliveries"].get("sent"), process)
        assert found(desk, "نون کرمون") == []  # the place is understood, the bread is not yet
        assert found(desk, "کرمون") == [BREAD]
        desk.until(lambda: "hazm" in desk.log(), process, seconds=120)
        assert "answered for" in desk.log()
        page = desk.get("/search?q=نون کرمون")
        assert page is not None
        assert BREAD in page.text
    assert found(desk, "نون کرمون") == [BREAD]


@pytest.mark.slow
def test_where_hazm_is_blocked_the_service_warns_once_and_goes_on(desk: Desk) -> None:
    shadow = desk.folder / "shadow"
    shadow.mkdir()
    (shadow / "hazm.py").write_text("raise ImportError('hazm is blocked')")
    desk.settings["PYTHONPATH"] = f"{shadow}:{desk.environment()['PYTHONPATH']}"
    desk.write("1_a.txt", BREAD, "کرمان – بهای نان سنتی تغییر نکرد.")
    with desk.running() as process:
        desk.until(lambda: "hazm" in desk.log(), process, seconds=60)
        page = desk.get("/search?q=خبرای کرمون")
        assert page is not None
        assert page.status_code == 200
    assert desk.log().count("ImportError: hazm is blocked") == 1
    assert found(desk, "کرمون") == [BREAD]
