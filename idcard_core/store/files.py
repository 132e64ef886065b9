"""Files named by their content's SHA-256, in folders of two levels; never half a file, whatever ends the program."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PART = ".part"
"""Ends the name of a file that is being written."""


class HashedFiles:
    """Files below ``folder``, which nobody but its user may enter."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file is, or would be."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def write(self, sha256: str, content: bytes) -> None:
        """Written under another name, brought to the disk, then named in one step."""
        path = self.path(sha256)
        new_folder = not path.parent.exists()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, part = tempfile.mkstemp(suffix=_PART, dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(part)
            raise
        _to_disk(path.parent)
        if new_folder:
            _to_disk(path.parent.parent)
            _to_disk(self.folder)

    def read(self, sha256: str) -> bytes | None:
        """The content; None where there is no such file."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, sha256: str) -> None:
        """Remove the file, if it is there, and the folders it leaves empty."""
        path = self.path(sha256)
        path.unlink(missing_ok=True)
        with suppress(OSError):  # other files are in it
            path.parent.rmdir()
            path.parent.parent.rmdir()

    def all(self) -> Iterator[Path]:
        """Every file, those that were being written when their program ended included."""
        return (path for path in self.folder.glob("*/*/*") if path.is_file())

    def size_bytes(self) -> int:
        """Of all files together."""
        return sum(path.stat().st_size for path in self.all())


def _to_disk(folder: Path) -> None:
    """The names in ``folder`` survive the machine's power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
