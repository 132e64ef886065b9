"""One labelled sample of the store read, and held against its label."""

from __future__ import annotations

import time
from pathlib import Path

from idcard_core.contract import new_log_id
from idcard_core.evaluate import samples
from idcard_core.evaluate.answers import Answer
from idcard_core.evaluate.outcomes import judge_picture
from idcard_core.intake import open_pages
from idcard_core.reader import IdCardReader
from idcard_core.service import as_contract_error
from idcard_core.store.pictures import PictureTable
from idcard_core.store.runs.results import PictureResult
from idcard_core.store.samples import Sample


def read_sample(reader: IdCardReader, pictures: PictureTable, sample: Sample) -> PictureResult:
    """What becomes of ``sample``; a picture that nothing can be read of has an error's code, and all fields wrong."""
    label, reading, code = sample.label, None, None
    started = time.perf_counter()
    try:
        content = pictures.read(sample.sha256)
        started = time.perf_counter()
        pages = open_pages(content, reader.settings.limits.for_local_files())
        reading = reader.read(pages[(sample.page or 1) - 1], direction=True, risk=True)
    except Exception as error:  # one bad picture must not end the run
        code = as_contract_error(error, new_log_id()).code
    milliseconds = (time.perf_counter() - started) * 1000
    truth = samples.Sample.of(label, Path())
    outcome = judge_picture(truth, None if reading is None else Answer.of(reading), milliseconds)
    stages = {} if reading is None else {name: ms for name, ms in reading.timings_ms.items() if name != "total"}
    return PictureResult(
        sha256=sample.sha256,
        page=sample.page,
        condition=label.condition,
        slices=sample.slices,
        readable=label.readable,
        cards=outcome.cards,
        milliseconds=milliseconds,
        stages=stages,
        status=None if reading is None else reading.status,
        status_label=label.status,
        risk=None if reading is None or not reading.cards else reading.risk,
        risk_label=label.risk,
        direction=None if reading is None else reading.direction,
        direction_label=truth.direction,
        error_code=code,
    )
