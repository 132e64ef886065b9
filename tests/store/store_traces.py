"""All that a store has on the disk, or in the tables of a server, to be searched for what should not be there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from idcard_core.settings import Settings
from idcard_core.store.store import Store
from idcard_core.store.tables import METADATA


def traces(store: Store, settings: Settings, wanted: dict[str, bytes]) -> set[str]:
    """Which of ``wanted`` are found in the database or among the pictures, in a file or in a name."""
    everything = list(_database(store)) + list(_folder(settings))
    return {name for name, content in wanted.items() if any(content in place for place in everything)}


def forms(text: str) -> list[bytes]:
    """How a text may stand on a disk."""
    return [text.encode(), json.dumps(text)[1:-1].encode(), text.encode("utf-16-le"), text.encode().hex().encode()]


def _database(store: Store) -> Iterator[bytes]:
    if store.engine.dialect.name == "sqlite":
        file = Path(str(store.engine.url.database))
        yield from (path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
        return
    with store.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)):
                yield b"\0".join(value if isinstance(value, bytes) else str(value).encode() for value in row)


def _folder(settings: Settings) -> Iterator[bytes]:
    folder = settings.store.pictures_folder
    assert folder is not None
    for path in folder.rglob("*"):
        yield str(path.relative_to(folder)).replace("/", "").encode()
        if path.is_file():
            yield path.read_bytes()
