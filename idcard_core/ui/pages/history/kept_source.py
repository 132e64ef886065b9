"""Readings of the store as the page lists them, and a kept answer as something to show again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta, timezone

import streamlit as st

from idcard_core import contract
from idcard_core.card import Reading
from idcard_core.errors import IdCardError
from idcard_core.specimen import CardLabel
from idcard_core.store.errors import Damaged, NotKept
from idcard_core.store.readings.rows import KeptReading, ReadingFilter
from idcard_core.store.readings.trend import Span
from idcard_core.store.store import Store
from idcard_core.ui.reading_rows import numbers_of
from idcard_core.ui.samples import labels_of
from idcard_core.ui.service import preview_of
from idcard_core.ui.shelf import CardPictures, Exhibit, Original
from idcard_core.ui.truth import compare

FRESH_SECONDS = 60
"""How long figures of the same readings are told again, though their labels may have changed."""


class KeptReadings:
    """As `Source`; the store's errors go through."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._readings = store.readings

    def page(self, wanted: ReadingFilter, limit: int, offset: int) -> list[KeptReading]:
        return self._readings.page(wanted, limit, offset)

    def count(self, wanted: ReadingFilter) -> int:
        return self._readings.count(wanted)

    def trend(self, wanted: ReadingFilter, width: timedelta, zone: timezone) -> list[Span]:
        newest = [reading.id for reading in self._readings.page(wanted, 1)]
        return _trend(self._store, wanted, width, zone, (self.count(wanted), *newest))

    def engines(self) -> list[str]:
        return self._readings.engines()

    def get(self, id: int) -> KeptReading | None:
        return self._readings.get(id)

    def delete(self, ids: Iterable[int]) -> int:
        return self._readings.delete(ids)

    def delete_all(self, wanted: ReadingFilter) -> int:
        return self._readings.delete_all(wanted)

    def numbers(self, ids: Sequence[int]) -> Mapping[int, str]:
        answers = self._readings.answers(ids)
        return {id: numbers_of(contract.parse_answer(answer)) for id, answer in answers.items()}

    def exhibit(self, reading: KeptReading) -> Exhibit | None:
        answer = self._readings.answer(reading.id)
        if answer is None:
            return None
        try:
            read = contract.parse_answer(answer, reading.sha256 or "")
        except ValueError:
            raise Damaged("reading answer") from None
        return shown_again(reading, read, answer, self._picture(reading), self._labels(reading))

    def _labels(self, reading: KeptReading) -> Sequence[CardLabel]:
        """The newest labels of the picture that are kept, else those that a shipped sample has."""
        if reading.sha256 is None:
            return ()
        kept = self._store.samples.of_picture(reading.sha256, reading.page)
        return kept[0].label.cards if kept else labels_of(reading.sha256)

    def _picture(self, reading: KeptReading) -> bytes:
        """The picture scaled down, where it is kept for a review or a labelled set; else nothing."""
        if reading.sha256 is None or self._store.pictures.find(reading.sha256) is None:
            return b""
        try:
            return preview_of(self._store.pictures.read(reading.sha256), reading.page)
        except (NotKept, IdCardError):  # it has gone meanwhile, or is no picture any more
            return b""


def shown_again(
    reading: KeptReading, read: Reading, answer: str, preview: bytes, labels: Sequence[CardLabel]
) -> Exhibit:
    """A kept reading as pages show one; of its cards there are no pictures."""
    said = json.loads(answer)
    plain = {key: value for key, value in said.items() if key != "detail"}
    return Exhibit(
        row_id=-reading.id,
        original=Original(reading.occasion.source, b"", page=reading.page),
        reading=read,
        preview=preview,
        pictures=tuple(CardPictures() for _ in read.cards),
        wire=json.dumps(plain, ensure_ascii=False, indent=2),
        wire_detail=json.dumps(said, ensure_ascii=False, indent=2),
        expected=compare(read, labels).expected,
    )


@st.cache_data(show_spinner=False, ttl=FRESH_SECONDS, max_entries=50)
def _trend(
    _store: Store, wanted: ReadingFilter, width: timedelta, zone: timezone, state: tuple[int, ...]
) -> list[Span]:
    """As the store tells; ``state`` changes with what there is."""
    return _store.readings.trend(wanted, width, zone)
