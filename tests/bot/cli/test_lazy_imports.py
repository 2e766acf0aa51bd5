from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("telegram", "sqlalchemy", "scipy", "numpy", "hazm", "uvicorn", "lxml")
PROGRAM = """
import sys
sys.argv = ["chapar", "text", *sys.argv[1:]]
from bot.cli.main import main
try:
    main()
finally:
    print([name for name in {heavy} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("command", "line", "answer"),
    [
        ("restore", '{"id": 1, "text": "کتاب ها"}', "کتاب\u200cها"),
        ("summarize", '{"id": 1, "title": "باران", "body": "باران در راه است."}', "باران در راه است."),
        ("locate", '{"id": 1, "title": "استاندار قم", "body": "قم – استاندار قم سخن گفت."}', "IR-25"),
    ],
)
def test_text_work_starts_without_the_libraries_of_the_service(command: str, line: str, answer: str) -> None:
    program = [sys.executable, "-c", PROGRAM.format(heavy=HEAVY), command]
    done = subprocess.run(program, input=line.encode(), capture_output=True, check=True)
    assert answer in done.stdout.decode()
    assert done.stderr.decode().strip() == "[]"
