"""How the posts of one channel look and sound; its `[[channel]]` in chapar.toml says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from typing import Literal, Self

Digits = Literal["persian", "latin"]
Layout = Literal["full", "short"]
Picture = Literal["photo", "preview", "none"]
Retraction = Literal["mark", "delete"]
Platform = Literal["telegram", "bale"]

_TO_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٪", "01234567890123456789%")
_SEPARATOR = re.compile(r"(?<=[0-9])[٫٬](?=[0-9])")


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which readers sleep and posts come without a sound; over midnight where they end before they begin.

    Args:
        begins: the first moment, on the readers' clock.
        ends: the first moment after it.
    """

    begins: time
    ends: time

    @classmethod
    def parse(cls, text: str) -> Self:
        """The hours of `23:00-07:00`.

        Raises:
            ValueError: it names no such hours.
        """
        first, dash, last = text.replace("–", "-").partition("-")
        try:
            hours = cls(_clock(first), _clock(last))
        except ValueError:
            dash = ""
        if not dash or hours.begins == hours.ends:
            raise ValueError('use two times such as 23:00-07:00, or "" for none')
        return hours

    def covers(self, moment: datetime, zone: tzinfo) -> bool:
        """Whether readers sleep at that moment."""
        clock = moment.astimezone(zone).time()
        if self.begins < self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


@dataclass(frozen=True, slots=True)
class Style:
    """How the posts of one channel look and sound."""

    quiet: Quiet | None = Quiet(time(23), time(7))
    """None: every post comes with a sound."""
    digits: Digits = "persian"
    layout: Layout = "full"
    """`short` leaves out what follows the lead."""
    picture: Picture = "photo"
    """`photo`: the post is the caption of its picture where it is short enough, else the picture stands large above the
    text; `preview`: it always stands above the text; `none`: there is none."""
    retraction: Retraction = "mark"
    """`mark`: the post of what is withdrawn says so; `delete`: it is taken away, where the platform lets us."""
    platform: Platform = "telegram"
    """Whose markup the posts are written in."""

    def digited(self, text: str) -> str:
        """The text with the channel's digits; as long as before, so that no limit is passed."""
        return latin(text) if self.digits == "latin" else text


DEFAULT = Style()


def latin(text: str) -> str:
    """The text with Latin digits, and the signs that belong to them: «۲٫۵٪» becomes «2.5%»."""
    return _SEPARATOR.sub(lambda sign: "." if sign[0] == "٫" else ",", text.translate(_TO_LATIN))


def _clock(text: str) -> time:
    hour, _, minute = text.strip().partition(":")
    return time(int(hour), int(minute))
