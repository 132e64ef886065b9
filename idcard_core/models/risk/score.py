"""Measures the risk networks on fresh pictures by one simulator's devices that no network has learnt from.

``python -m idcard_core.models.risk.score --by painted --count 360 --seed 72``
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from idcard_core.card import Image, Points, RiskType
from idcard_core.judge.risk.network import MODELS, RiskNetworks
from idcard_core.judge.risk.verdict import risk_type, risks_of
from idcard_core.specimen.presented import UNSEEN_DEVICES, Presented
from idcard_core.specimen.sensor import from_jpeg

from .data import TURNS, jittered
from .sources import Source, opened

TRUE = {Presented.GENUINE: RiskType.NORMAL, Presented.COPY: RiskType.COPY, Presented.SCREEN: RiskType.SCREEN}
TOGETHER = 60
"""Pictures of one generator: ``recapture`` draws some cards for all of them."""
ELSEWHERE = 0.01
"""Probability left for temporary cards and for edits, which are told by other means."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a picture shows, which way it was taken, and what it was called."""

    presented: Presented
    way: str
    called: RiskType

    @property
    def right(self) -> bool:
        """Whether it was called what it shows."""
        return self.called is TRUE[self.presented]


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """A picture, the card's corners as the locator may find them, what it shows and which way it was taken."""

    pixels: Image
    quad: Points
    presented: Presented
    way: str


def pictures(source: Source, count: int, seed: int, devices: Sequence[int]) -> Iterator[Taken]:
    """Draws ``count`` pictures by ``devices``, half of them of cards; corners are as far off as the locator may be."""
    for number in range(count):
        if number % TOGETHER == 0:
            rng = np.random.default_rng([seed, number // TOGETHER])
            draw = opened(source, rng, devices)
        kind = TURNS[number % len(TURNS)]
        jpeg, quad, way = draw(kind)
        yield Taken(from_jpeg(jpeg), jittered(rng, quad), kind, way)


def outcomes(networks: RiskNetworks, source: Source, count: int, seed: int) -> Iterator[Outcome]:
    """Judges ``count`` fresh pictures by devices that no network has learnt from."""
    for taken in pictures(source, count, seed, UNSEEN_DEVICES):
        seen = networks.look(taken.pixels, taken.quad)
        yield Outcome(taken.presented, taken.way, risk_type(risks_of(seen, ELSEWHERE, ELSEWHERE)))


def _line(name: str, found: list[Outcome]) -> str:
    right = sum(outcome.right for outcome in found)
    others = Counter(outcome.called.value for outcome in found if not outcome.right)
    told = ", ".join(f"{count} {called}" for called, count in sorted(others.items()))
    return f"{name:12} {right:4} of {len(found):4}  {right / max(1, len(found)):6.1%}  {told}"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="How often cards, prints and screens are called what they are.")
    parser.add_argument("--by", choices=[source.value for source in Source], default=Source.RECAPTURE.value)
    parser.add_argument("--count", type=int, default=480)
    parser.add_argument("--seed", type=int, default=71)
    parser.add_argument("--nets", type=Path, default=MODELS, help="folder of the networks; by default the shipped ones")
    wishes = parser.parse_args()
    networks = RiskNetworks(models=wishes.nets)
    found = list(outcomes(networks, Source(wishes.by), wishes.count, wishes.seed))
    print(_line("all", found))
    for kind in Presented:
        print(_line(kind.value, [outcome for outcome in found if outcome.presented is kind]))


if __name__ == "__main__":
    main()
