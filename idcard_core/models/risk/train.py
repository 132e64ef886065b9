"""The training program: ``python -m idcard_core.models.risk.train --data FOLDER --held-out FOLDER --out DIR``.

Both folders come from ``models.risk.data``; the second shows devices that the first does not. Trains the networks for
the given time and leaves ``risk_context.onnx``, ``risk_edges.onnx`` and ``risk_pieces.onnx`` in DIR, with the averaged
weights. Needs PyTorch, onnx and onnxscript; none of them is needed for reading cards.
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from idcard_core.judge.risk.views import CONTEXT_SIZE, EDGE, EDGES, PIECE, PLACES
from idcard_core.models.averaging import follow
from idcard_core.models.locator.export import export
from idcard_core.models.locator.net import Tensor, functional

from .data import RiskSet
from .net import ContextNet, EdgeNet, PieceNet, nn, torch

BATCH = 32
FEW = 3
"""Places on the rim, and pieces, of each picture in a step; all of them when it is judged."""
RATE = 2e-3
AVERAGE = 0.995
SMOOTHING = 0.02
ALONE = 0.4
"""How much each network's own answer counts beside the one of both."""
GREY_SHARE = 0.12
"""Of pictures in a batch: a grey picture of a card is no copy, and one of a copy is."""
AHEAD = 4
"""Batches drawn beforehand, while the networks learn."""
EXPORT_MINUTES = 5.0
WEIGHTS = "risk.pt"
"""What another run may go on from."""


