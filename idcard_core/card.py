"""The domain: what a picture of a card is read into.

Everything here is data. Positions are float32 points ``(n, 2)`` as ``(x, y)`` in pixels of the picture as a viewer
shows it (EXIF orientation applied, full size), origin at the top left; a quad has its four corners clockwise from the
thing's *own* top left, whatever way the picture is turned. The first pixel reaches from 0 to 1. Pictures are BGR uint8
arrays ``(height, width, 3)``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from idcard_core.judgement import CLEAR, Obstruction, Quality, Risks, Tampering
from idcard_core.printed import FIELDS as FIELDS
from idcard_core.printed import FieldName as FieldName
from idcard_core.printed import Side as Side

Image = NDArray[np.uint8]
"""BGR uint8, ``(height, width, 3)``."""
Points = NDArray[np.float32]
"""float32, ``(n, 2)``; a quad is ``(4, 2)``."""

CARD_MM = (85.60, 54.00)
"""Width and height of a card in millimetres (ISO/IEC 7810 ID-1)."""
CARD_CORNER_MM = 3.18
"""Radius of a card's corners in millimetres (ISO/IEC 7810 ID-1)."""
CARD_FRAME = (856, 540)
"""Width and height in pixels of the standard frame a card is rectified to: ten pixels a millimetre."""


class ImageStatus(str, Enum):
    """``image_status`` of the wire contract."""

    NORMAL = "normal"
    REVERSED_SIDE = "reversed_side"
    NON_IDCARD = "non_idcard"
    BLURRED = "blurred"
    OTHER_TYPE_CARD = "other_type_card"
    OVER_EXPOSURE = "over_exposure"
    OVER_DARK = "over_dark"
    UNKNOWN = "unknown"


class RiskType(str, Enum):
    """``risk_type`` of the wire contract."""

    NORMAL = "normal"
    COPY = "copy"
    TEMPORARY = "temporary"
    SCREEN = "screen"
    UNKNOWN = "unknown"


class NumberType(str, Enum):
    """``idcard_number_type`` of the wire contract: the number held against the printed sex and birth date."""

    EMPTY = "-1"
    """All front fields are empty."""
    IMPOSSIBLE = "0"
    """The number is not a possible number."""
    AGREES = "1"
    DISAGREES = "2"
    """With both sex and birth date."""
    BIRTH_DISAGREES = "3"
    SEX_DISAGREES = "4"


@dataclass(frozen=True, slots=True)
class Location:
    """An axis-parallel box in whole pixels."""

    left: int
    top: int
    width: int
    height: int

    @classmethod
    def around(cls, points: Points) -> Location:
        """The smallest box around ``points`` (n, 2)."""
        left, top = np.floor(points.min(axis=0)).astype(int)
        right, bottom = np.ceil(points.max(axis=0)).astype(int)
        return cls(int(left), int(top), int(right - left), int(bottom - top))


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One printed value.

    ``text`` is normalised (dates ``YYYYMMDD``, address lines joined); ``raw`` is the plain reading before any rule;
    ``rule`` names the rule that made the two differ in substance, if one did; ``confidence`` is 0 to 1;
    ``quad`` is None when the place is not known.
    """

    name: FieldName
    text: str
    confidence: float = 0.0
    quad: Points | None = None
    raw: str = ""
    rule: str | None = None
    obstruction: Obstruction = CLEAR


class Severity(str, Enum):
    """How much a finding matters to a reviewer."""

    INFO = "info"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reviewer should know about an imperfect card; never an error.

    ``code`` is a stable word such as ``checksum``; ``values`` holds what a sentence about it needs, in plain strings.
    """

    code: str
    severity: Severity = Severity.INFO
    field: FieldName | None = None
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


