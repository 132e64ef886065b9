"""What the two networks are trained towards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from idcard_core.locate.network import STRIDE, quad_code

from .net import CornerRefiner, Tensor, functional, nn, torch
from .scenes import Crop, Scene

CORE = 0.6
"""The inner part of a card, a side, in which every cell is asked for the quad."""
HEAT_SIGMA_PX = 3.0
"""Width of the spot that a corner map should show."""


@dataclass(frozen=True, slots=True, eq=False)
class SceneBatch:
    """Pixels (n, 3, h, w) uint8; targets (n, 11, rows, columns): centre, inside, the quad's weight and numbers."""

    pixels: Tensor
    targets: Tensor

    @classmethod
    def of(cls, scenes: list[Scene]) -> SceneBatch:
        targets = np.stack([_scene_targets(scene) for scene in scenes])
        return cls(_pixels([scene.image for scene in scenes]), torch.from_numpy(targets))


@dataclass(frozen=True, slots=True, eq=False)
class CropBatch:
    """Pixels (n, 3, h, w) uint8, corners (n, 4, 2), turns (n,), fronts (n,), cards (n,)."""

    pixels: Tensor
    corners: Tensor
    turns: Tensor
    fronts: Tensor
    cards: Tensor

    @classmethod
    def of(cls, crops: list[Crop]) -> CropBatch:
        return cls(
            _pixels([crop.image for crop in crops]),
            torch.from_numpy(np.stack([crop.corners for crop in crops])),
            torch.tensor([crop.turn for crop in crops]),
            torch.tensor([float(crop.is_front) for crop in crops]),
            torch.tensor([float(crop.is_card) for crop in crops]),
        )


def _pixels(images: list[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(np.stack(images).transpose(0, 3, 1, 2)))


def _scene_targets(scene: Scene) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    rows, columns = scene.image.shape[0] // STRIDE, scene.image.shape[1] // STRIDE
    y, x = (np.mgrid[0:rows, 0:columns].astype(np.float32) + 0.5) * STRIDE
    targets = np.zeros((11, rows, columns), np.float32)
    for quad in scene.quads:
        centre = quad.mean(axis=0)
        short = np.linalg.norm(quad - np.roll(quad, 1, axis=0), axis=1).min()
        sigma = np.clip(short / 7, 0.6 * STRIDE, 2.2 * STRIDE)
        spot = np.exp(-((x - centre[0]) ** 2 + (y - centre[1]) ** 2) / (2 * sigma**2))
        nearest = np.unravel_index(np.argmax(spot), spot.shape)
        spot[nearest] = 1.0
        targets[0] = np.maximum(targets[0], spot)
        targets[1][_inside(x, y, quad)] = 1.0
        here = _inside(x, y, centre + (quad - centre) * CORE)
        here[nearest] = True
        diagonal = np.linalg.norm(quad[2] - quad[0]) + np.linalg.norm(quad[3] - quad[1])
        targets[2][here] = 100 / diagonal / here.sum()
        targets[3:, here] = quad_code(quad)[:, None]
        targets[3:5, here] -= np.stack([x, y])[:, here]
    return targets


def _inside(x: NDArray[np.float32], y: NDArray[np.float32], quad: NDArray[np.float32]) -> NDArray[np.bool_]:
    within = np.ones(x.shape, bool)
    for one, two in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        within &= (two[0] - one[0]) * (y - one[1]) - (two[1] - one[1]) * (x - one[0]) > 0
    return within


def finder_loss(finder: nn.Module, batch: SceneBatch) -> dict[str, Tensor]:
    """Focal loss of the centres (CornerNet, arXiv 1808.01244), L1 of the quads' numbers in %, inside."""
    pixels = batch.pixels.float().contiguous(memory_format=torch.channels_last)
    answer = finder(pixels)
    truth = batch.targets
    logits, heat, weight = answer[:, 0], truth[:, 0], truth[:, 2]
    probability = torch.sigmoid(logits)
    is_peak = (heat == 1).float()
    found = functional.logsigmoid(logits) * (1 - probability) ** 2 * is_peak
    spared = functional.logsigmoid(-logits) * probability**2 * (1 - heat) ** 4 * (1 - is_peak)
    count = is_peak.sum().clamp(min=1)
    numbers = ((answer[:, 1:9] - truth[:, 3:]).abs().mean(dim=1) * weight).sum() / count
    return {
        "centre": -(found + spared).sum() / count,
        "quad": 0.5 * numbers,
        "inside": functional.binary_cross_entropy_with_logits(answer[:, 9], truth[:, 1]),
    }


def refiner_loss(refiner: nn.Module, batch: CropBatch) -> dict[str, Tensor]:
    """L1 of the corners in crop pixels, cross-entropy of the corner maps against spots, turn, side, card."""
    assert isinstance(refiner, CornerRefiner)
    pixels = batch.pixels.float().contiguous(memory_format=torch.channels_last)
    heat, judgement = refiner.maps(pixels)
    cards = batch.cards
    count = cards.sum().clamp(min=1)
    chances = torch.log_softmax(heat, dim=2)
    corners = torch.matmul(chances.exp(), refiner.places)
    away = ((refiner.places[None, None] - batch.corners[:, :, None]) ** 2).sum(dim=3)
    spots = torch.softmax(-away / (2 * HEAT_SIGMA_PX**2), dim=2)
    misses = functional.smooth_l1_loss(corners, batch.corners, reduction="none", beta=0.5).mean(dim=(1, 2))
    blame = -(spots * chances).sum(dim=2).mean(dim=1)
    turns = functional.cross_entropy(judgement[:, :4], batch.turns, reduction="none")
    fronts = functional.binary_cross_entropy_with_logits(judgement[:, 4], batch.fronts, reduction="none")
    return {
        "corner": 0.3 * (misses * cards).sum() / count,
        "spot": 0.15 * (blame * cards).sum() / count,
        "turn": 0.5 * (turns * cards).sum() / count,
        "front": 0.3 * (fronts * cards).sum() / count,
        "card": 0.5 * functional.binary_cross_entropy_with_logits(judgement[:, 5], cards),
    }
