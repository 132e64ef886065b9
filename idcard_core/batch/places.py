"""Where files lie: on this machine, or in a store of objects, ``s3://bucket/key``."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

_S3 = "s3://"
_BUFFER_BYTES = 2**20


def is_remote(place: str) -> bool:
    """Whether ``place`` is in a store of objects."""
    return place[: len(_S3)].lower() == _S3


def beside(place: str, name: str) -> str:
    """``name`` in the folder of the remote file ``place``."""
    return f"{place.rpartition('/')[0]}/{name}"


def key_of(place: str) -> str:
    """Bucket and key of a remote place, as a file system of pyarrow takes them."""
    return place[len(_S3) :]


@cache
def store() -> FileSystem:
    """The store of objects: account, region and, for a store that is not Amazon's, endpoint are those of the usual
    ``AWS_*`` variables or the machine's own role."""
    from pyarrow.fs import S3FileSystem

    options: dict[str, Any] = {}
    if endpoint := os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL"):
        options["endpoint_override"] = endpoint
    if region := os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"):
        options["region"] = region
    return S3FileSystem(**options)


def open_read(place: str) -> BinaryIO:
    """Open a file. Raises OSError."""
    if is_remote(place):
        return io.BufferedReader(store().open_input_stream(key_of(place)), _BUFFER_BYTES)
    return open(place, "rb")


def exists(place: str) -> bool:
    """Whether there is a file. Raises OSError where that cannot be told."""
    if not is_remote(place):
        return os.path.exists(place)
    from pyarrow.fs import FileType

    return bool(store().get_file_info(key_of(place)).type == FileType.File)


def read_at_most(place: str, most_bytes: int) -> bytes:
    """The first bytes of a remote file, one more than ``most_bytes`` if there are. Raises OSError."""
    with store().open_input_stream(key_of(place)) as stream:
        return bytes(stream.read(most_bytes + 1))


def remote_files(folder: str) -> Iterator[str]:
    """The files below a remote folder, by name. Raises OSError."""
    from pyarrow.fs import FileSelector, FileType

    selector = FileSelector(key_of(folder).rstrip("/"), recursive=True, allow_not_found=True)
    found = store().get_file_info(selector)
    yield from sorted(_S3 + info.path for info in found if info.type == FileType.File)
