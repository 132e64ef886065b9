"""The wire contract put to work: request parameters in, an answer or an error object out."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Mapping
from typing import Protocol

from idcard_core import contract, intake
from idcard_core.card import ImageStatus, Reading, ReadOptions
from idcard_core.contract import JsonObject
from idcard_core.errors import IdCardError, RecognitionError, WrongCategory
from idcard_core.intake import Picture
from idcard_core.settings import Limits, Settings

_log = logging.getLogger(__name__)
_NO_IDCARD = frozenset({ImageStatus.NON_IDCARD, ImageStatus.OTHER_TYPE_CARD})
_lock = threading.Lock()
_shared: list[Answering] = []


class Answering(Protocol):
    """What answers a picture: an `IdCardReader`, or something that stands before one."""

    def answer(self, picture: Picture, options: ReadOptions, /) -> Reading:
        """Read ``picture`` for what ``options`` asks."""


def recognize(
    params: Mapping[str, object], reader: Answering | None = None, limits: Limits | None = None
) -> JsonObject:
    """Answer the request ``params`` of the wire contract, section 1: the answer, or the error object of section 5.

    ``image`` is a URL when it starts with ``http://`` or ``https://``, else base64. Without ``reader`` one with the
    default settings is made at the first call and kept; without ``limits`` those of the settings apply.
    """
    log_id = contract.new_log_id()
    try:
        request = contract.parse(params)
        return contract.render(read_request(request, reader, limits), log_id)
    except Exception as error:
        return contract.render_error(as_contract_error(error, log_id), log_id)


def read_request(
    request: contract.Request,
    reader: Answering | None = None,
    limits: Limits | None = None,
    downloaded: bytes | None = None,
) -> Reading:
    """Fetch or decode the picture of ``request`` and read it; ``downloaded`` is what was behind its URL, if fetched.

    Raises:
        ImageDataError: the picture cannot be had or is none (462).
        WrongCategory: it is no identity card, asked in a shape that answers this with an error (463).
    """
    bounds = limits or Settings().limits
    if downloaded is not None:
        data = downloaded
    elif intake.is_url(request.image):
        data = intake.download(request.image.strip(), bounds)
    else:
        data = intake.decode_base64(request.image, bounds)
    reading = (reader or shared_reader()).answer(intake.decode(data, bounds), request.options)
    if request.category_is_error and reading.status in _NO_IDCARD:
        raise WrongCategory
    return reading


def as_contract_error(error: Exception, log_id: int) -> IdCardError:
    """``error`` itself when the contract has it, else 464; of an unexpected one only type and place are logged.

    The message of a foreign exception may hold values of the card, so it is neither logged nor passed on.
    """
    if isinstance(error, IdCardError):
        return error
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f"{place[0].filename}:{place[0].lineno}" if place else "unknown place"
    _log.error("recognition failed: %s at %s, log_id %d", type(error).__name__, where, log_id)
    return RecognitionError(RecognitionError.EXCEPTION)


def shared_reader() -> Answering:
    """The process's own reader with the default settings, made once."""
    with _lock:
        if not _shared:
            from idcard_core.reader import IdCardReader

            _shared.append(IdCardReader())
        return _shared[0]
