"""The main job, as a desk sees it: a document becomes a post, a feed entry, a page and a search result."""

import json
import os
import re
import signal
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import feedparser
import pytest
from desk import PATIENCE, ROOT, Desk, waited_for_processor

OWNERS = next((ROOT / "seeds").glob("000_*.txt"))
TITLE = "توسعه همکاری‌های ایران و پاکستان زمینه‌ساز صلح و ثبات منطقه است"


def take_owners_article(desk: Desk) -> None:
    target = desk.seeds / OWNERS.name
    target.write_bytes(OWNERS.read_bytes())
    os.utime(target, (time.time() - 60, time.time() - 60))


def test_one_pass_brings_the_owners_article_everywhere(desk: Desk) -> None:
    desk.forked = False
    take_owners_article(desk)
    done = desk.run("run", "--once")
    assert done.returncode == 0, done.stderr

    status = desk.status()
    assert status["articles"] == 1
    assert status["deliveries"]["sent"] == 1
    assert status["problems"] == []

    entry = feedparser.parse(desk.folder / "var" / "feeds" / "qom.rss").entries[0]
    assert entry.title == TITLE
    assert len(list((desk.folder / "var" / "feeds").glob("*.rss"))) == 34

    found = json.loads(desk.run("search", "قم", "--json").stdout)
    assert [article["title"] for article in found["articles"]] == [TITLE]

    with desk.running():
        preview = desk.get("/preview")
        assert preview is not None
        for words in (TITLE, "استاندار قم گفت: ارتقای سطح", "چهارشنبه ۲ مهر ۱۴۰۴", "#استان_قم", "خبرگزاری مهر"):
            assert words in preview.text
        page = desk.get(found["articles"][0]["url"].removeprefix(desk.url))
        assert page is not None
        assert page.status_code == 200
        assert TITLE in page.text


def test_a_second_pass_changes_nothing(desk: Desk) -> None:
    take_owners_article(desk)
    desk.run("run", "--once")
    files = {path: path.stat().st_mtime_ns for path in (desk.folder / "var" / "feeds").iterdir()}
    before = desk.status()
    assert desk.run("run", "--once").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in (desk.folder / "var" / "feeds").iterdir()} == files
    assert desk.status()["deliveries"] == before["deliveries"]


def test_broken_documents_are_named_and_the_others_go_on(desk: Desk) -> None:
    desk.write("good.txt", "خبر درست")
    desk.write("date.txt", "خبر", day="2025-13-40")
    (desk.seeds / "bytes.txt").write_bytes(b" date 2025-09-24   1. x\n\xff\xfe\n\nbody\n")
    (desk.seeds / "empty.txt").write_bytes(b"")
    for path in desk.seeds.iterdir():
        os.utime(path, (time.time() - 60, time.time() - 60))
    done = desk.run("run", "--once")
    assert done.returncode == 1
    for name in ("date.txt:1", "bytes.txt:2", "empty.txt"):
        assert f"failed: {name}" in done.stderr
        assert f"set aside: {name}" in done.stderr
    status = desk.status()
    assert status["articles"] == 1
    assert {problem["where"] for problem in status["problems"]} == {"date.txt", "bytes.txt", "empty.txt"}

    desk.write("date.txt", "خبر")
    (desk.seeds / "bytes.txt").unlink()
    (desk.seeds / "empty.txt").unlink()
    assert desk.run("run", "--once").returncode == 0
    assert desk.status()["problems"] == []


def test_a_new_document_and_a_changed_one_are_noticed_at_once(desk: Desk) -> None:
    with desk.running() as process:
        desk.write("a.txt", "خبر نخست از قم")
        desk.until(lambda: "خبر نخست از قم" in desk.get("/preview").text, process)
        desk.write("a.txt", "خبر ویراسته از قم")
        desk.until(lambda: "خبر ویراسته از قم" in desk.get("/preview").text, process)
        assert "خبر نخست از قم" not in desk.get("/preview").text
        assert desk.get("/preview").text.count("<article") == 1


