"""Pictures: kept once, for as long as something uses them, whole or not at all."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from store_builders import NOW, a_picture, a_sample, an_item, later

from idcard_core.settings import Settings
from idcard_core.store.errors import Damaged, NotKept
from idcard_core.store.files import HashedFiles
from idcard_core.store.pictures import GRACE, KeptPicture
from idcard_core.store.store import Store


def files(settings: Settings) -> list[Path]:
    assert settings.store.pictures_folder is not None
    return sorted(path for path in settings.store.pictures_folder.rglob("*") if path.is_file())


def test_a_picture_comes_back_as_it_was_kept(either_store: Store) -> None:
    picture = a_picture()
    sha256 = either_store.pictures.keep(picture, NOW)
    assert either_store.pictures.read(sha256) == picture.content
    assert either_store.pictures.find(sha256) == KeptPicture(sha256, 3000, "JPEG", 640, 400, NOW)


def test_a_picture_is_kept_once_in_a_file_that_only_its_user_may_read(store: Store, settings: Settings) -> None:
    shas = {store.pictures.keep(a_picture(), later(seconds=n)) for n in range(3)}
    (file,) = files(settings)
    (sha256,) = shas
    assert file.relative_to(file.parents[2]) == Path(sha256[:2], sha256[2:4], sha256)
    assert file.stat().st_mode & 0o077 == 0
    assert store.upkeep.usage().pictures == 1


def test_a_picture_goes_with_the_last_thing_that_uses_it(store: Store, settings: Settings) -> None:
    item = an_item(store)
    sha256 = a_picture().sha256
    set_id = store.samples.make_set("set", "甲", NOW)
    store.samples.add(set_id, [a_sample(sha256, has_picture=True)])
    assert store.pictures.uses(sha256) == 2
    assert not store.pictures.release(sha256)
    store.review.delete(item)
    assert store.pictures.uses(sha256) == 1
    assert store.pictures.read(sha256)
    store.samples.delete(set_id, sha256)
    assert store.pictures.find(sha256) is None
    assert files(settings) == []
    with pytest.raises(NotKept):
        store.pictures.read(sha256)


def test_a_picture_that_nothing_uses_yet_is_left_alone_for_a_while(store: Store, settings: Settings) -> None:
    sha256 = store.pictures.keep(a_picture(), NOW)
    assert store.pictures.sweep(NOW + GRACE) == 0
    assert store.pictures.read(sha256)
    assert store.pictures.sweep(NOW + GRACE + timedelta(seconds=1)) == 1
    assert files(settings) == []


def test_what_a_killed_program_left_of_a_file_is_swept_away(store: Store, settings: Settings) -> None:
    sha256 = store.pictures.keep(a_picture(), NOW)
    an_item(store)
    (kept,) = files(settings)
    for name in ("tmp1234.part", "cd" * 32):
        left = kept.parent / name
        left.write_bytes(b"half")
        os.utime(left, (0, 0))
    store.pictures.sweep(NOW)
    assert files(settings) == [kept]
    assert store.pictures.read(sha256) == a_picture().content


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError("no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no room"):
        HashedFiles(tmp_path).write("ab" * 32, b"picture")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("kept", [b"", b"another picture"], ids=["empty", "another"])
def test_a_file_that_is_not_what_was_kept_is_refused(either_store: Store, settings: Settings, kept: bytes) -> None:
    sha256 = either_store.pictures.keep(a_picture(), NOW)
    files(settings)[0].write_bytes(kept)
    with pytest.raises(Damaged, match="picture"):
        either_store.pictures.read(sha256)


def test_keeping_and_releasing_at_once_leaves_row_and_file_or_neither(store: Store, settings: Settings) -> None:
    def work(number: int) -> None:
        if number % 2:
            store.pictures.keep(a_picture(), NOW)
        else:
            store.pictures.release(a_picture().sha256)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(80)))
    assert (store.pictures.find(a_picture().sha256) is None) == (files(settings) == [])
