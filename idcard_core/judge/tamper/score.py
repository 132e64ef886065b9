"""Measures the tamper map on edited specimens: ``python -m idcard_core.judge.tamper.score``.

Half of the pictures are edited, style after style; the others went the same way through cameras, messengers and
converters, under every readable condition, and nothing was edited. Prints how often each reaches ``ALARM``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from idcard_core.intake import open_picture
from idcard_core.judge.tamper.map import tamper_map
from idcard_core.settings import Limits
from idcard_core.specimen import Condition
from idcard_core.specimen.editing import EditedSpecimen, EditStyle, History, make_edited

ALARM = 0.5
"""The score from which a picture counts as edited."""
SIZES = ((1600, 1200), (1280, 960), (1920, 1080), (1080, 810), (1200, 1600), (960, 1280), (2592, 1944))
CONDITIONS = tuple(condition for condition in Condition if condition.readable)
_OWN_SIZE = (Condition.A4_SCAN, Condition.NO_MARGIN)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made, and how it was judged."""

    condition: Condition
    style: EditStyle | None
    history: History
    score: float

    @property
    def alarmed(self) -> bool:
        """Whether the score reaches the threshold."""
        return self.score >= ALARM


def outcomes(count: int, seed: int) -> Iterator[Outcome]:
    """Makes and judges ``count`` pictures, every second one edited."""
    styles, limits = list(EditStyle), Limits().for_local_files()
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        condition = CONDITIONS[int(rng.integers(len(CONDITIONS)))]
        style = styles[number // 2 % len(styles)] if number % 2 else None
        size = None if condition in _OWN_SIZE else SIZES[int(rng.integers(len(SIZES)))]
        made = make_edited(seed * 1_000_003 + number, condition, style, size)
        yield Outcome(condition, made.style, made.history, _score(made, limits))


def _score(made: EditedSpecimen, limits: Limits) -> float:
    """The highest score of its cards; values that are no longer there are not passed on, as nobody would read them."""
    picture = open_picture(made.jpeg, limits)
    card = made.label.cards[0]
    assert card.corners is not None
    quads = {name: quad for name, quad in card.quads.items() if card.fields[name]}
    return tamper_map(picture, card.corners, quads).score


def _is_favourable(history: History) -> bool:
    """Whether the edited picture was saved finer than it had been, and neither cut nor resized."""
    kept = history.crop == (0, 0) and history.scale_after == 1
    return kept and history.first_quality is not None and history.last_quality > history.first_quality


_WAYS: tuple[tuple[str, Callable[[History], bool]], ...] = (
    ("saved finer, grid kept", _is_favourable),
    (
        "saved finer, grid shifted by a cut",
        lambda h: h.crop != (0, 0) and h.scale_after == 1 and h.last_quality > (h.first_quality or 100),
    ),
    (
        "saved as coarse or coarser",
        lambda h: h.first_quality is not None and h.scale_after == 1 and h.last_quality <= h.first_quality,
    ),
    ("resized after the edit", lambda h: h.scale_after != 1),
    ("never a JPEG before", lambda h: h.first_quality is None and h.scale_after == 1),
)


def _line(name: str, found: list[Outcome]) -> str:
    alarms = sum(outcome.alarmed for outcome in found)
    return f"{name:36} {alarms:5} of {len(found):5}  {alarms / max(1, len(found)):6.1%}"


def main() -> None:
    """Command line: ``--count`` pictures of ``--seed``."""
    parser = argparse.ArgumentParser(description="How often the tamper map alarms on specimens, edited and not.")
    parser.add_argument("--count", type=int, default=800)
    parser.add_argument("--seed", type=int, default=1)
    wishes = parser.parse_args()
    found = list(outcomes(wishes.count, wishes.seed))
    edited = [outcome for outcome in found if outcome.style is not None]
    print(_line("not edited", [outcome for outcome in found if outcome.style is None]))
    print(_line("edited", edited))
    for style in EditStyle:
        print(_line(f"  {style.value}", [outcome for outcome in edited if outcome.style is style]))
    for name, is_so in _WAYS:
        print(_line(f"  {name}", [outcome for outcome in edited if is_so(outcome.history)]))


if __name__ == "__main__":
    main()
