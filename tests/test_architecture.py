"""The map is true to the land: docs/architecture.md names each folder of the packages, and each module in it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| `((?:bot|feeds)/[\w/]*)` \|.*\| ([^|]*) \|$", re.MULTILINE)
STEPS = "feeds/store/database/migrations/versions/"  # one file a step; their folder's first line says so


def test_the_page_names_each_folder_and_each_module() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    told = {folder: sorted(re.findall(r"`(\w+)`", modules)) for folder, modules in ROW.findall(page)}
    there: dict[str, list[str]] = {}
    for package in ("bot", "feeds"):
        for module in sorted((ROOT / package).rglob("*.py")):
            folder = f"{module.parent.relative_to(ROOT).as_posix()}/"
            if folder != STEPS and module.stem != "__init__":
                there.setdefault(folder, []).append(module.stem)
    assert told == there


def test_no_path_in_the_documentation_leads_nowhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for path in re.findall(r"`((?:bot|feeds|tests|tools|bench|docs|seeds)/[\w./-]+)`", page.read_text("utf-8")):
            assert (ROOT / path).exists(), f"{page.name}: {path}"
