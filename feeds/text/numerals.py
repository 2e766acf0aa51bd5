"""Numbers of Persian prose in Persian digits: each one whole, or left whole.

A number is more than a run of digits: «کیلومتر 12+500», «پلاک 12ب345», «تلفن +98 25 3333», «بین 2 تا 3.5» are one each.
What has a sign of Latin writing in it (a decimal point, a date's hyphen, a telephone's plus) is left as it came, and
all that belongs to it; what has both kinds of digits is set in Persian ones throughout.
"""

from __future__ import annotations

import re

_DIGITS = "0-9۰-۹"
_MARK = "[\u200e\u200f]?"
_N = f"[{_DIGITS}]+"
_LETTER = "[\u0621-\u063a\u0641-\u064aپچژکگی]"
_SIGN = rf"[^\s{_DIGITS}\u0621-\u06cc\u200c،؛؟!?()«»\"\[\]A-Za-z_]"
_GLUE = rf"(?:{_SIGN}{{1,3}}(?:{_LETTER}{{1,3}}{_SIGN}{{1,3}})?|{_LETTER}{{1,3}})"
"""What stands between the digits of one number: a point, a slash, the letter of a plate."""
_ONE = rf"{_N}(?:{_GLUE}{_N})*"
_LINK = rf"{_MARK} {_MARK}(?:(?:تا|الی|[-–ـ+×]) {_MARK})?"
_ALL = rf"{_ONE}(?:{_LINK}{_ONE})*"
PATTERN = (
    rf"(?<![A-Za-z_{_DIGITS}])(?:[+\-–−]{_MARK})?"
    rf"(?:(?:(?<=بین )|(?<=میان )){_ONE} و {_ONE}|{_ALL})"
    rf"(?![{_DIGITS}])(?:[-–/_°'′″]*[A-Za-z_]|[-–/_](?=\S)|[-–](?=[ \n]|$))?(?: ?%(?![{_DIGITS}]))?"
)
"""Digits with all that belongs to them, so that nothing of it is left over."""

_LATIN_DIGIT, _LATIN_LETTER = re.compile("[0-9]"), re.compile("[A-Za-z]")
_PERSIAN_DIGIT = re.compile("[۰-۹]")
_FOREIGN = re.compile(rf"^[+\-–−]|(?<=[{_DIGITS}])[^\s{_DIGITS}\u0621-\u06cc\u200c\u200e\u200f+×%]|[0-9]{{10}}")
"""What shows that a number is no plain one: a sign before it, or between its digits, or a length beyond counting."""
_WORD = re.compile("(?!(?:ا?مین|گانه|های|هایی)(?!\\w))[\u0621-\u063a\u0641-\u064aپچژکگی]{3}")
"""A word, and no ending of the number: «38واحد», but «5مین»."""
LONGEST_ENDING = 6
"""Letters that tell a word from an ending."""
_TO_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def persian(number: str, following: str) -> str:
    """What an editor writes for a match of `PATTERN`, with a space before a word that follows at once.

    Args:
        number: The match.
        following: The first letters of what stands after it.
    """
    if _LATIN_LETTER.search(number):
        return number
    if not _PERSIAN_DIGIT.search(number) and _FOREIGN.search(number):
        return number
    space = " " if _LATIN_DIGIT.search(number) and number[-1].isdigit() and _WORD.match(following) else ""
    return re.sub(" ?%$", "٪", number.translate(_TO_PERSIAN)) + space
