"""The inbox: what it yields, in which order, what it refuses and why, and what it leaves for later."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from feeds.errors import DocumentError
from feeds.models import Document
from feeds.sources.inbox import Inbox, watch
from feeds.sources.reading.document import parse

TITLE = "راه روستایی دهکده آسفالت شد"
BODY = "سمنان – راه روستای دهکده پس از سه سال آسفالت شد.\n\nاین راه ۱۲ کیلومتر است."
TEXT = f" date 2025-09-24   1. استانها\n{TITLE}\n\n{BODY}\n"


def put(folder: Path, name: str, content: str | bytes = TEXT, *, age: float = 60) -> Path:
    """Write a file that was last touched `age` seconds ago."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    touched = datetime.now(UTC).timestamp() - age
    os.utime(path, (touched, touched))
    return path


def read(inbox: Inbox, known: dict[str, str] | None = None) -> tuple[list[Document], list[DocumentError]]:
    found = list(inbox.read(known or {}))
    return [f for f in found if isinstance(f, Document)], [f for f in found if isinstance(f, DocumentError)]


def only_error(folder: Path) -> DocumentError:
    documents, errors = read(Inbox(folder))
    assert not documents
    (error,) = errors
    return error


def test_the_owners_document_is_read_as_it_stands() -> None:
    (document,) = [
        found
        for found in Inbox(Path("seeds"), quiet=0).read({})
        if isinstance(found, Document) and found.key == "000_19be062e82837d05.txt"
    ]
    assert document.source == "seeds"
    assert document.section == "استانها"
    assert document.title == "توسعه همکاریهای ایران و پاکستان زمینهساز صلح و ثبات منطقه است"
    assert document.published == datetime(2025, 9, 23, 20, 30, tzinfo=UTC)
    assert document.day_only
    paragraphs = document.body.split("\n\n")
    assert len(paragraphs) == 8
    assert paragraphs[0].startswith("قم – استاندار قم گفت:")
    assert paragraphs[-1].endswith("زمینهساز همکاریهای گسترده در بخشهای معدنی و تولیدی باشد.")


def test_a_document_is_title_body_section_and_day(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (document,), errors = read(Inbox(tmp_path))
    assert not errors
    assert (document.key, document.title, document.body, document.section) == ("a.txt", TITLE, BODY, "استانها")


def test_a_day_begins_at_midnight_in_tehran_through_all_its_time_zones(tmp_path: Path) -> None:
    put(tmp_path, "winter.txt", TEXT.replace("2025-09-24", "2021-01-10"))
    put(tmp_path, "summer.txt", TEXT.replace("2025-09-24", "2021-07-10"))
    documents, _ = read(Inbox(tmp_path))
    assert [d.published.isoformat() for d in documents] == ["2021-01-09T20:30:00+00:00", "2021-07-09T19:30:00+00:00"]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        "\n\n" + TEXT,
        TEXT.replace("2025-09-24", "۲۰۲۵-۰۹-۲۴"),
        TEXT.replace("2025-09-24", "2025/9/24"),
        TEXT.replace(" date 2025-09-24   1. استانها", "date 2025-09-24 استانها"),
        TEXT.replace("\n\n", "\n \t\u00a0\n\n"),
        TEXT.replace(f"{TITLE}\n\n", f"{TITLE}\n"),
    ],
    ids=["BOM", "CRLF", "CR", "blank first", "Persian digits", "slashes", "no number", "blank lines", "no blank line"],
)
def test_what_editors_do_to_a_file_does_not_change_the_article(tmp_path: Path, text: str) -> None:
    put(tmp_path, "a.txt", text)
    (document,), errors = read(Inbox(tmp_path))
    assert not errors
    assert (document.title, document.body, document.section) == (TITLE, BODY, "استانها")
    assert document.published == datetime(2025, 9, 23, 20, 30, tzinfo=UTC)


def test_lines_wrapped_in_mid_sentence_are_one_paragraph_and_whole_sentences_are_their_own() -> None:
    text = " date 2025-09-24   1. نمونه\nعنوان\n\nیک جمله که\nشکسته است.\nجمله دوم.\n\nسوم"
    assert parse("a.txt", text.encode()).body == "یک جمله که شکسته است.\n\nجمله دوم.\n\nسوم"


