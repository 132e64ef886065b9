"""Labelled pictures taken from their files into a set of the store; what cannot be taken is named, the rest goes in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone

from idcard_core.evaluate.importing.files import Files
from idcard_core.evaluate.importing.forms import form_of
from idcard_core.evaluate.importing.pictures import PictureNames, picture_of
from idcard_core.evaluate.importing.rows import LabelRow
from idcard_core.evaluate.importing.text import text_of
from idcard_core.evaluate.importing.trouble import ImportTrouble, Trouble, Why
from idcard_core.evaluate.progress import Progress
from idcard_core.settings import Limits
from idcard_core.store.samples import NewSample
from idcard_core.store.store import Store

MOST_LABEL_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Destination:
    """The set that samples go into, who gives them, and words to look at results by, on top of each row's own."""

    set_name: str
    author: str
    slices: tuple[str, ...] = ()


@dataclass(slots=True)
class ImportReport:
    """What an import has come to; pictures are ``added``, ``corrected`` (a new version) or there already, the same."""

    set_id: int
    added: int = 0
    corrected: int = 0
    same: int = 0
    stopped: bool = False
    troubles: list[Trouble] = field(default_factory=list)


def take_in(store: Store, files: Files, destination: Destination, limits: Limits, progress: Progress) -> ImportReport:
    """Import everything that ``files`` has labels for; the set is made if there is none.

    ``limits`` bound a picture. Raises ImportTrouble where there is no label at all; the set is then not made.
    """
    rows, troubles = read_rows(files)
    if not rows and not troubles:
        raise ImportTrouble(Why.NO_LABELS)
    names = PictureNames(files.names())
    progress.begin(len(rows))
    report: ImportReport | None = None
    for row in rows:
        if progress.is_stopping:
            break
        try:
            sample = _kept(store, files, names.find(row), row, destination, limits)
        except ImportTrouble as trouble:
            troubles.append(trouble.at(row.file, row.line))
        else:
            if report is None:
                set_id = store.samples.make_set(destination.set_name, destination.author, sample.time)
                report = ImportReport(set_id)
            _count(store, report, sample)
        progress.step()
    report = report or ImportReport(0)
    report.stopped = progress.done < len(rows)
    report.troubles = troubles
    return report


def read_rows(files: Files) -> tuple[list[LabelRow], list[Trouble]]:
    """Every picture's label in the order of the files, and what could not be read.

    Rows of one table that name the same picture are its cards; elsewhere a picture has one row, the first.
    """
    rows: dict[tuple[str, str, int | None], LabelRow] = {}
    troubles = list(files.troubles)
    for name in files.names():
        if (form := form_of(name)) is None:
            continue
        try:
            found: Iterable[LabelRow | Trouble] = form(name, text_of(files.read(name, MOST_LABEL_BYTES)))
        except ImportTrouble as trouble:
            troubles.append(trouble.at(name))
            continue
        for row in found:
            if isinstance(row, Trouble):
                troubles.append(row)
                continue
            key = (row.file, row.label.image, row.page)
            if key not in rows:
                rows[key] = row
            elif _is_another_card(rows[key], row):
                rows[key] = rows[key].with_cards_of(row)
            else:
                troubles.append(Trouble(row.file, row.line, Why.TWICE, "image"))
    return list(rows.values()), troubles


def _is_another_card(first: LabelRow, row: LabelRow) -> bool:
    """Whether a table's row adds a card to a picture, instead of saying what has been said."""
    said = [card.to_dict() for card in first.label.cards]
    is_table = row.file.lower().endswith((".csv", ".tsv"))
    return is_table and bool(row.label.cards) and all(card.to_dict() not in said for card in row.label.cards)


def _kept(store: Store, files: Files, name: str, row: LabelRow, destination: Destination, limits: Limits) -> NewSample:
    """A sample whose picture is in the store."""
    now = datetime.now(timezone.utc)
    picture = picture_of(files.read(name, limits.file_bytes), row, limits)
    return NewSample(
        label=row.label,
        sha256=store.pictures.keep(picture, now),
        author=destination.author,
        time=now,
        page=row.page,
        slices=tuple(dict.fromkeys((*row.slices, *destination.slices))),
        has_picture=True,
    )


def _count(store: Store, report: ImportReport, sample: NewSample) -> None:
    before = store.samples.versions(report.set_id, sample.sha256, sample.page)
    store.samples.add(report.set_id, [sample])
    if not before:
        report.added += 1
    elif before[-1].says_as(sample):
        report.same += 1
    else:
        report.corrected += 1
