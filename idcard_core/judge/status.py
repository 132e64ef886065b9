"""``image_status``: what is the matter with the picture, for what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from idcard_core.card import Card, ImageStatus, Side


def image_status(cards: Sequence[Card], wanted: Side | None) -> ImageStatus:
    """The status of a picture with these cards on it. Nothing found means no identity card."""
    if not cards:
        return ImageStatus.NON_IDCARD
    if wanted is not None and all(card.side is not wanted for card in cards):
        return ImageStatus.REVERSED_SIDE
    return ImageStatus.NORMAL
