"""What a process does to keep small does not break what it keeps small; each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

CLIENT = """
import sys
import feeds
import httpx
with httpx.Client() as client:
    print(client.is_closed, "click" in sys.modules)
"""
SETTLED = """
import gc, weakref
from bot.running import allocation
class Circle:
    def __init__(self): self.itself = self
before = weakref.ref(Circle())
allocation.settle()
after = weakref.ref(Circle())
some = [[] for _ in range(2 * allocation.OBJECTS)]
print(before(), after(), gc.get_freeze_count() > 0)
"""


@pytest.mark.parametrize(
    ("program", "says"),
    [
        pytest.param(CLIENT, "False False", id="httpx works without its command line"),
        pytest.param(SETTLED, "None None True", id="circles are found before and after it has settled"),
    ],
)
def test_a_small_process_works_as_a_large_one(program: str, says: str) -> None:
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == says
