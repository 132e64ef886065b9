"""The fitting program: ``python -m idcard_core.models.confidence.fit --out FILE [--count N] [--seed S]``.

Draws specimens under all conditions, the unreadable ones too, reads them, and fits a logistic regression of "right" on
the evidence (``idcard_core.fields.confidence``), one for free text and one for the other fields. Every fifth picture is
kept out and told the calibration on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Points
from idcard_core.fields.confidence import Evidence, Weights, group_of
from idcard_core.intake import open_picture
from idcard_core.locate.pose import overlap
from idcard_core.reader import IdCardReader
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.labels import CardLabel
from idcard_core.specimen.make import make_specimen

try:
    from sklearn.linear_model import LogisticRegression
except ImportError as missing:  # pragma: no cover - depends on the installation
    raise SystemExit("Fitting (reading does not) needs: pip install scikit-learn") from missing

SAME_CARD = 0.5
"""Overlap from which a reading is of a labelled card."""
HELD_OUT_EVERY = 5
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A value that was read: its group of fields, the evidence, whether it was right, the number of its picture."""

    group: str
    evidence: Evidence
    right: bool
    picture: int


def cases(count: int, seed: int) -> Iterator[Case]:
    """The values read on ``count`` fresh specimens, going round the conditions."""
    reader, conditions = IdCardReader(), tuple(Condition)
    for number in range(count):
        specimen = make_specimen(seed * 1_000_003 + number, conditions[number % len(conditions)], "")
        texts, scale = reader.read_texts(open_picture(specimen.jpeg, reader.settings.limits))
        for text in texts:
            label = _labelled(specimen.label.cards, text.view.quad / np.float32(scale))
            if label is None or label.side is not text.side:
                continue
            for name, expected in label.fields.items():
                if name in text.fields and text.fields[name].value.text:
                    right = text.fields[name].value.text == expected
                    yield Case(group_of(name), text.evidence(name), right, number)


def _labelled(labels: Sequence[CardLabel], quad: Points) -> CardLabel | None:
    return next(
        (label for label in labels if label.corners is not None and overlap(label.corners, quad) > SAME_CARD), None
    )


def fit(group: Sequence[Case]) -> Weights:
    """The regression of one group."""
    inputs = np.array([astuple(case.evidence) for case in group])
    model = LogisticRegression(C=1.0, max_iter=1000).fit(inputs, [case.right for case in group])
    return Weights(round(float(model.intercept_[0]), 4), tuple(round(float(w), 4) for w in model.coef_[0]))


def predicted(weights: Weights, group: Sequence[Case]) -> Floats:
    """The probabilities that ``weights`` give the values of a group."""
    inputs = np.array([astuple(case.evidence) for case in group])
    odds = inputs @ np.array(weights.weights) + weights.intercept
    return np.asarray(1 / (1 + np.exp(-odds)), np.float64)


def report(name: str, probabilities: Floats, rights: NDArray[np.bool_]) -> None:
    """Print how many are right of those told about so sure."""
    print(f"{name}: {len(rights)} held-out values, {int((~rights).sum())} wrong")
    for low, high in ((0, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 0.995), (0.995, 1.01)):
        part = (probabilities >= low) & (probabilities < high)
        if part.any():
            told, right = probabilities[part].mean(), rights[part].mean()
            print(f"  {low:5.3f} to {high:5.3f}: {part.sum():5d} values, told {told:.3f}, right {right:.3f}")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Fit confidences to how often values are right.")
    parser.add_argument("--out", type=Path, required=True, help="the file of weights, JSON")
    parser.add_argument("--count", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=6001)
    arguments = parser.parse_args()
    found = list(cases(arguments.count, arguments.seed))
    stored = {}
    for name in ("text", "listed"):
        group = [case for case in found if case.group == name]
        kept = [case for case in group if case.picture % HELD_OUT_EVERY]
        held_out = [case for case in group if not case.picture % HELD_OUT_EVERY]
        report(name, predicted(fit(kept), held_out), np.array([case.right for case in held_out]))
        stored[name] = asdict(fit(group))
    arguments.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
