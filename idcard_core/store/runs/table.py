"""Evaluation runs in a database: begun, added to picture by picture, ended; read whole, and compared in pairs."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, FromClause, RowMapping, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from idcard_core.card import FieldName
from idcard_core.evaluate.outcomes import CardOutcome
from idcard_core.store.database import scrub
from idcard_core.store.errors import NotKept
from idcard_core.store.runs.hold import hold_run, run_is_held
from idcard_core.store.runs.record import card_columns, card_from, picture_columns, picture_from
from idcard_core.store.runs.results import CardInRun, ComparedCard, NewRun, PictureResult, Run, RunState
from idcard_core.store.sealing import Sealing
from idcard_core.store.tables import RUN_CARDS, RUN_PICTURES, RUNS

_P, _K = RUN_PICTURES.c, RUN_CARDS.c


class RunTable:
    """Runs in a database. Every method is a transaction of its own."""

    def __init__(self, engine: Engine, sealing: Sealing) -> None:
        self._engine = engine
        self._sealing = sealing

    def begin(self, run: NewRun) -> int:
        """Begin a run; its number. Raises NotKept where its set is not there."""
        values = {
            "set_id": run.set_id,
            "engine": run.engine,
            "settings": run.settings,
            "author": run.author,
            "planned": run.planned,
            "started": run.started,
            "state": RunState.RUNNING.value,
        }
        try:
            with self._engine.begin() as connection:
                return int(connection.execute(insert(RUNS).values(values).returning(RUNS.c.id)).scalar_one())
        except IntegrityError:
            raise NotKept("sample set") from None

    def add(self, id: int, result: PictureResult) -> None:
        """Keep what became of one picture. Raises NotKept where the run is not there, or has the picture already."""
        try:
            with self._engine.begin() as connection:
                kept = insert(RUN_PICTURES).values(picture_columns(id, result)).returning(_P.id)
                picture = int(connection.execute(kept).scalar_one())
                for number, card in enumerate(result.cards):
                    connection.execute(insert(RUN_CARDS).values(card_columns(picture, number, card, self._sealing)))
        except IntegrityError:
            raise NotKept("run, or it has the picture already") from None

    def end(self, id: int, state: RunState, time: datetime) -> None:
        """Finished, stopped or failed; what it has so far stays."""
        ended = update(RUNS).where(RUNS.c.id == id).values(state=state.value, finished=time)
        with self._engine.begin() as connection:
            connection.execute(ended)

    def resume(self, id: int) -> None:
        """Let a run that was ended go on; it may have been interrupted, and then it is running already."""
        again = update(RUNS).where(RUNS.c.id == id).values(state=RunState.RUNNING.value, finished=None)
        with self._engine.begin() as connection:
            connection.execute(again)

    def state(self, id: int) -> RunState | None:
        """How far a run is, in one short look; None where it is not there."""
        with self._engine.connect() as connection:
            found = connection.execute(select(RUNS.c.state).where(RUNS.c.id == id)).scalar_one_or_none()
        return None if found is None else RunState(found)

    def pictures_done(self, id: int) -> set[tuple[str, int | None]]:
        """The pictures that a run has read, by their SHA-256 and page."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(_P.sha256, _P.page).where(_P.run_id == id)).all()
        return {(row[0], row[1] or None) for row in rows}

    def hold(self, id: int) -> AbstractContextManager[bool]:
        """See `hold_run`."""
        return hold_run(self._engine, id)

    def is_held(self, id: int) -> bool:
        """See `run_is_held`."""
        return run_is_held(self._engine, id)

    def get(self, id: int) -> Run | None:
        return next(iter(self._runs(RUNS.c.id == id)), None)

    def all(self, set_id: int | None = None) -> list[Run]:
        """Every run, or those over one set, the newest first."""
        return self._runs(*([] if set_id is None else [RUNS.c.set_id == set_id]))

    def running(self) -> list[Run]:
        """The runs over any set that are said to be running, the newest first."""
        return self._runs(RUNS.c.state == RunState.RUNNING.value)

    def results(self, id: int) -> list[PictureResult]:
        """Every picture of a run in the order they were read."""
        pictures = select(RUN_PICTURES).where(_P.run_id == id).order_by(_P.id)
        of_cards = select(*RUN_CARDS.c).join(RUN_PICTURES, _P.id == _K.picture_id).where(_P.run_id == id)
        cards: dict[int, list[CardOutcome]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(of_cards.order_by(_K.picture_id, _K.number)):
                cards.setdefault(row._mapping[_K.picture_id], []).append(card_from(row, self._sealing))
            rows = connection.execute(pictures).all()
        return [picture_from(row, cards.get(row._mapping[_P.id], ())) for row in rows]

    def compare(self, one: int, other: int) -> list[ComparedCard]:
        """The cards of pictures that both runs have read, as they are in each, in the order of the first run."""
        first, second = RUN_PICTURES.alias("first"), RUN_PICTURES.alias("second")
        mine, theirs = RUN_CARDS.alias("mine"), RUN_CARDS.alias("theirs")
        same_picture = (first.c.sha256 == second.c.sha256) & (first.c.page == second.c.page)
        same_card = (theirs.c.picture_id == second.c.id) & (theirs.c.number == mine.c.number)
        query = (
            select(first.c.sha256, first.c.page, first.c.condition, mine.c.number)
            .add_columns(*_in_run(first, mine, "one"), *_in_run(second, theirs, "other"))
            .select_from(first)
            .join(mine, mine.c.picture_id == first.c.id)
            .join(second, same_picture)
            .join(theirs, same_card)
            .where(first.c.run_id == one, second.c.run_id == other)
            .order_by(first.c.id, mine.c.number)
        )
        with self._engine.connect() as connection:
            return [_compared(row) for row in connection.execute(query).mappings()]

    def delete(self, id: int) -> None:
        """Delete a run without a trace. Raises StillInUse, see `scrub`."""
        with self._engine.begin() as connection:
            connection.execute(delete(RUNS).where(RUNS.c.id == id))
        scrub(self._engine)

    def _runs(self, *which: ColumnElement[bool]) -> list[Run]:
        done = select(func.count()).where(_P.run_id == RUNS.c.id).scalar_subquery().label("done")
        query = select(*RUNS.c, done).where(*which).order_by(RUNS.c.started.desc(), RUNS.c.id.desc())
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return [Run(**{**row, "state": RunState(row["state"])}) for row in rows]


def _in_run(pictures: FromClause, cards: FromClause, name: str) -> list[ColumnElement[Any]]:
    return [
        cards.c.is_right.label(f"{name}_right"),
        cards.c.fields_wrong.label(f"{name}_wrong"),
        pictures.c.milliseconds.label(f"{name}_milliseconds"),
    ]


def _compared(row: RowMapping) -> ComparedCard:
    one, other = (
        CardInRun(
            right=row[f"{run}_right"],
            wrong=tuple(FieldName(name) for name in row[f"{run}_wrong"]),
            milliseconds=row[f"{run}_milliseconds"],
        )
        for run in ("one", "other")
    )
    return ComparedCard(row["sha256"], row["page"] or None, row["number"], row["condition"], one, other)
