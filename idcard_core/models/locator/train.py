"""The training program: ``python -m idcard_core.models.locator.train --out DIR [--minutes M] [--seed S]``.

Draws its own cards, composes pictures without end, trains both networks side by side for the given time and leaves
``locator.onnx`` and ``corners.onnx`` in DIR, rewritten every few minutes with the averaged weights. Needs PyTorch, onnx
and onnxscript; none of them is needed for reading cards.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from idcard_core.locate.network import CROP_SIZE, INPUT_SIZE
from idcard_core.models.averaging import follow
from idcard_core.models.resume import exported_weights, load_weights

from .backgrounds import background_bank
from .cards import CardBank, drawn_cards, joined, schematic_cards
from .export import export
from .losses import CropBatch, SceneBatch, finder_loss, refiner_loss
from .net import CardFinder, CornerRefiner, nn, torch
from .others import other_cards
from .scenes import Stock, crop_scene, finder_scene

SCENES, CROPS = 20, 14
"""Pictures of each kind in one step."""
SIDES = (128, 160, 192)
"""Pixels a side of the whole pictures, by turns: small ones are cheap and teach most of it."""
RATE, RATE_ON = 1.6e-3, 8e-4
"""The highest learning rate (AdamW), of a run from nothing and of one that goes on; reached after a fiftieth of the
time, then falling with the cosine."""
FINDER, REFINER = "locator.onnx", "corners.onnx"
AVERAGE = 0.99
"""How much of the averaged weights stays at each step."""
EXPORT_MINUTES = 5.0


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much is drawn before training starts."""

    drawn: int = 900
    schematic: int = 350
    others: int = 480
    grounds: int = 420


def make_stock(seed: int, amounts: Amounts, kept: Path) -> Stock:
    """Everything that training pictures are composed of; taken from the file ``kept`` if there, else left in it."""
    if kept.is_file():
        arrays = np.load(kept)
        cards = CardBank(arrays["cards"], arrays["fronts"])
        return Stock(cards, arrays["others"], arrays["grounds"])
    rng = np.random.default_rng([seed, 1])
    cards = joined(drawn_cards(seed, amounts.drawn), schematic_cards(rng, amounts.schematic))
    stock = Stock(cards, other_cards(rng, amounts.others), background_bank(rng, amounts.grounds))
    np.savez(kept, cards=cards.images, fronts=cards.fronts, others=stock.others, grounds=stock.grounds)
    return stock


class _Pictures(torch.utils.data.IterableDataset[tuple[SceneBatch, CropBatch]]):
    """Batches without end; each worker draws its own."""

    def __init__(self, stock: Stock, seed: int) -> None:
        self._stock = stock
        self._seed = seed

    def __iter__(self) -> Iterator[tuple[SceneBatch, CropBatch]]:
        info = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self._seed, 2, info.id if info else 0])
        for side in itertools.cycle(SIDES):
            scenes = [finder_scene(rng, self._stock, side=side) for _ in range(SCENES)]
            crops = [crop_scene(rng, self._stock) for _ in range(CROPS)]
            yield SceneBatch.of(scenes), CropBatch.of(crops)


def train(out: Path, minutes: float, seed: int, workers: int = 1, start: Path | None = None) -> None:
    """Train both networks for ``minutes``, on from those in the folder ``start`` if given."""
    torch.manual_seed(seed)
    cv2.setNumThreads(0)  # its threads would not survive into the workers
    out.mkdir(parents=True, exist_ok=True)
    nets = nn.ModuleDict({"finder": CardFinder(), "refiner": CornerRefiner()})
    if start is not None:
        _go_on(nets, start, seed, out)
    nets = nets.to(memory_format=torch.channels_last)
    average = copy.deepcopy(nets).eval()
    loader = torch.utils.data.DataLoader(
        _Pictures(_stock(seed, out), seed),
        batch_size=None,
        num_workers=workers,
        prefetch_factor=4,
    )
    optimiser = torch.optim.AdamW(nets.parameters(), lr=RATE, weight_decay=0.01)
    began = told = exported = time.monotonic()
    running: dict[str, float] = {}
    rate = RATE if start is None else RATE_ON
    for step, (scenes, crops) in enumerate(loader):
        done = (time.monotonic() - began) / (60 * minutes)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, done / 0.02 + 0.02) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        parts = finder_loss(nets["finder"], scenes) | refiner_loss(nets["refiner"], crops)
        optimiser.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()
        nn.utils.clip_grad_norm_(nets.parameters(), 5.0)
        optimiser.step()
        follow(average, nets, min(AVERAGE, (step + 1) / (step + 10)))
        for name, part in parts.items():
            running[name] = 0.97 * running.get(name, float(part)) + 0.03 * float(part)
        now = time.monotonic()
        if now - told > 20:
            told = now
            losses = " ".join(f"{name} {value:.4f}" for name, value in running.items())
            print(f"{(now - began) / 60:6.1f} min, step {step}: {losses}", flush=True)
        if now - exported > 60 * EXPORT_MINUTES:
            exported = now
            _save(average, out)
    _save(average, out)


def _stock(seed: int, out: Path) -> Stock:
    return make_stock(seed, Amounts(), out / f"stock-{seed}.npz")


def _go_on(nets: nn.ModuleDict, start: Path, seed: int, out: Path) -> None:
    """Give the networks the weights of the exported ones in the folder ``start``."""
    scenes, crops = next(iter(_Pictures(_stock(seed, out), seed)))
    for name, file, pixels in (("finder", FINDER, scenes.pixels), ("refiner", REFINER, crops.pixels)):
        load_weights(nets[name], exported_weights(start / file), pixels)


def _save(nets: nn.Module, out: Path) -> None:
    export(nets["finder"], {"pixels": (1, 3, INPUT_SIZE, INPUT_SIZE)}, out / FINDER)
    export(nets["refiner"], {"pixels": (1, 3, CROP_SIZE[1], CROP_SIZE[0])}, out / REFINER)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Train the networks that find cards.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the networks")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1, help="processes that compose pictures")
    parser.add_argument("--start", type=Path, help="folder with two networks to go on from")
    arguments = parser.parse_args()
    train(arguments.out, arguments.minutes, arguments.seed, arguments.workers, arguments.start)


if __name__ == "__main__":
    main()
