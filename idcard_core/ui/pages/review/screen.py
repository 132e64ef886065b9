"""An open item as the browser shows it: plain values, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from idcard_core.card import FieldName, ImageStatus, Points, RiskType, Side
from idcard_core.store.review.actions import (
    KINDS,
    ChangeField,
    Event,
    LabelDirection,
    LabelRisk,
    LabelStatus,
)
from idcard_core.store.review.items import Item, OpenItem
from idcard_core.store.review.project import Place, standing
from idcard_core.ui.findings import why
from idcard_core.ui.look import Tone, confidence_tone, percent
from idcard_core.ui.pages.review.answer import ReadCard, ReadField
from idcard_core.ui.pages.review.checks import Checks, Note
from idcard_core.ui.pages.review.moves import place_name
from idcard_core.ui.strings import Texts

MOST_EVENTS = 60
"""Of an item's log, the latest."""
_LONG = frozenset({FieldName.ADDRESS})
"""Fields over several lines."""
_FIGURES = frozenset({FieldName.IDCARDNO, FieldName.BIRTHDAY, FieldName.BEGINDATE, FieldName.ENDDATE})


def item_data(item: Item, texts: Texts) -> dict[str, Any]:
    """The line above the desk."""
    return {
        "id": item.id,
        "version": item.version,
        "state": item.state.value,
        "state_name": texts(f"review.state.{item.state.value}"),
        "confidence": None if item.confidence is None else percent(item.confidence),
        "tone": tone_of(item.confidence),
        "reasons": [reason_name(reason, texts) for reason in item.reasons],
        "condition": condition_name(item.condition, texts),
    }


def tone_of(confidence: float | None) -> str:
    """The colour of a confidence; grey of none."""
    return Tone.QUIET.value if confidence is None else confidence_tone(confidence).value


def reason_name(reason: str, texts: Texts) -> str:
    """A reason in two words; a person's own word as it is."""
    key = f"review.reason.{reason}"
    return texts(key) if key in texts else reason


def condition_name(condition: str, texts: Texts) -> str:
    """A condition in words; one that is not ours as it is."""
    key = f"condition.{condition}"
    return texts(key) if key in texts else condition


def cards_data(cards: Sequence[ReadCard], said: Mapping[Place, str], texts: Texts) -> list[dict[str, Any]]:
    """The form: fronts before backs, fields in the order they are printed; ``at`` is a card's number in the log."""
    ordered = sorted(enumerate(cards), key=lambda numbered: numbered[1].side is not Side.FRONT)
    return [
        {
            "at": at,
            "title": texts(f"verdict.side.{card.side.value}"),
            "number": number if len(cards) > 1 else None,
            "corners": _points(card.corners),
            "degrees": round(card.degrees, 2),
            "fields": [_field_data(at, read, said, texts) for read in card.fields],
        }
        for number, (at, card) in enumerate(ordered, start=1)
    ]


def _field_data(card: int, read: ReadField, said: Mapping[Place, str], texts: Texts) -> dict[str, Any]:
    place = (card, read.name)
    sure = read.confidence if read.text else None
    tone = tone_of(sure)
    if read.reasons and tone == Tone.GOOD.value:
        tone = Tone.FAIR.value
    return {
        "place": place_name(place),
        "name": read.name.value,
        "label": texts(f"field.{read.name.value}"),
        "short": texts(f"short.{read.name.value}"),
        "read": read.text,
        "kept": said.get(place, read.text),
        "percent": "" if sure is None else f"{sure:.0%}" if sure < 0.995 else "99%+",
        "tone": tone if read.text else Tone.BAD.value,
        "reasons": why(read.reasons, texts),
        "quad": _points(read.quad),
        "found": read.found,
        "long": read.name in _LONG,
        "figures": read.name in _FIGURES,
    }


def labels_data(opened: OpenItem, texts: Texts) -> list[dict[str, Any]]:
    """Status, risk and direction: as they were judged, as they are now, and what they may be."""
    item, verdict = opened.item, opened.verdict
    direction = verdict.direction if verdict.direction is not None else item.direction
    return [
        _label(
            "status",
            [status.value for status in ImageStatus],
            _value(verdict.status or item.status),
            _value(item.status),
            texts,
        ),
        _label("risk", [risk.value for risk in RiskType], _value(verdict.risk or item.risk), _value(item.risk), texts),
        _label(
            "direction",
            [str(turns) for turns in (0, 1, 2, 3, -1)],
            "" if direction is None else str(direction),
            "" if item.direction is None else str(item.direction),
            texts,
        ),
    ]


def _value(kept: ImageStatus | RiskType | None) -> str:
    return "" if kept is None else kept.value


def _label(name: str, options: Sequence[str], value: str, read: str, texts: Texts) -> dict[str, Any]:
    return {
        "name": name,
        "title": texts(f"verdict.{name}"),
        "value": value,
        "read": read,
        "options": [[option, texts(f"verdict.{name}.{option}")] for option in options],
    }


def checks_data(checks: Checks) -> dict[str, Any]:
    """Notes by place, marks by card."""
    return {
        "notes": {place_name(place): _notes(said) for place, said in checks.notes.items()},
        "marks": {str(card): _notes(said) for card, said in checks.marks.items()},
    }


def _notes(notes: Sequence[Note]) -> list[dict[str, str]]:
    return [{"text": note.text, "tone": note.tone.value} for note in notes]


def events_data(events: Sequence[Event], texts: Texts) -> list[dict[str, Any]]:
    """The log, the latest first; what was undone is struck out."""
    counted = {event.version for event in standing(events)}
    return [
        {
            "who": event.reviewer,
            "when": local_time(event.time),
            "what": said_of(event, texts),
            "undone": event.version not in counted and KINDS[type(event.action)] != "undo",
            "forced": event.forced,
        }
        for event in reversed(events[-MOST_EVENTS:])
    ]


def said_of(event: Event, texts: Texts) -> str:
    """An event in words."""
    match event.action:
        case ChangeField(_, name, value):
            field = texts(f"field.{name.value}")
            return texts("review.event.field", field=field, value=value or texts("review.event.empty"))
        case LabelStatus(status):
            return texts("review.event.status", value=texts(f"verdict.status.{status.value}"))
        case LabelRisk(risk):
            return texts("review.event.risk", value=texts(f"verdict.risk.{risk.value}"))
        case LabelDirection(direction):
            return texts("review.event.direction", value=texts(f"verdict.direction.{direction}"))
        case _:
            return texts(f"review.event.{KINDS[type(event.action)]}")


def local_time(time: datetime) -> str:
    """A time of this machine's zone, to the minute."""
    return time.astimezone().strftime("%Y-%m-%d %H:%M")


def _points(points: Points | None) -> list[list[float]] | None:
    return None if points is None else [[float(x), float(y)] for x, y in np.round(points.astype(float), 1)]