@dataclass(frozen=True)
class _Light:
    """Other light, and other colours, on all views of a picture: what it shows is the same."""

    tones: np.ndarray
    """(256, 1, 3) bytes: what each byte of blue, green and red becomes."""
    colour: float
    """How much colour is left; some pictures are made grey."""

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> _Light:
        spread = 0.25 if rng.random() < 0.3 else 0.1
        gains = np.exp(rng.normal(0, 0.05, 3) + rng.normal(0, spread)).astype(np.float32)
        colour = 0.0 if rng.random() < GREY_SHARE else float(rng.uniform(0.6, 1.3))
        ramp = np.arange(256, dtype=np.float32)[:, None, None] / 255
        tones = 255 * (ramp * gains).clip(0, 1) ** np.float32(np.exp(rng.normal(0, 0.15)))
        return cls(tones.astype(np.uint8), colour)

    def on(self, view: np.ndarray) -> np.ndarray:
        """``view`` (height, width, 3) bytes, in this light."""
        lit = cv2.LUT(np.ascontiguousarray(view), self.tones)
        grey = cv2.cvtColor(cv2.cvtColor(lit, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        return np.asarray(cv2.addWeighted(lit, self.colour, grey, 1 - self.colour, 0))


class _Batches:
    """Random views of a set, shifted, turned and in other light."""

    def __init__(self, views: RiskSet, seed: int) -> None:
        self._views = views
        self._rng = np.random.default_rng([seed, 3])

    def draw(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Surroundings, places on the rim, pieces, classes; of the second and third ``FEW`` for each picture."""
        chosen = self._rng.integers(0, len(self._views.classes), BATCH)
        contexts, edges, pieces = [], [], []
        for at in chosen:
            light = _Light.drawn(self._rng)
            contexts.append(light.on(self._part(self._views.contexts[at], CONTEXT_SIZE)))
            for number in self._rng.permutation(EDGES)[:FEW]:
                edges.append(light.on(self._part(self._views.edges[at, number], (EDGE, EDGE))))
            for number in self._rng.permutation(len(PLACES))[:FEW]:
                pieces.append(light.on(self._turned(self._part(self._views.pieces[at, number], (PIECE, PIECE)))))
        classes = torch.from_numpy(self._views.classes[chosen])
        return _tensor(np.stack(contexts)), _tensor(np.stack(edges)), _tensor(np.stack(pieces)), classes

    def _part(self, view: np.ndarray, size: tuple[int, int]) -> np.ndarray:
        x = int(self._rng.integers(0, view.shape[1] - size[0] + 1))
        y = int(self._rng.integers(0, view.shape[0] - size[1] + 1))
        return view[y : y + size[1], x : x + size[0]]

    def _turned(self, piece: np.ndarray) -> np.ndarray:
        turned = np.rot90(piece, int(self._rng.integers(4)))
        return turned[:, ::-1] if self._rng.random() < 0.5 else turned


def _tensor(pictures: np.ndarray) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float()


def _middle(views: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The middles of the last-but-one two axes, as wide and high as networks look at."""
    height, width = views.shape[-3:-1]
    x, y = (width - size[0]) // 2, (height - size[1]) // 2
    return views[..., y : y + size[1], x : x + size[0], :]


def logits(nets: nn.ModuleDict, views: RiskSet) -> list[Tensor]:
    """Of the surroundings, of the rim and of the pieces averaged: (n, 3) each."""
    seen = (
        ("context", _middle(views.contexts[:, None], CONTEXT_SIZE)),
        ("edges", _middle(views.edges, (EDGE, EDGE))),
        ("pieces", _middle(views.pieces, (PIECE, PIECE))),
    )
    answers: list[Tensor] = []
    with torch.no_grad():
        for name, stacks in seen:
            found = []
            for start in range(0, len(stacks), 32):
                some = stacks[start : start + 32]
                each = nets[name](_tensor(some.reshape(-1, *some.shape[2:])))
                found.append(each.reshape(len(some), -1, each.shape[1]).mean(1))
            answers.append(torch.cat(found))
    return answers


def told(nets: nn.ModuleDict, views: RiskSet) -> str:
    """How many of a set are right: by all, by each alone, and class by class."""
    each = logits(nets, views)
    truth = torch.from_numpy(views.classes)
    right = [(answer.argmax(1) == truth).float() for answer in (sum(each, torch.zeros(())), *each)]
    classes = " ".join(f"{float(right[0][truth == number].mean()):.3f}" for number in range(3))
    all_three, context, edges, pieces = (float(some.mean()) for some in right)
    alone = f"surroundings {context:.3f}, edges {edges:.3f}, pieces {pieces:.3f}"
    return f"right {all_three:.4f} ({alone}; classes {classes})"


def train(folders: tuple[Path, Path], out: Path, minutes: float, seed: int, start: Path | None = None) -> None:
    """Train for ``minutes`` on the first of ``folders``, the last weights averaged (Polyak and Juditsky 1992).

    Goes on from the weights in folder ``start``, if it is given.
    """
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    nets = nn.ModuleDict({"context": ContextNet(), "edges": EdgeNet(), "pieces": PieceNet()})
    if start is not None:
        nets.load_state_dict(torch.load(start / WEIGHTS, weights_only=True))
    nets = nets.to(memory_format=torch.channels_last)
    average = copy.deepcopy(nets).eval()
    optimiser = torch.optim.AdamW(nets.parameters(), lr=RATE, weight_decay=0.03)
    batches, unseen, step = _Batches(RiskSet.load(folders[0]), seed), RiskSet.load(folders[1]), 0
    drawing = ThreadPoolExecutor(1)
    waiting = deque(drawing.submit(batches.draw) for _ in range(AHEAD))
    began = said = saved = time.monotonic()
    running = 1.1
    while (done := (time.monotonic() - began) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, done / 0.03 + 0.02) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        *views, classes = waiting.popleft().result()
        waiting.append(drawing.submit(batches.draw))
        with torch.autocast("cpu", torch.bfloat16):  # twice as fast where the processor knows it
            each = [nets[name](some) for name, some in zip(("context", "edges", "pieces"), views, strict=True)]
        each = [answer.float().reshape(BATCH, -1, answer.shape[1]).mean(1) for answer in each]
        parts = [
            functional.cross_entropy(answer, classes, label_smoothing=SMOOTHING)
            for answer in (sum(each, torch.zeros(())), *each)
        ]
        loss = parts[0] + ALONE * torch.stack(parts[1:]).sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call,unused-ignore]
        nn.utils.clip_grad_norm_(nets.parameters(), 5.0)
        optimiser.step()
        follow(average, nets, min(AVERAGE, (step + 1) / (step + 10)))
        running = 0.99 * running + 0.01 * float(parts[0].detach())
        step, now = step + 1, time.monotonic()
        if now - said > 120:
            said = now
            line = f"{(now - began) / 60:6.1f} min, step {step}: loss {running:.3f}; unseen: {told(average, unseen)}"
            print(line, flush=True)
        if now - saved > 60 * EXPORT_MINUTES:
            saved = now
            _save(average, out)
    drawing.shutdown(cancel_futures=True)
    _save(average, out)


def _save(nets: nn.ModuleDict, out: Path) -> None:
    torch.save(nets.state_dict(), out / WEIGHTS)
    export(nets["context"], (1, 3, CONTEXT_SIZE[1], CONTEXT_SIZE[0]), out / "risk_context.onnx")
    export(nets["edges"], (EDGES, 3, EDGE, EDGE), out / "risk_edges.onnx")
    export(nets["pieces"], (len(PLACES), 3, PIECE, PIECE), out / "risk_pieces.onnx")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Train the networks that tell a card from a print or a screen.")
    parser.add_argument("--data", type=Path, required=True, help="folder of views to learn from")
    parser.add_argument("--held-out", type=Path, required=True, help="folder of views by other devices")
    parser.add_argument("--out", type=Path, required=True, help="folder for the networks")
    parser.add_argument("--start", type=Path, help="folder of an earlier run to go on from")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    folders = arguments.data, arguments.held_out
    train(folders, arguments.out, arguments.minutes, arguments.seed, arguments.start)


if __name__ == "__main__":
    main()
