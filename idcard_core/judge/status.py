"""``image_status``: what is the matter with the picture, for what was asked.

When several things are, the first of these is told: another document; no identity card; the other side than asked for
(what is there was read all the same); too dark; glare or lost light on a field; blurred; light lost on a part of a card
of which hardly anything was read; blurred, where nothing can be read of what is surely a card.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from idcard_core.card import FieldName, ImageStatus, Side
from idcard_core.judge.documents import DocumentKind
from idcard_core.judge.quality import Light
from idcard_core.judgement import CLEAR, Obstruction

BLACK, DARK = 0.07, 0.17
"""Brightness of a card's paper (0 to 1) below which it is too dark: whatever was read, and where a field was not."""
FAINT = 0.4
"""As those, where nothing or less than half could be read: white paper three stops below white, lost in noise."""
BLURRED, WASHED = 0.17, 0.3
"""Blur (ems) from which a card is blurred: where fields are in doubt, and whatever was read."""
WHITE, SOME_WHITE = 0.6, 0.3
"""Share of a card without print left from which lost light is the reason that a field was not read; and that nothing,
or less than half, was read of one that is not blurred."""
IN_GLARE, IN_SOME_GLARE, BEFORE_GLARE = 0.25, 0.12, 0.05
"""Share of a field's place in glare from which it hides the field: of one that was read surely, of one that was read
with a doubt, and of one that was not read."""
SURE, DOUBTFUL = 0.9, 0.5
"""Confidence from which a field was read surely, and below which it counts as not read."""


@dataclass(frozen=True, slots=True)
class CardSight:
    """What the status of a card depends on."""

    light: Light
    blur: float
    """In ems."""
    glare: float = 0.0
    """Share of the card in glare."""
    side: Side | None = None
    """None when nothing could be read."""
    confidences: Mapping[FieldName, float] = field(default_factory=dict)
    """Of the fields that the side has: none on the title side of a temporary card."""
    obstructions: Mapping[FieldName, Obstruction] = field(default_factory=dict)
    is_surely_card: bool = False
    """Where nothing could be read: whether the place looks like a card beyond doubt, and shows no other text."""

    @property
    def unread(self) -> frozenset[FieldName]:
        """The fields that were not read, or not surely, and not for something that lies over them."""
        return frozenset(
            name
            for name, confidence in self.confidences.items()
            if confidence < DOUBTFUL and not (name in self.obstructions and self.obstructions[name].covered)
        )

    @property
    def is_unread(self) -> bool:
        """Whether nothing or not everything was read."""
        return self.side is None or bool(self.unread)

    @property
    def is_hardly_read(self) -> bool:
        """Whether nothing, or less than half of the fields, was read."""
        read = sum(confidence > 0 for confidence in self.confidences.values())
        return self.side is None or 2 * read < len(self.confidences)


def image_status(card: CardSight | None, wanted: Side | None, document: DocumentKind | None) -> ImageStatus:
    """The status of a picture: of the ``card`` that answers the request, if there is one, and of another document.

    ``wanted``: the side asked for, None for whichever there is.
    """
    if document is not None:
        return ImageStatus.OTHER_TYPE_CARD
    if card is None:
        return ImageStatus.NON_IDCARD
    if wanted is not None and card.side not in (wanted, None):
        return ImageStatus.REVERSED_SIDE
    return quality_status(card)


def quality_status(card: CardSight) -> ImageStatus:
    """``normal``, or what keeps the card from being read."""
    dark = FAINT if card.is_hardly_read else DARK
    if card.light.paper < BLACK or (card.is_unread and card.light.paper < dark):
        return ImageStatus.OVER_DARK
    if _is_in_glare(card) or (card.is_unread and card.light.clipped > WHITE):
        return ImageStatus.OVER_EXPOSURE
    if card.blur >= WASHED or (card.is_unread and card.blur >= BLURRED):
        return ImageStatus.BLURRED
    if card.is_hardly_read and card.light.clipped > SOME_WHITE:
        return ImageStatus.OVER_EXPOSURE
    if card.side is None:  # print that is not sharp enough to be read may well have sharp edges, as of a smear
        return ImageStatus.BLURRED if card.is_surely_card else ImageStatus.NON_IDCARD
    return ImageStatus.NORMAL


def _is_in_glare(card: CardSight) -> bool:
    for name, confidence in card.confidences.items():
        obstruction = card.obstructions.get(name, CLEAR)
        sure = confidence >= SURE
        least = BEFORE_GLARE if name in card.unread else IN_GLARE if sure else IN_SOME_GLARE
        if obstruction.glare >= least:
            return True
    return False
