"""Base64 text: what is taken, and the exact message for each way it can be wrong."""

from __future__ import annotations

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.errors import ImageDataError, PayloadTooLarge
from idcard_core.intake import decode_base64
from idcard_core.settings import Limits

LIMITS = Limits()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("aGVsbG8=", b"hello", id="one pad"),
        pytest.param("aGVsbA==", b"hell", id="two pads"),
        pytest.param("aGVsbG8h", b"hello!", id="no pad"),
        pytest.param("+/+/", b"\xfb\xff\xbf", id="plus and slash"),
        pytest.param("aGVs\r\nbG8=\r\n", b"hello", id="CRLF wraps"),
        pytest.param("aGVs\nbG8=\n", b"hello", id="LF wraps"),
    ],
)
def test_good_text(text: str, expected: bytes) -> None:
    assert decode_base64(text, LIMITS) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", ImageDataError.EMPTY, id="empty"),
        pytest.param("\r\n\n", ImageDataError.EMPTY, id="only line breaks"),
        pytest.param("data:image/jpg;base64,aGVsbG8=", ImageDataError.DATA_HEADER, id="data prefix"),
        pytest.param("data:image/jpg:base64", ImageDataError.DATA_HEADER, id="data prefix as in the message"),
        pytest.param("DATA:image/png;base64,aGVsbG8=", ImageDataError.DATA_HEADER, id="data prefix in capitals"),
        pytest.param(" data:,", ImageDataError.DATA_HEADER, id="data prefix after a space"),
        pytest.param("aGVsbG8", ImageDataError.PADDING, id="pad missing"),
        pytest.param("aGVsb", ImageDataError.PADDING, id="one character over"),
        pytest.param("a===", ImageDataError.PADDING, id="three pads"),
        pytest.param("aGVsbG8====", ImageDataError.PADDING, id="pads to no multiple of four"),
        pytest.param("====", ImageDataError.PADDING, id="only pads"),
        pytest.param("aGVs=bG8", ImageDataError.ILLEGAL_CHARACTERS, id="pad in the middle"),
        pytest.param("aGVs bG8=", ImageDataError.ILLEGAL_CHARACTERS, id="space: a plus that was not url-encoded"),
        pytest.param("aGVs\tbG8=", ImageDataError.ILLEGAL_CHARACTERS, id="tab"),
        pytest.param("-_-_aGVsbG8h", ImageDataError.ILLEGAL_CHARACTERS, id="url-safe alphabet"),
        pytest.param("aGVs%2BbG8=", ImageDataError.ILLEGAL_CHARACTERS, id="url-encoded twice"),
        pytest.param("aGVsbG8\0", ImageDataError.ILLEGAL_CHARACTERS, id="NUL"),
        pytest.param("aGVsbG好", ImageDataError.ILLEGAL_CHARACTERS, id="one character beyond ASCII"),
        pytest.param("aGVsbG8=\udcff", ImageDataError.ILLEGAL_CHARACTERS, id="lone surrogate"),
        pytest.param("not/base.64", ImageDataError.ILLEGAL_CHARACTERS, id="a file name"),
        pytest.param("这不是图片", ImageDataError.NOT_BASE64, id="Chinese text"),
        pytest.param("{}[]<>!?", ImageDataError.NOT_BASE64, id="punctuation"),
        pytest.param(
            (b"\x89PNG\r\n\x1a\n" + bytes(50)).decode("latin-1"), ImageDataError.NOT_BASE64, id="a raw picture"
        ),
    ],
)
def test_each_mistake_has_its_message(text: str, message: str) -> None:
    with pytest.raises(ImageDataError) as caught:
        decode_base64(text, LIMITS)
    assert caught.value.message == message


def test_the_limit_is_on_the_text() -> None:
    limits = Limits(base64_bytes=8)
    assert decode_base64("aGVsbG8=", limits) == b"hello"
    with pytest.raises(PayloadTooLarge):
        decode_base64("aGVsbG8h\n", limits)


@given(st.binary(min_size=1))
def test_round_trip(data: bytes) -> None:
    assert decode_base64(base64.b64encode(data).decode(), LIMITS) == data
    assert decode_base64(base64.encodebytes(data).decode(), LIMITS) == data


@given(st.text())
def test_any_text_is_bytes_or_an_error(text: str) -> None:
    with suppress(ImageDataError):
        assert isinstance(decode_base64(text, LIMITS), bytes)