def test_documents_come_by_date_and_then_by_name(tmp_path: Path) -> None:
    for name, day in (
        ("c.txt", "2025-01-02"),
        ("a.txt", "2025-01-03"),
        ("b.txt", "2025-01-02"),
        ("d/x.txt", "2024-12-31"),
    ):
        put(tmp_path, name, TEXT.replace("2025-09-24", day))
    documents, _ = read(Inbox(tmp_path))
    assert [document.key for document in documents] == ["d/x.txt", "b.txt", "c.txt", "a.txt"]


def test_what_the_store_has_is_not_read_again_even_by_a_new_process(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "b.txt")
    documents, _ = read(Inbox(tmp_path))
    known = {document.key: document.fingerprint for document in documents}
    assert read(Inbox(tmp_path), known) == ([], [])


def test_what_was_yielded_but_not_stored_is_yielded_again(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    inbox = Inbox(tmp_path)
    assert len(read(inbox)[0]) == 1
    (again,), _ = read(inbox)
    assert read(inbox, {"a.txt": again.fingerprint}) == ([], [])


def test_a_changed_file_keeps_its_key_and_has_another_fingerprint(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    inbox = Inbox(tmp_path)
    (first,), _ = read(inbox)
    put(tmp_path, "a.txt", TEXT.replace("۱۲", "۱۴"), age=30)
    (second,), _ = read(inbox, {"a.txt": first.fingerprint})
    assert second.key == first.key
    assert second.fingerprint != first.fingerprint
    assert "۱۴" in second.body


def test_a_touched_file_with_the_same_words_is_nothing_new(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    inbox = Inbox(tmp_path)
    (document,), _ = read(inbox)
    put(tmp_path, "a.txt", age=30)
    assert read(inbox, {"a.txt": document.fingerprint}) == ([], [])


def test_a_file_that_disappears_is_no_error(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt")
    inbox = Inbox(tmp_path)
    (document,), _ = read(inbox)
    path.unlink()
    assert read(inbox, {"a.txt": document.fingerprint}) == ([], [])


def test_a_file_that_disappears_between_listing_and_reading_is_no_error(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", TEXT.replace("2025-09-24", "2025-01-01"))
    later = put(tmp_path, "b.txt")
    reading = Inbox(tmp_path).read({})
    assert isinstance(first := next(reading), Document)
    assert first.key == "a.txt"
    later.unlink()
    assert list(reading) == []


def test_other_files_are_not_documents(tmp_path: Path) -> None:
    names = (
        "FORMAT.md",
        "a.txt~",
        ".a.txt",
        ".a.txt.swp",
        "a.txt.part",
        "a.tmp.txt",
        "~a.txt",
        "#a.txt#",
        ".git/b.txt",
        ".txt",
    )
    for name in names:
        put(tmp_path, name)
    assert read(Inbox(tmp_path)) == ([], [])


def test_a_file_written_to_just_now_is_left_for_later_and_the_inbox_says_when(tmp_path: Path) -> None:
    put(tmp_path, "old.txt")
    put(tmp_path, "new.txt", age=0)
    inbox = Inbox(tmp_path, quiet=0.3)
    (document,), errors = read(inbox)
    assert document.key == "old.txt"
    assert not errors
    assert inbox.again_in is not None
    assert 0 < inbox.again_in <= 0.3


async def test_a_file_left_for_later_is_read_once_it_is_quiet(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", age=0)
    inbox = Inbox(tmp_path, quiet=0.2)
    assert read(inbox) == ([], [])
    await asyncio.sleep(inbox.again_in or 0)
    (document,), _ = read(inbox)
    assert document.key == "a.txt"
    assert inbox.again_in is None


async def test_a_file_dated_in_the_future_is_read_once_it_stood_still(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", age=-86_400)
    inbox = Inbox(tmp_path, quiet=0.1)
    assert read(inbox) == ([], [])
    await asyncio.sleep(0.15)
    assert len(read(inbox)[0]) == 1


def test_a_file_that_is_written_to_between_listing_and_reading_is_left_for_later(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", TEXT.replace("2025-09-24", "2025-01-01"))
    late = put(tmp_path, "b.txt")
    inbox = Inbox(tmp_path)
    reading = inbox.read({})
    next(reading)
    late.write_text(TEXT + "دنباله", encoding="utf-8")
    assert list(reading) == []
    assert inbox.again_in is not None


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", 0, "empty"),
        ("\n \n", 0, "empty"),
        (f"{TITLE}\n\n{BODY}", 1, "no header"),
        (TEXT.replace("2025-09-24", "2025-13-40"), 1, "there is no day 2025-13-40"),
        (TEXT.replace("2025-09-24", "2025-02-29"), 1, "there is no day 2025-02-29"),
        (TEXT.replace("2025-09-24", "1404-07-02"), 1, "Jalali"),
        (TEXT.replace("2025-09-24", "۱۴۰۴/۰۷/۰۲"), 1, "Jalali"),
        (TEXT.replace("2025-09-24", "yesterday"), 1, "'yesterday' is no date"),
        (TEXT.replace("2025-09-24", "0001-01-01"), 1, "before 1900"),
        (TEXT.replace("2025-09-24", "9999-12-31"), 1, "in the future"),
        ("\n" + TEXT.replace("2025-09-24", "2025-13-40"), 2, "there is no day"),
        (f" date 2025-09-24   1. استانها\n\n{BODY}", 2, "no title"),
        (" date 2025-09-24   1. استانها", 2, "no title"),
        (f" date 2025-09-24   1. استانها\n{'کلمه ' * 80}\n\n{BODY}", 2, "is the title missing?"),
        (f" date 2025-09-24   1. استانها\n{TITLE}\n", 2, "no body"),
        (f" date 2025-09-24   1. استانها\n{TITLE}\n\n \n\n", 2, "no body"),
        (TEXT + "\n" + TEXT, 8, "a second header"),
        (TEXT.encode("utf-16"), 1, "UTF-16"),
        (TEXT.encode().replace("آسفالت".encode(), "آسفالت".encode("cp1256"), 1), 2, "not UTF-8 at byte 70"),
        (TEXT.replace("سه", "س\0ه").encode(), 4, "NUL"),
        (b" date 2025-09-24   1. x\n" + b"a" * (1 << 20), 0, "1,048,576 are allowed"),
    ],
)
def test_a_broken_document_is_named_with_its_line_and_what_to_do(
    tmp_path: Path, content: str | bytes, line: int, reason: str
) -> None:
    put(tmp_path, "sub/broken.txt", content)
    error = only_error(tmp_path)
    assert error.path == "sub/broken.txt"
    assert error.line == line
    assert reason in error.reason
    assert str(error).startswith("sub/broken.txt:" if line else "sub/broken.txt: ")


def test_one_broken_document_never_stops_the_others_and_is_not_moved(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    broken = put(tmp_path, "b.txt", b"\xff\xff")
    put(tmp_path, "c.txt")
    documents, errors = read(Inbox(tmp_path))
    assert [document.key for document in documents] == ["a.txt", "c.txt"]
    assert [error.path for error in errors] == ["b.txt"]
    assert broken.read_bytes() == b"\xff\xff"


def test_a_broken_document_is_named_on_every_pass_until_it_is_mended(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "x")
    inbox = Inbox(tmp_path)
    assert len(read(inbox)[1]) == 1
    assert len(read(inbox)[1]) == 1
    put(tmp_path, "a.txt", age=30)
    (document,), errors = read(inbox)
    assert document.title == TITLE
    assert not errors


def test_a_published_document_that_breaks_is_an_error_and_mended_back_is_nothing_new(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    inbox = Inbox(tmp_path)
    (document,), _ = read(inbox)
    known = {"a.txt": document.fingerprint}
    put(tmp_path, "a.txt", TEXT[:20], age=30)
    assert len(read(inbox, known)[1]) == 1
    put(tmp_path, "a.txt", age=20)
    assert read(inbox, known) == ([], [])


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(50 << 20)
    os.utime(tmp_path / "huge.txt", (1, 1))
    inbox = Inbox(tmp_path)
    tracemalloc.start()
    (error,) = inbox.read({})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "52,428,800 bytes" in str(error)
    assert peak < 1 << 20


def test_a_link_out_of_the_inbox_is_refused_and_one_within_is_read(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/secret.txt")
    inbox = tmp_path / "inbox"
    put(inbox, "a.txt")
    (inbox / "b.txt").symlink_to(inbox / "a.txt")
    (inbox / "c.txt").symlink_to(outside)
    (inbox / "d.txt").symlink_to("nowhere")
    (inbox / "e.txt").symlink_to("e.txt")
    (inbox / "folder").symlink_to(outside.parent)
    documents, errors = read(Inbox(inbox))
    assert [document.key for document in documents] == ["a.txt", "b.txt"]
    assert {error.path for error in errors} == {"c.txt", "d.txt", "e.txt", "folder"}
    assert "link out of the inbox" in next(error.reason for error in errors if error.path == "c.txt")


def test_an_inbox_that_is_itself_a_link_is_read(tmp_path: Path) -> None:
    put(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to("real")
    assert [document.key for document in read(Inbox(tmp_path / "link"))[0]] == ["a.txt"]


def test_a_folder_and_a_pipe_named_like_a_document_are_errors(tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    os.mkfifo(tmp_path / "y.txt")
    documents, errors = read(Inbox(tmp_path))
    assert not documents
    assert sorted(error.path for error in errors) == ["x.txt", "y.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_is_an_error_and_is_read_when_it_has_them(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt")
    path.chmod(0)
    inbox = Inbox(tmp_path)
    assert "check the file and its rights" in read(inbox)[1][0].reason
    path.chmod(0o600)
    assert len(read(inbox)[0]) == 1


def test_a_name_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text(TEXT, encoding="utf-8")
    error = only_error(tmp_path)
    assert "name is not UTF-8" in error.reason
    error.path.encode()


def test_an_inbox_that_never_was_is_empty_and_one_that_appears_is_read(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox")
    assert read(inbox) == ([], [])
    put(tmp_path, "inbox/a.txt")
    assert len(read(inbox)[0]) == 1


def test_an_inbox_that_had_documents_and_is_gone_is_named(tmp_path: Path) -> None:
    (error,) = read(Inbox(tmp_path / "inbox"), {"a.txt": "fingerprint"})[1]
    assert "does not exist" in error.reason


def test_an_inbox_that_is_a_file_is_named(tmp_path: Path) -> None:
    (error,) = read(Inbox(put(tmp_path, "inbox")))[1]
    assert "is not a folder" in error.reason


def test_memory_stays_while_documents_are_read(tmp_path: Path) -> None:
    text = TEXT + "پاراگراف. " * 3000  # 50 kB
    for number in range(300):
        put(tmp_path, f"{number:03}.txt", text)
    program = (  # a process of its own: what else the tests hold is not counted
        "import sys, tracemalloc; from pathlib import Path; from feeds.sources.inbox import Inbox\n"
        "tracemalloc.start()\n"
        "number = sum(1 for _ in Inbox(Path(sys.argv[1])).read({})); print(number, tracemalloc.get_traced_memory()[1])"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)
    number, peak = map(int, done.stdout.split())
    assert number == 300
    assert peak < 300 * len(text) / 2  # half of what all would take


def test_every_sample_is_a_document_marked_as_a_sample() -> None:
    documents, errors = read(Inbox(Path("seeds/samples"), quiet=0))
    assert not errors
    assert len(documents) >= 31
    assert {document.section for document in documents} == {"نمونه"}
    assert max(document.published for document in documents) < datetime.now(UTC)
    assert len({document.title for document in documents}) == len(documents)


def test_the_example_in_the_description_of_the_format_is_a_document() -> None:
    manual = Path("seeds/FORMAT.md").read_text(encoding="utf-8")
    example = manual.split("```text\n")[1].split("```")[0]
    assert parse("example.txt", example.encode()).published.date() > date(2025, 1, 1)


async def test_a_watched_folder_tells_of_new_documents_and_stops_when_told(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    stop = asyncio.Event()
    told = asyncio.Event()

    async def listen() -> None:
        async for _ in watch(folder, stop):
            told.set()

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(listen())
        await asyncio.sleep(0.1)
        put(folder, "a.txt")
        await told.wait()  # the folder appeared
        told.clear()
        put(folder, "b.txt")
        await told.wait()
        stop.set()


async def test_a_watched_folder_that_is_replaced_is_watched_again(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    put(folder, "a.txt")
    stop, told = asyncio.Event(), asyncio.Event()

    async def listen() -> None:
        async for _ in watch(folder, stop):
            told.set()

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(listen())
        await asyncio.sleep(0.3)
        folder.rename(tmp_path / "old")
        await asyncio.sleep(0.2)
        put(folder, "b.txt")
        await asyncio.sleep(timedelta(seconds=3).total_seconds())
        told.clear()
        put(folder, "c.txt")
        await told.wait()
        stop.set()
