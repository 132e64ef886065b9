"""The last few recognitions with their pictures, encoded, bounded in number and in bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from idcard_core.card import Card, FieldName, Reading

MOST_EXHIBITS = 60
MOST_BYTES = 96 * 2**20
"""Of one session's shelf, original files included."""


@dataclass(frozen=True, slots=True)
class Original:
    """What was handed in: a file's bytes, or an address; ``token`` tells an uploaded file from all others.

    ``page`` is the one meant, from 1, where the file is a document of several pages; they all share the bytes.
    """

    name: str
    source: bytes | str
    token: str = ""
    page: int | None = None

    @property
    def size_bytes(self) -> int:
        """Memory it takes."""
        return len(self.source)


@dataclass(frozen=True, slots=True, eq=False)
class CardPictures:
    """The pictures cut from one card, as encoded files; None where there is none."""

    rectified: bytes | None = None
    portrait: bytes | None = None
    heat: bytes | None = None
    """To be laid over the card: warm where it seems edited."""
    glare: bytes | None = None
    """As ``heat``: blue where there is glare."""

    @property
    def size_bytes(self) -> int:
        """Memory they take."""
        return sum(len(picture or b"") for picture in (self.rectified, self.portrait, self.heat, self.glare))


@dataclass(frozen=True, slots=True, eq=False)
class ShownCard:
    """One card of a recognition; ``number`` tells it from others on the same picture, and is None for the only one."""

    card: Card
    pictures: CardPictures
    expected: Mapping[FieldName, str]
    number: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Exhibit:
    """One recognition as the page shows it.

    ``reading`` has its picture arrays taken out; ``preview`` is the whole picture, upright, scaled down; ``pictures``
    and ``expected``, their labels, go with ``reading.cards``; ``wire`` is the answer of the wire contract as JSON text,
    ``wire_detail`` the same with its ``detail``.
    """

    row_id: int
    original: Original
    reading: Reading
    preview: bytes
    pictures: tuple[CardPictures, ...]
    wire: str
    wire_detail: str
    expected: tuple[Mapping[FieldName, str], ...]

    @property
    def cards(self) -> list[ShownCard]:
        """The cards in the order they are shown; several are numbered from 1."""
        together = zip(self.reading.cards, self.pictures, self.expected, strict=True)
        ordered = sorted(together, key=lambda parts: parts[0].order)
        several = len(ordered) > 1
        return [ShownCard(*parts, number if several else None) for number, parts in enumerate(ordered, start=1)]

    @property
    def size_bytes(self) -> int:
        """Memory it takes, nearly, without the original."""
        cut = sum(pictures.size_bytes for pictures in self.pictures)
        return len(self.preview) + cut + len(self.wire) + len(self.wire_detail)


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

    def drop(self, row_id: int) -> None:
        """Lets go of an exhibit, if it is here."""
        self._exhibits.pop(row_id, None)

    @property
    def size_bytes(self) -> int:
        """Memory all exhibits take; the pages of a document share one original."""
        originals = {id(shown.original.source): shown.original.size_bytes for shown in self._exhibits.values()}
        return sum(originals.values()) + sum(shown.size_bytes for shown in self._exhibits.values())

    def __len__(self) -> int:
        return len(self._exhibits)
