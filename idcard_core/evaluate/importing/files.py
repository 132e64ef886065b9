"""Where labelled pictures come from: a folder of this machine, or uploaded files; archives have a module of their own.

Names are relative, with ``/`` between folders, and never lead out of where they belong.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from idcard_core.evaluate.importing.archive import ZipFiles, is_zip
from idcard_core.evaluate.importing.trouble import ImportTrouble, Trouble, Why

MOST_FILES = 100_000
"""In a folder, all of its folders included."""


class Files(Protocol):
    """Named files, read one at a time."""

    @property
    def troubles(self) -> Sequence[Trouble]:
        """What was left out already."""

    def names(self) -> Sequence[str]:
        """Every file."""

    def read(self, name: str, most_bytes: int) -> bytes:
        """The content of one of `names`. Raises ImportTrouble."""


class FolderFiles:
    """The files in ``folder``; links that lead out of it are left out. Raises ImportTrouble where it is none."""

    def __init__(self, folder: Path) -> None:
        try:
            self._root = folder.expanduser().resolve(strict=True)
            is_folder = self._root.is_dir() and os.access(self._root, os.R_OK | os.X_OK)
        except (OSError, RuntimeError, ValueError):  # no such folder, a loop of links, no such user, a NUL
            is_folder = False
        if not is_folder:
            raise ImportTrouble(Why.NO_FOLDER)
        self.troubles: list[Trouble] = []
        self._names = self._walk()

    def names(self) -> Sequence[str]:
        return self._names

    def read(self, name: str, most_bytes: int) -> bytes:
        try:
            with (self._root / name).open("rb") as file:
                content = file.read(most_bytes + 1)
        except OSError:
            raise ImportTrouble(Why.UNREADABLE) from None
        return bounded(content, most_bytes)

    def _walk(self) -> list[str]:
        found: list[str] = []
        for folder, folders, files in os.walk(self._root):
            folders[:] = sorted(name for name in folders if not is_hidden(name))
            for file in sorted(files):
                path = Path(folder, file)
                name = path.relative_to(self._root).as_posix()
                if is_hidden(file) or not path.is_file():  # a pipe or a device could go on for ever
                    continue
                if not path.resolve().is_relative_to(self._root):
                    self.troubles.append(Trouble(name, None, Why.UNSAFE_NAME))
                    continue
                found.append(name)
                if len(found) > MOST_FILES:
                    raise ImportTrouble(Why.TOO_MANY_FILES)
        return found


class UploadedFiles:
    """Files as a browser hands them over, by name; what is in an archive stands below the archive's name."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.troubles: list[Trouble] = []
        self._plain: dict[str, bytes] = {}
        self._archives: dict[str, ZipFiles] = {}
        for given, content in files.items():
            name = PurePosixPath(given.replace("\\", "/")).name or given
            if not is_zip(name, content):
                self._plain[name] = content
                continue
            try:
                self._archives[name] = ZipFiles(content)
            except ImportTrouble as trouble:
                self.troubles.append(trouble.at(name))
        for archive, packed in self._archives.items():
            self.troubles += [Trouble(f"{archive}/{each.file}", None, each.why) for each in packed.troubles]

    def names(self) -> Sequence[str]:
        packed = [f"{archive}/{name}" for archive, files in self._archives.items() for name in files.names()]
        return [*self._plain, *packed]

    def read(self, name: str, most_bytes: int) -> bytes:
        if name in self._plain:
            return bounded(self._plain[name], most_bytes)
        archive, _, inner = name.partition("/")
        return self._archives[archive].read(inner, most_bytes)


def is_hidden(name: str) -> bool:
    """What systems put beside a person's files."""
    return name.startswith(".") or name in ("__MACOSX", "Thumbs.db", "desktop.ini")


def bounded(content: bytes, most_bytes: int) -> bytes:
    """``content``. Raises ImportTrouble where it is too large."""
    if len(content) > most_bytes:
        raise ImportTrouble(Why.TOO_LARGE)
    return content
