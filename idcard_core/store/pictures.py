"""Encoded pictures by their SHA-256, for as long as a review item or a labelled sample uses them.

A row and its file are written, and removed, within one transaction that holds the row: two programs that keep and
release the same picture at once wait for each other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, exists, func, or_, select

from idcard_core.store.columns import insert_new
from idcard_core.store.errors import Damaged, NotKept
from idcard_core.store.files import HashedFiles
from idcard_core.store.sealing import Sealing
from idcard_core.store.tables import PICTURES, REVIEW_ITEMS, SAMPLES

GRACE = timedelta(hours=1)
"""How long a picture that nothing uses yet is left alone: what it was kept for comes after it."""
_PURPOSE = "picture"


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture to keep: the encoded file, its format as ``PictureInfo`` names it, its size in pixels."""

    content: bytes = field(repr=False)
    format: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """What is known of a picture without opening it; ``size_bytes`` is that of the file as it came."""

    sha256: str
    size_bytes: int
    format: str
    width: int
    height: int
    kept: datetime


class PictureTable:
    """Pictures in a database and their files. Every method is a transaction of its own."""

    def __init__(self, engine: Engine, files: HashedFiles, sealing: Sealing) -> None:
        self._engine = engine
        self._files = files
        self._sealing = sealing

    def keep(self, picture: NewPicture, time: datetime) -> str:
        """Keep ``picture``, once however often it is given; its SHA-256. What uses it must come within ``GRACE``."""
        sha256 = picture.sha256
        row = {
            "sha256": sha256,
            "size_bytes": len(picture.content),
            "format": picture.format,
            "width": picture.width,
            "height": picture.height,
            "kept": time,
        }
        with self._engine.begin() as connection:
            if insert_new(connection, PICTURES, row):
                self._files.write(sha256, self._sealing.seal(picture.content, _PURPOSE))
        return sha256

    def find(self, sha256: str) -> KeptPicture | None:
        """What is known of a picture; None where it is not kept."""
        with self._engine.connect() as connection:
            row = connection.execute(select(PICTURES).where(PICTURES.c.sha256 == sha256)).first()
        return None if row is None else _kept(row)

    def read(self, sha256: str) -> bytes:
        """The file as it came. Raises NotKept, and Damaged where it is not what was kept."""
        kept = self._files.read(sha256)
        if kept is None:
            raise NotKept("picture")
        content = self._sealing.unseal(kept, _PURPOSE)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged("picture")
        return content

    def uses(self, sha256: str) -> int:
        """Review items and versions of samples that need the picture."""
        items = select(func.count()).where(REVIEW_ITEMS.c.sha256 == sha256).scalar_subquery()
        samples = select(func.count()).where(SAMPLES.c.picture == sha256).scalar_subquery()
        with self._engine.connect() as connection:
            return int(connection.execute(select(items + samples)).scalar_one())

    def release(self, sha256: str) -> bool:
        """Remove the picture if nothing uses it; whether it is gone."""
        with self._engine.begin() as connection:
            return remove_unused(connection, self._files, sha256)

    def sweep(self, now: datetime) -> int:
        """Remove the pictures that nothing has used for ``GRACE``, and files without a row; how many pictures."""
        old = select(PICTURES.c.sha256).where(PICTURES.c.kept < now - GRACE, _unused())
        with self._engine.connect() as connection:
            unused = list(connection.execute(old).scalars())
        removed = sum(self.release(sha256) for sha256 in unused)
        for path in list(self._files.all()):
            if path.stat().st_mtime < (now - GRACE).timestamp() and self.find(path.name) is None:
                path.unlink(missing_ok=True)
        return removed


def remove_unused(connection: Connection, files: HashedFiles, sha256: str) -> bool:
    """Remove row and file within ``connection``'s transaction if nothing uses them; whether they are gone."""
    row = delete(PICTURES).where(PICTURES.c.sha256 == sha256, _unused())
    if not connection.execute(row).rowcount:
        return False
    files.remove(sha256)
    return True


def _unused() -> ColumnElement[bool]:
    items = exists().where(REVIEW_ITEMS.c.sha256 == PICTURES.c.sha256)
    samples = exists().where(SAMPLES.c.picture == PICTURES.c.sha256)
    return ~or_(items, samples)


def _kept(row: Row[tuple[object, ...]]) -> KeptPicture:
    return KeptPicture(**row._mapping)
