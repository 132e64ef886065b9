"""The fitting program of ``judge.risk.lattice``: ``python -m idcard_core.models.risk.lattice [--count N] [--seed S]``.

Draws N pictures by each simulator, and fits how much the lattices found in them add to what the networks say: a
logistic regression of what is shown, with the networks' log odds as they are. The pictures are taken by further
devices, as networks are too sure of those that they learnt from, and those they are tested on are not to be known.
Needs PyTorch, which reading cards does not.
"""

from __future__ import annotations

import argparse

import numpy as np

from idcard_core.judge.risk.lattice import lattice
from idcard_core.judge.risk.network import RiskNetworks
from idcard_core.models.locator.net import Tensor, functional, torch
from idcard_core.specimen.presented import FITTED_DEVICES, Presented

from .score import pictures
from .sources import Source

WEIGHT_DECAY = 1.0
"""Of the square of the weight, against the log likelihood of all pictures."""


def with_lattices(odds: Tensor, found: Tensor, weight: Tensor) -> Tensor:
    """Log odds (n, 3) with what the lattices ``found`` (n,) add by their ``weight``, as in ``odds_of_lattice``."""
    added = weight * found
    return odds + torch.stack([torch.zeros_like(added), added, added], 1)


def fit(odds: Tensor, found: Tensor, classes: Tensor) -> float:
    """The weight at which ``classes`` (n,) are likeliest."""
    weight = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weight], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        unlikely = functional.cross_entropy(with_lattices(odds, found, weight), classes, reduction="sum")
        whole = unlikely + WEIGHT_DECAY * weight**2
        whole.backward()  # type: ignore[no-untyped-call,unused-ignore]
        return whole

    optimiser.step(loss)  # type: ignore[no-untyped-call,unused-ignore]
    return float(weight.detach())


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Fit how much lattices tell beside the risk networks.")
    parser.add_argument("--count", type=int, default=240, help="pictures by each simulator")
    parser.add_argument("--seed", type=int, default=91)
    wishes = parser.parse_args()
    networks, kinds = RiskNetworks(), list(Presented)
    odds, found, classes = [], [], []
    for source in Source:
        for taken in pictures(source, wishes.count, wishes.seed, FITTED_DEVICES):
            seen = networks.look(taken.pixels, taken.quad)
            odds.append(seen.odds - seen.of_lattice)
            found.append(lattice(taken.pixels, taken.quad))
            classes.append(kinds.index(taken.presented))
    said, lattices = (torch.from_numpy(np.array(values, np.float64)) for values in (odds, found))
    print(f"ODDS = {fit(said, lattices, torch.tensor(classes)):.2f}")


if __name__ == "__main__":
    main()
