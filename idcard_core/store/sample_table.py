"""Labelled sample sets. A label belongs to a picture by its SHA-256; a correction is a new version, the old one stays.

Whoever writes to a set holds its row: two who correct the same label wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    ScalarSelect,
    Select,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from idcard_core.store.columns import has_word, insert_new
from idcard_core.store.database import scrub
from idcard_core.store.errors import Conflict, NotKept
from idcard_core.store.files import HashedFiles
from idcard_core.store.pictures import remove_unused
from idcard_core.store.samples import (
    ALL_SAMPLES,
    NewSample,
    Sample,
    SampleFilter,
    SampleSet,
    seal_label,
    unseal_label,
)
from idcard_core.store.sealing import Sealing
from idcard_core.store.tables import RUN_PICTURES, RUNS, SAMPLE_SETS, SAMPLES

_C = SAMPLES.c


class SampleTable:
    """Labelled sets in a database. Every method is a transaction of its own."""

    def __init__(self, engine: Engine, files: HashedFiles, sealing: Sealing) -> None:
        self._engine = engine
        self._files = files
        self._sealing = sealing

    def make_set(self, name: str, author: str, time: datetime) -> int:
        """The number of the set called ``name``, made if there is none."""
        with self._engine.begin() as connection:
            insert_new(connection, SAMPLE_SETS, {"name": name, "author": author, "created": time})
            return int(connection.execute(select(SAMPLE_SETS.c.id).where(SAMPLE_SETS.c.name == name)).scalar_one())

    def sets(self) -> list[SampleSet]:
        """Every set, in alphabetical order."""
        counted = select(func.count()).where(_C.set_id == SAMPLE_SETS.c.id, _C.current.is_(True)).scalar_subquery()
        query = select(*SAMPLE_SETS.c, counted.label("samples")).order_by(SAMPLE_SETS.c.name)
        with self._engine.connect() as connection:
            return [SampleSet(**row._mapping) for row in connection.execute(query)]

    def add(self, set_id: int, samples: Sequence[NewSample]) -> list[int]:
        """Add labels to a set, all or none; their numbers. One of a picture that the set has corrects what is there,
        unless it says the same.

        Raises NotKept where the set is not there, or the picture of a sample that should have one.
        """
        with self._writing(set_id) as connection:
            return [self._put(connection, set_id, sample, None) for sample in samples]

    def correct(self, set_id: int, sample: NewSample, seen: int) -> int:
        """Add a version after version ``seen``; its number. Raises NotKept as `add` does, and Conflict where ``seen``
        is not the current version."""
        with self._writing(set_id) as connection:
            return self._put(connection, set_id, sample, seen)

    def delete(self, set_id: int, sha256: str, page: int | None = None) -> None:
        """Delete all versions of one picture's label with what runs over the set tell of it, and the picture if nothing
        else uses it, without a trace. Raises StillInUse, see `scrub`."""
        result = and_(RUN_PICTURES.c.sha256 == sha256, RUN_PICTURES.c.page == (page or 0))
        runs = select(RUNS.c.id).where(RUNS.c.set_id == set_id)
        with self._writing(set_id) as connection:
            connection.execute(delete(SAMPLES).where(_same(set_id, sha256, page)))
            connection.execute(delete(RUN_PICTURES).where(result, RUN_PICTURES.c.run_id.in_(runs)))
            remove_unused(connection, self._files, sha256)
        scrub(self._engine)

    def delete_set(self, set_id: int) -> None:
        """Delete a set, its runs and the pictures that nothing else uses, without a trace. Raises StillInUse."""
        with self._writing(set_id) as connection:
            used = select(_C.sha256).where(_C.set_id == set_id, _C.picture.is_not(None)).distinct()
            pictures = list(connection.execute(used).scalars())
            connection.execute(delete(SAMPLE_SETS).where(SAMPLE_SETS.c.id == set_id))
            for sha256 in pictures:
                remove_unused(connection, self._files, sha256)
        scrub(self._engine)

    def page(
        self, set_id: int, wanted: SampleFilter = ALL_SAMPLES, limit: int | None = None, offset: int = 0
    ) -> list[Sample]:
        """Current samples of a set in the order they came, ``limit`` of them or all, after the first ``offset``.

        One that was corrected stays where it was.
        """
        query = select(SAMPLES).where(*_of(set_id, wanted)).order_by(_first_id(), _C.id)
        return self._all(query.limit(limit).offset(offset))

    def count(self, set_id: int, wanted: SampleFilter = ALL_SAMPLES) -> int:
        with self._engine.connect() as connection:
            return int(connection.execute(select(func.count()).where(*_of(set_id, wanted))).scalar_one())

    def conditions(self, set_id: int) -> dict[str, int]:
        """How many current samples of a set there are by condition, in alphabetical order."""
        query = select(_C.condition, func.count()).where(*_of(set_id, ALL_SAMPLES)).group_by(_C.condition)
        with self._engine.connect() as connection:
            return dict(sorted((str(row[0]), int(row[1])) for row in connection.execute(query)))

    def slices(self, set_id: int) -> list[str]:
        """The words that a set's current samples may be looked at by, in alphabetical order."""
        query = select(_C.slices).where(*_of(set_id, ALL_SAMPLES)).distinct()
        with self._engine.connect() as connection:
            return sorted({word for words in connection.execute(query).scalars() for word in words})

    def current(self, set_id: int, sha256: str, page: int | None = None) -> Sample | None:
        """The current label of one picture in a set; None where it has none."""
        found = self._all(select(SAMPLES).where(_same(set_id, sha256, page), _C.current.is_(True)))
        return next(iter(found), None)

    def of_picture(self, sha256: str, page: int | None = None) -> list[Sample]:
        """The current labels of one picture in all sets, the newest first."""
        query = select(SAMPLES).where(_C.sha256 == sha256, _C.page == (page or 0), _C.current.is_(True))
        return self._all(query.order_by(_C.time.desc(), _C.id.desc()))

    def versions(self, set_id: int, sha256: str, page: int | None = None) -> list[Sample]:
        """Every version of one picture's label, the oldest first."""
        return self._all(select(SAMPLES).where(_same(set_id, sha256, page)).order_by(_C.version))

    @contextmanager
    def _writing(self, set_id: int) -> Iterator[Connection]:
        """A transaction that nobody else writes to the set in."""
        try:
            with self._engine.begin() as connection:
                held = update(SAMPLE_SETS).where(SAMPLE_SETS.c.id == set_id).values(name=SAMPLE_SETS.c.name)
                if not connection.execute(held).rowcount:
                    raise NotKept("sample set")
                yield connection
        except IntegrityError:
            raise NotKept("picture of a sample") from None

    def _put(self, connection: Connection, set_id: int, sample: NewSample, seen: int | None) -> int:
        query = select(SAMPLES).where(_same(set_id, sample.sha256, sample.page), _C.current.is_(True))
        row = connection.execute(query).first()
        latest = None if row is None else self._sample(row)
        if seen is not None and latest is None:
            raise NotKept("sample")
        if latest is not None:
            if seen is not None and seen != latest.version:
                raise Conflict(seen, latest.version, latest.author, latest.time)
            if latest.says_as(sample):
                return latest.id
            connection.execute(update(SAMPLES).where(_C.id == latest.id).values(current=False))
        values = self._values(set_id, sample, 1 if latest is None else latest.version + 1)
        return int(connection.execute(insert(SAMPLES).values(values).returning(_C.id)).scalar_one())

    def _values(self, set_id: int, sample: NewSample, version: int) -> dict[str, object]:
        return {
            "set_id": set_id,
            "sha256": sample.sha256,
            "page": sample.page or 0,
            "version": version,
            "current": True,
            "picture": sample.sha256 if sample.has_picture else None,
            "condition": sample.label.condition,
            "slices": sample.slices,
            "label": seal_label(sample.label, self._sealing),
            "author": sample.author,
            "time": sample.time,
        }

    def _all(self, query: Select[tuple[object, ...]]) -> list[Sample]:
        with self._engine.connect() as connection:
            return [self._sample(row) for row in connection.execute(query)]

    def _sample(self, row: Row[tuple[object, ...]]) -> Sample:
        of = row._mapping
        return Sample(
            id=of[_C.id],
            set_id=of[_C.set_id],
            version=of[_C.version],
            current=of[_C.current],
            label=unseal_label(of[_C.label], self._sealing),
            sha256=of[_C.sha256],
            author=of[_C.author],
            time=of[_C.time],
            page=of[_C.page] or None,
            slices=of[_C.slices],
            has_picture=of[_C.picture] is not None,
        )


def _same(set_id: int, sha256: str, page: int | None) -> ColumnElement[bool]:
    return and_(_C.set_id == set_id, _C.sha256 == sha256, _C.page == (page or 0))


def _first_id() -> ScalarSelect[int]:
    """The number of a row's first version."""
    first = SAMPLES.alias("first").c
    same = and_(first.set_id == _C.set_id, first.sha256 == _C.sha256, first.page == _C.page, first.version == 1)
    return select(first.id).where(same).scalar_subquery()


def _of(set_id: int, wanted: SampleFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_C.set_id == set_id, _C.current.is_(True)]
    if wanted.condition is not None:
        found.append(_C.condition == wanted.condition)
    if wanted.slice is not None:
        found.append(has_word(_C.slices, wanted.slice))
    return found
