"""The training program: ``python -m idcard_core.models.risk.train --data FOLDERS --held-out FOLDERS --out DIR``.

All folders come from ``models.risk.data``; the second ones show devices that the first do not. Trains the networks for
the given time, on a GPU where there is one, and leaves their ``risk_*.onnx`` in DIR, with the averaged
weights. Needs PyTorch, onnx and onnxscript; none of them is needed for reading cards.
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from idcard_core.judge.risk.views import CONTEXT_SIZE, EDGE, EDGES, PIECE, PLACES
from idcard_core.models.averaging import follow
from idcard_core.models.locator.export import export
from idcard_core.models.locator.net import Tensor, functional
from idcard_core.models.resume import exported_weights, load_weights

from .augment import Augment, Views
from .data import RiskSet
from .net import ContextNet, EdgeNet, PieceNet, nn, torch

BATCH, LARGE_BATCH = 32, 96
"""Pictures in a step, on processors and on a GPU."""
RATE = 2e-3
AVERAGE = 0.998
SMOOTHING = 0.02
ALONE = 0.4
"""How much each network's own answer counts beside the one of all."""
EXPORT_MINUTES = 10.0
TOLD = 6
"""Times in a run that it tells how far it is."""
WEIGHTS = "risk.pt"
"""What another run may go on from."""
EXPORTED = {"context": "risk_context.onnx", "edges": "risk_edges.onnx", "pieces": "risk_pieces.onnx"}
MEASURED = 256
"""Pictures that the normalisations of exported networks are measured on."""
SIZES = (CONTEXT_SIZE, EDGE, PIECE)


class _Set:
    """Views of a set on a device; where that is a GPU, the whole set lies in its memory."""

    def __init__(self, views: RiskSet, device: torch.device) -> None:
        self._device = device
        self._stacks = [torch.from_numpy(stack).to(device) for stack in (views.contexts, views.edges, views.pieces)]
        self._classes = torch.from_numpy(views.classes).to(device)
        self.weights = torch.from_numpy(1 / np.bincount(views.folders)[views.folders])
        """Of the pictures, so that each folder is drawn from as often as any other."""

    def __len__(self) -> int:
        return len(self._classes)

    def take(self, chosen: Tensor) -> Views:
        """The ``chosen`` ones, as kept, channels before rows."""
        context, edges, pieces = (stack[chosen].movedim(-1, -3).float() for stack in self._stacks)
        return Views(context, edges, pieces, self._classes[chosen])


def _middles(kept: Views) -> Views:
    """The middles of the views, as wide and high as networks look at."""

    def middle(view: Tensor, height: int, width: int) -> Tensor:
        y, x = (view.shape[-2] - height) // 2, (view.shape[-1] - width) // 2
        return view[..., y : y + height, x : x + width]

    return Views(
        middle(kept.context, CONTEXT_SIZE[1], CONTEXT_SIZE[0]),
        middle(kept.edges, EDGE, EDGE),
        middle(kept.pieces, PIECE, PIECE),
        kept.classes,
    )


def new_networks() -> nn.ModuleDict:
    """The three networks, untrained."""
    return nn.ModuleDict({"context": ContextNet(), "edges": EdgeNet(EDGES), "pieces": PieceNet(len(PLACES))})


def logits(nets: nn.ModuleDict, views: Views) -> list[Tensor]:
    """Of the surroundings, of the rim and of the pieces: (n, 3) each."""
    return [
        nets["context"](views.context),
        nets["edges"](views.edges.flatten(0, 1)),
        nets["pieces"](views.pieces.flatten(0, 1)),
    ]


def product(each: list[Tensor]) -> Tensor:
    """The logits of all networks as one answer: a product of experts."""
    return torch.stack(each).sum(0)


def told(nets: nn.ModuleDict, views: _Set, device: torch.device) -> str:
    """How many of a set are right: by all, by each alone, and class by class."""
    found = []
    with torch.no_grad():
        for start in range(0, len(views), 32):
            part = _middles(views.take(torch.arange(start, min(start + 32, len(views)), device=device)))
            answers = logits(nets, part)
            by = torch.stack([answer.argmax(1) == part.classes for answer in (product(answers), *answers)])
            found.append(torch.cat([by.float(), part.classes[None].float()]))
    right = torch.cat(found, 1)
    classes = " ".join(f"{float(right[0][right[-1] == number].mean()):.3f}" for number in range(3))
    whole, *each = (float(some.mean()) for some in right[:-1])
    names = ("surroundings", "edges", "pieces")
    alone = ", ".join(f"{name} {share:.3f}" for name, share in zip(names, each, strict=True))
    return f"right {whole:.4f} ({alone}; classes {classes})"


def _rate(highest: float, done: float) -> float:
    """Of learning, when the share ``done`` of the time is over: soon at the ``highest``, then ever less (a cosine)."""
    return highest * min(1.0, done / 0.03 + 0.02) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6


