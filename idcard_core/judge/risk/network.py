"""The risk networks: of the card and its surroundings, of small pieces of it, and of the waves in those pieces.

Their weights and how they were trained: ``idcard_core/models/risk.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image, Points
from idcard_core.judge.risk.views import CONTEXT_SIZE, PATCH, PLACES, context_of, patches_of, spectra_of
from idcard_core.networks import CompiledNetwork, available_cores, load_openvino, read_with_preprocessing

MODELS = Path(__file__).parent.parent.parent / "models"
_NO_MEAN, _BYTES = (0.0,) * 3, (1 / 255,) * 3
"""The networks take bytes as they are."""


@dataclass(frozen=True, slots=True, eq=False)
class Presented:
    """Log odds (3,) that the card itself, a print or a screen was before the camera, up to a constant."""

    of_context: NDArray[np.float32]
    """As the card and what is around it look."""
    of_pieces: NDArray[np.float32]
    """As its pieces look, on average."""
    of_spectrum: NDArray[np.float32]
    """As the waves in its pieces tell: the grids of screens and prints."""

    @property
    def probabilities(self) -> tuple[float, float, float]:
        """Of the card itself, a print and a screen: they sum to 1."""
        odds = (self.of_context + self.of_pieces + self.of_spectrum).astype(np.float64)
        shares = np.exp(odds - odds.max())
        card, copy, screen = (shares / shares.sum()).tolist()
        return card, copy, screen


class RiskNetworks:
    """Tells cards from prints and screens. Thread-safe; the networks load at the first use."""

    def __init__(self, threads: int = 0, models: Path = MODELS) -> None:
        self._threads = threads or available_cores()
        self._models = models
        self._loading = Lock()

    @cached_property
    def _context(self) -> CompiledNetwork:
        width, height = CONTEXT_SIZE
        return self._compile("risk_context.onnx", (1, height, width, 3))

    @cached_property
    def _pieces(self) -> CompiledNetwork:
        return self._compile("risk_patches.onnx", (len(PLACES), PATCH, PATCH, 3))

    @cached_property
    def _spectrum(self) -> CompiledNetwork:
        model = load_openvino().Core().read_model(str(self._models / "risk_spectrum.onnx"))
        return CompiledNetwork(model, self._threads)

    def _compile(self, name: str, shape: tuple[int, ...]) -> CompiledNetwork:
        return CompiledNetwork(read_with_preprocessing(self._models / name, _NO_MEAN, _BYTES, shape), self._threads)

    def look(self, picture: Image, quad: Points) -> Presented:
        """What the card ``quad`` (corners from its own top left, pixels) of ``picture`` (BGR) looks like."""
        with self._loading:
            context, pieces, spectrum = self._context, self._pieces, self._spectrum
        patches = patches_of(picture, quad)
        answers = (
            context.run(context_of(picture, quad)[None])[0],
            pieces.run(patches).mean(axis=0),
            spectrum.run(spectra_of(patches).mean(axis=0, keepdims=True))[0],
        )
        of_context, of_pieces, of_spectrum = (np.asarray(answer, np.float32) for answer in answers)
        return Presented(of_context, of_pieces, of_spectrum)
