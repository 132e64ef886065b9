"""Rows for pictures that nobody has listed: those in a folder, or those that match a pattern."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator

from idcard_core import intake
from idcard_core.batch.manifest import Row
from idcard_core.batch.places import is_remote, remote_files
from idcard_core.contract import JsonObject
from idcard_core.errors import IdCardError
from idcard_core.settings import Limits

PICTURES = frozenset([".jpg", ".jpeg", ".jpe", ".png", ".bmp", ".gif", ".webp", ".heic", ".heif", ".avif"])
DOCUMENTS = frozenset([".pdf", ".tif", ".tiff"])
"""Files of one page or more, each page a row of its own."""
_MAGIC = frozenset("*?[")


def is_picture(name: str) -> bool:
    """Whether a file is taken for a picture or a document, by its name."""
    return os.path.splitext(name)[1].lower() in PICTURES | DOCUMENTS


def is_pattern(place: str) -> bool:
    """Whether ``place`` is a pattern, ``scans/**/*.jpg``, and no file of that very name."""
    return not is_remote(place) and not _MAGIC.isdisjoint(place) and not os.path.exists(place)


def in_folder(folder: str) -> Iterator[str]:
    """The pictures in a folder and the folders in it, always in the same order; hidden ones are left out."""
    if is_remote(folder):
        yield from filter(is_picture, remote_files(folder))
        return
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if is_picture(name) and not name.startswith("."):
                yield os.path.join(parent, name)


def matching(pattern: str) -> list[str]:
    """The files that match a pattern, sorted; ``**`` stands for any folders."""
    return sorted(path for path in glob.glob(pattern, recursive=True) if os.path.isfile(path))


def picture_rows(paths: Iterable[str], asked: JsonObject, limits: Limits) -> Iterator[Row]:
    """A row for each picture and each page of a document, with the parameters ``asked``."""
    number = 0
    for path in paths:
        for page in _pages(path, limits):
            number += 1
            yield Row(number, {"image": path, **asked, **page})


def _pages(path: str, limits: Limits) -> list[JsonObject]:
    """What tells the pages of a file apart; one that cannot be opened has one row, for its error."""
    if os.path.splitext(path)[1].lower() not in DOCUMENTS or is_remote(path):
        return [{}]
    try:
        pages = intake.open_pages(path, limits.for_local_files())
    except IdCardError:
        return [{}]
    return [{} if page.number is None else {"page": page.number} for page in pages]
