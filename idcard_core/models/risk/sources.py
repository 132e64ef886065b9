"""Who draws the pictures that risk is learnt from and measured by: seven simulators, each in its own way.

One alone teaches its own habits too: networks that had only seen ``recapture`` took the fine lines of another's cards
for a print's raster. The shipped networks have learnt from all but ``tabletop``, which tells what that is
worth elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

import numpy as np

from idcard_core.card import CARD_MM, Points, Side
from idcard_core.specimen import collage, darkroom, painted, rendered, snapshot, tabletop
from idcard_core.specimen.artwork import outline
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.make import make_specimen
from idcard_core.specimen.painted import art as painted_art
from idcard_core.specimen.people import make_person
from idcard_core.specimen.presented import Presented
from idcard_core.specimen.recapture.present import present
from idcard_core.specimen.rendered import art as rendered_art
from idcard_core.specimen.scripts import choose_script
from idcard_core.specimen.surfaces import stamped, watermarked
from idcard_core.specimen.temporary import draw_temporary, temporary_person

Drawn = tuple[bytes, Points, str]
"""An encoded picture, the card's quad on it (pixels, from the card's own top left), and which way it was taken."""
Draw = Callable[[Presented], Drawn]

CARDS = 16
"""Cards drawn for a file of pictures by ``recapture``; each is aged anew in every picture."""
OTHER_ART_SHARE = 0.5
"""Of those: drawn as the other simulators draw cards, so that no hand's fine lines tell a print from a card."""
OTHER_SIDE_SHARE = 0.35
"""Of copies by ``recapture``: pages with both sides."""
UNCLEAR = frozenset(
    {Condition.GREY_COPY, Condition.SCREEN, Condition.WATERMARK, Condition.STAMP}
    | {condition for condition in Condition if not condition.readable}
)
EVERYDAY = {
    Presented.GENUINE: tuple(condition for condition in Condition if condition not in UNCLEAR),
    Presented.COPY: (Condition.GREY_COPY,),
    Presented.SCREEN: (Condition.SCREEN,),
}
"""Conditions of the everyday camera by what they present; those with marks are one or the other."""
EVERYDAY_SHARE = {Presented.GENUINE: 0.1, Presented.COPY: 0.15, Presented.SCREEN: 0.15}
EVERYDAY_SIZES = ((1280, 960), (1600, 1200), (1200, 1600), (1920, 1440))
OWN_SIZE = frozenset({Condition.A4_SCAN, Condition.NO_MARGIN})


class Source(str, Enum):
    """A simulator, by the name of its package."""

    RECAPTURE = "recapture"
    """From light: ``specimen.recapture``, and among its pictures some of the everyday camera of ``specimen``."""
    PAINTED = "painted"
    """By operations on images: ``specimen.painted``."""
    RENDERED = "rendered"
    """A scene in three dimensions: ``specimen.rendered``."""
    COLLAGE = "collage"
    """From flat layers and effects laid over them: ``specimen.collage``."""
    DARKROOM = "darkroom"
    """By stages of reproduction, each with its tones, its blur and its grain: ``specimen.darkroom``."""
    SNAPSHOT = "snapshot"
    """As phones, apps, offices and people leave pictures: ``specimen.snapshot``."""
    TABLETOP = "tabletop"
    """Still lifes of layers with height, gloss and glow: ``specimen.tabletop``. Nothing has learnt from it."""


_SIMULATORS = {
    Source.PAINTED: painted,
    Source.RENDERED: rendered,
    Source.COLLAGE: collage,
    Source.DARKROOM: darkroom,
    Source.SNAPSHOT: snapshot,
    Source.TABLETOP: tabletop,
}


def opened(source: Source, rng: np.random.Generator, devices: Sequence[int]) -> Draw:
    """What draws pictures by ``source`` from ``rng``, taken by the numbered ``devices``."""
    if source is Source.RECAPTURE:
        return _recapturing(rng, devices)
    simulator = _SIMULATORS[source]

    def draw(kind: Presented) -> Drawn:
        taken = simulator.take(rng, kind, int(devices[int(rng.integers(len(devices)))]))
        return taken.jpeg, taken.quad, taken.way

    return draw


def _recapturing(rng: np.random.Generator, devices: Sequence[int]) -> Draw:
    cards = draw_cards(rng, CARDS)

    def draw(kind: Presented) -> Drawn:
        if rng.random() < EVERYDAY_SHARE[kind]:
            return _by_everyday_camera(rng, kind)
        card, other = (cards[int(rng.integers(len(cards)))] for _ in range(2))
        made = present(rng, card, kind, devices, other if rng.random() < OTHER_SIDE_SHARE else None)
        return made.jpeg, made.quad, made.way

    return draw


def draw_cards(rng: np.random.Generator, count: int) -> list[FlatCard]:
    """Flat cards of all kinds: either side, some with a second script, marks, or temporary ones, by several hands."""
    cards = []
    for _ in range(count):
        if rng.random() < OTHER_ART_SHARE:
            cards.append(_by_another_hand(rng))
            continue
        person = make_person(rng, None)
        kind = rng.random()
        width = int(rng.choice([856, 1284, 1712]))
        if kind < 0.06:
            cards.append(draw_temporary(temporary_person(person), rng, width))
            continue
        side = Side.BACK if rng.random() < 0.4 else Side.FRONT
        script = choose_script(rng) if rng.random() < 0.08 else None
        card = draw_card(side, person, rng, width, script)
        if kind > 0.92:
            card = stamped(rng, card) if rng.random() < 0.4 else watermarked(rng, card)
        cards.append(card)
    return cards


def _by_another_hand(rng: np.random.Generator) -> FlatCard:
    """A card as another simulator draws it; what stands where is left open."""
    width = int(rng.choice([1027, 1284, 1712]))
    if rng.random() < 0.5:
        image, side = painted_art.draw_card(rng, width), Side.FRONT
    else:
        side = Side.BACK if rng.random() < 0.4 else Side.FRONT
        image = rendered_art.draw(rng, make_person(rng, None), side, width / CARD_MM[0])
    return FlatCard(side, image, outline((image.shape[1], image.shape[0])), {}, {}, ())


def _by_everyday_camera(rng: np.random.Generator, kind: Presented) -> Drawn:
    """A specimen of ``kind`` by the camera of ``specimen.photograph``; its way is its condition."""
    condition = EVERYDAY[kind][int(rng.integers(len(EVERYDAY[kind])))]
    size = EVERYDAY_SIZES[int(rng.integers(len(EVERYDAY_SIZES)))]
    specimen = make_specimen(int(rng.integers(2**40)), condition, "", None if condition in OWN_SIZE else size)
    corners = specimen.label.cards[0].corners
    assert corners is not None
    return specimen.jpeg, corners, condition.value
