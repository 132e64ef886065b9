"""Between a run's results and the columns of their rows."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Row

from idcard_core.card import ImageStatus, RiskType, Side
from idcard_core.evaluate.outcomes import CardOutcome
from idcard_core.store.runs.results import PictureResult, seal_card, unseal_card
from idcard_core.store.sealing import Sealing
from idcard_core.store.tables import RUN_CARDS, RUN_PICTURES


def picture_columns(run: int, result: PictureResult) -> dict[str, object]:
    return {
        "run_id": run,
        "sha256": result.sha256,
        "page": result.page or 0,
        "condition": result.condition,
        "slices": result.slices,
        "readable": result.readable,
        "milliseconds": result.milliseconds,
        "stages": result.stages,
        "status": result.status and result.status.value,
        "status_label": result.status_label and result.status_label.value,
        "risk": result.risk and result.risk.value,
        "risk_label": result.risk_label and result.risk_label.value,
        "direction": result.direction,
        "direction_label": result.direction_label,
        "error_code": result.error_code,
    }


def card_columns(picture: int, number: int, card: CardOutcome, sealing: Sealing) -> dict[str, object]:
    return {
        "picture_id": picture,
        "number": number,
        "side": card.side.value,
        "found": card.found,
        "is_right": card.is_right,
        "fields_right": tuple(field.name.value for field in card.fields if field.is_right),
        "fields_wrong": tuple(name.value for name in card.wrong),
        "confidences": {f.name.value: f.confidence for f in card.fields if f.confidence is not None},
        "fields": seal_card(card, sealing),
    }


def card_from(row: Row[tuple[object, ...]], sealing: Sealing) -> CardOutcome:
    """From a whole row of the table."""
    of, c = row._mapping, RUN_CARDS.c
    fields, doubts = unseal_card(of[c.fields], sealing)
    return CardOutcome(Side(of[c.side]), fields, of[c.found], doubts)


def picture_from(row: Row[tuple[object, ...]], cards: Iterable[CardOutcome]) -> PictureResult:
    """From a whole row of the table."""
    of, c = row._mapping, RUN_PICTURES.c
    return PictureResult(
        sha256=of[c.sha256],
        page=of[c.page] or None,
        condition=of[c.condition],
        slices=of[c.slices],
        readable=of[c.readable],
        cards=tuple(cards),
        milliseconds=of[c.milliseconds],
        stages=of[c.stages],
        status=_status(of[c.status]),
        status_label=_status(of[c.status_label]),
        risk=_risk(of[c.risk]),
        risk_label=_risk(of[c.risk_label]),
        direction=of[c.direction],
        direction_label=of[c.direction_label],
        error_code=of[c.error_code],
    )


def _status(value: str | None) -> ImageStatus | None:
    return None if value is None else ImageStatus(value)


def _risk(value: str | None) -> RiskType | None:
    return None if value is None else RiskType(value)
