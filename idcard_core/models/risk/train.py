"""The training program: ``python -m idcard_core.models.risk.train --data FOLDER --held-out FOLDER --out DIR``.

Both folders come from ``models.risk.data``; the second shows devices that the first does not. Trains the networks for
the given time and leaves ``risk_context.onnx``, ``risk_patches.onnx`` and ``risk_spectrum.onnx`` in DIR, with the
averaged weights. Needs PyTorch, onnx and onnxscript; none of them is needed for reading cards.
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

from idcard_core.judge.risk.views import CONTEXT_SIZE, PATCH, SPECTRUM, spectra_of
from idcard_core.models.averaging import follow
from idcard_core.models.locator.export import export
from idcard_core.models.locator.net import Tensor, functional

from .data import RiskSet
from .net import ContextNet, PatchNet, SpectrumNet, nn, torch

BATCH = 32
PIECES = 2
"""Pieces of each picture in a step; all six when it is judged."""
SPECTRA = 4
"""Pieces whose spectra are averaged in a step."""
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


class _Views:
    """A set, with the spectra of its pieces."""

    def __init__(self, folder: Path) -> None:
        self.of = RiskSet.load(folder)
        kept = folder / "spectra.npy"
        if not kept.is_file() or len(np.load(kept, mmap_mode="r")) != len(self.of.classes):
            middles = _middle(self.of.patches, (PATCH, PATCH))
            np.save(kept, np.stack([spectra_of(np.ascontiguousarray(some)).astype(np.float16) for some in middles]))
        self.spectra = np.load(kept)


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

    def __init__(self, views: _Views, seed: int) -> None:
        self._views = views
        self._rng = np.random.default_rng([seed, 3])

    def draw(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Surroundings, pieces, spectra, classes."""
        rng, views = self._rng, self._views.of
        chosen = rng.integers(0, len(views.classes), BATCH)
        lights = [_Light.drawn(rng) for _ in chosen]
        contexts = np.stack(
            [light.on(self._context(views.contexts[at])) for at, light in zip(chosen, lights, strict=True)]
        )
        numbers = [rng.permutation(views.patches.shape[1]) for _ in chosen]
        pieces = np.stack(
            [
                light.on(self._piece(views.patches[at, piece]))
                for at, some, light in zip(chosen, numbers, lights, strict=True)
                for piece in some[:PIECES]
            ]
        )
        some = np.stack([self._views.spectra[at, few[:SPECTRA]] for at, few in zip(chosen, numbers, strict=True)])
        return _tensor(contexts), _tensor(pieces), self._spectra(some), torch.from_numpy(views.classes[chosen])

    def _context(self, view: np.ndarray) -> np.ndarray:
        width, height = CONTEXT_SIZE
        x = int(self._rng.integers(0, view.shape[1] - width + 1))
        y = int(self._rng.integers(0, view.shape[0] - height + 1))
        return view[y : y + height, x : x + width]

    def _piece(self, view: np.ndarray) -> np.ndarray:
        x, y = self._rng.integers(0, view.shape[0] - PATCH + 1, 2)
        part = np.rot90(view[y : y + PATCH, x : x + PATCH], int(self._rng.integers(4)))
        return part[:, ::-1] if self._rng.random() < 0.5 else part

    def _spectra(self, some: np.ndarray) -> Tensor:
        """Of ``some`` spectra (n, SPECTRA, 4, height, width) the means, half of them as of mirrored pieces."""
        means = torch.from_numpy(some).float().mean(1)
        mirrored = torch.from_numpy(self._rng.random(len(some)) < 0.5)
        # the constant stands in row 48 of 0 to 95
        means[mirrored] = means[mirrored].flip(2).roll(1, 2)
        means[:, 0] += torch.from_numpy(self._rng.normal(0, 0.15, (len(some), 1, 1)).astype(np.float32))
        return means


def _tensor(pictures: np.ndarray) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float()


def _middle(views: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The middles of the last-but-one two axes, as wide and high as networks look at."""
    height, width = views.shape[-3:-1]
    x, y = (width - size[0]) // 2, (height - size[1]) // 2
    return views[..., y : y + size[1], x : x + size[0], :]


def logits(nets: nn.ModuleDict, views: _Views) -> list[Tensor]:
    """Of the surroundings, of the pieces averaged, of the spectra: (n, 3) each."""
    contexts, pieces = _middle(views.of.contexts, CONTEXT_SIZE), _middle(views.of.patches, (PATCH, PATCH))
    spectra = views.spectra.astype(np.float32).mean(axis=1)
    answers: list[list[Tensor]] = [[], [], []]
    with torch.no_grad():
        for start in range(0, len(contexts), 32):
            answers[0].append(nets["context"](_tensor(contexts[start : start + 32])))
            some = pieces[start : start + 32]
            of_pieces = nets["patches"](_tensor(some.reshape(-1, PATCH, PATCH, 3)))
            answers[1].append(of_pieces.reshape(len(some), -1, of_pieces.shape[1]).mean(1))
            answers[2].append(nets["spectrum"](torch.from_numpy(spectra[start : start + 32])))
    return [torch.cat(found) for found in answers]


def told(nets: nn.ModuleDict, views: _Views) -> str:
    """How many of a set are right: by all, by each alone, and class by class."""
    each = logits(nets, views)
    truth = torch.from_numpy(views.of.classes)
    right = [(answer.argmax(1) == truth).float() for answer in (sum(each, torch.zeros(())), *each)]
    classes = " ".join(f"{float(right[0][truth == number].mean()):.3f}" for number in range(3))
    all_three, context, pieces, spectrum = (float(some.mean()) for some in right)
    alone = f"surroundings {context:.3f}, pieces {pieces:.3f}, spectrum {spectrum:.3f}"
    return f"right {all_three:.4f} ({alone}; classes {classes})"


def train(data: Path, held_out: Path, out: Path, minutes: float, seed: int) -> None:
    """Train for ``minutes``, the last weights averaged (Polyak and Juditsky 1992)."""
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    nets = nn.ModuleDict({"context": ContextNet(), "patches": PatchNet(), "spectrum": SpectrumNet()})
    nets = nets.to(memory_format=torch.channels_last)
    average = copy.deepcopy(nets).eval()
    optimiser = torch.optim.AdamW(nets.parameters(), lr=RATE, weight_decay=0.03)
    batches, unseen, step = _Batches(_Views(data), seed), _Views(held_out), 0
    drawing = ThreadPoolExecutor(1)
    waiting = deque(drawing.submit(batches.draw) for _ in range(AHEAD))
    began = said = saved = time.monotonic()
    running = 1.1
    while (done := (time.monotonic() - began) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, done / 0.03 + 0.02) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        contexts, pieces, spectra, classes = waiting.popleft().result()
        waiting.append(drawing.submit(batches.draw))
        with torch.autocast("cpu", torch.bfloat16):  # twice as fast where the processor knows it
            of_pieces = nets["patches"](pieces).reshape(BATCH, PIECES, -1).mean(1)
            each = [nets["context"](contexts), of_pieces, nets["spectrum"](spectra)]
        each = [answer.float() for answer in each]
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
    export(nets["context"], (1, 3, CONTEXT_SIZE[1], CONTEXT_SIZE[0]), out / "risk_context.onnx")
    export(nets["patches"], (6, 3, PATCH, PATCH), out / "risk_patches.onnx")
    export(nets["spectrum"], (1, 4, *SPECTRUM), out / "risk_spectrum.onnx")


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
