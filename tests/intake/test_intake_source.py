"""What a person may name as a picture: a path, bytes, an array; and the paths that are refused."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from intake_files import encode, quarters

from idcard_core.errors import ImageDataError, PayloadTooLarge
from idcard_core.intake import is_url, open_picture
from idcard_core.settings import Limits

LIMITS = Limits()
PICTURE = encode(quarters(), "PNG")


def test_paths_bytes_and_arrays(tmp_path: Path) -> None:
    path = tmp_path / "身份证 1.jpg"  # a wrong extension, a space and Chinese
    path.write_bytes(PICTURE)
    expected = np.asarray(quarters())[:, :, ::-1]
    for source in (path, str(path), PICTURE, bytearray(PICTURE), expected):
        picture = open_picture(source, LIMITS)
        assert np.array_equal(picture.pixels, expected)
    assert open_picture(path, LIMITS).info.format == "PNG"


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path in (tmp_path, tmp_path / "missing.jpg", pipe, loop, "/dev/zero", "a\0b", "x" * 5000, "ftp://a/b.jpg"):
        with pytest.raises(ImageDataError) as caught:
            open_picture(path, LIMITS)
        assert caught.value.message == ImageDataError.DOWNLOAD


def test_empty_and_oversize_files(tmp_path: Path) -> None:
    empty, large = tmp_path / "empty.jpg", tmp_path / "large.jpg"
    empty.write_bytes(b"")
    large.write_bytes(PICTURE)
    with pytest.raises(ImageDataError) as caught:
        open_picture(empty, LIMITS)
    assert caught.value.message == ImageDataError.EMPTY
    with pytest.raises(PayloadTooLarge):
        open_picture(large, Limits(file_bytes=len(PICTURE) - 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://a/b", True),
        ("HTTPS://a/b", True),
        (" https://a/b", True),
        ("http:/a", False),
        ("httpx://a", False),
        ("/tmp/http://a", False),
        ("aHR0cDovL2E=", False),
        ("", False),
    ],
)
def test_what_is_taken_for_a_url(text: str, expected: bool) -> None:
    assert is_url(text) is expected
