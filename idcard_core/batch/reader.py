"""The answer to a row: its picture had from wherever it lies, read, and put into the row."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from idcard_core import contract, intake
from idcard_core.batch.manifest import Row
from idcard_core.batch.places import is_remote, read_at_most
from idcard_core.contract import JsonObject
from idcard_core.errors import DocumentError, FormatError, ImageDataError, PayloadTooLarge
from idcard_core.service import Answering, as_contract_error
from idcard_core.settings import Limits


@dataclass(frozen=True, slots=True)
class BatchReader:
    """Answers rows. Relative paths are looked for in ``folder``, here or in a store, then in the working directory."""

    reader: Answering
    limits: Limits
    folder: str | Path
    working: str | Path = ""
    """The working directory, where it is not this process's own."""

    def answer(self, row: Row, log_id: int | None = None) -> JsonObject:
        """The row's object with ``response``, the contract's answer or error object, and ``latency_ms``.

        ``latency_ms`` is the time for decoding, reading and rendering; a download is not part of it.
        """
        log_id = contract.new_log_id() if log_id is None else log_id
        started = time.perf_counter()
        try:
            if row.error is not None:
                raise row.error
            request = contract.parse(row.record)
            is_url = intake.is_url(request.image)
            source = intake.download(request.image.strip(), self.limits) if is_url else self._file(request.image)
            started = time.perf_counter()
            if is_url and isinstance(source, bytes):
                picture = intake.decode(source, self.limits)
            else:
                picture = self._page(source, row.record).open()
            response = contract.render(self.reader.answer(picture, request.options), log_id)
        except Exception as error:
            response = contract.render_error(as_contract_error(error, log_id), log_id)
        return answered(row, response, time.perf_counter() - started)

    def _page(self, source: Path | bytes, record: JsonObject) -> intake.Page:
        """What a file or its bytes hold; of a document the page that ``page`` names, the first without it.

        A row has one answer, so that a document takes a row for each of its pages. Beside a plain picture ``page`` has
        no meaning, and is carried through like any other key.
        """
        pages = intake.open_pages(source, self.limits.for_local_files())
        if pages[0].number is None:
            return pages[0]
        number = record.get("page", 1)
        if isinstance(number, bool) or not isinstance(number, int):
            raise FormatError(FormatError.CONFIGURE)
        if not 1 <= number <= len(pages):
            raise DocumentError(DocumentError.NO_SUCH_PAGE)
        return pages[number - 1]

    def _file(self, image: str) -> Path | bytes:
        """The path of a file, or what a file in a store holds."""
        if not image:
            raise ImageDataError(ImageDataError.EMPTY)
        if is_remote(image):
            return self._fetched(image)
        here = Path(self.working, image)
        # os.path: unlike Path.exists, false for names no file can have.
        if is_remote(folder := str(self.folder)):
            return here if os.path.exists(here) else self._fetched(f"{folder}/{image}")
        beside = Path(folder, image)
        return here if not os.path.exists(beside) and os.path.exists(here) else beside

    def _fetched(self, place: str) -> bytes:
        most = self.limits.for_local_files().file_bytes
        try:
            data = read_at_most(place, most)
        except (OSError, ValueError):
            raise ImageDataError(ImageDataError.DOWNLOAD) from None
        if len(data) > most:
            raise PayloadTooLarge
        return data


def answered(row: Row, response: JsonObject, seconds: float) -> JsonObject:
    """A row with its answer, which took so long; an answer from an earlier run is replaced."""
    return {**row.record, "response": response, "latency_ms": round(seconds * 1000, 3)}
