"""The picture that a label speaks of: found by the name it is written with, and looked into."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePosixPath

from idcard_core.errors import IdCardError, ImageDataError, PayloadTooLarge
from idcard_core.evaluate.importing.rows import LabelRow
from idcard_core.evaluate.importing.trouble import ImportTrouble, Why
from idcard_core.intake import open_pages
from idcard_core.settings import Limits
from idcard_core.store.pictures import NewPicture


class PictureNames:
    """Finds a picture among the names of a source."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = set(names)
        self._by_last: dict[str, list[str]] = {}
        for name in names:
            self._by_last.setdefault(_last(name), []).append(name)

    def find(self, row: LabelRow) -> str:
        """Beside the label file, below the source's top, or wherever the only file of that name is: tools write the
        path that they have seen. Raises ImportTrouble."""
        written = PurePosixPath(row.label.image.replace("\\", "/"))
        beside = PurePosixPath(row.file).parent
        if ".." in written.parts:
            raise ImportTrouble(Why.UNSAFE_NAME, written.name)
        for place in (beside / written, written, beside.parent / written):
            if (name := place.as_posix()) in self._names:
                return name
        others = self._by_last.get(_last(written.as_posix()), [])
        if len(others) != 1:
            raise ImportTrouble(Why.AMBIGUOUS if others else Why.NOT_THERE, written.name)
        return others[0]


def picture_of(content: bytes, row: LabelRow, limits: Limits) -> NewPicture:
    """The picture to keep, decoded once to see that it can be read. Raises ImportTrouble."""
    name = _last(row.label.image)
    if row.label.sha256 is not None and row.label.sha256.lower() != hashlib.sha256(content).hexdigest():
        raise ImportTrouble(Why.OTHER_PICTURE, name)
    try:
        pages = open_pages(content, limits)
        if (row.page or 1) > len(pages) or (row.page is None and len(pages) > 1):
            raise ImportTrouble(Why.PAGE, name)
        info = pages[(row.page or 1) - 1].open().info
    except PayloadTooLarge:
        raise ImportTrouble(Why.TOO_LARGE, name) from None
    except IdCardError as error:
        is_size = error.message == ImageDataError.SIZE
        raise ImportTrouble(Why.PICTURE_SIZE if is_size else Why.NO_PICTURE, name) from None
    return NewPicture(content, info.format, info.width, info.height)


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.casefold()
