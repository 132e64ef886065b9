"""Whatever a person names as a picture -> ``Picture``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from idcard_core.errors import ImageDataError, PayloadTooLarge
from idcard_core.intake.decode import decode, from_array
from idcard_core.intake.picture import Picture
from idcard_core.intake.url import download
from idcard_core.settings import Limits


def open_picture(source: str | Path | bytes | NDArray[Any], limits: Limits) -> Picture:
    """Open a path, an http(s) URL, the bytes of a file, or an array of pixels.

    A string that begins with ``http://`` or ``https://`` is a URL, any other is a path; base64 text is not looked for
    here (see ``decode_base64``). A path that is missing, unreadable, or no regular file is an ``ImageDataError``
    (download).
    """
    if isinstance(source, np.ndarray):
        return from_array(source, limits)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return decode(bytes(source), limits)
    if isinstance(source, str) and is_url(source):
        return decode(download(source, limits), limits)
    return decode(_read_file(Path(source), limits), limits)


def is_url(text: str) -> bool:
    """Whether ``text`` is to be taken for an http(s) URL."""
    return text.lstrip()[:8].lower().startswith(("http://", "https://"))


def _read_file(path: Path, limits: Limits) -> bytes:
    try:
        if not path.is_file():  # a pipe or a device could go on for ever
            raise ImageDataError(ImageDataError.DOWNLOAD)
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except (OSError, ValueError):  # ValueError: a NUL in the path
        raise ImageDataError(ImageDataError.DOWNLOAD) from None
    if len(data) > limits.file_bytes:
        raise PayloadTooLarge
    return data
