"""A zip archive of untrusted origin, read entry by entry and never unpacked to the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import PurePosixPath

from idcard_core.evaluate.importing.trouble import ImportTrouble, Trouble, Why

MOST_ENTRIES = 20_000
MOST_BYTES = 4 * 2**30
"""Unpacked, all entries together."""
MOST_RATIO, RATIO_FROM_BYTES = 200, 16 * 2**20
"""Pictures hardly get smaller; text gets ten times smaller. Looked at from 16 MB on."""
_ENCRYPTED, _UTF8 = 0x1, 0x800
_READ_ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)
"""A wrong checksum, a method that Python has not, a password, an end too early."""


def is_zip(name: str, content: bytes) -> bool:
    """Whether a file is to be opened as an archive, by what it is or at least says."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06")) or name.lower().endswith(".zip")


class ZipFiles:
    """The files in an archive. Raises ImportTrouble for one that is broken, encrypted, or unpacks to far too much."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _READ_ERRORS:
            raise ImportTrouble(Why.BROKEN_ARCHIVE) from None
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise ImportTrouble(Why.ENCRYPTED)
        if len(entries) > MOST_ENTRIES:
            raise ImportTrouble(Why.TOO_MANY_FILES)
        if _is_bomb(entries):
            raise ImportTrouble(Why.BOMB)
        self.troubles: list[Trouble] = []
        self._left = MOST_BYTES
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            self._take(entry)

    def names(self) -> Sequence[str]:
        return list(self._entries)

    def read(self, name: str, most_bytes: int) -> bytes:
        """Unpacked no further than ``most_bytes``, whatever the archive's directory says."""
        try:
            with self._zip.open(self._entries[name]) as file:
                content = file.read(most_bytes + 1)
        except _READ_ERRORS:
            raise ImportTrouble(Why.UNREADABLE) from None
        self._left -= len(content)
        if self._left < 0:
            raise ImportTrouble(Why.BOMB)
        if len(content) > most_bytes:
            raise ImportTrouble(Why.TOO_LARGE)
        return content

    def _take(self, entry: zipfile.ZipInfo) -> None:
        name = _name(entry)
        path = PurePosixPath(name)
        if any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in path.parts):
            return
        if path.is_absolute() or ".." in path.parts or ":" in name.partition("/")[0] or _is_link(entry):
            self.troubles.append(Trouble(name, None, Why.UNSAFE_NAME))
        elif name.lower().endswith(".zip"):
            self.troubles.append(Trouble(name, None, Why.NESTED))
        else:
            self._entries[path.as_posix()] = entry


def _is_bomb(entries: Sequence[zipfile.ZipInfo]) -> bool:
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    return unpacked > MOST_BYTES or (unpacked > RATIO_FROM_BYTES and unpacked > MOST_RATIO * max(packed, 1))


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return (entry.external_attr >> 16) & 0o170000 == 0o120000


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; one that is not marked as UTF-8 is often UTF-8 all the same, or Chinese Windows' GBK."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        try:
            raw = name.encode("cp437")  # how Python has read it
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030") if raw else ():
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")
