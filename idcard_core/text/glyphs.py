"""A second reader for single ideographs: a small network that sees one character, without the line around it.

A recogniser of lines has learned what usually stands beside what, and takes a rare character for the common one of its
shape (琀 for 玲). This one has seen every character of 通用规范汉字表 equally often. Its weights and how they were
trained: ``idcard_core/models/glyphs.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from idcard_core.networks import CompiledNetwork, available_cores, load_openvino
from idcard_core.text.characters import further_characters, standard_characters

CROP = 48
"""Pixels a side of the crop that the network looks at."""
CROP_EMS = 1.35
"""How much of the card the crop shows, in ems."""
LEAST_CONTRAST = 0.02
"""Of grey values from 0 to 1: a crop without contrast stays without."""
MODEL = Path(__file__).parent.parent / "models" / "glyphs.onnx"


@lru_cache(maxsize=1)
def known_glyphs() -> str:
    """The characters that are told apart, in the order of the network's answers."""
    return "".join(sorted(standard_characters() | further_characters() | {"〇"}))


@lru_cache(maxsize=1)
def glyph_index() -> Mapping[str, int]:
    """The place of each character in the network's answers."""
    return {character: number for number, character in enumerate(known_glyphs())}


class GlyphReader:
    """Reads single ideographs. Thread-safe; the network loads at the first use."""

    def __init__(self, threads: int = 0, model: Path = MODEL) -> None:
        self._threads = threads or available_cores()
        self._model = model
        self._loading = Lock()

    @cached_property
    def _network(self) -> CompiledNetwork:
        return CompiledNetwork(load_openvino().Core().read_model(str(self._model)), self._threads)

    def read(self, crops: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Log probabilities (n, characters) of grey ``crops``, each (CROP, CROP) with a character in its middle."""
        if not crops:
            return np.zeros((0, len(known_glyphs())), np.float32)
        with self._loading:
            network = self._network
        logits = np.concatenate(network.run_each([normalised(crop)[None, None] for crop in crops]))
        logits = logits - logits.max(axis=1, keepdims=True)
        return np.asarray(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)), np.float32)


def normalised(crop: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The crop with mean 0 and deviation about 1."""
    grey = crop.astype(np.float32) / 255
    return np.asarray((grey - grey.mean()) / (grey.std(ddof=1) + LEAST_CONTRAST), np.float32)
