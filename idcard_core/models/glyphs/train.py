"""The training program: ``python -m idcard_core.models.glyphs.train --out DIR [--minutes M] [--seed S]``.

Draws every standard character in every installed Chinese face, composes crops without end, trains for the given time
and leaves ``glyphs.onnx`` in DIR, rewritten every few minutes with the averaged weights. One face in six is kept out of
training and told the accuracy on.
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from pathlib import Path

import onnx
from onnxruntime.transformers.float16 import convert_float_to_float16

from idcard_core.models.averaging import follow
from idcard_core.models.locator.export import export
from idcard_core.models.resume import load_weights
from idcard_core.text.glyphs import CROP

from .augment import Batches
from .bank import draw_bank
from .characters import keep_characters, weights_for
from .net import GlyphNet, functional, nn, torch

BATCH = 256
RATE, RATE_ON = 3e-3, 1e-3
"""The highest learning rate (AdamW), of a run from nothing and of one that goes on; reached after a thirtieth of the
time, then falling with the cosine."""
AVERAGE = 0.998
SMOOTHING = 0.02
"""Label smoothing: crops that nobody can read have no sure answer."""
EXPORT_MINUTES = 5.0
HELD_OUT_EVERY = 6


def train(out: Path, minutes: float, seed: int, start: Path | None = None) -> None:
    """Train for ``minutes``, from the exported network ``start`` if given."""
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    bank = draw_bank(out / "bank.npz")
    faces = list(range(len(bank.images)))
    held_out = faces[HELD_OUT_EVERY - 1 :: HELD_OUT_EVERY]
    batches = Batches(bank, [face for face in faces if face not in held_out], BATCH, seed)
    unseen = Batches(bank, held_out, 2048, 1)
    test = unseen.draw()
    net = GlyphNet(len(bank.characters))
    if start is not None:
        load_weights(net, weights_for(net, start, bank.characters), batches.draw()[0])
    net = net.to(memory_format=torch.channels_last)
    average = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.02)
    began = told = exported = time.monotonic()
    running, rate = 9.0, RATE if start is None else RATE_ON
    for step, (crops, answers) in enumerate(batches):
        done = (time.monotonic() - began) / (60 * minutes)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, done / 0.03 + 0.02) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        crops = crops.to(memory_format=torch.channels_last)
        loss = functional.cross_entropy(net(crops), answers, label_smoothing=SMOOTHING)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        follow(average, net, min(AVERAGE, (step + 1) / (step + 10)))
        running = 0.99 * running + 0.01 * float(loss.detach())
        now = time.monotonic()
        if now - told > 60:
            told = now
            with torch.no_grad():
                right = float((average(test[0]).argmax(1) == test[1]).float().mean())
            print(
                f"{(now - began) / 60:6.1f} min, step {step}: loss {running:.3f}, held-out faces {right:.4f}",
                flush=True,
            )
        if now - exported > 60 * EXPORT_MINUTES:
            exported = now
            _save(average, out, bank.characters)
    _save(average, out, bank.characters)


def _save(net: nn.Module, out: Path, characters: str) -> None:
    path = out / "glyphs.onnx"
    export(net, {"pixels": (1, 1, CROP, CROP)}, path)
    model = convert_float_to_float16(onnx.load(path), keep_io_types=True)
    keep_characters(model, characters)
    onnx.save(model, path)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Train the network that tells one character.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the network")
    parser.add_argument("--minutes", type=float, default=90.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="a glyphs.onnx to go on from")
    arguments = parser.parse_args()
    train(arguments.out, arguments.minutes, arguments.seed, arguments.start)


if __name__ == "__main__":
    main()
