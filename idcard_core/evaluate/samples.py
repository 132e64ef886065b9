"""The labelled pictures a benchmark reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from idcard_core.card import FieldName, Side


@dataclass(frozen=True, slots=True)
class CardTruth:
    """What is printed on one side of one card."""

    side: Side
    texts: Mapping[FieldName, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture and what is on it. ``direction`` is None where the label tells none."""

    path: Path
    condition: str
    cards: tuple[CardTruth, ...]
    direction: int | None = None
