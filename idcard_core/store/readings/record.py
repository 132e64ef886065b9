"""Between a reading and the columns of its row."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Row

from idcard_core.card import FieldName, ImageStatus, RiskType, Side
from idcard_core.masking import mask_numbers
from idcard_core.store.readings.rows import Failed, KeptReading, Occasion, ReadingRow
from idcard_core.store.sealing import Sealing, seal_text, unseal_text
from idcard_core.store.tables import READINGS

_SOURCE, _NUMBER = "reading source", "reading number"


def to_columns(row: ReadingRow, sealing: Sealing) -> dict[str, object]:
    """Long numbers in the source's name and in the number are masked, whether they were before or not."""
    occasion = row.occasion
    source = mask_numbers(occasion.source).replace("\0", "")  # which PostgreSQL has no text with
    return {
        "time": occasion.time,
        "session": occasion.session,
        "source": seal_text(sealing, source, _SOURCE),
        "engine": occasion.engine,
        "log_id": str(occasion.log_id),
        "sha256": row.sha256,
        "page": row.page or 0,
        "sides": tuple(side.value for side in row.sides),
        "status": row.status and row.status.value,
        "risk": row.risk and row.risk.value,
        "direction": row.direction,
        "milliseconds": row.milliseconds,
        "stages": row.stages,
        "error_code": row.failed and row.failed.code,
        "error_message": row.failed and row.failed.message,
        "needs_review": row.needs_review,
        "doubted": tuple(name.value for name in row.doubted),
        "confidence": row.confidence,
        "number": seal_text(sealing, mask_numbers(row.number), _NUMBER),
        **marks_to_columns(row.marks),
    }


def marks_to_columns(marks: Mapping[FieldName, bool]) -> dict[str, object]:
    return {
        "fields_right": tuple(name.value for name, right in marks.items() if right),
        "fields_wrong": tuple(name.value for name, right in marks.items() if not right),
    }


def unseal_source(kept: str, sealing: Sealing) -> str:
    """The source's name, from its column."""
    return unseal_text(sealing, kept, _SOURCE)


def from_row(row: Row[tuple[object, ...]], sealing: Sealing) -> KeptReading:
    """From a whole row of the table."""
    of = row._mapping
    c = READINGS.c
    occasion = Occasion(
        time=of[c.time],
        session=of[c.session],
        source=unseal_source(of[c.source], sealing),
        engine=of[c.engine],
        log_id=int(of[c.log_id]),
    )
    return KeptReading(
        id=of[c.id],
        occasion=occasion,
        milliseconds=of[c.milliseconds],
        sha256=of[c.sha256],
        page=of[c.page] or None,
        sides=tuple(Side(side) for side in of[c.sides]),
        status=None if of[c.status] is None else ImageStatus(of[c.status]),
        risk=None if of[c.risk] is None else RiskType(of[c.risk]),
        direction=of[c.direction],
        stages=of[c.stages],
        confidence=of[c.confidence],
        doubted=tuple(FieldName(name) for name in of[c.doubted]),
        number=unseal_text(sealing, of[c.number], _NUMBER),
        marks=marks_from(of[c.fields_right], of[c.fields_wrong]),
        failed=None if of[c.error_code] is None else Failed(of[c.error_code], of[c.error_message]),
    )


def marks_from(right: tuple[str, ...], wrong: tuple[str, ...]) -> dict[FieldName, bool]:
    """In the order that fields are printed."""
    found = {**dict.fromkeys(right, True), **dict.fromkeys(wrong, False)}
    return {name: found[name.value] for name in FieldName if name.value in found}
