"""Where the weights that come installed are, and which characters the recogniser knows.

The wheel of ``rapidocr`` carries both networks of PP-OCRv6 small as ONNX files. They are found on disk,
without importing ``rapidocr``, and nothing is ever downloaded.
"""

from __future__ import annotations

import logging
import mmap
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from idcard_core.errors import NotReady

_log = logging.getLogger(__name__)

DETECTION_NAME = "PP-OCRv6_small_det"
"""PaddleOCR's name for the installed detector."""
RECOGNITION_NAME = "PP-OCRv6_small_rec"
"""PaddleOCR's name for the installed recogniser."""

BLANK = ""
"""What CTC's blank, class 0, stands for in an alphabet."""

# Field numbers of ONNX's ModelProto and StringStringEntryProto, and protobuf's wire types
# (onnx.proto3; https://protobuf.dev/programming-guides/encoding).
_METADATA_PROPS, _KEY, _VALUE = 14, 1, 2
_VARINT, _LENGTH_DELIMITED = 0, 2


def detection_weights() -> Path:
    """The installed detector's ONNX file. Raises NotReady when it is missing."""
    return _installed("PP-OCRv6_det_small.onnx")


def recognition_weights() -> Path:
    """The installed recogniser's ONNX file. Raises NotReady when it is missing."""
    return _installed("PP-OCRv6_rec_small.onnx")


@lru_cache(maxsize=1)
def alphabet() -> tuple[str, ...]:
    """What each class of the installed recogniser stands for: the blank, 18 708 characters, the space.

    The order is that of PaddleOCR's ``CTCLabelDecode``. Raises NotReady when the weights or their characters
    are missing.
    """
    return alphabet_of(recognition_weights())


def alphabet_of(weights: Path) -> tuple[str, ...]:
    """The classes of a recogniser whose ONNX metadata ``character`` holds its characters, one a line."""
    try:
        characters = _metadata(weights)["character"]
    except (KeyError, ValueError, IndexError) as error:
        _log.error("%s holds no list of characters; reinstall the package rapidocr", weights.name)
        raise NotReady from error
    return (BLANK, *characters.splitlines(), " ")


def _installed(name: str) -> Path:
    spec = find_spec("rapidocr")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "models" / name
        if path.is_file():
            return path
    _log.error("the weights %s are not installed; they come with the package rapidocr 3.10", name)
    raise NotReady


def _metadata(model: Path) -> dict[str, str]:
    """The metadata of an ONNX file, read past the graph: 2 ms, where loading a session takes 600."""
    entries: dict[str, str] = {}
    with model.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for number, start, end in _fields(data, 0, len(data)):
            if number == _METADATA_PROPS:
                entry = {part: data[a:b].decode("utf-8") for part, a, b in _fields(data, start, end)}
                entries[entry[_KEY]] = entry[_VALUE]
    return entries


def _fields(data: mmap.mmap, position: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Number, first and last-plus-one byte of each length-delimited field of a protobuf message."""
    while position < end:
        tag, position = _varint(data, position)
        number, wire_type = tag >> 3, tag & 7
        if wire_type == _VARINT:
            _, position = _varint(data, position)
        elif wire_type == _LENGTH_DELIMITED:
            length, position = _varint(data, position)
            yield number, position, position + length
            position += length
        else:
            raise ValueError("not an ONNX file")


def _varint(data: mmap.mmap, position: int) -> tuple[int, int]:
    """A base-128 number, least significant group first, and the position after it."""
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
        shift += 7
