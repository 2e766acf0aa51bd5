"""No line of the log holds a secret, whoever wrote it."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot.running import logs

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def lines(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


@pytest.mark.parametrize("style", ["console", "json"])
def test_a_token_is_taken_out_of_messages_values_and_tracebacks(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", style)  # type: ignore[arg-type]
    log = logging.getLogger("some.library")
    log.info("POST https://api.telegram.org/bot%s/sendMessage", TOKEN)
    error = ConnectionError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    log.error("failed with %r", {"url": TOKEN}, exc_info=error)
    written = lines(capsys)
    assert "AAHdq" not in written
    assert "sendMessage" in written
    assert "ConnectionError" in written


def test_a_password_in_an_address_is_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", "console")
    logging.getLogger("x").info("connecting to postgresql+psycopg://chapar:hunter2@db/chapar")
    assert "hunter2" not in lines(capsys)


@pytest.mark.parametrize("login", ["desk:hunter2", "hunter2", ":hunter2", "desk:at@hunter2", "desk:sl/hunter2"])
def test_whatever_opens_an_address_is_taken_out_of_it(login: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", "json")
    logging.getLogger("x").info("through socks5://%s@proxy.example:1080 to https://news.example/@desk", login)
    written = lines(capsys)
    assert "hunter2" not in written
    assert "proxy.example:1080 to https://news.example/@desk" in written


def test_a_named_secret_is_taken_out_whatever_it_looks_like(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", "console", secrets=["short", ""])
    logging.getLogger("x").info("it is short")
    assert "it is ***" in lines(capsys)


def test_lines_for_programs_are_json_with_persian_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", "json")
    logging.getLogger("x").warning("خبر قم")
    line = json.loads(lines(capsys))
    assert line["event"] == "خبر قم"
    assert line["level"] == "warning"


def test_what_logs_in_plain_lines_loads_no_colours_and_leaves_them_to_others() -> None:
    program = (
        "import logging, sys\nfrom bot.running import logs\n"
        "logs.configure('INFO', 'console')\nlogging.getLogger('some.library').info('begins')\n"
        "assert 'structlog' in sys.modules\n"
        "assert {'pygments', 'rich.console'}.isdisjoint(sys.modules)\n"
        "import rich.traceback\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
