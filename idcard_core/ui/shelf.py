"""The last few recognitions with their pictures, encoded, bounded in number and in bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from idcard_core.card import Card, FieldName, Reading, Side

MOST_EXHIBITS = 60
MOST_BYTES = 96 * 2**20
"""Of one session's shelf, original files included."""


@dataclass(frozen=True, slots=True)
class Original:
    """What was handed in: a file's bytes, or an address; ``token`` tells an uploaded file from all others."""

    name: str
    source: bytes | str
    token: str = ""

    @property
    def size_bytes(self) -> int:
        """Memory it takes."""
        return len(self.source)


@dataclass(frozen=True, slots=True, eq=False)
class CardPictures:
    """The pictures cut from one card, as encoded files; None where there is none."""

    rectified: bytes | None = None
    portrait: bytes | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Exhibit:
    """One recognition as the page shows it.

    ``reading`` has its picture arrays taken out; ``preview`` is the whole picture, upright, scaled down; ``pictures``
    go with ``reading.cards``; ``wire`` is the answer of the wire contract as JSON text, ``wire_detail`` the same with
    its ``detail``; ``expected`` are the labels.
    """

    row_id: int
    original: Original
    reading: Reading
    preview: bytes
    pictures: tuple[CardPictures, ...]
    wire: str
    wire_detail: str
    expected: Mapping[FieldName, str] = field(default_factory=dict)

    @property
    def cards(self) -> list[tuple[Card, CardPictures]]:
        """The cards with their pictures in the order they are shown: fronts before backs."""
        pairs = zip(self.reading.cards, self.pictures, strict=True)
        return sorted(pairs, key=lambda pair: pair[0].side is not Side.FRONT)

    @property
    def size_bytes(self) -> int:
        """Memory it takes, nearly."""
        cut = sum(len(p.rectified or b"") + len(p.portrait or b"") for p in self.pictures)
        return self.original.size_bytes + len(self.preview) + cut + len(self.wire) + len(self.wire_detail)


class Shelf:
    """Keeps the newest exhibits; the oldest fall off."""

    def __init__(self, most: int = MOST_EXHIBITS, most_bytes: int = MOST_BYTES) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._exhibits: OrderedDict[int, Exhibit] = OrderedDict()

    def put(self, exhibit: Exhibit) -> None:
        """Adds ``exhibit``; it stays at least until the next one comes."""
        self._exhibits[exhibit.row_id] = exhibit
        while len(self._exhibits) > 1 and (len(self._exhibits) > self._most or self.size_bytes > self._most_bytes):
            self._exhibits.popitem(last=False)

    def get(self, row_id: int) -> Exhibit | None:
        """The exhibit of a history row, if it is still here."""
        return self._exhibits.get(row_id)

    @property
    def size_bytes(self) -> int:
        """Memory all exhibits take."""
        return sum(exhibit.size_bytes for exhibit in self._exhibits.values())

    def __len__(self) -> int:
        return len(self._exhibits)
