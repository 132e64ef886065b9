"""The run over a manifest: several rows at once, answers in the order of the rows."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from idcard_core import contract, intake
from idcard_core.batch.manifest import Row
from idcard_core.batch.output import Output
from idcard_core.contract import JsonObject
from idcard_core.errors import DocumentError, FormatError, ImageDataError
from idcard_core.service import Answering, as_contract_error
from idcard_core.settings import Limits


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run has written: ``rows`` in all, ``errors`` of them with an error object for an answer."""

    rows: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True)
class BatchReader:
    """Answers rows. Relative paths are looked for in ``folder``, then in the working directory."""

    reader: Answering
    limits: Limits
    folder: Path

    def answer(self, row: Row) -> JsonObject:
        """The row's object with ``response``, the contract's answer or error object, and ``latency_ms``.

        ``latency_ms`` is the time for decoding, reading and rendering; a download is not part of it.
        """
        log_id = contract.new_log_id()
        started = time.perf_counter()
        try:
            if row.error is not None:
                raise row.error
            request = contract.parse(row.record)
            source = self._source(request.image)
            started = time.perf_counter()
            if isinstance(source, bytes):
                picture = intake.decode(source, self.limits)
            else:
                picture = self._page(source, row.record).open()
            response = contract.render(self.reader.answer(picture, request.options), log_id)
        except Exception as error:
            response = contract.render_error(as_contract_error(error, log_id), log_id)
        latency = round((time.perf_counter() - started) * 1000, 3)
        return {**row.record, "response": response, "latency_ms": latency}

    def _page(self, path: Path, record: JsonObject) -> intake.Page:
        """The picture in a file; of a document the page that ``page`` names, the first without it.

        A row has one answer, so that a document takes a row for each of its pages. Beside a plain picture ``page`` has
        no meaning, and is carried through like any other key.
        """
        pages = intake.open_pages(path, self.limits.for_local_files())
        if pages[0].number is None:
            return pages[0]
        number = record.get("page", 1)
        if isinstance(number, bool) or not isinstance(number, int):
            raise FormatError(FormatError.CONFIGURE)
        if not 1 <= number <= len(pages):
            raise DocumentError(DocumentError.NO_SUCH_PAGE)
        return pages[number - 1]

    def _source(self, image: str) -> bytes | Path:
        """The bytes behind a URL, or the path of a file."""
        if intake.is_url(image):
            return intake.download(image.strip(), self.limits)
        if not image:
            raise ImageDataError(ImageDataError.EMPTY)
        beside = self.folder / image
        # os.path: unlike Path.exists, false for names no file can have.
        return Path(image) if not os.path.exists(beside) and os.path.exists(image) else beside


def run_batch(
    rows: Iterable[Row],
    output: Output,
    answer: Callable[[Row], JsonObject],
    *,
    workers: int = 1,
    stop: threading.Event | None = None,
    on_row: Callable[[], None] = lambda: None,
) -> Tally:
    """Answer ``rows`` and write them to ``output`` in their order, ``workers`` at once.

    When ``stop`` is set, rows being answered are finished and written, and no other is begun. ``on_row`` is called
    after each row written. With one worker a row is written before the next is fetched, so that the two ends of a
    pipe can take turns.
    """
    tally = Tally()
    stop = stop or threading.Event()
    waiting: deque[Future[JsonObject]] = deque()

    def write_first() -> None:
        nonlocal tally
        record = waiting.popleft().result()
        output.write(record)
        failed = isinstance(response := record["response"], dict) and "error_code" in response
        tally = Tally(tally.rows + 1, tally.errors + failed)
        on_row()

    with ThreadPoolExecutor(workers, thread_name_prefix="batch") as pool:
        try:
            for row in rows:
                if stop.is_set():
                    break
                waiting.append(pool.submit(answer, row))
                if len(waiting) >= 2 * workers - 1:
                    write_first()
            while waiting and not (stop.is_set() and waiting[0].cancel()):
                write_first()
        finally:
            for future in waiting:
                future.cancel()
    return tally
