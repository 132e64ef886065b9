"""From what was seen to five probabilities and one word."""

from __future__ import annotations

from idcard_core.card import FieldName, RiskType, Side
from idcard_core.fields.card_text import CardText
from idcard_core.judge.risk.network import Presented
from idcard_core.judgement import Risks, Tampering

ITEMS_OF_BACK = (FieldName.GOV, FieldName.BEGINDATE, FieldName.ENDDATE)
"""On a temporary card these stand on the portrait side, below the number."""
BY_ITEMS = (0.01, 0.7, 0.97, 0.99)
"""Probability that a front is a temporary card, by how many of those items it carries."""
BY_TITLE = 0.99
BY_FILE = 0.99
"""Probability of a screen behind a picture whose file says that it is a screenshot."""
BY_TOOL, UNEDITED = 0.97, 0.01
"""Probability that a picture was edited: whose file names an editor, and of which nothing tells so."""
UNDER_MARKS = 0.3
"""Most that the tamper map counts for where something is written over the card: writing that a program laid over a
picture, as people do with copies, is an edit to it, and nothing against the card."""
LEAST_GENUINE = 0.4
"""Probability from which a card is called genuine, so that one hardly ever is called anything else."""
LEAST_TEMPORARY = 0.5
"""Probability from which a card is called temporary, be it shown as it may."""


def temporary_probability(text: CardText) -> float:
    """How likely a card is a temporary one, by its words and by what is printed on which side."""
    if text.is_named_temporary:
        return BY_TITLE
    if text.side is not Side.FRONT:
        return BY_ITEMS[0]
    return BY_ITEMS[sum(name in text.fields and bool(text.fields[name].value.text) for name in ITEMS_OF_BACK)]


def edited_probability(tool: str | None, tampering: Tampering | None, marked: bool) -> float:
    """How likely a picture was edited, by the editor its file names and by its pixels, if those were looked at."""
    seen = 0.0 if tampering is None else tampering.score
    return max(UNEDITED, BY_TOOL if tool is not None else 0.0, min(seen, UNDER_MARKS) if marked else min(seen, BY_TOOL))


def risks_of(presented: Presented, temporary: float, edited: float, *, screenshot: bool = False) -> Risks:
    """The five probabilities: an edited picture is none of the others, a temporary card neither copy nor screen.

    ``temporary`` and ``edited`` are probabilities of their own; what they leave goes to what was ``presented``, which a
    file that calls itself a ``screenshot`` knows better than any look at it.
    """
    card, copy, screen = presented.probabilities
    if screenshot:
        card, copy, screen = (1 - BY_FILE) * card, (1 - BY_FILE) * copy, BY_FILE + (1 - BY_FILE) * screen
    left = (1 - edited) * (1 - temporary)
    evidence = {
        f"{where}_{kind}": round(float(odds[number] - odds[0]), 3)
        for where, odds in (
            ("surroundings", presented.of_context),
            ("edges", presented.of_edges),
            ("pieces", presented.of_pieces),
            ("colour", presented.of_colour),
            ("lattice", presented.of_lattice),
            ("frame", presented.of_frame),
            ("words", presented.of_words),
        )
        for number, kind in ((1, "copy"), (2, "screen"))
    }
    return Risks(
        genuine=left * card,
        copy=left * copy,
        temporary=(1 - edited) * temporary,
        screen=left * screen,
        edited=edited,
        evidence={**evidence, "screenshot": float(screenshot), "temporary": temporary, "edited": edited},
    )


def risk_type(risks: Risks) -> RiskType:
    """The word for ``risks``: of what is hardly the card itself, the likeliest, however sure.

    Who asks wants to know most of all that it is not the card; ``detail`` has all five probabilities. Editing has no
    word of its own in the contract and is left out of account.
    """
    left = max(1e-9, 1 - risks.edited)
    if risks.temporary / left >= LEAST_TEMPORARY:
        return RiskType.TEMPORARY
    if risks.genuine / left >= LEAST_GENUINE:
        return RiskType.NORMAL
    told = {RiskType.COPY: risks.copy, RiskType.SCREEN: risks.screen, RiskType.TEMPORARY: risks.temporary}
    return max(told, key=lambda kind: told[kind])
