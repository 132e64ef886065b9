"""Scores of a trained locator on unseen pictures: ``python -m idcard_core.models.locator.score [--models DIR]``.

Each set is composed anew: as in training; with type faces kept out of training; on grounds kept out of training;
without any card. Pictures are about 744 pixels long, so that corners are measured finer than in training.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from idcard_core.card import Points
from idcard_core.locate.network import MODELS, CardLocator
from idcard_core.locate.placement import Placement
from idcard_core.locate.pose import overlap

from .backgrounds import background_bank
from .cards import drawn_cards
from .others import other_cards
from .scenes import Stock, finder_scene

SIDE = 768
FOUND_OVERLAP = 0.7
"""Truth and answer share at least this part of the smaller one."""


@dataclass(slots=True)
class Scores:
    """Counts over pictures; ``update`` with truth and answer of each, then ``summary``."""

    pictures: int = 0
    cards: int = 0
    extra: int = 0
    errors: list[float] = field(default_factory=list)
    turned_right: int = 0
    side_right: int = 0

    def update(self, quads: Points, fronts: list[bool], found: list[Placement]) -> None:
        """``quads`` (n, 4, 2) and ``fronts`` are the truth of one picture."""
        self.pictures += 1
        self.cards += len(quads)
        left = list(found)
        for quad, front in zip(quads, fronts, strict=True):
            best = max(left, key=lambda placement: overlap(placement.quad, quad), default=None)
            if best is None or overlap(best.quad, quad) < FOUND_OVERLAP:
                continue
            left = [placement for placement in left if placement is not best]
            errors = [corner_error(np.roll(best.quad, turn, axis=0), quad) for turn in range(4)]
            self.errors.append(min(errors))
            self.turned_right += int(np.argmin(errors)) == 0
            self.side_right += (best.front_probability >= 0.5) == front
        self.extra += len(left)

    def summary(self) -> str:
        """One line of a Markdown table: recall, corner errors, turn, side, false alarms."""
        count = max(1, len(self.errors))
        median, high = np.percentile(self.errors, [50, 95]) if self.errors else (0.0, 0.0)
        return (
            f"{self.pictures} | {len(self.errors) / max(1, self.cards):.1%} | {median:.2f} % | {high:.2f} % | "
            f"{self.turned_right / count:.1%} | {self.side_right / count:.1%} | "
            f"{self.extra / max(1, self.pictures):.3f}"
        )


def corner_error(found: Points, quad: Points) -> float:
    """The mean distance of the corners, in % of the card's longer diagonal."""
    diagonal = max(np.linalg.norm(quad[2] - quad[0]), np.linalg.norm(quad[3] - quad[1]))
    return float(100 * np.linalg.norm(found - quad, axis=1).mean() / diagonal)


def score(locator: CardLocator, stock: Stock, seed: int, count: int, cards: int | None = None) -> Scores:
    """Scores over ``count`` fresh pictures from ``stock``, with ``cards`` cards each if given."""
    rng = np.random.default_rng([seed, 3])
    scores = Scores()
    for _ in range(count):
        scene = finder_scene(rng, stock, cards, SIDE)
        left, top, right, bottom = scene.content
        picture = np.ascontiguousarray(scene.image[top:bottom, left:right])
        scores.update(scene.quads - np.array([left, top], np.float32), scene.fronts.tolist(), locator.find(picture))
    return scores


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Score the networks that find cards.")
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=77)
    arguments = parser.parse_args()
    rng = np.random.default_rng([arguments.seed, 4])
    cards, brush = drawn_cards(arguments.seed, 60), drawn_cards(arguments.seed, 60, held_out=True)
    others = other_cards(rng, 40)
    grounds, unseen = background_bank(rng, 60), background_bank(rng, 60, held_out=True)
    locator = CardLocator(models=arguments.models)
    print("set | pictures | recall | median error | p95 | turn | side | extra a picture")
    print("--- | --- | --- | --- | --- | --- | --- | ---")
    for name, stock, number in (
        ("as trained", Stock(cards, others, grounds), None),
        ("unseen faces", Stock(brush, others, grounds), None),
        ("unseen grounds", Stock(cards, others, unseen), None),
        ("both unseen", Stock(brush, others, unseen), None),
        ("no card", Stock(cards, others, grounds), 0),
        ("no card, unseen grounds", Stock(cards, others, unseen), 0),
    ):
        print(name, "|", score(locator, stock, arguments.seed, arguments.count, number).summary(), flush=True)


if __name__ == "__main__":
    main()
