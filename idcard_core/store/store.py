"""Everything that the dashboard keeps, behind one door."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Engine

from idcard_core.settings import Settings, data_folder
from idcard_core.store.accuracy import Accuracy
from idcard_core.store.database import open_database
from idcard_core.store.files import HashedFiles
from idcard_core.store.pictures import PictureTable
from idcard_core.store.readings.table import ReadingTable
from idcard_core.store.review.table import ReviewTable
from idcard_core.store.runs.table import RunTable
from idcard_core.store.sample_table import SampleTable
from idcard_core.store.seal_mark import check_mark
from idcard_core.store.sealing import sealing_of
from idcard_core.store.upkeep import Upkeep

PICTURES_FOLDER = "pictures"


@dataclass(frozen=True, slots=True, eq=False)
class Store:
    """The tables over one database and one folder; threads may share it."""

    pictures: PictureTable
    readings: ReadingTable
    samples: SampleTable
    review: ReviewTable
    runs: RunTable
    accuracy: Accuracy
    upkeep: Upkeep
    engine: Engine = field(repr=False)

    def close(self) -> None:
        """Let the database's connections go."""
        self.engine.dispose()


def open_store(settings: Settings) -> Store:
    """The store of ``settings``, made if it is not there. Safe to call from several processes at once.

    Raises SealError where ``store_key`` is not what the store is encrypted with, before anything is read or written.
    """
    sealing = sealing_of(settings)
    engine = open_database(settings, durable=True)
    try:
        check_mark(engine, sealing)
    except BaseException:
        engine.dispose()
        raise
    files = HashedFiles(settings.store.pictures_folder or data_folder() / PICTURES_FOLDER)
    pictures = PictureTable(engine, files, sealing)
    readings, samples = ReadingTable(engine, sealing), SampleTable(engine, files, sealing)
    return Store(
        pictures=pictures,
        readings=readings,
        samples=samples,
        review=ReviewTable(engine, files, sealing),
        runs=RunTable(engine, sealing),
        accuracy=Accuracy(readings, samples),
        upkeep=Upkeep(engine, files, pictures, settings.store.retention_days),
        engine=engine,
    )
