"""The fitting program: ``python -m idcard_core.models.blanks.fit --out FILE [--count N] [--seed S]``.

Takes the lines that are read on specimens of all conditions, and lines of characters drawn at random from all that the
recogniser knows, in all installed faces; fits a logistic regression, over the recogniser's last features, of whether
its last layer leaves anything to be seen at a step. Every fifth line is kept out and the rule told on it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Drawing
from PIL import ImageDraw, ImageFont

from idcard_core.card import Image
from idcard_core.fields.sides import Readers, read_card
from idcard_core.intake import open_picture
from idcard_core.locate.finder import CardFinder
from idcard_core.locate.view import CardView
from idcard_core.models.glyphs.bank import installed_faces
from idcard_core.networks import CompiledNetwork, available_cores
from idcard_core.settings import Limits
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.make import make_specimen
from idcard_core.text import weights
from idcard_core.text.blanks import BlankRule
from idcard_core.text.engine import LineProbabilities, TextBox
from idcard_core.text.glyphs import GlyphReader
from idcard_core.text.openvino import OpenVinoEngine, line_picture, read_recogniser
from idcard_core.text.recogniser_head import card_classes, in_parts

try:
    from sklearn.linear_model import LogisticRegression
except ImportError as missing:  # pragma: no cover - depends on the installation
    raise SystemExit("Fitting (reading does not) needs: pip install scikit-learn") from missing

SEEN, MUST = 0.99, 0.9
"""Where the last layer gives the blank less than the first, it should be asked; less than the second, it must be."""
MARGIN = 1.0
"""Log odds by which the rule is more careful than the steps it was fitted on ask for."""
HELD_OUT_EVERY = 5
DRAWN_LINES = 1500
BLANK_WEIGHT = 0.05
"""Of a blank step in the fit: to ask for one costs little; not to ask where something stands costs a character."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Of many lines: ``features`` (n, 120), the last layer's probability of the blank, the number of the line."""

    features: NDArray[np.float32]
    blank: NDArray[np.float32]
    line: NDArray[np.intp]


class _Listening:
    """The default engine, which keeps the lines it is given to read."""

    name = OpenVinoEngine.name

    def __init__(self) -> None:
        self._engine = OpenVinoEngine()
        self.lines: list[Image] = []

    def detect(self, picture: Image) -> list[TextBox]:
        return self._engine.detect(picture)

    def recognize(self, lines: Sequence[Image]) -> list[LineProbabilities]:
        self.lines += lines
        return self._engine.recognize(lines)


def printed_lines(count: int, seed: int) -> Iterator[Image]:
    """The lines that are read on ``count`` specimens, going round the conditions."""
    engine, limits = _Listening(), Limits()
    finder, readers = CardFinder(engine, 0), Readers(engine, GlyphReader())
    for number in range(count):
        condition = tuple(Condition)[number % len(Condition)]
        picture = open_picture(make_specimen(seed * 1_000_003 + number, condition, "").jpeg, limits).pixels
        for placement in finder.find(picture):
            read_card(CardView(picture, placement.quad), readers)
        yield from engine.lines
        engine.lines.clear()


def drawn_lines(seed: int) -> Iterator[Image]:
    """Lines of characters at random, half of them ideographs, in all faces, more or less sharp."""
    rng, faces = np.random.default_rng(seed), installed_faces()
    known = np.array(weights.alphabet())[card_classes(weights.alphabet())][1:]
    others = np.array([text for text in known if len(text) == 1 and ord(text) < 0x3400])
    for _ in range(DRAWN_LINES):
        file, index = faces[int(rng.integers(len(faces)))]
        font = ImageFont.truetype(file, 40, index=index)
        text = "".join(rng.choice(known if rng.random() < 0.5 else others, int(rng.integers(1, 14))))
        width = round(font.getlength(text)) + 24
        paper, ink = int(rng.integers(150, 256)), int(rng.integers(0, 120))
        drawing = Drawing.new("L", (max(32, width), 60), paper)
        ImageDraw.Draw(drawing).text((10, 2), text, ink, font)
        soft = cv2.GaussianBlur(np.asarray(drawing), (0, 0), float(rng.uniform(0.3, 2.5)))
        noisy = (soft + rng.normal(0, float(rng.uniform(0, 8)), soft.shape)).clip(0, 255).astype(np.uint8)
        yield np.asarray(cv2.cvtColor(noisy, cv2.COLOR_GRAY2BGR), np.uint8)


def steps_of(lines: Sequence[Image]) -> Steps:
    """What the recogniser sees along ``lines``, by its trunk and the whole of its last layer."""
    parts = in_parts(read_recogniser(), card_classes(weights.alphabet()))
    trunk, head = (CompiledNetwork(part, available_cores()) for part in (parts.trunk, parts.head))
    features = [trunk.run(line_picture(line)[None])[0] for line in lines]
    blank = [head.run_each([rows], lambda answer: np.array(answer[:, 0]))[0] for rows in features]
    number = [np.full(len(rows), at) for at, rows in enumerate(features)]
    return Steps(np.concatenate(features), np.concatenate(blank), np.concatenate(number))


def fit(steps: Steps) -> BlankRule:
    """The regression, and a bound below all of ``steps`` for which it must be asked."""
    seen = steps.blank < SEEN
    weight = {True: 1.0, False: BLANK_WEIGHT}
    deviation = steps.features.std(axis=0) + 1e-3
    model = LogisticRegression(C=1.0, max_iter=3000, class_weight=weight).fit(steps.features / deviation, seen)
    weights_ = np.asarray(model.coef_[0] / deviation, np.float32)
    return BlankRule(weights_, float((steps.features[steps.blank < MUST] @ weights_).min()) - MARGIN)


def report(rule: BlankRule, steps: Steps) -> None:
    """Print what the rule asks for on ``steps``, and what it would miss."""
    asked = rule.may_hold(steps.features)
    print(f"{len(asked)} steps of {len(np.unique(steps.line))} lines: asked for {asked.mean():.3f}")
    for bound in (0.5, 0.7, MUST, 0.95, SEEN):
        seen = steps.blank < bound
        print(f"  blank below {bound}: {int(seen.sum())} steps, {int((seen & ~asked).sum())} of them missed")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Fit where the recogniser's last layer is needed.")
    parser.add_argument("--out", type=Path, required=True, help="the file of the rule, JSON")
    parser.add_argument("--count", type=int, default=300, help="specimens whose lines are taken")
    parser.add_argument("--seed", type=int, default=7001)
    arguments = parser.parse_args()
    found = steps_of([*printed_lines(arguments.count, arguments.seed), *drawn_lines(arguments.seed)])
    held_out = found.line % HELD_OUT_EVERY == 0
    first, rest = (Steps(found.features[part], found.blank[part], found.line[part]) for part in (~held_out, held_out))
    report(fit(first), rest)
    rule = fit(found)
    stored = {"least": round(rule.least, 4), "weights": [round(float(weight), 5) for weight in rule.weights]}
    arguments.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
