"""The fitting program: ``python -m idcard_core.judge.portrait.fit --out FILE [--count N] [--seed S]``.

Draws fronts of two kinds, fronts with a covered portrait and backs under all conditions, finds where the portrait
should be, and fits a logistic regression of "head and shoulders are seen" on the features (``visible``). Every seventh
picture is kept out and told the shares on.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from idcard_core.card import CARD_FRAME, Side
from idcard_core.judge.portrait.expected import STANDARD, TEMPORARY
from idcard_core.judge.portrait.place import find_box, inside, searched
from idcard_core.judge.portrait.visible import LEAST_LOG_ODDS, Floats, features
from idcard_core.locate.view import CardView
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.covered_portrait import Cover, photograph_covered
from idcard_core.specimen.make import draw_cards
from idcard_core.specimen.other_portraits import photograph_other
from idcard_core.specimen.photograph import Photograph, photograph
from idcard_core.specimen.recipes import make_shot

try:
    from sklearn.linear_model import LogisticRegression
except ImportError as missing:  # pragma: no cover - depends on the installation
    raise SystemExit("Fitting (reading does not) needs: pip install scikit-learn") from missing

CORNERS_OFF = 3.0
"""Usual error of a card's corners, frame units."""
HELD_OUT_EVERY = 7
"""Shares no factor with the number of covers, so that all of them are among those kept out."""
SINGLE = tuple(condition for condition in Condition if condition.cards == 1)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What stands where the portrait should be: a word for its kind, its features, the number of its picture."""

    kind: str
    seen: bool
    features: Floats
    picture: int


def cases(count: int, seed: int) -> Iterator[Case]:
    """The cases of ``count`` pictures, each also mirrored."""
    rng, covers = np.random.default_rng(seed), tuple(Cover)
    for number in range(count):
        one, condition = seed * 1_000_003 + number, SINGLE[(number // 4) % len(SINGLE)]
        if number % 4 == 0:
            yield from _cases_of("other front", photograph_other(one, condition), rng, number)
        elif number % 4 == 1:
            cover = covers[(number // 4) % len(covers)]
            yield from _cases_of(cover.value, photograph_covered(one, cover, condition), rng, number)
        else:
            condition = tuple(Condition)[(number // 2) % len(Condition)]
            own = np.random.default_rng([seed, number])
            shot = make_shot(condition, own)
            photo = photograph(draw_cards(own, condition, shot), shot, own)
            kind = "temporary" if condition is Condition.TEMPORARY else "front"
            yield from _cases_of(kind, photo, rng, number)


def _cases_of(kind: str, photo: Photograph, rng: np.random.Generator, number: int) -> Iterator[Case]:
    for card in photo.cards:
        unit = float(np.hypot(*(card.corners[1] - card.corners[0]))) / CARD_FRAME[0]
        corners = card.corners + rng.normal(0, CORNERS_OFF * unit, (4, 2))
        part = searched(CardView(photo.image, np.asarray(corners, np.float32)).small)
        box = find_box(part, TEMPORARY if kind == "temporary" else STANDARD)
        cut = inside(part, box)
        for seen in (cut, np.ascontiguousarray(cut[:, ::-1])):
            name = kind if card.side is Side.FRONT else "back"
            yield Case(name, card.portrait is not None, features(seen), number)


def fit(found: Sequence[Case]) -> tuple[Floats, float]:
    """The weights and the intercept."""
    model = LogisticRegression(C=0.3, max_iter=2000, class_weight="balanced")
    model.fit(np.stack([case.features for case in found]), [case.seen for case in found])
    return np.asarray(model.coef_[0], np.float32), float(model.intercept_[0])


def report(found: Sequence[Case], odds: Floats) -> None:
    """Print, by kind, how many of the held-out cases are taken for a portrait, and the log odds' range."""
    for kind in sorted({case.kind for case in found}):
        own = odds[[case.kind == kind for case in found]]
        low, middle, high = np.percentile(own, [0.5, 50, 99.5])
        share = float((own >= LEAST_LOG_ODDS).mean())
        print(f"{kind:12s} {len(own):5d}  a portrait {share:.3f}  log odds {low:.2f}, {middle:.2f}, {high:.2f}")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Fit whether a portrait is seen to specimens.")
    parser.add_argument("--out", type=Path, required=True, help="the file of weights, NPZ")
    parser.add_argument("--count", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=6101)
    arguments = parser.parse_args()
    found = list(cases(arguments.count, arguments.seed))
    kept = [case for case in found if case.picture // 4 % HELD_OUT_EVERY]
    held_out = [case for case in found if not case.picture // 4 % HELD_OUT_EVERY]
    weights, intercept = fit(kept)
    report(held_out, np.stack([case.features for case in held_out]) @ weights + np.float32(intercept))
    weights, intercept = fit(found)
    np.savez(arguments.out, weights=weights, intercept=intercept)


if __name__ == "__main__":
    main()
