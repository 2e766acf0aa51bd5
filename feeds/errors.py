"""Every error that Chapar raises on purpose.

    ChaparError
     +-- SourceError              a source could not be read at all
     |    +-- DocumentError       one document is broken; carries file, line and what to do
     |    +-- PollError           a feed could not be read at this poll; carries its address
     +-- StoreError               the store can't be opened or is of another version
     |    +-- ReplacedError       its file was deleted or replaced while it was open
     +-- FeedError                a feed file can't be written: a full disk, a folder without rights
     +-- SettingError             a wrong setting; stops the start with one sentence
     +-- ChannelError             see `bot.publishing.channel`: what a send that failed proves

A message says what is wrong, where, and what to do. No message holds a secret.
"""

from __future__ import annotations

from dataclasses import dataclass


class ChaparError(Exception):
    """The root: whatever Chapar raises on purpose is one of these."""


class SourceError(ChaparError):
    """A source could not be read at all."""


@dataclass(unsafe_hash=True)  # not frozen: Python itself writes the traceback into an exception
class DocumentError(SourceError):
    """One document is broken.

    It is set aside where it lies, named in the log, in `chapar status` and on the status page, and read again when
    it changes.
    """

    path: str
    """The document's path, relative to the inbox."""
    line: int
    """The line at fault, from 1; 0 where the trouble is with the file as a whole."""
    reason: str
    """What is wrong and what to do, in one English sentence."""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.reason}"


@dataclass(unsafe_hash=True)
class PollError(SourceError):
    """A feed could not be read, or not wholly, at this poll; it is polled again."""

    url: str
    """The feed's address, as the desk wrote it."""
    reason: str
    """What is wrong and what to do, in one English sentence."""

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}"


class StoreError(ChaparError):
    """The store can't be opened, is locked for too long, or was written by another version."""


class ReplacedError(StoreError):
    """The store's file was deleted or replaced while it was open: what is written now would be lost."""


class FeedError(ChaparError):
    """A feed file can't be written; the file that was there is still whole."""


class SettingError(ChaparError):
    """A wrong setting: one sentence that names it, its value (never a secret's) and what is allowed."""


class ChannelError(ChaparError):
    """A message could not be delivered; `bot.publishing.channel` says what each kind proves."""
