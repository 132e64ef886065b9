"""A reader that recognises nothing, for tests of the machinery around it; run as a script it is ``idcard`` with it."""

from __future__ import annotations

import sys
import time
from types import ModuleType

import numpy as np

from idcard_core.card import (
    Card,
    Field,
    FieldName,
    ImageStatus,
    NumberType,
    Portrait,
    Reading,
    ReadOptions,
    Side,
)
from idcard_core.intake import Page, Picture
from idcard_core.settings import Settings


class StubReader:
    """Answers every picture with a front whose address tells the picture's width; takes ``seconds`` for it."""

    def __init__(self, settings: Settings | None = None, *, seconds: float = 0.0) -> None:
        self.seconds = seconds

    def load(self) -> None:
        """There is nothing to load."""

    def read(self, page: Page, side: str, *, direction: bool, risk: bool, photo: bool, detail: bool) -> Reading:
        options = ReadOptions(None if side == "auto" else Side(side), direction, risk, photo, detail)
        return self.answer(page.open(), options)

    def answer(self, picture: Picture, options: ReadOptions) -> Reading:
        width = picture.info.width
        if width == 66:
            raise ZeroDivisionError("a value that no log may show")
        time.sleep(self.seconds)
        quad = np.array([[0, 0], [20, 0], [20, 20], [0, 20]], np.float32)
        # Noise makes a long line, of which a kill can leave a part.
        portrait = Portrait(np.random.default_rng(width).integers(0, 256, (300, 240, 3), np.uint8), quad)
        fields = (Field(FieldName.ADDRESS, f"某路{width}号", 0.95, quad),)
        card = Card(Side.FRONT, quad, 0, 0.0, fields, number_type=NumberType.IMPOSSIBLE, portrait=portrait)
        return Reading(picture.info, options, (card,), ImageStatus.NORMAL, timings_ms={"total": 1.0})


def stub_module(seconds: float = 0.0) -> ModuleType:
    """A stand-in for the module of the real reader."""
    module = ModuleType("idcard_core.reader")
    module.IdCardReader = lambda settings=None: StubReader(settings, seconds=seconds)  # type: ignore[attr-defined]
    return module


if __name__ in ("__main__", "__mp_main__"):  # in the workers, too
    sys.modules["idcard_core.reader"] = stub_module(seconds=0.01)

if __name__ == "__main__":
    from idcard_core.cli import main

    main()
