"""``idcard serve`` as a process of its own, with the real engine, called by the clients of the documentation."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from serving import ROUTE, until

from idcard_core.card import FieldName
from idcard_core.evaluate.load.process import workers_of
from idcard_core.serve.keys import make_key
from idcard_core.settings import Settings
from idcard_core.specimen import Sample, shipped_samples
from idcard_core.store.database import open_database
from idcard_core.store.keys import KeyTable

CLIENTS = Path(__file__).parents[2] / "docs" / "clients"
INTERPRETERS = {"sh": "bash", "py": sys.executable, "mjs": "node", "php": "php"}


@pytest.fixture(scope="module")
def key_and_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IDCARD_DATA", str(tmp_path_factory.mktemp("data")))
        patch.setenv("IDCARD_SERVE__WORKERS", "1")
        key = make_key(KeyTable(open_database(Settings())), "clients", 1000)
        process, url = start("--keys")
        yield key, url
        process.terminate()
        assert process.wait(30) == 0


def start(*options: str) -> tuple[subprocess.Popen[bytes], str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "idcard_core.cli", "serve", "--port", str(port), *options])
    url = f"http://127.0.0.1:{port}"
    until(lambda: _code(f"{url}/readyz") == 200, 120)
    return process, url


def _code(url: str) -> int:
    try:
        return httpx.get(url).status_code
    except httpx.TransportError:
        return 0


@pytest.fixture(scope="module")
def front() -> Sample:
    return next(sample for sample in shipped_samples() if FieldName.IDCARDNO in sample.label.cards[0].fields)


@pytest.mark.parametrize("client", sorted(CLIENTS.iterdir()), ids=lambda path: path.name)
def test_each_documented_client_reads_a_card(client: Path, key_and_url: tuple[str, str], front: Sample) -> None:
    if (interpreter := shutil.which(INTERPRETERS[client.suffix[1:]])) is None:
        pytest.skip(f"no {INTERPRETERS[client.suffix[1:]]} on this machine")
    key, url = key_and_url
    environment = {**os.environ, "IDCARD_API": url, "IDCARD_KEY": key}
    command = [interpreter, str(client), str(front.path), "front"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert front.label.cards[0].fields[FieldName.IDCARDNO] in done.stdout
    refused = subprocess.run(
        command, env={**environment, "IDCARD_KEY": "x"}, capture_output=True, text=True, timeout=60
    )
    assert refused.returncode != 0
    assert "403" in refused.stdout + refused.stderr


def test_a_signal_ends_it_when_what_runs_is_answered(front: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDCARD_SERVE__WORKERS", "1")
    process, url = start()
    form = {"image": base64.b64encode(front.path.read_bytes()).decode(), "id_card_side": "front"}
    codes: list[int] = []

    def ask() -> None:
        codes.append(httpx.post(url + ROUTE, data=form, timeout=60).status_code)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    until(lambda: "idcard_recognitions 1.0" in httpx.get(f"{url}/metrics").text)
    workers = workers_of(process.pid)
    process.send_signal(signal.SIGTERM)
    for thread in threads:
        thread.join()
    assert process.wait(30) == 0
    assert set(codes) <= {200, 503}
    assert 200 in codes
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


ENDLESS_SERVER = """
import sys
sys.path.insert(0, sys.argv[1])
from serve_stub import ENDLESS
from serving import serving
if __name__ == "__main__":
    with serving(recognition_seconds=600.0) as running:
        print(*running.api.recogniser.pids, flush=True)
        running.ask(ENDLESS)
"""


def test_a_worker_ends_with_its_server_whatever_it_is_doing(tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS_SERVER)
    command = [sys.executable, str(script), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        until(lambda: _seconds_of(worker) > 2)  # it is reading
        process.kill()
    until(lambda: not Path(f"/proc/{worker}").exists(), 10)


def _seconds_of(pid: int) -> float:
    """The processor's time that a process has taken by itself."""
    times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(times[11]) / os.sysconf("SC_CLK_TCK")


def test_a_port_that_is_taken_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "idcard_core.cli", "serve", "--port", str(port)]
        assert subprocess.run(command, timeout=60).returncode == 1
    assert "Address already in use" in capfd.readouterr().err