def test_sigterm_ends_the_service_cleanly_within_five_seconds(desk: Desk) -> None:
    desk.forked = False
    for number in range(200):
        desk.write(f"{number}.txt", f"خبر شمارهٔ {number}")
    process = desk.start()
    desk.until(lambda: desk.get("/healthz") is not None, process)
    began, before = time.monotonic(), waited_for_processor(process.pid)
    process.send_signal(signal.SIGTERM)
    late = 0.0
    while process.poll() is None:
        assert time.monotonic() - began < PATIENCE, desk.log()
        late = max(late, waited_for_processor(process.pid))
        time.sleep(0.02)
    assert process.wait() == 0, desk.log()
    assert time.monotonic() - began - (late - before) < 5
    assert "Traceback" not in desk.log()


def test_a_killed_service_goes_on_where_it_was(desk: Desk) -> None:
    for number in range(120):
        desk.write(f"{number:03}.txt", f"خبر شمارهٔ {number}")
    for _ in range(3):
        process = desk.start()
        desk.until((desk.folder / "var" / "chapar.db").exists, process)
        time.sleep(1.5)
        process.kill()
        process.wait()
    assert desk.run("run", "--once").returncode == 0
    status = desk.status()
    assert status["articles"] == 120
    assert {state: count for state, count in status["deliveries"].items() if count} == {"sent": 120}
    with closing(sqlite3.connect(desk.folder / "var" / "chapar.db")) as database:
        ids = [row[0] for row in database.execute("SELECT message_id FROM deliveries ORDER BY article_id")]
    assert len(set(ids)) == 120


def test_the_welcome_says_where_to_look(desk: Desk) -> None:
    with desk.running():
        desk.until(lambda: "Ctrl-C" in desk.log())
        for path in ("/preview", "/status", "/feeds"):
            assert f"{desk.url}{path}" in desk.log()


def test_a_wrong_setting_stops_the_start_with_a_sentence(desk: Desk) -> None:
    desk.settings["TELEGRAM_RATE_GLOBAL"] = "fast"
    done = desk.run("run")
    assert done.returncode == 2
    assert done.stderr.strip() == "TELEGRAM_RATE_GLOBAL=fast: use messages/seconds, such as 30/1"


def test_a_taken_port_is_named(desk: Desk) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", desk.port))
        other.listen()
        done = desk.run("run")
    assert done.returncode == 2
    assert f"HTTP_ADDRESS=127.0.0.1:{desk.port}" in done.stderr


def test_a_store_that_is_none_is_named(desk: Desk) -> None:
    (desk.folder / "var").mkdir()
    (desk.folder / "var" / "chapar.db").write_bytes(b"not a database at all, but long enough to be read as one" * 20)
    done = desk.run("status")
    assert done.returncode == 1
    assert "chapar.db" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_post_of_a_file_is_shown_in_the_terminal(desk: Desk) -> None:
    desk.forked = False
    done = desk.run("preview", str(OWNERS))
    assert done.returncode == 0, done.stderr
    shown = re.sub(r"[\s│]+", " ", done.stdout)
    assert "همکاری‌های ایران و پاکستان" in shown
    assert "#استان_قم" in shown
    missing = desk.run("preview", "missing.txt")
    assert missing.returncode == 1
    assert "missing.txt" in missing.stderr


def test_a_search_with_an_ambiguous_name_says_which(desk: Desk) -> None:
    done = desk.run("search", "خراسان")
    assert "خراسان رضوی" in done.stdout


def test_folding_again_finds_the_same(desk: Desk) -> None:
    desk.write("a.txt", "همایش سفال")
    desk.run("run", "--once")
    desk.forked = False
    assert "1 articles" in desk.run("db", "reindex").stdout
    assert "همایش سفال" in desk.run("search", "سفال").stdout


def test_a_backup_is_a_whole_store(desk: Desk, tmp_path: Path) -> None:
    desk.write("a.txt", "خبر")
    desk.run("run", "--once")
    desk.forked = False
    assert desk.run("db", "backup", "copy.db").returncode == 0
    desk.settings["DATABASE_URL"] = f"sqlite:///{tmp_path / 'copy.db'}"
    assert desk.status()["articles"] == 1
    again = desk.run("db", "backup", "copy.db")
    assert again.returncode == 1
    assert "copy.db exists" in again.stderr


@pytest.mark.parametrize("name", ["var/chapar.db", "var/feeds/all.rss"])
def test_everything_that_is_made_lies_in_var(desk: Desk, name: str) -> None:
    desk.run("run", "--once")
    assert (desk.folder / name).exists()
