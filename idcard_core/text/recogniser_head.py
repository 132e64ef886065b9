"""The recogniser in two parts, so that its last layer is computed only where something stands.

The last layer scores thousands of characters at every step of a line, a sixth of the time, while two steps in three
are blank beyond doubt. That is told from the 120 features of a step by a plain linear rule (``text.blanks``), so the
trunk runs first, on all lines, and the head once, on the steps of all lines together that may hold something. The head
keeps the characters a card can hold (``card_classes``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from idcard_core.networks import CompiledNetwork, Tensor, load_openvino
from idcard_core.text.blanks import BlankRule
from idcard_core.text.characters import is_han
from idcard_core.text.engine import BLANK

Floats = NDArray[np.float32]
ROWS_STEP = 32
"""The head is given multiples of so many rows, so that few shapes have to be prepared by OpenVINO."""
FULL_WIDTH = frozenset(map(chr, range(0xFF01, 0xFF5F)))
PUNCTUATION = ("P", "Z")
"""General categories (Unicode, UAX 44) that are kept of all scripts: dots, dashes, brackets, spaces."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Networks, not yet compiled: pictures of lines to features (1, steps, 120); features (n, 120) to probabilities
    (n, classes)."""

    trunk: Any
    head: Any


def card_classes(alphabet: Sequence[str]) -> NDArray[np.intp]:
    """The classes of ``alphabet`` that a card can hold: the blank, ideographs, ASCII in both widths, punctuation.

    Left out are kana, Greek, Latin with marks, arrows, boxes and the like. Ideographs all stay: names have rare ones.
    """
    return np.array([number for number, text in enumerate(alphabet) if number == BLANK or _on_cards(text)], np.intp)


def _on_cards(text: str) -> bool:
    return all(
        is_han(c) or c.isascii() or c in FULL_WIDTH or unicodedata.category(c).startswith(PUNCTUATION) for c in text
    )


def in_parts(model: Any, classes: NDArray[np.intp]) -> Parts:
    """``model`` cut before its last layer, of which ``classes`` are kept.

    Raises ValueError where it does not end in a layer of constant weights and a softmax.
    """
    openvino = load_openvino()
    import openvino.opset13 as operations

    features, weights, bias = _last_layer(model, operations.transpose)
    trunk = openvino.Model([operations.result(features)], model.get_parameters(), "trunk")
    rows = operations.parameter([-1, weights.shape[0]], np.float32)
    scores = operations.matmul(rows, operations.constant(np.ascontiguousarray(weights[:, classes])), False, False)
    scores = operations.add(scores, operations.constant(np.ascontiguousarray(bias[classes])))
    head = openvino.Model([operations.result(operations.softmax(scores, 1))], [rows], "head")
    return Parts(trunk, head)


def _last_layer(model: Any, transpose: Callable[..., Any]) -> tuple[Any, Floats, Floats]:
    """What goes into it (lines, steps, features), its weights (features, classes) and its bias (classes,)."""
    names = []
    node = model.output(0).get_node()
    while node.get_type_name() in ("Result", "Softmax", "Identity"):
        names.append(node.get_type_name())
        node = node.input_value(0).get_node()
    if "Softmax" not in names or node.get_type_name() != "Add":
        raise ValueError("the recogniser does not end in a layer with a bias and a softmax")
    layer = node.input_value(0).get_node()
    if layer.get_type_name() != "MatMul":
        raise ValueError("the recogniser does not end in a layer of constant weights")
    bias, weights = (at.input_value(1).get_node().data for at in (node, layer))
    features = layer.input_value(0)
    if layer.get_attributes()["transpose_a"]:
        features = transpose(features, [0, 2, 1]).output(0)
    return features, np.asarray(weights, np.float32), np.asarray(bias, np.float32).ravel()


class Head:
    """The compiled head: features of lines to their probabilities."""

    def __init__(self, network: CompiledNetwork, classes: int, rule: BlankRule) -> None:
        self._network = network
        self._classes = classes
        self._rule = rule

    def read(self, lines: Sequence[Floats]) -> list[Floats]:
        """Probabilities (steps, classes) of each line from its features (steps, 120); a sure blank's row is 1 for the
        blank and 0 for all else."""
        answers = [np.zeros((len(line), self._classes), np.float32) for line in lines]
        ends = np.cumsum([len(line) for line in lines])
        features = np.concatenate(lines) if lines else np.zeros((0, 0), np.float32)
        seen = np.flatnonzero(self._rule.may_hold(features)) if len(features) else np.zeros(0, np.intp)
        for answer in answers:
            answer[:, BLANK] = 1.0
        if len(seen) == 0:
            return answers
        rows = np.zeros((-(-len(seen) // ROWS_STEP) * ROWS_STEP, features.shape[1]), np.float32)
        rows[: len(seen)] = features[seen]
        line_of = np.searchsorted(ends, seen, "right")

        def spread(probabilities: Tensor) -> Tensor:
            for row, (step, line) in enumerate(zip(seen.tolist(), line_of.tolist(), strict=True)):
                answers[line][step - ends[line]] = probabilities[row]  # from the end: ends lie behind their lines
            return np.zeros(0, np.float32)

        self._network.run_each([rows], spread)
        return answers
