"""A reader for tests of the server around it: the width of a picture tells what becomes of it."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "batch"))
from batch_stub import StubReader

from idcard_core.card import ImageStatus, Reading, ReadOptions
from idcard_core.intake import Picture
from idcard_core.serve import worker
from idcard_core.settings import Settings

PLAIN, RAISES = 30, 66
SLOW, ENDLESS, DEADLY, HUNGRY, NO_CARD, GARBAGE, CODELESS, LONG = 41, 42, 43, 44, 45, 46, 47, 48
SLOW_SECONDS = 1.0
LONG_SECONDS = 3.0


class Stub(StubReader):
    """Sleeps, never ends, kills its own process, asks for a lot of memory, or finds no card."""

    def answer(self, picture: Picture, options: ReadOptions) -> Reading:
        width = picture.info.width
        if width == SLOW:
            time.sleep(SLOW_SECONDS)
        if width == LONG:
            time.sleep(LONG_SECONDS)
        if width == ENDLESS:
            while True:
                pass
        if width == DEADLY:
            os.kill(os.getpid(), signal.SIGKILL)
        if width == HUNGRY:
            bytearray(2**40)
        if width == NO_CARD:
            return Reading(picture.info, options, (), ImageStatus.NON_IDCARD, timings_ms={"total": 1.0})
        return super().answer(picture, options)


def make_stub(settings: Settings) -> Stub:
    """For ``WorkerSpec``; runs in the worker's process, whose answers it bends where no reader could."""
    whole = worker.answer

    def bent(job: worker.Job, reader: StubReader, settings: Settings) -> object:
        answer = whole(job, reader, settings)
        if f"某路{GARBAGE}号" in str(answer):
            return ["no answer"]
        return {"error_msg": "odd"} if f"某路{CODELESS}号" in str(answer) else answer

    worker.answer = bent  # type: ignore[assignment]
    return Stub(settings)


def make_late_stub(settings: Settings) -> Stub:
    """One that takes a while to load."""
    time.sleep(SLOW_SECONDS)
    return make_stub(settings)
