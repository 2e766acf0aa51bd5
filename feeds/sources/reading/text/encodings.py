"""The encoding of text whose own word is worth nothing: bytes that are no UTF-8 -> the name of a codec."""

from __future__ import annotations

import re

WINDOWS = "cp1256"
"""Persian's, and what is believed where nothing tells: its Latin letters are where Latin-1 has them."""
_ARABIC = ("cp1256", "iso8859-6")
"""Letters of Arabic that lie elsewhere in one become Latin ones, or none, in the other."""
_LETTERS = 0.9
_SAMPLE = 20_000  # bytes
_FOREIGN = re.compile(rb"[\x80-\xff]{3,}")
_ENOUGH = 0.5
"""How many of the signs beyond ASCII stand side by side in a script that is not Latin."""
_LEAST = 30  # bytes; of fewer, nobody can tell


def likely(data: bytes) -> str:
    """The codec of bytes that are text in no UTF: that of Windows' Persian unless they are clearly another's."""
    signs = bytes(byte for byte in data if byte > 127)[:_SAMPLE]  # noqa: PLR2004
    for codec in _ARABIC:
        if _share_of_arabic(signs.decode(codec, "replace")) >= _LETTERS:
            return codec
    foreign = sum(map(len, _FOREIGN.findall(data)))
    if len(signs) < _LEAST or foreign < _ENOUGH * len(signs):
        return WINDOWS  # accents in Latin words, which Windows' Persian has too
    return _detected(data)


def _share_of_arabic(text: str) -> float:
    letters = [sign for sign in text if sign.isalpha() or sign == "\ufffd"]
    return sum("\u0600" <= sign <= "\u06ff" for sign in letters) / len(letters) if letters else 1.0


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load, and hardly a feed needs it

    words = b" ".join(_FOREIGN.findall(data))[:_SAMPLE]
    best = from_bytes(words).best()
    return best.encoding if best else WINDOWS
