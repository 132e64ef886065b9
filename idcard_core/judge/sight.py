"""What is seen of a card beside its text: light, what hides its fields, and whether it is an identity card at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from idcard_core.card import FIELDS, FieldName, Side
from idcard_core.fields.card_text import CardText
from idcard_core.fields.front import NUMBER_LABEL
from idcard_core.fields.rules.number import is_valid
from idcard_core.fields.rules.regions import history
from idcard_core.intake import Picture
from idcard_core.judge.obstruction import obstructions, share_of_spots, white_spots, without_white_cards
from idcard_core.judge.quality import blur_of, is_in_the_dark, light_of
from idcard_core.judge.status import BEFORE_GLARE, FAINT, CardSight
from idcard_core.locate.placement import Placement
from idcard_core.locate.view import CardView

FRONT_LABELS = ("姓名", "性别", "民族", "出生", "住址", NUMBER_LABEL)
LEAST_LABELS = 5
"""Of those, all but one, which may be blacked out with its value; other papers have some of them."""
SURELY_CARD = 0.9
"""The locator's score from which a place that shows no text is taken for a card: what was none had 0.8 at most."""
ENOUGH_TEXT = 20
"""Characters read on a picture without a card that tell it from one too dark to see anything on."""


def is_credible(text: CardText, sight: CardSight) -> bool:
    """Whether what was read is an identity card.

    Half of what can be seen of a front must be read, or nearly all of its labels where values are blacked out, and what
    other papers have not: a receipt, a parcel's label have a long number, a name and an address, too. In faint light,
    where noise covers all that is smaller, or in glare that covers all the rest, a valid number of a known county is
    enough: noise changes digits, and one such number in eleven is still valid. A back is told by its titles.
    """
    if text.side is Side.BACK:
        return text.is_sure or text.is_whole
    values = {name: text.fields[name].value.text for name in FIELDS[Side.FRONT]}
    number = values[FieldName.IDCARDNO]
    numbered = is_valid(number)
    lost = [name for name, value in values.items() if not value and sight.obstructions[name].glare >= BEFORE_GLARE]
    read = sum(map(bool, values.values()))
    if numbered and history(number[:6]) and (sight.light.paper < FAINT or read + len(lost) == len(values)):
        return True
    own = any(values[name] for name in (FieldName.SEX, FieldName.NATION, FieldName.BIRTHDAY))
    enough = 2 * read >= len(values) - len(lost) or _labels(text) >= LEAST_LABELS
    return read >= 2 and enough and (own or numbered)


def _labels(text: CardText) -> int:
    """How many of the printed labels of a front were read."""
    return sum(any(label in line.text for line in text.lines) for label in FRONT_LABELS)


def sight_of(text: CardText, thorough: bool) -> CardSight:
    """What the status of a card depends on; ``thorough``: its blur, too, where everything was read."""
    small = text.view.small
    white = white_spots(small)
    confidences = {} if text.is_title_side else {name: text.confidence(name) for name in FIELDS[text.side]}
    sight = CardSight(
        light=light_of(small),
        blur=0.0,
        glare=share_of_spots(without_white_cards(white)),
        side=text.side,
        confidences=confidences,
        obstructions=obstructions(text, white, confidences),
    )
    return replace(sight, blur=blur_of(small)) if thorough or sight.is_unread else sight


def unread_sight(picture: Picture, placements: Sequence[Placement], lines: Sequence[str]) -> CardSight | None:
    """What can be seen where no card could be read: of the first of ``placements``, or that all lies in the dark.

    None where there is light enough to tell that there is no card: in the dark, too, where ``lines`` could be read.
    """
    legible = sum(map(len, lines)) >= ENOUGH_TEXT
    if placements:
        small = CardView(picture.pixels, placements[0].quad).small
        sure = placements[0].score >= SURELY_CARD and not legible
        return CardSight(light_of(small), blur_of(small), is_surely_card=sure)
    if legible:
        return None
    return CardSight(light_of(picture.pixels[::4, ::4]), 0.0) if is_in_the_dark(picture.pixels) else None
