"""CSV, a row for each labelled field, and JSON lines, one for each picture."""

from __future__ import annotations

import csv
import io
import json

from idcard_core.evaluate.figures.export.records import (
    FIELD_COLUMNS,
    Cell,
    Subject,
    card_record,
    field_record,
    field_records,
    picture_record,
)

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(subject: Subject) -> bytes:
    """UTF-8 with the mark that Excel looks for; a text that a spreadsheet would take for a formula has a ``'``."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, FIELD_COLUMNS, restval="")
    writer.writeheader()
    for record in field_records(subject):
        writer.writerow({key: _harmless(cell) for key, cell in record.items()})
    return text.getvalue().encode("utf-8-sig", "replace")


def to_json_lines(subject: Subject) -> bytes:
    """A picture a line, with its cards, their fields, and the milliseconds of each stage."""
    lines = []
    for result in subject.results:
        cards = [
            {**card_record(card, number), "fields": [field_record(subject, read) for read in card.fields]}
            for number, card in enumerate(result.cards)
        ]
        said = {
            **picture_record(subject, result),
            "slices": list(result.slices),
            "stages_ms": {stage: round(ms, 1) for stage, ms in result.stages.items()},
            "cards": cards,
        }
        lines.append(json.dumps(said, ensure_ascii=False) + "\n")
    return "".join(lines).encode("utf-8", "replace")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_BEGINS_FORMULA) else cell