class Reason(str, Enum):
    """Why a person should look at a field again."""

    NOT_READ = "not_read"
    """Nothing was read where the value should stand."""
    LOW_CONFIDENCE = "low_confidence"
    COVERED = "covered"
    """A stamp, a watermark or a thing lies over the value."""
    UNLAWFUL = "unlawful"
    """The value breaks a rule of its own kind: a wrong check character, a day that does not exist."""
    DISAGREES = "disagrees"
    """The value contradicts another one on the card."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field that should be reviewed, and why."""

    field: FieldName
    reason: Reason


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """The portrait cut from the card, upright (BGR), and where it stands in the picture."""

    image: Image
    quad: Points

    @property
    def location(self) -> Location:
        """The box around the portrait in the picture."""
        return Location.around(self.quad)


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """One side of one card found in the picture.

    ``quarter_turns`` is how often the picture is turned 90 degrees counter-clockwise relative to the upright card
    (0 to 3), or -1 when it cannot be told; ``angle_degrees`` is what remains, clockwise positive, within -45 to 45.
    ``rectified`` is the card in the standard frame, ``CARD_FRAME``; it comes with ``ReadOptions.detail``.
    """

    side: Side
    quad: Points
    quarter_turns: int
    angle_degrees: float
    fields: tuple[Field, ...]
    findings: tuple[Finding, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    valid: bool = False
    number_type: NumberType = NumberType.EMPTY
    portrait: Portrait | None = None
    rectified: Image | None = None
    quality: Quality | None = None
    """Comes with ``ReadOptions.detail``."""
    risks: Risks | None = None
    """Comes with ``ReadOptions.risk`` and ``ReadOptions.detail``."""
    tampering: Tampering | None = None
    """Comes with ``ReadOptions.detail``."""

    @property
    def needs_review(self) -> bool:
        """Whether a person should look at the card again; ``doubts`` says why."""
        return bool(self.doubts)

    @property
    def doubted(self) -> Mapping[FieldName, tuple[Reason, ...]]:
        """The fields that should be reviewed, as printed from top to bottom, each with all its reasons."""
        reasons = {name: tuple(doubt.reason for doubt in self.doubts if doubt.field is name) for name in FieldName}
        return {name: why for name, why in reasons.items() if why}

    @property
    def order(self) -> tuple[bool, float]:
        """Sorts cards as people are shown them: fronts before backs, each kind from the picture's top left on."""
        return self.side is not Side.FRONT, float(self.quad.mean(axis=0).sum())

    def field(self, name: FieldName) -> Field:
        """The field called ``name``; one with an empty text when the card has none."""
        return next((f for f in self.fields if f.name is name), Field(name, ""))


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """What is known of the picture itself: size in pixels as a viewer shows it, format, identity.

    ``page`` counts from 1 in a document of pages, whose size and hash the other values are; None for a plain picture.
    """

    width: int
    height: int
    format: str
    size_bytes: int
    sha256: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a caller asks for. ``side`` None means: whichever sides there are."""

    side: Side | None = None
    direction: bool = False
    risk: bool = False
    photo: bool = False
    detail: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The answer to one picture: the cards on it and the judgement of the picture for what was asked."""

    picture: PictureInfo
    options: ReadOptions
    cards: tuple[Card, ...]
    status: ImageStatus
    risk: RiskType = RiskType.UNKNOWN
    edit_tool: str | None = None
    document: str | None = None
    """Which other document it is, where ``status`` says so: a value of ``judge.documents.DocumentKind``."""
    timings_ms: Mapping[str, float] = dataclasses.field(default_factory=dict)
    """Milliseconds by stage, in the order the stages ran, with ``total`` last."""

    def card(self, side: Side) -> Card | None:
        """The first card that shows ``side``, if any."""
        return next((card for card in self.cards if card.side is side), None)

    @property
    def answering(self) -> Card | None:
        """The card that answers the request: the side asked for, else whatever is there."""
        if self.options.side is not None and (wanted := self.card(self.options.side)) is not None:
            return wanted
        return self.cards[0] if self.cards else None

    @property
    def direction(self) -> int:
        """``direction`` of the wire contract: -1 undefined, else the quarter turns of the answering card."""
        return -1 if self.answering is None else self.answering.quarter_turns
