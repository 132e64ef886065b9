"""Networks between others: ``python -m idcard_core.models.risk.mean --nets A/began A --shares 0.5 0.5 --out DIR``.

The weights are the mean of those of networks that were trained on from one another: between one that knew a single
simulator best and one that had learnt from all lies one that is right more often on pictures by none of them (Wortsman
et al. 2022, robust fine-tuning of zero-shot models). Needs what ``train`` needs.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from idcard_core.models.locator.net import Tensor

from .net import torch
from .train import WEIGHTS, new_networks, save

Weights = Mapping[str, Tensor]


def mean(nets: Sequence[Weights], shares: Sequence[float]) -> dict[str, Tensor]:
    """Each weight's mean by ``shares``, which sum to 1; what is no number with a fraction is the last one's.

    Raises ValueError where there are not as many shares as networks, or they do not sum to 1.
    """
    if len(nets) != len(shares) or abs(sum(shares) - 1) > 1e-6:
        raise ValueError("as many shares as networks are wanted, and they must sum to 1")
    return {
        name: torch.stack([net[name] * share for net, share in zip(nets, shares, strict=True)]).sum(0)
        if last.is_floating_point()
        else last
        for name, last in nets[-1].items()
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Take the mean of the weights of several trainings.")
    parser.add_argument(
        "--nets",
        type=Path,
        nargs="+",
        required=True,
        help="folders that training left, or their folder of what it began with",
    )
    parser.add_argument("--shares", type=float, nargs="+", required=True, help="how much each of them counts")
    parser.add_argument("--out", type=Path, required=True, help="folder for the networks")
    arguments = parser.parse_args()
    found = [torch.load(folder / WEIGHTS, weights_only=True, map_location="cpu") for folder in arguments.nets]
    networks = new_networks()
    networks.load_state_dict(mean(found, arguments.shares))
    arguments.out.mkdir(parents=True, exist_ok=True)
    save(networks.eval(), arguments.out)


if __name__ == "__main__":
    main()
