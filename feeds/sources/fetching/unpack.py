"""The body of an answer, unpacked as it comes."""

from __future__ import annotations

import re
import weakref
import zlib
from collections.abc import Callable
from tempfile import TemporaryFile
from typing import BinaryIO

import brotli

from feeds.sources.fetching.guard import FetchError


class UnpackError(Exception):
    """A body that is packed is damaged from here on; what came before stands."""


class Body:
    """A body that is unpacked as it comes, and never past its limit: a bomb is cut off before it is large.

    How it is packed is what it begins with, before what was declared of it: some servers say gzip and send text, or
    send a file that is packed and do not say so.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self.data = bytearray()
        """What is in memory: all of it, or what came since the last was spilled."""
        self.spilled: BinaryIO | None = None
        """A temporary file that a large body is in, from its beginning."""
        self.size = 0
        self.fault = ""
        self._encoding = encoding.strip().lower()
        self._limit = limit
        self._head = b""
        self._unpack: Callable[[bytes], bytes] | None = None
        self._is_whole: Callable[[], bool] = lambda: True
        self._is_packed_twice = False

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes.

        Raises:
            UnpackError: They are not packed as those before them.
            FetchError: There are too many, or nobody knows how they are packed.
        """
        if self._unpack is None:
            self._head += chunk
            if len(self._head) < _MAGIC:
                return
            chunk, self._unpack = self._head, self._way()
        try:
            data = self._unpack(chunk)
            again = data.startswith(_GZIP) and not (self.size or self._is_packed_twice)
            self._take(self._unpacked_again(data) if again else data)
        except zlib.error as error:
            raise UnpackError(str(error)) from None
        except brotli.error as error:
            if self.size or not (_TEXT.match(self._head) or _WORDS.match(self._head)):
                raise UnpackError(str(error)) from None
            self._unpack, self._is_whole = bytes, lambda: True
            self._take(chunk)
        if self.size > self._limit:
            raise FetchError(f"more than {self._limit:,} bytes: no feed is so large; is the address right?")

    def end(self) -> None:
        """Note that no more comes."""
        if self._unpack is None:
            self._take(self._head)
        elif not self.fault and not self._is_whole():
            self.fault = "the answer broke off: it was packed, and its end is missing"

        if self.spilled:
            self._spill()
            self.spilled.seek(0)

    def _take(self, data: bytes) -> None:
        self.data += data
        self.size += len(data)
        if len(self.data) > SPILL:
            self._spill()

    def _spill(self) -> None:
        if self.spilled is None:
            self.spilled = TemporaryFile()  # noqa: SIM115 - it lives as long as the body
            weakref.finalize(self, self.spilled.close)
        self.spilled.write(self.data)
        self.data.clear()

    def _way(self) -> Callable[[bytes], bytes]:
        """How to unpack what begins like this."""
        if self._head.startswith(_GZIP) or (self._encoding == "deflate" and _is_zlib(self._head)):
            return self._inflated(zlib.MAX_WBITS | 32)
        if self._encoding == "br":
            stream = brotli.Decompressor()
            self._is_whole = stream.is_finished
            return lambda chunk: stream.process(chunk, output_buffer_limit=self._room())
        if self._encoding == "deflate" and not _TEXT.match(self._head):
            return self._inflated(-zlib.MAX_WBITS)
        if self._encoding not in _PACKED or _TEXT.match(self._head):
            return bytes
        raise FetchError(
            f"the answer is packed with {self._encoding[:40]!r}, which nobody asked for: ask the site, or try a proxy"
        )

    def _unpacked_again(self, data: bytes) -> bytes:
        """What was packed twice, as by a site and by what stands before it; once more, and no further."""
        self._is_packed_twice = True
        outer, inner = self._unpack or bytes, self._inflated(zlib.MAX_WBITS | 32)
        self._unpack = lambda chunk: inner(outer(chunk))
        return inner(data)

    def _inflated(self, window: int) -> Callable[[bytes], bytes]:
        packed, parts = zlib.decompressobj(window), 1

        def unpack(chunk: bytes) -> bytes:
            nonlocal packed, parts
            data = packed.decompress(chunk, self._room())
            while packed.eof and packed.unused_data.startswith(_GZIP) and len(data) < self._room():  # RFC 1952
                parts += 1
                if parts > _PARTS:
                    raise UnpackError(f"more than {_PARTS:,} parts, each packed by itself")
                rest, packed = packed.unused_data, zlib.decompressobj(window)
                data += packed.decompress(rest, self._room() - len(data))
            return data

        self._is_whole = lambda: packed.eof
        return unpack

    def _room(self) -> int:
        return self._limit + 1 - self.size


SPILL = 4 << 20
"""Bytes that are held in memory; what is larger goes to a temporary file."""
_MAGIC = 4
"""Bytes that tell how a body is packed."""
_GZIP = b"\x1f\x8b"
_PARTS = 1000  # some servers pack each block of an answer by itself
_PACKED = frozenset({"zstd", "compress", "x-compress", "bzip2", "xz", "exi", "dcb", "dcz"})
"""What a body may be packed with that we do not unpack; all else that servers say of text (`utf-8`) means nothing."""
_WORDS = re.compile(rb"[\t\r\n -~]{4}")
_TEXT = re.compile(rb"[\s\0]*(?:[<{]|\xef\xbb\xbf|\xff\xfe|\xfe\xff)")


def _is_zlib(head: bytes) -> bool:
    return head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0  # noqa: PLR2004 - RFC 1950
