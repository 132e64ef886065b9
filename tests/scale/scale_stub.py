"""Readers for tests of what goes on around them on a cluster."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))
sys.path.insert(0, str(Path(__file__).parents[1] / "batch"))
from serve_stub import Stub

from idcard_core.card import Reading, ReadOptions
from idcard_core.intake import Picture
from idcard_core.settings import Settings


def make_slow(settings: Settings) -> Stub:
    """One that takes a while for each picture."""
    return Stub(settings, seconds=0.1)


class Heavy(Stub):
    """Its answers have a megabyte, and each leaves a byte in the file ``count`` of the pictures' folder."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        assert settings.store.pictures_folder is not None
        self._count = settings.store.pictures_folder / "count"

    def answer(self, picture: Picture, options: ReadOptions) -> Reading:
        with self._count.open("ab") as file:
            file.write(b".")
        reading = super().answer(picture, options)
        card = reading.cards[0]
        assert card.portrait is not None
        noise = np.random.default_rng(0).integers(0, 256, (900, 800, 3), np.uint8)
        return replace(reading, cards=(replace(card, portrait=replace(card.portrait, image=noise)),))
