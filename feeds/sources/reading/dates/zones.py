"""The zones that stand behind a clock, by name: what no standard settles, as PostgreSQL ships it.

zoneinfo knows places, not abbreviations; `email.utils` knows those of North America alone.
"""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

_EAST = """
    z 0 zulu 0 ut 0 utc 0 uct 0 gmt 0 wet 0 گرینویچ 0 west 1 bst 1 cet 1 met 1 mez 1 wat 1
    cest 2 mest 2 mesz 2 cat 2 sast 2 eet 2 eest 3 idt 3 eat 3 fet 3 ast 3 msk 3 trt 3
    تهران 3.5 irst 3.5 irt 3.5 irdt 4.5 msd 4 gst 4 amt 4 azt 4 get 4 amst 5 azst 5 aft 4.5 کابل 4.5
    pkt 5 pkst 6 tmt 5 tjt 5 uzt 5 uzst 6
    ist 5.5 npt 5.75 kgt 6 almt 6 bdt 6 ict 7 wib 7 hkt 8 sgt 8 myt 8 pht 8 awst 8 jst 9 kst 9
    acst 9.5 acdt 10.5 aest 10 aedt 11 nzst 12 nzdt 13
"""
_WEST = """
    ndt 2.5 nst 3.5 adt 3 brt 3 art 3 edt 4 clt 4 est 5 cdt 5 cst 6 mdt 6 mst 7 pdt 7 pst 8 akdt 8 akst 9 hst 10
"""
"""Hours ahead of UTC, and behind it. Source: PostgreSQL's share/timezonesets, Asia.txt before Default (a reader of
Persian feeds means the Gulf by GST, Arabia by AST, India by IST and Armenia by AMT); WEST, TRT and WIB, which it
leaves out, from the IANA database's comments. A test holds them to PostgreSQL's files."""
_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?([0-5]\d)|(\.5))?(?::?\d{2})?")
_FARTHEST = timedelta(hours=14)


def named(name: str) -> tzinfo | None:
    """The zone of a name in lower case, `eet`, «گرینویچ» or `europe/berlin`; None where nobody knows it."""
    return _abbreviations().get(name) or (_place(name) if "/" in name else None)


def offset(words: str) -> tzinfo | None:
    """The zone of `+0330`, `+3:30`, `-4` or `+3.5`; None where it is none."""
    match = _OFFSET.fullmatch(words)
    if match is None:
        return None
    ahead = timedelta(hours=int(match[2]), minutes=30 if match[4] else int(match[3] or 0))
    return timezone(-ahead if match[1] == "-" else ahead) if ahead <= _FARTHEST else None


@cache
def _abbreviations() -> dict[str, tzinfo]:
    found: dict[str, tzinfo] = {}
    for table, sign in ((_EAST, 1), (_WEST, -1)):
        words = table.split()
        for name, hours in zip(words[::2], words[1::2], strict=True):
            found[name] = timezone(timedelta(hours=sign * float(hours))) if float(hours) else UTC
    return found


@cache
def _place(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name.title())
    except (KeyError, ValueError, OSError):
        return None
