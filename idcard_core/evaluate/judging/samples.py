"""Pictures to be judged, drawn afresh: cards in every condition, prints and screens by unseen devices, other things."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from idcard_core.card import ImageStatus, Points, RiskType, Side
from idcard_core.judge.documents import DocumentKind
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.documents.make import make_document, make_nothing
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.make import make_specimen
from idcard_core.specimen.people import make_person
from idcard_core.specimen.presented import UNSEEN_DEVICES, Presented
from idcard_core.specimen.recapture.present import present

STATUS_OF = {
    Condition.TOO_BLURRED: ImageStatus.BLURRED,
    Condition.TOO_DARK: ImageStatus.OVER_DARK,
    Condition.GLARE_ON_FIELD: ImageStatus.OVER_EXPOSURE,
}
RISK_OF = {
    Condition.GREY_COPY: RiskType.COPY,
    Condition.SCREEN: RiskType.SCREEN,
    Condition.TEMPORARY: RiskType.TEMPORARY,
}
UNCLEAR = frozenset({Condition.WATERMARK, Condition.STAMP, Condition.COVERED})
"""Marks are put on cards and on copies of them; what such a specimen is of is not told."""
_RISKS = {Presented.GENUINE: RiskType.NORMAL, Presented.COPY: RiskType.COPY, Presented.SCREEN: RiskType.SCREEN}


@dataclass(frozen=True, slots=True, eq=False)
class JudgedSample:
    """A picture and what should be said of it; None where nothing is known to be right."""

    jpeg: bytes
    way: str
    """How it came about: a condition, a device's kind, a document's."""
    side: Side | None
    """The side that is asked for."""
    status: ImageStatus | None
    risk: RiskType | None = None
    direction: int | None = None
    portrait: Points | None = None


def draw_samples(count: int, seed: int) -> Iterator[JudgedSample]:
    """``count`` pictures: of every five, two everyday specimens, two by unseen devices, one of something else."""
    conditions, cards = tuple(Condition), _cards(seed)
    ways: tuple[Callable[[int, np.random.Generator], JudgedSample], ...] = (
        lambda number, rng: _everyday(number, rng, conditions[(2 * (number // 5)) % len(conditions)]),
        lambda number, rng: _by_device(rng, cards, tuple(Presented)[(2 * (number // 5)) % 3]),
        lambda number, rng: _everyday(number, rng, conditions[(2 * (number // 5) + 1) % len(conditions)]),
        lambda number, rng: _by_device(rng, cards, tuple(Presented)[(2 * (number // 5) + 1) % 3]),
        lambda number, rng: _something_else(number, number // 5),
    )
    for number in range(count):
        unique = seed * 1_000_003 + number
        yield ways[number % 5](unique, np.random.default_rng([seed, number]))


def _cards(seed: int) -> list[FlatCard]:
    rng = np.random.default_rng([seed, 7])
    sides = (Side.FRONT, Side.BACK, Side.FRONT)
    return [draw_card(sides[number % 3], make_person(rng, None), rng, 1284, None) for number in range(24)]


def _everyday(number: int, rng: np.random.Generator, condition: Condition) -> JudgedSample:
    specimen = make_specimen(number, condition, "")
    card = specimen.label.cards[0]
    side: Side | None = card.side if len(specimen.label.cards) == 1 else None
    status = STATUS_OF.get(condition, ImageStatus.NORMAL)
    if side is not None and status is ImageStatus.NORMAL and rng.random() < 0.15:
        side, status = (Side.BACK if side is Side.FRONT else Side.FRONT), ImageStatus.REVERSED_SIDE
    read = condition.readable
    risk = RISK_OF.get(condition, RiskType.NORMAL) if read and condition not in UNCLEAR else None
    single = len(specimen.label.cards) == 1
    return JudgedSample(
        jpeg=specimen.jpeg,
        way=condition.value,
        side=side,
        status=status,
        risk=risk,
        direction=card.quarter_turns if read and single else None,
        portrait=card.portrait if read and single else None,
    )


def _by_device(rng: np.random.Generator, cards: list[FlatCard], presented: Presented) -> JudgedSample:
    card = cards[int(rng.integers(len(cards)))]
    made = present(rng, card, presented, UNSEEN_DEVICES)
    status = None if made.glare or made.drowned else ImageStatus.NORMAL
    direction = None if made.drowned else made.direction  # told by what is printed
    return JudgedSample(made.jpeg, f"{presented.value}: {made.way}", card.side, status, _RISKS[presented], direction)


def _something_else(number: int, turn: int) -> JudgedSample:
    if turn % 3 == 2:
        return JudgedSample(make_nothing(number), "nothing", None, ImageStatus.NON_IDCARD)
    kinds = tuple(DocumentKind)
    jpeg, kind = make_document(number, kinds[turn % len(kinds)])
    return JudgedSample(jpeg, f"document: {kind.value}", None, ImageStatus.OTHER_TYPE_CARD)
