"""Keys: kept as hashes, and every call counted exactly once, by real clients at the same time."""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))
from serve_stub import DEADLY, NO_CARD, RAISES
from serving import ROUTE, Running, picture, serving, until

from idcard_core.cli import app
from idcard_core.serve.keys import make_key
from idcard_core.settings import Settings
from idcard_core.store.database import open_database
from idcard_core.store.keys import KeyTable


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IDCARD_DATA", str(tmp_path_factory.mktemp("data")))
        with serving(keys=True, workers=2, queue=64) as server:
            yield server


def table() -> KeyTable:
    return KeyTable(open_database(Settings()))


def ask(running: Running, key: str, width: int = 30) -> httpx.Response:
    form = {"image": picture(width), "id_card_side": "front"}
    return httpx.post(running.url + ROUTE, data=form, headers={"Authorization": f"APPCODE {key}"}, timeout=60)


def quota(running: Running, key: str) -> dict[str, object]:
    answer = httpx.get(running.url + "/quota", headers={"Authorization": f"APPCODE {key}"})
    return {name: value for name, value in answer.json().items() if name != "log_id"}


def test_calls_of_32_clients_at_once_are_counted_exactly(running: Running) -> None:
    key = make_key(table(), "many", 100)
    with ThreadPoolExecutor(32) as clients:
        codes = Counter(answer.status_code for answer in clients.map(lambda _: ask(running, key), range(160)))
    assert codes == {200: 100, 403: 60}
    assert quota(running, key) == {"keys": True, "left": 0, "used": 100, "total": 100}


def test_neither_a_clients_mistake_nor_our_failure_is_counted(running: Running) -> None:
    key = make_key(table(), "unlucky", 1)
    headers = {"Authorization": f"APPCODE {key}"}
    codes = [ask(running, key, width).status_code for width in (RAISES, 14, DEADLY)]
    codes.append(httpx.post(running.url + ROUTE, content=b"?", headers=headers).status_code)
    wrong = {"image": picture(NO_CARD), "configure": '{"side":"face"}'}
    codes.append(httpx.post(running.url + ROUTE, json=wrong, headers=headers).status_code)
    assert codes == [464, 462, 464, 460, 463]
    assert quota(running, key)["left"] == 1
    until(lambda: running.api.recogniser.pids)
    assert ask(running, key).status_code == 200
    assert ask(running, key).status_code == 403


def test_an_old_form_takes_a_call_for_each_entry_that_is_answered(running: Running) -> None:
    key = make_key(table(), "old", 3)
    headers = {"Authorization": f"APPCODE {key}"}

    def old(*images: str) -> int:
        configure = {"dataType": 50, "dataValue": '{"side":"face"}'}
        entries = [{"image": {"dataType": 50, "dataValue": image}, "configure": configure} for image in images]
        return httpx.post(running.url + ROUTE, json={"inputs": entries}, headers=headers, timeout=60).status_code

    assert old(picture(), "", picture(31)) == 200
    assert quota(running, key)["left"] == 1
    assert old(picture(), picture(31)) == 403  # two calls, one left
    assert quota(running, key)["left"] == 1


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "APPCODE",
        "APPCODE x",
        "APPCODE {id}.wrong",
        "Bearer {key}",
        "APPCODE é.é",
        "APPCODE {key}x",
    ],
)
def test_whoever_has_no_key_is_refused_before_anything_is_received(running: Running, header: str | None) -> None:
    key = make_key(table(), "good", None)
    filled = None if header is None else header.format(id=key.partition(".")[0], key=key).encode("latin-1")
    headers = {} if filled is None else {"Authorization": filled}
    answer = httpx.post(running.url + ROUTE, content=b"?", headers=headers)
    assert (answer.status_code, answer.json()["error_msg"]) == (403, "Forbidden")
    assert httpx.get(running.url + "/quota", headers=headers).status_code == 403


def test_a_key_without_an_end_of_calls_is_counted_too(running: Running) -> None:
    key = make_key(table(), "free", None)
    assert ask(running, key).status_code == 200
    assert quota(running, key) == {"keys": True, "left": None, "used": 1, "total": None}


def test_with_keys_off_there_is_no_quota() -> None:
    with serving() as plain:
        answer = httpx.get(plain.url + "/quota").json()
        assert (answer["keys"], answer["left"], answer["total"]) == (False, None, None)


def test_the_command_makes_lists_and_revokes_and_keeps_no_key(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDCARD_DATA", str(tmp_path / "own"))
    call = CliRunner().invoke
    key = call(app, ["keys", "add", "审核组", "--calls", "7"]).stdout.strip()
    id, _, secret = key.partition(".")
    listed = call(app, ["keys", "list"]).stdout
    assert id in listed
    assert "审核组" in listed
    assert secret not in listed
    file = tmp_path / "own" / "idcard.db"
    assert file.stat().st_mode & 0o077 == 0
    rows = str(sqlite3.connect(file).execute("SELECT * FROM api_keys").fetchall())
    assert secret not in rows
    assert call(app, ["keys", "revoke", id]).exit_code == 0
    again = call(app, ["keys", "revoke", id])
    assert (again.exit_code, again.stderr) == (1, "idcard: there is no such key, or it was revoked before\n")


def test_a_revoked_key_calls_no_more(running: Running) -> None:
    key = make_key(table(), "gone", 5)
    assert ask(running, key).status_code == 200
    table().revoke(key.partition(".")[0])
    assert ask(running, key).status_code == 403


@pytest.mark.parametrize("arguments", [["--host", "0.0.0.0"], ["--host", "0.0.0.0", "--no-keys"], ["--host", "::"]])
def test_an_open_door_to_the_network_is_refused(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, ["serve", *arguments], color=True)
    assert result.exit_code == 1
    assert "\x1b[31m" in result.stderr  # red
    assert "--insecure" in result.stderr
