"""Which row of a card's print is what: the likeliest sequence of roles from top to bottom.

Rows are in reading order and roles have a fixed order on each side of a card, so the best assignment is a path, found
by dynamic programming (Viterbi). Evidence for a role is what stands in the row (labels, words, digits) and where it
stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from idcard_core.fields.lines import Line

OTHER = "other"
"""The role of a row that belongs to no field: a second script, a mark, the background."""

Y_TOLERANCE = 40.0
"""How far (card frame) rows are usually off the middle of their printed place: four millimetres."""
FOREIGN_PENALTY = 5.0
"""Against a row of nothing but letters that no field has: a second script beside the Chinese lines."""

_FOREIGN = re.compile(
    r"(?!(?<![A-Za-z])[Xx]+(?![A-Za-z]))[A-Za-z]{2,}|[^\W\d_A-Za-z\u3007\u3400-\u9fff\U00020000-\U000323af]"
)
"""A single letter may stand in an address (E单元506), and X for each character left out on a specimen (XX路XX号)."""
DOUBT_PENALTY = 3.0
"""Against a row that the recogniser is at a loss with: strokes of a script it does not know."""


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of row.

    ``label`` is what is printed at its start; ``words`` are characters that often stand in it, each with a weight;
    ``y`` is where its middle usually stands (card frame); ``follows`` names the roles it may come right below of,
    itself included where a value can take several rows; ``base`` is its score with no evidence for it. It begins right
    of ``column``, and the row below it is at most ``next_within`` further down (both card frame).
    """

    name: str
    label: str
    y: float | None
    follows: frozenset[str]
    words: tuple[tuple[str, float], ...] = ()
    base: float = -1.0
    column: float = -inf
    next_within: float = inf


def label_hits(text: str, label: str) -> int:
    """How many of the label's characters stand in order near the start of ``text``."""
    head, hits, at = text[: len(label) + 2], 0, 0
    for character in label:
        found = head.find(character, at)
        if found >= 0:
            hits, at = hits + 1, found + 1
    return hits


def evidence(line: Line, role: Role) -> float:
    """How much speaks for ``line`` being ``role``, in about the unit of log odds."""
    text = line.text
    score = role.base + 2.5 * label_hits(text, role.label)
    score += sum(weight for word, weight in role.words if word in text)
    score -= DOUBT_PENALTY * (1 - line.confidence)
    score -= FOREIGN_PENALTY * len("".join(_FOREIGN.findall(text))) / max(1, len(text))
    if role.y is not None:
        score -= min(2.0, ((line.row.middle - role.y) / Y_TOLERANCE) ** 2 / 2)
    return score


def assign(lines: Sequence[Line], roles: Sequence[Role], start: str = "top") -> tuple[list[str], float]:
    """The role of each line (top to bottom) and the score of the whole.

    ``start`` is the name that the roles allowed at the top have in ``follows``.
    """
    within = {role.name: role.next_within for role in roles}
    # best[name] = (score, roles so far, line last given a role)
    best: dict[str, tuple[float, list[str], Line | None]] = {start: (0.0, [], None)}
    for line in lines:
        grown: dict[str, tuple[float, list[str], Line | None]] = {}
        for last, (score, path, above) in best.items():
            _keep(grown, last, (score, [*path, OTHER], above))
            for role in roles:
                if _may_follow(role, line, last, above) and _is_near(line, above, within.get(last, inf)):
                    _keep(grown, role.name, (score + evidence(line, role), [*path, role.name], line))
        best = grown
    score, path, _ = max(best.values(), key=lambda item: item[0])
    return path, score


def _is_near(line: Line, above: Line | None, within: float) -> bool:
    return above is None or line.row.middle - above.row.middle <= within


def _may_follow(role: Role, line: Line, last: str, above: Line | None) -> bool:
    """Whether ``line`` may be ``role`` after ``above``, whose role was ``last``."""
    if line.row.left < role.column:
        return False
    if last != role.name or above is None:
        return last in role.follows
    if above.row.is_level_with(line.row):
        return True
    # The label stands in a value's first row, so a row with the label in it is no second one.
    return last in role.follows and not (role.label and label_hits(line.text, role.label) == len(role.label))


def _keep(
    best: dict[str, tuple[float, list[str], Line | None]], name: str, item: tuple[float, list[str], Line | None]
) -> None:
    if name not in best or item[0] > best[name][0]:
        best[name] = item
