"""Labels of pictures: what is on them and where, one JSON object a line.

Points are in pixels of the picture as a viewer shows it; corners and quads clockwise from the card's own top left.
A folder from elsewhere needs no more than ``image``, ``condition`` (any word) and ``cards`` with ``side`` and
``fields``; what its labels do not tell is None, and a picture counts as readable unless its label says otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from idcard_core.card import FieldName, ImageStatus, Points, RiskType, Side

LABELS_FILE = "labels.jsonl"
"""The name of the label file in a folder of pictures."""


class LabelsError(ValueError):
    """A label file cannot be read; names the file, the line and the reason."""


@dataclass(frozen=True, slots=True, eq=False)
class CardLabel:
    """One card on a picture; ``corners`` and ``quarter_turns`` None, and a missing quad: the place is not known.

    ``fields`` has whatever is printed on this side: on a temporary card's front all nine.
    """

    side: Side
    fields: Mapping[FieldName, str]
    corners: Points | None = None
    quarter_turns: int | None = None
    quads: Mapping[FieldName, Points] = field(default_factory=dict)
    portrait: Points | None = None
    marks: tuple[str, ...] = ()
    """What is written over the card: watermarks, stamps and seals."""
    covered: tuple[FieldName, ...] = ()
    """The fields that nobody can read for a mark over them."""

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "side": self.side.value,
            "corners": None if self.corners is None else _rounded(self.corners),
            "quarter_turns": self.quarter_turns,
            "fields": {name.value: text for name, text in self.fields.items()},
            "quads": {name.value: _rounded(quad) for name, quad in self.quads.items()},
            "portrait": None if self.portrait is None else _rounded(self.portrait),
            "marks": list(self.marks),
            "covered": [name.value for name in self.covered],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> CardLabel:
        """From the JSON form. Raises KeyError, TypeError or ValueError for what is missing or wrong."""
        corners, portrait = data.get("corners"), data.get("portrait")
        return cls(
            side=Side(data["side"]),
            fields={FieldName(name): _text(value) for name, value in _object(data["fields"]).items()},
            corners=None if corners is None else _quad(corners),
            quarter_turns=_whole_or_none(data.get("quarter_turns")),
            quads={FieldName(name): _quad(value) for name, value in _object(data.get("quads") or {}).items()},
            portrait=None if portrait is None else _quad(portrait),
            marks=tuple(_text(mark) for mark in _list(data.get("marks", []))),
            covered=tuple(FieldName(name) for name in _list(data.get("covered", []))),
        )


@dataclass(frozen=True, slots=True, eq=False)
class PictureLabel:
    """One labelled picture; ``image`` is relative to the label file, ``direction`` as in the wire contract.

    ``condition`` is the word its results are reported under; ``readable``: a person can read every field; ``seed``
    is what a specimen was made from. ``direction``, ``status`` and ``risk`` None are not judged, ``sha256`` None is not
    known.
    """

    image: str
    condition: str
    cards: tuple[CardLabel, ...]
    readable: bool = True
    direction: int | None = None
    sha256: str | None = None
    seed: int | None = None
    status: ImageStatus | None = None
    risk: RiskType | None = None

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "image": self.image,
            "sha256": self.sha256,
            "condition": self.condition,
            "readable": self.readable,
            "seed": self.seed,
            "direction": self.direction,
            "status": self.status and self.status.value,
            "risk": self.risk and self.risk.value,
            "cards": [card.to_dict() for card in self.cards],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> PictureLabel:
        """From the JSON form. Raises KeyError, TypeError or ValueError for what is missing or wrong."""
        cards = data["cards"]
        if not isinstance(cards, list):
            raise TypeError("cards must be a list")
        sha256 = data.get("sha256")
        return cls(
            image=_text(data["image"]),
            condition=_text(data["condition"]),
            cards=tuple(CardLabel.from_dict(_object(card)) for card in cards),
            readable=bool(data.get("readable", True)),
            direction=_whole_or_none(data.get("direction")),
            sha256=None if sha256 is None else _text(sha256),
            seed=_whole_or_none(data.get("seed")),
            status=None if data.get("status") is None else ImageStatus(data["status"]),
            risk=None if data.get("risk") is None else RiskType(data["risk"]),
        )


def read_labels(path: Path) -> list[PictureLabel]:
    """Every label in a JSON-lines file. Raises LabelsError naming the line and the reason."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LabelsError(f"{path}: {error}") from error
    labels = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            labels.append(parse_label(line))
        except LabelsError as error:
            raise LabelsError(f"{path}, line {number}: {error}") from error
    return labels


def parse_label(line: str) -> PictureLabel:
    """The label on one line of a JSON-lines file. Raises LabelsError with the reason."""
    try:
        return PictureLabel.from_dict(_object(json.loads(line)))
    except KeyError as error:
        raise LabelsError(f"missing key {error.args[0]!r}") from error
    except (RecursionError, TypeError, ValueError) as error:
        raise LabelsError(str(error)) from error


def write_labels(path: Path, labels: Iterable[PictureLabel]) -> None:
    """Write ``labels`` as JSON lines, UTF-8."""
    with path.open("w", encoding="utf-8") as file:
        for label in labels:
            file.write(json.dumps(label.to_dict(), ensure_ascii=False, separators=(",", ":")) + "\n")


def _rounded(points: Points) -> list[list[float]]:
    return [[round(float(x), 1), round(float(y), 1)] for x, y in points]


def _quad(value: object) -> Points:
    points = np.asarray(value, np.float32)
    if points.shape != (4, 2) or not np.isfinite(points).all():
        raise ValueError("a quad must be four [x, y] points")
    return points


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(f"expected an object, found {type(value).__name__}")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"expected a list, found {type(value).__name__}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected a string, found {type(value).__name__}")
    return value


def _whole_or_none(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"expected a whole number, found {type(value).__name__}")
    return value
