"""Signs that reached us broken -> the signs that were meant. Pure, and in linear time.

Control signs come out of Word and old databases; references to them, and to halves of signs, out of those who write
references themselves; and letters that were taken for another encoding's before they were written down («Ø³Ù„Ø§Ù…»)
out of databases that moved. ftfy mends the last kind too, but knows nothing of Windows-1256, which is Persian's.
"""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CODE = r"&(?:amp;)?#(?:[xX]0*([0-9a-fA-F]{1,4})|0*(\d{1,5}));"
_SURROGATE = r"&(?:amp;)?#(?:[xX]0*([dD]{0}[0-9a-fA-F]{{2}})|0*({1}));"
_PAIR = re.compile(
    _SURROGATE.format("[89abAB]", r"55[2-9]\d\d|56[0-3]\d\d")
    + _SURROGATE.format("[c-fC-F]", r"56[3-9]\d\d|57[0-3]\d\d")
)
_REFERENCE = re.compile(_CODE)
_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000


def _meant(code: int) -> str:
    """What a control sign stands for: Word's breaks of lines and words, or Windows' sign of that code."""
    known = {0x0B: " ", 0x0C: " ", 0x1F: "\u200c", 0x85: " ", 0x9D: "\u200c"}
    if code in known or not 0x80 <= code < 0xA0:  # noqa: PLR2004
        return known.get(code, "")
    return bytes([code]).decode("cp1252", "ignore")


_MEANT = {chr(code): _meant(code) for code in (*range(0x20), *range(0x7F, 0xA0))}


def legal(text: str) -> str:
    """Text without control signs and halves of signs, written out or as references: what they stood for is there."""
    text = _CONTROL.sub(lambda sign: _MEANT.get(sign[0], ""), text)
    if "#" not in text:
        return text
    return _REFERENCE.sub(_referred, _PAIR.sub(_paired, text))


def _paired(pair: re.Match[str]) -> str:
    high, low = (int(hexa, 16) if hexa else int(decimal or 0) for hexa, decimal in (pair.group(1, 2), pair.group(3, 4)))
    if not (_HIGH <= high < _LOW <= low < _END):
        return pair[0]
    return chr(0x10000 + ((high - _HIGH) << 10) + (low - _LOW))


def _referred(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    if code == 0x85:  # noqa: PLR2004 - as a reference it is HTML's
        return "…"
    if code in (0x09, 0x0A, 0x0D) or 0x20 <= code < 0x7F or 0xA0 <= code < _HIGH or code >= _END:  # noqa: PLR2004
        return reference[0] if code not in (0xFFFE, 0xFFFF) else ""
    return _MEANT.get(chr(code), "")


def unescaped(text: str) -> str:
    r"""Text without the backslashes of programs (`\n`, `\"`, `\u0642`) that were written down as they are."""
    if "\\" not in text:
        return text
    return _SLASHED.sub("", _LINE.sub("\n", _UNICODE.sub(_named, text)))


def _named(run: re.Match[str]) -> str:
    return legal(run[0].encode().decode("unicode_escape").encode("utf-16", "surrogatepass").decode("utf-16", "ignore"))


_UNICODE = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_LINE = re.compile(r"(?:\\r)?\\n(?![a-z])|\\[rt](?![a-z])")
_SLASHED = re.compile(r"\\(?=[\"'/])")


# -- Letters that were read in another encoding ------------------------------------------------------------------------


def _bytes_of(encoding: str) -> dict[str, int]:
    """The byte of each sign beyond ASCII; where the encoding has none, programs write the control sign of that code."""
    signs = {byte: bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in range(0x80, 0x100)}
    return {chr(byte): byte for byte in range(0x80, 0xA0)} | {sign: byte for byte, sign in signs.items()}


def _class(signs: dict[str, int], *codes: int) -> str:
    return f"[{''.join(re.escape(sign) for sign, byte in signs.items() if byte in codes)}]"


def _units(signs: dict[str, int]) -> re.Pattern[str]:
    """Runs of the signs that UTF-8 of Persian becomes: letters of two bytes, signs such as ZWNJ of three."""
    goes_on = _class(signs, *range(0x80, 0xC0))
    two, three = _class(signs, 0xC2, 0xC3, *range(0xD8, 0xDC)), _class(signs, 0xE2, 0xEF)
    return re.compile(f"(?:{two}{goes_on}|{three}{goes_on}{goes_on})++")


_LATIN, _PERSIAN = _bytes_of("cp1252"), _bytes_of("cp1256")
_UNITS_OF_LATIN, _UNITS_OF_PERSIAN = _units(_LATIN), _units(_PERSIAN)
_WINDOWS_LETTERS = re.compile(f"{_class(_LATIN, *range(0x80, 0x100))}++")
_ALEF_AMONG_LETTERS = re.compile("[À-ÿ]Ç[À-ÿ]")
_ENOUGH = 3
"""Letters of a kind that no text has, after which a text is believed to be scrambled."""


def unscrambled(text: str) -> str:
    """Text whose letters were read in another encoding before they came, as it was meant; any other as it is.

    Three ways are known: UTF-8 that was taken for Latin («Ø³Ù„Ø§Ù…»), or for Windows-1256 («ط³ظ„ط§ظ…»), and
    Windows-1256 that was taken for Latin («ÓáÇã»). The alef in such a guise tells that it happened; then each word of
    nothing but such signs is read again. A word that has lost some of them stays as it is.
    """
    if text.count("\u00d8\u00a7") >= _ENOUGH:
        text = _UNITS_OF_LATIN.sub(lambda run: _read_again(run, _LATIN, "utf-8"), text)
    if text.count("\u0637\u00a7") >= _ENOUGH:
        text = _UNITS_OF_PERSIAN.sub(lambda run: _read_again(run, _PERSIAN, "utf-8"), text)
    if "Ç" in text and len(_ALEF_AMONG_LETTERS.findall(text)) >= _ENOUGH:
        text = _WINDOWS_LETTERS.sub(lambda run: _read_again(run, _LATIN, "cp1256"), text)
    return text


def _read_again(run: re.Match[str], signs: dict[str, int], encoding: str) -> str:
    around = run.string[run.start() - 1 : run.start()] + run.string[run.end() : run.end() + 1]
    if any(map(str.isalpha, around)):
        return run[0]
    try:
        return bytes(map(signs.__getitem__, run[0])).decode(encoding)
    except UnicodeDecodeError:
        return run[0]
