"""Whether another process has ended is only said where it can be known."""

import os
import subprocess
import sys

from bot.running import node


def test_each_process_has_a_name_of_its_own() -> None:
    assert node.name() != node.name()


def test_a_living_process_has_not_ended() -> None:
    assert not node.has_ended(node.name())


def test_a_process_of_this_machine_that_ended_is_known_to_have_ended() -> None:
    child = subprocess.run(
        [sys.executable, "-c", "from bot.running import node; print(node.name())"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert node.has_ended(child.stdout.strip())


def test_nothing_is_said_of_other_machines() -> None:
    elsewhere = node.name().replace("@", "@x", 1).replace(f"/{os.getpid()}/", "/999999999/")
    assert not node.has_ended(elsewhere)
    assert not node.has_ended("")
    assert not node.has_ended("somewhere/12/ab")
