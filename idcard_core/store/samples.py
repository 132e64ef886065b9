"""What a labelled sample is: a picture's label as somebody gave it, in a set, in a version."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from idcard_core.specimen.labels import PictureLabel
from idcard_core.store.errors import Damaged
from idcard_core.store.sealing import Sealing, seal_json, unseal_json

_PURPOSE = "label"


@dataclass(frozen=True, slots=True)
class SampleSet:
    """A set of labelled pictures; ``samples`` counts their current versions."""

    id: int
    name: str
    author: str
    created: datetime
    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSample:
    """A picture's label as somebody gave it; ``page`` counts from 1 in a document.

    The label's own ``image`` is the name that its file had. ``has_picture``: the picture itself is kept.
    """

    label: PictureLabel = field(repr=False)
    sha256: str
    author: str
    time: datetime
    page: int | None = None
    slices: tuple[str, ...] = ()
    """What results may be looked at by, beside the label's condition."""
    has_picture: bool = False

    def says_as(self, other: NewSample) -> bool:
        """Whether the other one says the same, whoever said it and when."""
        mine, others = (each.label.to_dict() for each in (self, other))
        return (mine, self.slices, self.has_picture) == (others, other.slices, other.has_picture)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(NewSample):
    """A version of a labelled picture; versions count from 1, and the newest is the current one."""

    id: int
    set_id: int
    version: int
    current: bool


@dataclass(frozen=True, slots=True)
class SampleFilter:
    """Which of a set's samples: those that pass everything that is not None."""

    condition: str | None = None
    slice: str | None = None


ALL_SAMPLES = SampleFilter()


def seal_label(label: PictureLabel, sealing: Sealing) -> bytes:
    """What is kept of a label."""
    return seal_json(sealing, label.to_dict(), _PURPOSE)


def unseal_label(kept: bytes, sealing: Sealing) -> PictureLabel:
    """The other way round. Raises Damaged."""
    try:
        return PictureLabel.from_dict(unseal_json(sealing, kept, _PURPOSE))
    except (KeyError, TypeError, ValueError):
        raise Damaged(_PURPOSE) from None
