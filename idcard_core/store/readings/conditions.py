"""A list's filter as conditions on the table of readings."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_

from idcard_core.store.columns import has_word
from idcard_core.store.readings.rows import ReadingFilter
from idcard_core.store.tables import READINGS

_C = READINGS.c


def conditions(wanted: ReadingFilter) -> list[ColumnElement[bool]]:
    """All but ``search``, which needs names that the database may not be able to read."""
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(_C.time >= wanted.since)
    if wanted.until is not None:
        found.append(_C.time < wanted.until)
    if wanted.session is not None:
        found.append(_C.session == wanted.session)
    if wanted.engine is not None:
        found.append(_C.engine == wanted.engine)
    if wanted.side is not None:
        found.append(has_word(_C.sides, wanted.side.value))
    if wanted.status is not None:
        found.append(_C.status == wanted.status.value)
    if wanted.risk is not None:
        found.append(_C.risk == wanted.risk.value)
    return [*found, *_yes_or_no(wanted)]


def _yes_or_no(wanted: ReadingFilter) -> list[ColumnElement[bool]]:
    no_marks = and_(_C.fields_right == (), _C.fields_wrong == ())
    asked: list[tuple[bool | None, ColumnElement[bool]]] = [
        (wanted.failed, _C.error_code.is_not(None)),
        (wanted.needs_review, _C.needs_review.is_(True)),
        (wanted.labelled, ~no_marks),
        (wanted.right, and_(~no_marks, _C.fields_wrong == ())),
    ]
    found = [condition if yes else ~condition for yes, condition in asked if yes is not None]
    return found if wanted.right is None else [*found, ~no_marks]


def found_by(search: str) -> list[ColumnElement[bool]]:
    """Part of a source's name in any case, or a whole log id; nothing of an empty text."""
    if not search:
        return []
    return [or_(_C.source.icontains(search, autoescape=True), _C.log_id == search)]
