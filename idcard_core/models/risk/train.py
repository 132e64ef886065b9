"""The training program: ``python -m idcard_core.models.risk.train --data FOLDER --held-out FOLDER --out DIR``.

Both folders come from ``models.risk.data``; the second shows devices that the first does not. Trains both networks for
the given time and leaves ``risk_context.onnx`` and ``risk_patches.onnx`` in DIR, with the averaged weights. Needs
PyTorch, onnx and onnxscript; none of them is needed for reading cards.
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from pathlib import Path

import numpy as np

from idcard_core.judge.risk.views import CONTEXT_SIZE, PATCH
from idcard_core.models.averaging import follow
from idcard_core.models.locator.export import export
from idcard_core.models.locator.net import Tensor, functional

from .data import RiskSet
from .net import ContextNet, PatchNet, nn, torch

BATCH = 32
PIECES = 3
"""Pieces of each picture in a step; all six when it is judged."""
RATE = 2e-3
AVERAGE = 0.995
SMOOTHING = 0.02
ALONE = 0.4
"""How much each network's own answer counts beside the one of both."""
EXPORT_MINUTES = 5.0


class _Batches:
    """Random views of a set, shifted, turned and in other light."""

    def __init__(self, views: RiskSet, seed: int) -> None:
        self._views = views
        self._rng = np.random.default_rng([seed, 3])

    def draw(self) -> tuple[Tensor, Tensor, Tensor]:
        rng, views = self._rng, self._views
        chosen = rng.integers(0, len(views.classes), BATCH)
        contexts = np.stack([self._context(views.contexts[at]) for at in chosen])
        pieces = np.stack(
            [
                self._piece(views.patches[at, piece])
                for at in chosen
                for piece in rng.choice(views.patches.shape[1], PIECES, replace=False)
            ]
        )
        return _tensor(contexts), _tensor(pieces), torch.from_numpy(views.classes[chosen])

    def _context(self, view: np.ndarray) -> np.ndarray:
        width, height = CONTEXT_SIZE
        x = int(self._rng.integers(0, view.shape[1] - width + 1))
        y = int(self._rng.integers(0, view.shape[0] - height + 1))
        return self._lit(view[y : y + height, x : x + width])

    def _piece(self, view: np.ndarray) -> np.ndarray:
        x, y = self._rng.integers(0, view.shape[0] - PATCH + 1, 2)
        part = np.rot90(view[y : y + PATCH, x : x + PATCH], int(self._rng.integers(4)))
        part = part[:, ::-1] if self._rng.random() < 0.5 else part
        return self._lit(part)

    def _lit(self, view: np.ndarray) -> np.ndarray:
        gains = np.exp(self._rng.normal(0, 0.05, 3) + self._rng.normal(0, 0.12))
        return (view * gains.astype(np.float32)).clip(0, 255)


def _tensor(pictures: np.ndarray) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(pictures.transpose(0, 3, 1, 2), np.float32))


def _middle(views: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The middles of the last-but-one two axes, as wide and high as networks look at."""
    height, width = views.shape[-3:-1]
    x, y = (width - size[0]) // 2, (height - size[1]) // 2
    return views[..., y : y + size[1], x : x + size[0], :]


def logits(nets: nn.ModuleDict, views: RiskSet) -> tuple[Tensor, Tensor]:
    """Of the surroundings, and of the pieces averaged: (n, 3) each."""
    contexts, pieces = _middle(views.contexts, CONTEXT_SIZE), _middle(views.patches, (PATCH, PATCH))
    of_context, of_pieces = [], []
    with torch.no_grad():
        for start in range(0, len(contexts), 32):
            of_context.append(nets["context"](_tensor(contexts[start : start + 32])))
            some = pieces[start : start + 32]
            answers = nets["patches"](_tensor(some.reshape(-1, PATCH, PATCH, 3)))
            of_pieces.append(answers.reshape(len(some), -1, answers.shape[1]).mean(1))
    return torch.cat(of_context), torch.cat(of_pieces)


def told(nets: nn.ModuleDict, views: RiskSet) -> str:
    """How many of a set are right: by both, by each alone, and class by class."""
    of_context, of_pieces = logits(nets, views)
    truth = torch.from_numpy(views.classes)
    right = [(answer.argmax(1) == truth).float() for answer in (of_context + of_pieces, of_context, of_pieces)]
    each = " ".join(f"{float(right[0][truth == number].mean()):.3f}" for number in range(3))
    both, context, pieces = (float(some.mean()) for some in right)
    return f"right {both:.4f} (surroundings {context:.4f}, pieces {pieces:.4f}; classes {each})"


def train(data: Path, held_out: Path, out: Path, minutes: float, seed: int) -> None:
    """Train for ``minutes``; data that is drawn meanwhile is taken in now and then."""
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    nets = nn.ModuleDict({"context": ContextNet(), "patches": PatchNet()}).to(memory_format=torch.channels_last)
    average = copy.deepcopy(nets).eval()
    optimiser = torch.optim.AdamW(nets.parameters(), lr=RATE, weight_decay=0.03)
    batches, step = _Batches(RiskSet.load(data), seed), 0
    began = said = saved = time.monotonic()
    running = 1.1
    while (done := (time.monotonic() - began) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, done / 0.03 + 0.02) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        contexts, pieces, classes = batches.draw()
        of_context = nets["context"](contexts)
        of_pieces = nets["patches"](pieces).reshape(BATCH, PIECES, -1).mean(1)
        parts = [
            functional.cross_entropy(answer, classes, label_smoothing=SMOOTHING)
            for answer in (of_context + of_pieces, of_context, of_pieces)
        ]
        loss = parts[0] + ALONE * (parts[1] + parts[2])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(nets.parameters(), 5.0)
        optimiser.step()
        follow(average, nets, min(AVERAGE, (step + 1) / (step + 10)))
        running = 0.99 * running + 0.01 * float(parts[0].detach())
        step, now = step + 1, time.monotonic()
        if now - said > 120:
            said = now
            unseen = told(average, RiskSet.load(held_out))
            print(
                f"{(now - began) / 60:6.1f} min, step {step}: loss {running:.3f}; unseen devices: {unseen}", flush=True
            )
        if now - saved > 60 * EXPORT_MINUTES:
            saved = now
            _save(average, out)
            batches = _Batches(RiskSet.load(data), seed + step)
    _save(average, out)


def _save(nets: nn.ModuleDict, out: Path) -> None:
    export(nets["context"], (1, 3, CONTEXT_SIZE[1], CONTEXT_SIZE[0]), out / "risk_context.onnx")
    export(nets["patches"], (6, 3, PATCH, PATCH), out / "risk_patches.onnx")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Train the networks that tell a card from a print or a screen.")
    parser.add_argument("--data", type=Path, required=True, help="folder of views to learn from")
    parser.add_argument("--held-out", type=Path, required=True, help="folder of views by other devices")
    parser.add_argument("--out", type=Path, required=True, help="folder for the networks")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    train(arguments.data, arguments.held_out, arguments.out, arguments.minutes, arguments.seed)


if __name__ == "__main__":
    main()
