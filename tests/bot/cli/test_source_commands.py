"""The commands about feeds: a list is followed, found, checked and given away."""

from __future__ import annotations

import json
import re
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.sources import add_to_toml, app
from bot.settings import Settings
from feeds.errors import SettingError
from feeds.sources import SourceSettings, agencies

FEED = (
    '<rss version="2.0"><channel><title>نمونه</title><item><title>خبری از قم</title>'
    "<link>https://example.org/1</link><pubDate>Wed, 24 Sep 2025 14:22:10 GMT</pubDate></item></channel></rss>"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def site() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/rss"
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write(FEED.encode() if found else b"")

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def follow(home: Path, *urls: str) -> None:
    tables = "".join(f'[[source]]\nurl = "{url}"\nallow_private = true\n' for url in urls)
    (home / "chapar.toml").write_text(tables, encoding="utf-8")


def test_a_check_fails_where_a_feed_fails_and_says_why(home: Path, site: str) -> None:
    follow(home, f"{site}/rss", f"{site}/gone")
    result = CliRunner().invoke(app, ["check", "--json"])
    good, gone = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (good["entries"], good["trouble"], good["newest"]) == (1, "", "2025-09-24T14:22:10+00:00")
    assert "HTTP 404" in gone["trouble"]


def test_a_check_of_sound_feeds_is_a_row_each(home: Path, site: str) -> None:
    follow(home, f"{site}/rss")
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 0
    assert "fine" in result.stdout


def test_the_list_names_the_inbox_and_each_feed(home: Path) -> None:
    follow(home, "https://example.org/rss")
    rows = json.loads(CliRunner().invoke(app, ["list", "--json"]).stdout)
    assert [row["key"] for row in rows] == ["seeds", "example.org/rss"]
    assert CliRunner().invoke(app, ["list"]).exit_code == 0


def test_an_exported_list_is_imported_once(home: Path) -> None:
    follow(home, "https://example.org/a", "https://example.org/b")
    (home / "feeds.opml").write_text(CliRunner().invoke(app, ["export"]).stdout, encoding="utf-8")
    (home / "chapar.toml").write_text('# ours\n[[source]]\nurl = "http://www.example.org/a"\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["import", "feeds.opml"])
    assert "1 added" in result.stdout
    text = (home / "chapar.toml").read_text(encoding="utf-8")
    assert text.startswith("# ours\n")
    assert [table["url"] for table in tomllib.loads(text)["source"]] == [
        "http://www.example.org/a",
        "https://example.org/b",
    ]


def test_a_feed_that_is_found_is_followed(home: Path, site: str) -> None:
    result = CliRunner().invoke(app, ["add", f"{site}/rss", "--allow-private"])
    assert "found" in result.stdout
    (source,) = Settings.load().source
    assert (source.url, source.name, source.allow_private) == (f"{site}/rss", "نمونه", True)


def test_the_public_feeds_to_begin_with_are_sound_settings_of_known_agencies() -> None:
    example = Path(__file__).parents[3] / "sources.example.toml"
    sources = Settings.load(toml=example).source
    assert len(sources) >= 5
    for source in sources:
        agency = agencies.of_url(source.url)
        assert agency is not None
        assert agency.name == source.name


def test_a_file_that_can_not_take_more_sources_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "chapar.toml"
    path.write_text('source = [{url = "https://a.example/"}]\n', encoding="utf-8")
    with pytest.raises(SettingError, match=r"write them as \[\[source\]\] tables"):
        add_to_toml(path, [SourceSettings("https://b.example/")], [])
    assert "b.example" not in path.read_text(encoding="utf-8")


BROKEN = (
    '<opml version="1.0"><body><outline text="خبر "تازه"" xmlUrl="https://a.example/rss"/>'
    '<outline text="گمشده" type="rss" htmlUrl="https://b.example/"/></body></opml>'
)


def test_a_broken_list_is_imported_and_what_is_left_out_is_named(home: Path) -> None:
    (home / "feeds.opml").write_text(BROKEN, encoding="utf-8")
    result = CliRunner().invoke(app, ["import", "feeds.opml"])
    assert "1 added" in result.stdout
    assert "left out: «گمشده»" in result.stderr


def test_the_settings_keep_their_permissions_links_comments_and_line_ends(tmp_path: Path) -> None:
    kept, linked, twin = tmp_path / "etc" / "chapar.toml", tmp_path / "chapar.toml", tmp_path / "twin.toml"
    kept.parent.mkdir()
    kept.write_bytes('# میز\r\n[[source]]\r\nurl = "https://a.example/"  # مهم\r\n'.encode())
    kept.chmod(0o640)
    linked.symlink_to(kept)
    assert add_to_toml(linked, [SourceSettings("https://b.example/")] * 2, []) == 1
    assert linked.is_symlink()
    assert kept.stat().st_mode & 0o777 == 0o640
    assert kept.read_bytes().startswith('# میز\r\n[[source]]\r\nurl = "https://a.example/"  # مهم\r\n'.encode())
    assert b"\n" not in kept.read_bytes().replace(b"\r\n", b"")
    twin.hardlink_to(kept)
    assert add_to_toml(kept, [SourceSettings("https://c.example/")], []) == 1
    assert twin.read_bytes() == kept.read_bytes()
    assert "c.example" in twin.read_text(encoding="utf-8")
    assert sorted(path.name for path in kept.parent.iterdir()) == ["chapar.toml"]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (
            '[[source]]\nurl = "https://a.example/rss"\n[[source]]\nurl = "http://www.a.example/rss/"\n',
            "a.example/rss stands there twice",
        ),
        (
            '[[source]]\nurl = "https://a.ir/rss"\nkey = "one"\n[[source]]\nurl = "https://a.ir/rss"\nkey = "two"\n',
            "a.ir/rss stands there twice",
        ),
        (
            '[[source]]\nurl = "https://a.ir/"\nkey = "k"\n[[source]]\nurl = "https://b.ir/"\nkey = "k"\n',
            "k stands",
        ),
        (
            '[[channel]]\nchat = "@qom"\nsources = ["a.exmple/rss"]\n[[source]]\nurl = "https://a.example/rss"\n',
            "did you mean a.example/rss?",
        ),
        ('[[channel]]\nchat = "@qom"\nsources = ["gone"]\n', "the key of no"),
    ],
)
def test_a_source_that_stands_there_twice_or_not_at_all_is_said_at_the_start(home: Path, toml: str, said: str) -> None:
    (home / "chapar.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(SettingError, match=re.escape(said)):
        Settings.load()


def test_whoever_gives_a_list_away_is_told_that_it_holds_tokens(home: Path) -> None:
    follow(home, "https://a.example/rss?token=geheim", "https://b.example/rss")
    result = CliRunner().invoke(app, ["export"])
    assert "1 of these addresses hold a token" in result.stderr
    assert "token=geheim" in result.stdout


def test_channels_may_follow_the_inbox_a_source_and_an_agency(home: Path) -> None:
    names = '["seeds", "a.example/rss", "mehrnews.com"]'
    tables = f'[[channel]]\nchat = "@qom"\nsources = {names}\n[[source]]\nurl = "https://a.example/rss"\n'
    (home / "chapar.toml").write_text(tables, encoding="utf-8")
    assert Settings.load().channel[0].sources == ("seeds", "a.example/rss", "mehrnews.com")