def _step(nets: nn.ModuleDict, optimiser: torch.optim.Optimizer, views: Views) -> Tensor:
    """Learn from some pictures; the loss of the networks together."""
    with torch.autocast(views.classes.device.type, torch.bfloat16):  # twice as fast where the processor knows it
        each = [answer.float() for answer in logits(nets, views)]
    parts = [
        functional.cross_entropy(answer, views.classes, label_smoothing=SMOOTHING) for answer in (product(each), *each)
    ]
    loss = parts[0] + ALONE * torch.stack(parts[1:]).sum()
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call,unused-ignore]
    nn.utils.clip_grad_norm_(nets.parameters(), 5.0)
    optimiser.step()
    return parts[0].detach()


def train(
    data: Sequence[Path],
    held_out: Sequence[Path],
    out: Path,
    minutes: float,
    seed: int,
    start: Path | None = None,
    rate: float = RATE,
) -> None:
    """Train for ``minutes`` on all folders of ``data``, as much on each, and leave averaged weights in ``out``.

    It is the last weights that are averaged (Polyak and Juditsky 1992). Tells now and then how many pictures of each
    folder of ``held_out`` are right.

    Goes on from the weights in folder ``start``, if it is given: those that a training left there, or else those of
    exported networks.
    """
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    nets = new_networks()
    known = _Set(RiskSet.load(*data), device)
    if start is not None:
        _go_on(nets, start, _middles(known.take(torch.arange(0, len(known), -(-len(known) // MEASURED)).to(device))))
    nets = nets.to(memory_format=torch.channels_last).to(device)
    average = copy.deepcopy(nets).eval()
    optimiser = torch.optim.AdamW(nets.parameters(), lr=rate, weight_decay=0.03)
    unseen = {folder.name: _Set(RiskSet.load(folder), device) for folder in held_out}
    augment, step, batch = Augment(device, seed), 0, LARGE_BATCH if device.type == "cuda" else BATCH
    draw = torch.Generator().manual_seed(seed)
    began = said = saved = time.monotonic()
    running = torch.tensor(1.1, device=device)

    def tell() -> None:
        for name, views in unseen.items():
            print(f"  {name}: {told(average, views, device)}", flush=True)

    while (spent := time.monotonic() - began) < 60 * minutes:
        for group in optimiser.param_groups:
            group["lr"] = _rate(rate, spent / (60 * minutes))
        chosen = torch.multinomial(known.weights, batch, True, generator=draw).to(device)
        running.lerp_(_step(nets, optimiser, augment(known.take(chosen), SIZES)), 0.01)
        follow(average, nets, min(AVERAGE, (step + 1) / (step + 10)))
        step, now = step + 1, time.monotonic()
        if now - said > 60 * minutes / TOLD:
            said = now
            print(f"{(now - began) / 60:6.1f} min, step {step}: loss {float(running):.3f}", flush=True)
            tell()
        if now - saved > 60 * EXPORT_MINUTES:
            saved = now
            save(average, out)
    print(f"step {step}", flush=True)
    tell()
    save(average, out)


def _go_on(nets: nn.ModuleDict, start: Path, views: Views) -> None:
    """Give the networks, on the processor, the weights in ``start``; ``views`` are what normalisations are measured on,
    where there are exported networks only."""
    if (start / WEIGHTS).is_file():
        nets.load_state_dict(torch.load(start / WEIGHTS, weights_only=True, map_location="cpu"))
        return
    batches = views.context, views.edges.flatten(0, 1), views.pieces.flatten(0, 1)
    for (name, file), batch in zip(EXPORTED.items(), batches, strict=True):
        load_weights(nets[name], exported_weights(start / file), batch.cpu())


def save(nets: nn.ModuleDict, out: Path) -> None:
    """Leave the weights of ``nets`` in ``out``, for another run to go on from, and the networks for the program."""
    still = copy.deepcopy(nets).cpu()
    torch.save(still.state_dict(), out / WEIGHTS)
    shapes = (1, 3, CONTEXT_SIZE[1], CONTEXT_SIZE[0]), (EDGES, 3, EDGE, EDGE), (len(PLACES), 3, PIECE, PIECE)
    for (name, file), shape in zip(EXPORTED.items(), shapes, strict=True):
        export(still[name], shape, out / file)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Train the networks that tell a card from a print or a screen.")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders of views to learn from")
    parser.add_argument("--held-out", type=Path, nargs="+", required=True, help="folders of views by other devices")
    parser.add_argument("--out", type=Path, required=True, help="folder for the networks")
    parser.add_argument("--start", type=Path, help="folder of an earlier run, or of exported networks, to go on from")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=RATE, help="the highest rate of learning")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    where = arguments.data, arguments.held_out, arguments.out
    train(*where, arguments.minutes, arguments.seed, arguments.start, arguments.rate)


if __name__ == "__main__":
    main()
