"""Shares with their intervals, one below another, as dots and lines on one axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from idcard_core.evaluate.figures.behind import Question
from idcard_core.evaluate.metrics import Proportion
from idcard_core.ui.look import Tone, percent
from idcard_core.ui.pages.evaluation.questions import to_pick

_GOOD, _FAIR = 0.985, 0.95
"""What whole cards are meant to reach, over everything and in each condition."""


@dataclass(frozen=True, slots=True)
class ForestRow:
    """A share, the figure beside it, and what a pick asks; ``other`` is the same in a second run."""

    name: str
    share: Proportion
    asked: Question | None = None
    note: str = ""
    other: Proportion | None = None


def forest(rows: Sequence[ForestRow], label: str) -> str:
    """HTML; the axis begins at the tens below the lowest interval and ends at 100 %."""
    if not rows:
        return ""
    shares = [share for row in rows for share in (row.share, row.other) if share is not None and share.total]
    low = min((math.floor(share.interval[0] * 10) / 10 for share in shares), default=0.0)
    ticks = "".join(f'<span style="left:{_across(at, low):.2f}%">{at:.0%}</span>' for at in _ticks(low))
    body = "".join(_row(row, low) for row in rows)
    axis = f'<div class="id-forest-row id-forest-axis"><span></span><span class="id-forest-track">{ticks}</span></div>'
    return f'<div class="id-forest" role="group" aria-label="{escape(label)}">{axis}{body}</div>'


def tone_of(share: Proportion) -> Tone:
    if share.rate >= _GOOD:
        return Tone.GOOD
    return Tone.FAIR if share.rate >= _FAIR else Tone.BAD


def _row(row: ForestRow, low: float) -> str:
    pick = "" if row.asked is None else f' data-pick="{escape(to_pick(row.asked))}"'
    marks = _mark(row.share, low, "id-mark-one") if row.other is None else ""
    if row.other is not None:
        marks = _mark(row.share, low, "id-mark-two id-mark-before") + _mark(row.other, low, "id-mark-two id-mark-after")
    last = row.share if row.other is None else row.other
    figure = percent(last.rate) if last.total else "—"
    note = f"<small>{escape(row.note or f'{last.right}/{last.total}')}</small>"
    name = escape(row.name)
    return (
        f'<div class="id-forest-row"{pick}><span class="id-forest-name" title="{name}">{name}</span>'
        f'<span class="id-forest-track">{marks}</span><span class="id-forest-figure">{figure}{note}</span></div>'
    )


def _mark(share: Proportion, low: float, classes: str) -> str:
    if not share.total:
        return ""
    start, end = (_across(at, low) for at in share.interval)
    said = f"{percent(share.rate)} ({percent(share.interval[0])} – {percent(share.interval[1])})"
    return (
        f'<i class="{classes} id-mark-{tone_of(share).value}" title="{said}">'
        f'<s style="left:{start:.2f}%;width:{end - start:.2f}%"></s>'
        f'<b style="left:{_across(share.rate, low):.2f}%"></b></i>'
    )


def _across(share: float, low: float) -> float:
    """Where a share stands, in per cent of the axis."""
    return 100 * max(0.0, share - low) / (1 - low)


def _ticks(low: float) -> list[float]:
    step = 0.1 if low >= 0.7 else 0.2 if low >= 0.3 else 0.25
    count = math.floor((1 - low) / step + 1e-9)
    return [1 - step * number for number in range(count, -1, -1)]
