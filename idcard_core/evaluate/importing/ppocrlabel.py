"""A row of PPOCRLabel's Label.txt: texts and where they stand, each perhaps with the key of what it is."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np

from idcard_core.card import FIELDS, FieldName, Points, Side
from idcard_core.evaluate.importing.rows import NO_CONDITION, LabelRow, key_of
from idcard_core.evaluate.importing.trouble import ImportTrouble, Why
from idcard_core.evaluate.importing.values import value_of
from idcard_core.evaluate.peer_parser import PrintedLine, parse_lines
from idcard_core.specimen.labels import CardLabel, PictureLabel


def ppocrlabel_row(file: str, number: int, line: str) -> LabelRow:
    """A card for each side that has a text. Raises ImportTrouble.

    Texts with keys (``key_cls``) are taken as values; without any, values are looked for behind the printed labels.
    """
    image, tab, said = line.partition("\t")
    if not tab or not image.strip():
        raise ImportTrouble(Why.MISSING, "image")
    try:
        texts = json.loads(said)
    except (RecursionError, ValueError):
        raise ImportTrouble(Why.NOT_JSON) from None
    if not isinstance(texts, list) or not all(isinstance(text, dict) for text in texts):
        raise ImportTrouble(Why.NOT_JSON)
    lines = [(_key(text), _printed(text)) for text in texts if not text.get("difficult")]
    keyed = any(key is not None for key, _ in lines)
    found = _by_keys(lines) if keyed else _by_labels([printed for _, printed in lines])
    fields = {name: text for name, written in found.items() if (text := value_of(name, written))}
    of_side = {side: {name: fields[name] for name in FIELDS[side] if name in fields} for side in Side}
    cards = tuple(CardLabel(side, values) for side, values in of_side.items() if values)
    if not cards:
        raise ImportTrouble(Why.NO_FIELDS)
    return LabelRow(file, number, PictureLabel(image.strip(), NO_CONDITION, cards))


def _key(text: Mapping[str, object]) -> FieldName | None:
    key = key_of(str(text.get("key_cls") or ""))
    return FieldName(key) if key in {name.value for name in FieldName} else None


def _printed(text: Mapping[str, object]) -> PrintedLine:
    try:
        corners: Points = np.asarray(text["points"], np.float32)
    except (KeyError, TypeError, ValueError):
        raise ImportTrouble(Why.WRONG_VALUE, "points") from None
    if corners.ndim != 2 or corners.shape[0] < 2 or corners.shape[1] != 2 or not np.isfinite(corners).all():
        raise ImportTrouble(Why.WRONG_VALUE, "points")
    said = text.get("transcription")
    if not isinstance(said, str):
        raise ImportTrouble(Why.MISSING, "transcription")
    return PrintedLine(said, corners)


def _by_keys(lines: list[tuple[FieldName | None, PrintedLine]]) -> dict[FieldName, str]:
    """Lines of one key joined from top to bottom."""
    found: dict[FieldName, str] = {}
    for key, line in sorted(lines, key=lambda keyed: keyed[1].top):
        if key is not None:
            found[key] = found.get(key, "") + line.text
    return found


def _by_labels(lines: list[PrintedLine]) -> dict[FieldName, str]:
    return {name: text for card in parse_lines(lines).cards for name, text in card.texts.items()}
