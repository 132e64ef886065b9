"""A figure's question as the word that a pick carries, the other way round, and in words for people."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from idcard_core.card import FieldName
from idcard_core.evaluate.figures.behind import Question
from idcard_core.evaluate.figures.characters import Slip
from idcard_core.evaluate.importing.rows import NO_CONDITION
from idcard_core.ui.strings import Texts

_START = "ask:"


def to_pick(asked: Question) -> str:
    """What ``data-pick`` says."""
    said = {name: value for name, value in asdict(asked).items() if value not in (None, False) or name == "wrong"}
    return _START + json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def from_pick(picked: str) -> Question | None:
    """The question; None for what asks none."""
    if not picked.startswith(_START):
        return None
    try:
        said = json.loads(picked.removeprefix(_START))
        return Question(
            condition=said.get("condition"),
            slice=said.get("slice"),
            field=FieldName(said["field"]) if "field" in said else None,
            wrong=said.get("wrong"),
            slip=Slip(**said["slip"]) if "slip" in said else None,
            confidence=_numbers(said.get("confidence")),
            status=_texts(said.get("status")),
            risk=_texts(said.get("risk")),
            failed=bool(said.get("failed")),
            unreadable=bool(said.get("unreadable")),
        )
    except (AttributeError, KeyError, TypeError, ValueError):  # a browser may say anything
        return None


def in_words(asked: Question, texts: Texts) -> str:
    """What the cards have in common."""
    said = []
    if asked.failed:
        said.append(texts("evaluation.asked.failed"))
    if asked.condition is not None:
        said.append(condition_word(asked.condition, texts))
    if asked.slice is not None:
        said.append(texts("evaluation.asked.slice", slice=asked.slice))
    if asked.field is not None:
        said.append(texts(f"field.{asked.field.value}"))
    if asked.slip is not None:
        said.append(slip_words(asked.slip, texts))
    if asked.confidence is not None:
        low, high = asked.confidence
        said.append(texts("evaluation.asked.confidence", low=f"{low:g}", high=f"{high:g}"))
    for kind, pair in (("status", asked.status), ("risk", asked.risk)):
        if pair is not None:
            right, told = (texts(f"verdict.{kind}.{value}") for value in pair)
            said.append(texts(f"evaluation.asked.{kind}", right=right, told=told))
    if asked.unreadable:
        said.append(texts("evaluation.asked.unreadable"))
    if asked.wrong is not None:
        said.append(texts("evaluation.asked.wrong" if asked.wrong else "evaluation.asked.right"))
    return " · ".join(said) or texts("evaluation.asked.all")


def slip_words(slip: Slip, texts: Texts) -> str:
    if not slip.read:
        return texts("evaluation.slip.lost", expected=slip.expected)
    if not slip.expected:
        return texts("evaluation.slip.added", read=slip.read)
    return texts("evaluation.slip.read", expected=slip.expected, read=slip.read)


def condition_word(condition: str, texts: Texts) -> str:
    """What this project calls its own conditions; any other word as it is."""
    if condition == NO_CONDITION:
        return texts("evaluation.condition.none")
    key = f"condition.{condition}"
    return texts(key) if key in texts else condition


def _texts(said: Any) -> tuple[str, str] | None:
    if said is None:
        return None
    right, told = said
    return str(right), str(told)


def _numbers(said: Any) -> tuple[float, float] | None:
    if said is None:
        return None
    low, high = said
    return float(low), float(high)
