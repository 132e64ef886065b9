"""How often an interface's edges are found, in screenshots and in other pictures:
``python -m idcard_core.models.risk.frame --count 240 --seed 95``.
"""

from __future__ import annotations

import argparse
from collections import Counter

from idcard_core.judge.risk.frame import framed
from idcard_core.judge.risk.views import shrunk
from idcard_core.specimen.presented import UNSEEN_DEVICES

from .score import pictures
from .sources import Source

SCREENSHOT = "screenshot"
"""The way in which all simulators take those."""


def found_by(source: Source, count: int, seed: int) -> tuple[Counter[str], Counter[str]]:
    """Of ``count`` fresh pictures, how many there are and how many are framed: screenshots, and others by their kind.

    By the devices that no network learns from.
    """
    there: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for taken in pictures(source, count, seed, UNSEEN_DEVICES):
        kind = SCREENSHOT if taken.way == SCREENSHOT else taken.presented.value
        there[kind] += 1
        small, quad = shrunk(taken.pixels, taken.quad)  # as the program looks
        found[kind] += framed(small, [quad])
    return there, found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Count the pictures in which an interface's edges are found.")
    parser.add_argument("--count", type=int, default=240, help="pictures by each simulator")
    parser.add_argument("--seed", type=int, default=95)
    wishes = parser.parse_args()
    for source in Source:
        there, found = found_by(source, wishes.count, wishes.seed)
        print(f"{source.value:10}", ", ".join(f"{kind} {found[kind]} of {there[kind]}" for kind in sorted(there)))


if __name__ == "__main__":
    main()
