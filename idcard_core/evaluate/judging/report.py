"""The report on judging: confusion matrices, precision and recall, ROC curves, portrait, direction, time."""

from __future__ import annotations

from collections.abc import Sequence

from idcard_core.card import RiskType
from idcard_core.contract import JsonObject
from idcard_core.evaluate import svg
from idcard_core.evaluate.confusion import Confusion
from idcard_core.evaluate.folder import Report
from idcard_core.evaluate.judging.outcome import Judged, roc, typical
from idcard_core.evaluate.metrics import Proportion
from idcard_core.evaluate.table import Table, decimal, milliseconds, of_total, percent

LEAST_OVERLAP = 0.85
"""Of the portrait's box found and the true one."""
SCORES = {RiskType.COPY: "copy", RiskType.SCREEN: "screen", RiskType.TEMPORARY: "temporary"}
LEFT_PX, TOP_PX, SIDE_PX = 60, 60, 320


def judging_report(judged: Sequence[Judged]) -> Report:
    """Everything that is told of a run."""
    known = [one.status for one in judged if one.status is not None]
    status = Confusion.of([(right.value, told.value) for right, told in known])
    risks = [one.risk for one in judged if one.risk is not None]
    risk = Confusion.of([(right.value, told.value) for right, told in risks])
    curves = {kind.value: _curve(judged, kind) for kind in SCORES}
    return Report(
        "judging",
        [_overall(judged, status, risk), _matrix("Status", status), _matrix("Risk", risk), _areas(curves)],
        _numbers(judged, status, risk, curves),
        details=[_ways(judged)],
        plots={"roc.svg": _plot(curves)},
    )


def _curve(judged: Sequence[Judged], kind: RiskType) -> tuple[list[tuple[float, float]], float]:
    known = [(one.risks, one.risk[0]) for one in judged if one.risks is not None and one.risk is not None]
    return roc([getattr(risks, SCORES[kind]) for risks, _ in known], [right is kind for _, right in known])


def _overall(judged: Sequence[Judged], status: Confusion, risk: Confusion) -> Table:
    genuine = [one.risk[1] for one in judged if one.risk is not None and one.risk[0] is RiskType.NORMAL]
    turns = [one.direction for one in judged if one.direction is not None]
    overlaps = [one.overlap for one in judged if one.overlap is not None]
    rows = [
        ("status right", of_total(status.right)),
        ("normal kept normal", of_total(status.recall("normal") if "normal" in status.words else Proportion())),
        ("risk right", of_total(risk.right)),
        ("genuine called anything else", of_total(Proportion.of(told is not RiskType.NORMAL for told in genuine))),
        ("direction right", of_total(Proportion.of(right == told for right, told in turns))),
        (f"portrait found, IoU {LEAST_OVERLAP:g}", of_total(Proportion.of(o >= LEAST_OVERLAP for o in overlaps))),
        ("portrait IoU, median", decimal(typical(overlaps))),
        ("judging a picture, median ms", milliseconds(typical(one.milliseconds for one in judged))),
    ]
    return Table(f"Judging {len(judged)} pictures", ("", "this project"), tuple(rows))


def _matrix(title: str, confusion: Confusion) -> Table:
    header = (f"{title}: right, then told as", *confusion.words, "recall", "precision")
    rows = [
        (
            word,
            *(str(count) if count else "" for count in counts),
            percent(confusion.recall(word)),
            percent(confusion.precision(word)),
        )
        for word, counts in zip(confusion.words, confusion.counts, strict=True)
    ]
    return Table(title, header, tuple(rows))


def _areas(curves: dict[str, tuple[list[tuple[float, float]], float]]) -> Table:
    rows = [(kind, decimal(area)) for kind, (_, area) in curves.items()]
    return Table("Area under the ROC curve", ("risk", "area"), tuple(rows))


def _ways(judged: Sequence[Judged]) -> Table:
    rows = []
    for way in sorted({one.way for one in judged}):
        some = [one for one in judged if one.way == way]
        rows.append(
            (
                way,
                percent(Proportion.of(one.status[0] is one.status[1] for one in some if one.status is not None)),
                percent(Proportion.of(one.risk[0] is one.risk[1] for one in some if one.risk is not None)),
                str(len(some)),
            )
        )
    return Table("By how the picture came about", ("way", "status right", "risk right", "pictures"), tuple(rows))


def _numbers(
    judged: Sequence[Judged],
    status: Confusion,
    risk: Confusion,
    curves: dict[str, tuple[list[tuple[float, float]], float]],
) -> JsonObject:
    return {
        "pictures": len(judged),
        "status": {
            "words": list(status.words),
            "counts": [list(row) for row in status.counts],
            "right": status.right.rate,
        },
        "risk": {
            "words": list(risk.words),
            "counts": [list(row) for row in risk.counts],
            "right": risk.right.rate if risk.right.total else None,
        },
        "roc_area": {kind: area if area == area else None for kind, (_, area) in curves.items()},
    }


def _plot(curves: dict[str, tuple[list[tuple[float, float]], float]]) -> str:
    parts = svg.legend(list(curves), 8, 30, 110)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = LEFT_PX + SIDE_PX * share, TOP_PX + SIDE_PX * (1 - share)
        parts += [svg.line((LEFT_PX, y), (LEFT_PX + SIDE_PX, y), svg.GRID)]
        parts += [svg.text(LEFT_PX - 6, y + 4, f"{share:.0%}", "end", 10)]
        parts += [svg.text(x, TOP_PX + SIDE_PX + 16, f"{share:.0%}", "middle", 10)]
    parts.append(svg.text(LEFT_PX + SIDE_PX / 2, TOP_PX + SIDE_PX + 36, "false alarms", "middle"))
    for number, (points, _) in enumerate(curves.values()):
        places = [(LEFT_PX + SIDE_PX * x, TOP_PX + SIDE_PX * (1 - y)) for x, y in points]
        if places:
            parts.append(svg.polyline(places, svg.COLOURS[number % len(svg.COLOURS)]))
    return svg.document(LEFT_PX + SIDE_PX + 40, TOP_PX + SIDE_PX + 50, "Found against false alarms", parts)
