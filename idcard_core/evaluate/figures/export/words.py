"""What the tables and plots of an export are called, in the language of who reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from idcard_core.card import FieldName

Say = Callable[[str], str]
"""The word for a key of `ENGLISH`."""

ENGLISH: Mapping[str, str] = {
    "title": "Evaluation",
    "set": "Set",
    "engine": "Engine",
    "started": "Started",
    "state": "State",
    "pictures": "Pictures",
    "summary": "Summary",
    "whole": "Whole cards right",
    "fields": "Fields",
    "field": "Field",
    "right": "Right",
    "total": "Labelled",
    "rate": "Share",
    "low": "95 % from",
    "high": "95 % to",
    "characters": "Character error rate",
    "direction": "Direction right",
    "failed": "Pictures that could not be read",
    "condition": "Condition",
    "conditions": "By condition",
    "slice": "Slice",
    "slices": "By slice",
    "slips": "Characters read as others",
    "expected": "Expected",
    "read": "Read as",
    "count": "Times",
    "status": "Status: right, then told as",
    "risk": "Risk: right, then told as",
    "reliability": "Confidence told (across) against fields right (up)",
    "all_fields": "All fields",
    "latency": "Latency",
    "stage": "Stage",
    "within": "Pictures read within a time",
    "milliseconds": "milliseconds a picture",
    "wrong_cards": "Cards with a wrong field",
    "cards": "Cards",
    "file": "File",
    "side": "Side",
    "masked": "Long numbers are masked.",
    "more": "and more, in the other exports",
    "nothing": "none",
}
"""For the command line."""


@dataclass(frozen=True, slots=True)
class Words:
    """``say`` gives a table's words; the others what a field, a condition, a stage, or a value is called."""

    say: Say = ENGLISH.__getitem__
    field: Callable[[FieldName], str] = lambda name: name.label
    condition: Callable[[str], str] = str
    stage: Callable[[str], str] = str
    value: Callable[[str, str], str] = lambda kind, value: value
    """Of a status, a risk or a side: its kind, then the value."""
    language: str = "en"
