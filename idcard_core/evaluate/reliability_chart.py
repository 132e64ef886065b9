"""The reliability diagram: confidence told against fields that are right, for all fields and for each kind."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from idcard_core.evaluate import svg
from idcard_core.evaluate.benchmark import ContestantResult
from idcard_core.evaluate.calibration import Bin, Calibration, calibrations, overall_calibration

PANEL_PX, PLOT_PX, MARGIN_PX, HEAD_PX = 300, 230, 44, 34
COLUMNS = 3
STRETCH = 200.0
"""How far the axes are drawn out towards 1, where nearly all confidences are; 0.99 then stands at 79 %."""
TICKS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0)


def reliability_chart(contestant: ContestantResult) -> str:
    """A panel for all fields and one for each kind; a point below the diagonal is sure of more than it should be."""
    panels = {"all fields": overall_calibration(contestant.cards)}
    panels |= {name.label: found for name, found in calibrations(contestant.cards).items()}
    headed = {_heading(label, found): found for label, found in panels.items()}
    return panels_chart(f"Confidence (across) against right fields (up): {contestant.name}", headed)


def panels_chart(title: str, panels: Mapping[str, Calibration]) -> str:
    """A panel below each heading, three in a row."""
    rows = math.ceil(len(panels) / COLUMNS)
    parts = []
    for number, (heading, found) in enumerate(panels.items()):
        row, column = divmod(number, COLUMNS)
        parts += _panel(heading, found, column * PANEL_PX, HEAD_PX + row * PANEL_PX)
    return svg.document(COLUMNS * PANEL_PX, HEAD_PX + rows * PANEL_PX, title, parts)


def stretched(share: float) -> float:
    """Where 0 to 1 stands on an axis from 0 to 1; the same on both axes, so that the diagonal stays straight."""
    return 1 - math.log1p(STRETCH * (1 - share)) / math.log1p(STRETCH)


def _panel(heading: str, found: Calibration, left: float, top: float) -> list[str]:
    def place(across: float, up: float) -> tuple[float, float]:
        return left + MARGIN_PX + PLOT_PX * stretched(across), top + 24 + PLOT_PX * (1 - stretched(up))

    parts = [svg.text(left + MARGIN_PX, top + 14, heading, size=11)]
    for tick in TICKS:
        foot, side = place(tick, 0), place(0, tick)
        parts += [svg.line(foot, place(tick, 1), svg.GRID), svg.line(side, place(1, tick), svg.GRID)]
        parts += [
            svg.text(foot[0], foot[1] + 14, f"{tick:g}", "middle", 9),
            svg.text(side[0] - 5, side[1] + 3, f"{tick:g}", "end", 9),
        ]
    parts.append(svg.line(place(0, 0), place(1, 1), svg.INK, "4 3"))
    filled: Sequence[Bin] = [each for each in found.bins if each.right.total]
    for each in filled:
        centre = place(each.confidence, each.right.rate)
        low, high = each.right.interval
        radius = 2 + 5 * math.sqrt(each.right.total / found.right.total)
        parts += [
            svg.line(place(each.confidence, low), place(each.confidence, high)),
            svg.circle(centre, radius, svg.COLOURS[0]),
            svg.text(centre[0] - radius - 2, centre[1] + 11, str(each.right.total), "end", 9),
        ]
    return parts


def _heading(label: str, found: Calibration) -> str:
    return f"{label}: {found.right.total} fields, ECE {found.expected_error:.4f}, Brier {found.brier:.4f}"
