"""A database's mark of how it is sealed, so that a wrong key is told at once and nothing is mixed."""

from __future__ import annotations

from sqlalchemy import Engine, exists, select, update

from idcard_core.store.columns import insert_new
from idcard_core.store.errors import Damaged, KeyMissing, KeyUnexpected, KeyWrong
from idcard_core.store.sealing import Sealing
from idcard_core.store.tables import MARKS, PICTURES, READINGS, REVIEW_ITEMS, SAMPLE_SETS

_NAME, _PURPOSE = "sealing", "mark"
_IN_CLEAR, _KNOWN = b"in clear", b"sealed by this key"


def check_mark(engine: Engine, sealing: Sealing) -> None:
    """Hold ``sealing`` against the database's mark, which an empty store gets anew.

    Raises KeyMissing, KeyWrong, KeyUnexpected.
    """
    mark = sealing.seal(_KNOWN, _PURPOSE) if sealing.encrypts else _IN_CLEAR
    with engine.begin() as connection:
        insert_new(connection, MARKS, {"name": _NAME, "value": mark})
        found = connection.execute(select(MARKS.c.value).where(MARKS.c.name == _NAME)).scalar_one()
        if _agrees(found, sealing):
            return
        empty = [~exists(select(table)) for table in (PICTURES, READINGS, SAMPLE_SETS, REVIEW_ITEMS)]
        marked = update(MARKS).where(MARKS.c.name == _NAME, *empty).values(value=mark)
        if connection.execute(marked).rowcount:
            return
    if found == _IN_CLEAR:
        raise KeyUnexpected
    raise KeyWrong if sealing.encrypts else KeyMissing


def _agrees(found: bytes, sealing: Sealing) -> bool:
    if found == _IN_CLEAR or not sealing.encrypts:
        return found == _IN_CLEAR and not sealing.encrypts
    try:
        return sealing.unseal(found, _PURPOSE) == _KNOWN
    except Damaged:
        return False
