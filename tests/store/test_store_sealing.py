"""Encryption of what is kept: nothing in clear on the disk, and never garbage under a wrong key."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import update
from store_builders import (
    ADDRESS,
    NAME,
    NOW,
    NUMBER,
    OTHER_NAME,
    a_picture,
    a_reading,
    a_result,
    a_run,
    a_sample,
    an_entry,
    an_item,
    an_occasion,
)
from store_traces import forms, traces

from idcard_core.card import FieldName
from idcard_core.settings import Settings
from idcard_core.store.errors import Damaged, KeyMalformed, KeyMissing, KeyUnexpected, KeyWrong, SealError
from idcard_core.store.review.actions import ChangeField
from idcard_core.store.sealing import AesGcm, InClear, Sealing, new_key, seal_text, unseal_text
from idcard_core.store.store import Store, open_store
from idcard_core.store.tables import READING_ANSWERS

KEY, OTHER_KEY = new_key(), new_key()
FILE_NAME = "上官文件.jpg"
ANSWER = f'{{"name": "{NAME}", "number": "{NUMBER}"}}'


def with_key(settings: Settings, key: str | None) -> Settings:
    return settings.model_copy(update={"store_key": None if key is None else SecretStr(key)})


def fill(store: Store) -> int:
    """One of everything, with values; the reading's number."""
    reading = store.readings.keep(
        a_reading(an_occasion(source=FILE_NAME)), f'{{"name": "{NAME}", "number": "{NUMBER}"}}'
    )
    store.review.record(an_entry(an_item(store), ChangeField(0, FieldName.NAME, OTHER_NAME)))
    set_id = store.samples.make_set("set", "甲", NOW)
    store.samples.add(set_id, [a_sample(a_picture().sha256, has_picture=True)])
    store.runs.add(store.runs.begin(a_run(set_id)), a_result())
    return reading


def secrets() -> dict[str, bytes]:
    texts = [NAME, OTHER_NAME, ADDRESS, NUMBER, FILE_NAME, "1101**********0021"]
    content = a_picture().content
    pieces = {f"picture from {at}": content[at : at + 32] for at in range(0, 3000, 500)}
    return {f"{text} {n}": form for text in texts for n, form in enumerate(forms(text))} | pieces


def test_neither_value_nor_picture_is_in_clear_on_the_disk(settings: Settings) -> None:
    sealed = open_store(with_key(settings, KEY))
    reading = fill(sealed)
    assert traces(sealed, settings, secrets()) == set()
    assert sealed.readings.answer(reading) == ANSWER
    sealed.close()


def test_without_a_key_they_are(store: Store, settings: Settings) -> None:
    fill(store)
    found = traces(store, settings, secrets())
    assert {f"{NAME} 0", f"{OTHER_NAME} 0", f"{ADDRESS} 0", f"{FILE_NAME} 0", "picture from 0"} <= found


@pytest.mark.parametrize(
    ("begun_with", "opened_with", "error"),
    [
        (KEY, OTHER_KEY, KeyWrong),
        (KEY, None, KeyMissing),
        (None, KEY, KeyUnexpected),
        (KEY, KEY, None),
        (None, None, None),
    ],
    ids=["another key", "no key", "a key for what is in clear", "the same key", "no key for what is in clear"],
)
def test_a_store_opens_only_with_its_own_key(
    settings: Settings, begun_with: str | None, opened_with: str | None, error: type[SealError] | None
) -> None:
    first = open_store(with_key(settings, begun_with))
    fill(first)
    first.close()
    if error is None:
        open_store(with_key(settings, opened_with)).close()
        return
    with pytest.raises(error, match="encrypt") as caught:
        open_store(with_key(settings, opened_with))
    assert all(key not in str(caught.value) for key in (KEY, OTHER_KEY))


@pytest.mark.parametrize("begun_with", [KEY, None], ids=["sealed", "in clear"])
def test_an_empty_store_takes_any_key(settings: Settings, begun_with: str | None) -> None:
    open_store(with_key(settings, begun_with)).close()
    second = open_store(with_key(settings, OTHER_KEY))
    fill(second)
    second.close()
    with pytest.raises(KeyMissing):
        open_store(settings)


@pytest.mark.parametrize(
    "key",
    ["", "secret", new_key()[:-4], new_key() + "AAAA", "é" * 44, "*" * 44],
    ids=["empty", "a word", "short", "long", "no ASCII", "no base64"],
)
def test_what_is_no_key(settings: Settings, key: str) -> None:
    with pytest.raises(KeyMalformed, match="IDCARD_STORE_KEY"):
        open_store(with_key(settings, key))


@pytest.mark.parametrize("cut", [slice(0, 5), slice(0, -1), slice(1, None)], ids=["nearly all", "the end", "the start"])
def test_a_damaged_value_is_told(settings: Settings, cut: slice) -> None:
    sealed = open_store(with_key(settings, KEY))
    reading = fill(sealed)
    with sealed.engine.begin() as connection:
        kept = connection.execute(READING_ANSWERS.select()).one().answer
        connection.execute(update(READING_ANSWERS).values(answer=kept[cut]))
    with pytest.raises(Damaged, match="reading answer") as caught:
        sealed.readings.answer(reading)
    assert NAME not in str(caught.value)
    sealed.close()


def test_a_value_cannot_be_put_in_another_ones_place() -> None:
    sealing = AesGcm(b"k" * 32)
    kept = sealing.seal(b"value", "label")
    assert sealing.unseal(kept, "label") == b"value"
    with pytest.raises(Damaged):
        sealing.unseal(kept, "review event")
    assert sealing.seal(b"value", "label") != kept


@pytest.mark.parametrize("sealing", [InClear(), AesGcm(b"k" * 32)], ids=["in clear", "sealed"])
@pytest.mark.parametrize("text", ["", "a", NAME], ids=["empty", "letter", "Chinese"])
def test_texts(sealing: Sealing, text: str) -> None:
    assert unseal_text(sealing, seal_text(sealing, text, "x"), "x") == text


def test_the_key_comes_from_the_environment_and_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDCARD_STORE_KEY", KEY)
    monkeypatch.setenv("IDCARD_STORE__RETENTION_DAYS", "30")
    settings = Settings()
    assert settings.store_key is not None
    assert settings.store_key.get_secret_value() == KEY
    assert settings.store.retention_days == 30
    assert KEY not in repr(settings)


NO_KEY = "import sys, idcard_core.store.store; print('cryptography' in sys.modules)"


def test_a_store_in_clear_needs_no_cryptography(tmp_path: Path) -> None:
    told = subprocess.run([sys.executable, "-c", NO_KEY], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
