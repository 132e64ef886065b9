"""The cards that were not read whole, one JSON object a line, to be looked at one by one.

A line has the picture's file name and the names of the wrong fields, but what is printed there and what was read only
where the caller asks for values: labels may be of real people.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from idcard_core.contract import JsonObject
from idcard_core.evaluate.outcomes import CardOutcome, PictureOutcome
from idcard_core.evaluate.samples import Sample


def failure_lines(pictures: Iterable[PictureOutcome], values: bool = False) -> Iterator[str]:
    """A line for each card with a wrong field, in the order of the pictures."""
    for picture in pictures:
        for card in picture.cards:
            if not card.is_right:
                yield json.dumps(_failure(picture.sample, card, values), ensure_ascii=False) + "\n"


def _failure(sample: Sample, card: CardOutcome, values: bool) -> JsonObject:
    row: JsonObject = {
        "image": sample.path.name,
        "condition": sample.condition,
        "readable": sample.readable,
        "seed": sample.seed,
        "side": card.side.value,
        "found": card.found,
        "wrong": [name.value for name in card.wrong],
        "needs_review": card.needs_review,
    }
    if values:
        row["values"] = {
            field.name.value: {"expected": field.expected, "read": field.read}
            for field in card.fields
            if not field.is_right
        }
    return row
