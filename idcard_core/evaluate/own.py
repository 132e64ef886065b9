"""This project's reader as a contestant."""

from __future__ import annotations

from idcard_core.evaluate.answers import Answer
from idcard_core.reader import IdCardReader
from idcard_core.settings import Settings


class ThisProject:
    """The whole pipeline, with the side found by itself and the direction told."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._reader = IdCardReader(settings)
        self.name = f"this project ({self._reader.settings.engine.name})"

    def read(self, path: str) -> Answer:
        return Answer.of(self._reader.read(path, side="auto", direction=True))
