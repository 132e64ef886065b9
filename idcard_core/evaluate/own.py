"""This project's reader as a contestant."""

from __future__ import annotations

from idcard_core.evaluate.answers import Answer
from idcard_core.reader import IdCardReader


class ThisProject:
    """The whole pipeline, with the side found by itself and the direction told; ``judging``: risk and portrait too."""

    def __init__(self, reader: IdCardReader, judging: bool = False) -> None:
        self._reader, self._judging = reader, judging
        self.name = f"this project ({reader.settings.engine.name})" + (", risk and photo too" if judging else "")

    def read(self, path: str) -> Answer:
        return Answer.of(self._reader.read(path, direction=True, risk=self._judging, photo=self._judging))
