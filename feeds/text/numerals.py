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
    rf"(?<![A-Za-z_{_DIGITS}])(?<![A-Za-z][{_DIGITS}][:.])(?<![A-Za-z][{_DIGITS}]{{2}}[:.])"
    rf"(?:[+\-–−]{_MARK}|(?<![\w%])% ?)?"
    rf"(?:(?:(?<=بین )|(?<=میان )){_ONE} و {_ONE}|{_ALL})"
    rf"(?![{_DIGITS}])(?:[-–/_°'′″]*[A-Za-z_]|[-–/_](?=\S)|[-–](?=[ \n]|$))?(?: ?%(?![{_DIGITS}]))?"
)
"""Digits with all that belongs to them, so that nothing of it is left over."""

_LATIN_DIGIT, _LATIN_LETTER = re.compile("[0-9]"), re.compile("[A-Za-z]")
_PERSIAN_DIGIT = re.compile("[۰-۹]")
_FOREIGN = re.compile(rf"^[+\-–−]|(?<=[{_DIGITS}])[^\s{_DIGITS}\u0621-\u06cc\u200c\u200e\u200f+×%]|[0-9]{{10}}")
"""What shows that a number is no plain one: a sign before it, or between its digits, or a length beyond counting."""
_WORD = re.compile(rf"(?!(?:ا?مین|گانه|های|هایی)(?!\w)){_LETTER}{{3}}|(?:تا|و|از|در|به|که|را|یا)(?=[ \n]|$)")
"""A word, and no ending of the number: «38واحد», but «5مین»."""
_GLUED = re.compile(r"(?<!\S)[«(]?(?:از|تا|در|به|بر|با|و|که|هر|حدود|سال|ماده|بند|شماره|روز|ساعت|دهه|قرن)\Z")
"""A word that a number does not belong to: «از36», but «کووید19»."""
_COUNTED = re.compile(
    r" ?(?:هزار|میلیون|میلیارد|درصد|درصدی|نفر|نفری|تن|تنی|مورد|فقره|واحد|دستگاه|کیلومتر|کیلوگرم|کیلو|متر|هکتار|"
    r"ریال|تومان|دلار|یورو|روز|ماه|سال|ساعت|دقیقه|طرح|پروژه|روستا|شهر|نماینده|بار)(?![\w\u200c])"
)
_COUNTS = re.compile(r"(?<![آ-ی])(?!کووید)[آ-ی]{3,}\Z")
"""A word that a number of things stands behind: «حضور140 نماینده», «رشد37درصد», but «کووید19»."""
_KEYS = re.compile("\ufe0f?\u20e3")
"""The frame that makes a key of a digit, «1️⃣»; it fits no Persian one."""
NEAR = 12
"""Letters before and after a number that tell whether it is a word's."""
_PERCENT = re.compile("^% ?| ?%$")
_BETWEEN = re.compile(rf"(?<=[{_DIGITS}])(?:تا|الی|بر|مهر|آذر|تیر|دی)(?=[{_DIGITS}])")
"""A word between two numbers that no plate has: «2تا3», «25مهر1403»."""
_TO_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def persian(number: str, before: str, following: str) -> str:
    """What an editor writes for a match of `PATTERN`, with a space beside a word that stands at it.

    Args:
        number: The match.
        before: The last letters of what stands before it.
        following: The first letters of what stands after it.
    """
    if _LATIN_LETTER.search(number) or _KEYS.match(following) or (before.endswith("*") and following.startswith("#")):
        return number
    if not _PERSIAN_DIGIT.search(number) and _FOREIGN.search(number):
        return number
    changes = _LATIN_DIGIT.search(number)
    counted = _COUNTED.match(following)
    glued_before = (counted and _COUNTS.search(before)) or (changes and _GLUED.search(before))
    glued_after = following[:1] != " " and (counted or (changes and _WORD.match(following)))
    parted_before = " " if number[0].isdigit() and glued_before else ""
    parted_after = " " if number[-1].isdigit() and glued_after else ""
    whole = _BETWEEN.sub(r" \g<0> ", _PERCENT.sub("٪", number.translate(_TO_PERSIAN)))
    return parted_before + whole + parted_after
