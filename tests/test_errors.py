"""Codes and messages, word for word as the wire contract lists them (section 5), and the tree they hang in."""

from __future__ import annotations

import pytest

from idcard_core import errors
from idcard_core.errors import DocumentError, FormatError, IdCardError, ImageDataError, RecognitionError, ResultError

FORMAT = "Invalid Input - json format error - "
IMAGE = "Invalid Input - image data error - "
DOCUMENT = "Invalid Input - document error - "

TABLE: list[tuple[IdCardError, int, str, str]] = [
    (errors.UnknownPath(), 400, "client", "Invalid URL"),
    (errors.Forbidden(), 403, "client", "Forbidden"),
    (errors.RequestTimeout(), 408, "client", "Request Timeout"),
    (errors.PayloadTooLarge(), 413, "client", "Payload Too Large"),
    (errors.ServiceBusy(), 450, "server", "Service Busy - request queue is full"),
    (errors.JsonError(), 460, "client", "Invalid Input - failed to parse json"),
    (FormatError(FormatError.MISSING_IMAGE), 461, "client", FORMAT + "missing key: image"),
    (FormatError.missing("image"), 461, "client", FORMAT + "missing key: image"),
    (FormatError.missing("id_card_side"), 461, "client", FORMAT + "missing key: id_card_side"),
    (FormatError(FormatError.IMAGE_FORMAT), 461, "client", FORMAT + "image format error"),
    (FormatError(FormatError.INPUTS_MISSING), 461, "client", FORMAT + "key inputs missing"),
    (FormatError(FormatError.INPUTS_NO_ARRAY), 461, "client", FORMAT + "value of inputs must be a array"),
    (FormatError(FormatError.DATA_VALUE), 461, "client", FORMAT + "image DataValue format error"),
    (FormatError(FormatError.CONFIGURE), 461, "client", FORMAT + "configure format error"),
    (FormatError.configure_string("xxx"), 461, "client", FORMAT + "failed to parse config str: xxx"),
    (FormatError(), 461, "client", FORMAT + "json parse runtime exception"),
    (ImageDataError(ImageDataError.DOWNLOAD), 462, "client", IMAGE + "download image from url error"),
    (
        ImageDataError(ImageDataError.EMPTY),
        462,
        "client",
        IMAGE + "input image empty, please check your image binary data",
    ),
    (ImageDataError(), 462, "client", IMAGE + "image decode failed, please check your image binary data"),
    (
        ImageDataError(ImageDataError.NOT_BASE64),
        462,
        "client",
        IMAGE + "base64decode error, please check your image binary data",
    ),
    (
        ImageDataError(ImageDataError.DATA_HEADER),
        462,
        "client",
        IMAGE + "please remove additional header: data:image/jpg:base64",
    ),
    (
        ImageDataError(ImageDataError.PADDING),
        462,
        "client",
        IMAGE + "base64decode error: incorrect padding in base64 string",
    ),
    (
        ImageDataError(ImageDataError.ILLEGAL_CHARACTERS),
        462,
        "client",
        IMAGE + "base64decode error: base64decode error: incorrect base64 format data",
    ),
    (ImageDataError(ImageDataError.GIF_OPEN), 462, "client", IMAGE + "open gif image failed"),
    (ImageDataError(ImageDataError.GIF_READ), 462, "client", IMAGE + "read gif image failed"),
    (ImageDataError(ImageDataError.GIF_DECODE), 462, "client", IMAGE + "decode gif image failed"),
    (ImageDataError(ImageDataError.GIF_NO_COLOR_MAP), 462, "client", IMAGE + "gif data error, no color map got"),
    (ImageDataError(ImageDataError.GIF_EMPTY), 462, "client", IMAGE + "gif image empty"),
    (ImageDataError(ImageDataError.SIZE), 462, "client", IMAGE + "image size out of range"),
    (DocumentError(), 462, "client", DOCUMENT + "the PDF is broken"),
    (
        DocumentError(DocumentError.ENCRYPTED),
        462,
        "client",
        DOCUMENT + "the PDF is encrypted, please save it without its password",
    ),
    (DocumentError(DocumentError.SLOW), 462, "client", DOCUMENT + "the page takes too long to draw"),
    (
        DocumentError(DocumentError.TOO_MANY_PAGES),
        462,
        "client",
        DOCUMENT + "more pages than limits.document_pages allows",
    ),
    (
        DocumentError.too_many_pages(50),
        462,
        "client",
        DOCUMENT + "more pages than limits.document_pages allows: 50",
    ),
    (DocumentError(DocumentError.NO_SUCH_PAGE), 462, "client", DOCUMENT + "no such page"),
    (errors.WrongCategory(), 463, "client", "Invalid Input - wrong category"),
    (RecognitionError(), 464, "server", "Invalid Result - algorithm run failed"),
    (RecognitionError(RecognitionError.EXCEPTION), 464, "server", "Invalid Result - algorithm runtime exception"),
    (ResultError(), 469, "server", "Invalid Service - parse result error"),
    (ResultError(ResultError.NO_CODE), 469, "server", "Invalid Service - error code missing"),
    (errors.RecognitionTimeout(), 502, "server", "Bad Gateway"),
    (errors.NotReady(), 503, "server", "Service Unavailable"),
]


@pytest.mark.parametrize(("error", "code", "side", "message"), TABLE, ids=lambda value: str(value)[:80])
def test_code_side_and_message(error: IdCardError, code: int, side: str, message: str) -> None:
    assert (error.code, error.side, error.message) == (code, side, message)
    assert str(error) == message
    message.encode("latin-1")  # it also travels in a header


def test_every_error_and_every_message_is_in_the_table() -> None:
    def leaves(kind: type[IdCardError]) -> set[type[IdCardError]]:
        below = kind.__subclasses__()
        return set().union(*map(leaves, below)) if below else {kind}

    assert leaves(IdCardError) == {type(error) for error, *_ in TABLE}
    messages = {error.message for error, *_ in TABLE}
    for kind in leaves(IdCardError):
        constants = {value for name, value in vars(kind).items() if name.isupper() and not name.startswith("_")}
        assert constants <= messages
        assert kind.default_message in messages


def test_the_side_follows_the_tree() -> None:
    for error, _, side, _ in TABLE:
        assert isinstance(error, errors.ClientError if side == "client" else errors.ServerError)
