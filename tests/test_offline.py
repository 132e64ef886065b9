"""Nothing leaves the machine: reading, batch and dashboard where every other address is refused and recorded.

Python's own connections and name look-ups are seen by an audit hook, those of native code and of the browser as packets
in a network namespace. Where the latter is not allowed, `test_native_code_is_watched` says so.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent / "intake"))
from intake_documents import pdf_of
from offline_guard.guard import FOLDER, namespace_refusal, run_guarded

from idcard_core.card import FieldName, Side
from idcard_core.specimen import Sample, shipped_samples

PYTHON_ATTEMPTS = """
import socket
for reach in (
    lambda: socket.create_connection(("192.0.2.1", 443), timeout=5),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.2", 1)),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.3", 53)),
    lambda: socket.getaddrinfo("example.com", 80),
):
    try:
        reach()
    except OSError:
        pass
    else:
        raise SystemExit("got through")
"""
NATIVE_ATTEMPTS = """
import ctypes, socket, struct
libc = ctypes.CDLL(None)
def reach(host, port, kind):
    number = libc.socket(socket.AF_INET, kind, 0)
    address = struct.pack("HH4s8x", socket.AF_INET, socket.htons(port), socket.inet_aton(host))
    libc.connect(number, address, len(address))
    libc.send(number, b"x", 1, 0x4000)  # MSG_NOSIGNAL
reach("192.0.2.4", 443, socket.SOCK_STREAM)
reach("192.0.2.5", 123, socket.SOCK_DGRAM)
reach("127.0.0.53", 53, socket.SOCK_DGRAM)
"""
LOOPBACK = """
import socket
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()
socket.getaddrinfo("127.0.0.1", 80)
"""


@pytest.fixture(scope="module")
def front() -> Sample:
    """A shipped front, alone on its picture and upright."""
    readable = [sample for sample in shipped_samples() if sample.label.readable and sample.label.direction == 0]
    return next(sample for sample in readable if [card.side for card in sample.label.cards] == [Side.FRONT])


def number_of(sample: Sample) -> str:
    return sample.label.cards[0].fields[FieldName.IDCARDNO]


def test_the_guard_refuses_and_records_what_python_tries(tmp_path: Path) -> None:
    done = run_guarded([sys.executable, "-c", PYTHON_ATTEMPTS], tmp_path)
    assert done.returncode == 0, done.stdout
    targets = [" ".join(attempt.split()[1:3]) for attempt in done.attempts]
    assert targets == [
        "socket.connect 192.0.2.1:443",
        "socket.connect 192.0.2.2:1",
        "socket.sendto 192.0.2.3:53",
        "socket.getaddrinfo example.com",
    ]


def test_the_guard_lets_loopback_through(tmp_path: Path) -> None:
    done = run_guarded([sys.executable, "-c", LOOPBACK], tmp_path)
    assert (done.returncode, done.attempts) == (0, ()), done.stderr


def test_native_code_is_watched(tmp_path: Path) -> None:
    if refusal := namespace_refusal():
        pytest.skip(f"only Python code is watched here: {refusal}")
    done = run_guarded([sys.executable, "-c", NATIVE_ATTEMPTS], tmp_path)
    assert done.attempts == ("packet: tcp 192.0.2.4:443", "packet: udp 192.0.2.5:123", "packet: udp 127.0.0.53:53")


@pytest.mark.parametrize("engine", ["openvino", "paddleocr"])
def test_reading_reaches_for_nothing(tmp_path: Path, front: Sample, engine: str) -> None:
    command = [sys.executable, "-m", "idcard_core.cli", "read", str(front.path), "--side", "front", "--json"]
    switches = ["--direction", "--risk", "--photo"]
    done = run_guarded([*command, *switches], tmp_path, settings={"IDCARD_ENGINE__NAME": engine})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["msg"]["idcardno"] == number_of(front)
    assert done.attempts == ()


def test_a_batch_reaches_for_nothing(tmp_path: Path) -> None:
    manifest, out = tmp_path / "manifest.jsonl", tmp_path / "out.jsonl"
    rows = [{"image": str(sample.path), "id_card_side": "auto", "detail": True} for sample in shipped_samples()[:6]]
    (tmp_path / "scan.pdf").write_bytes(pdf_of(Image.open(shipped_samples()[0].path)))
    rows.append({"image": "scan.pdf", "id_card_side": "auto"})
    manifest.write_text("\n".join(json.dumps(row) for row in [*rows, {"image": "missing.jpg", "id_card_side": "auto"}]))
    command = [sys.executable, "-m", "idcard_core.cli", "batch", str(manifest), "--out", str(out), "--workers", "2"]
    done = run_guarded(command, tmp_path)
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line)["response"] for line in out.read_text("utf-8").splitlines()]
    assert ["msg" in answer for answer in answers] == [True] * len(rows) + [False]
    assert done.attempts == ()


def test_only_a_url_the_user_gave_is_reached_for(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "idcard_core.cli", "read", "https://example.com/card.jpg"]
    done = run_guarded(command, tmp_path)
    assert done.returncode == 1
    assert {attempt.split()[2] for attempt in done.attempts} == {"example.com"}


def test_the_dashboard_reaches_for_nothing(tmp_path: Path, front: Sample) -> None:
    assert shutil.which("chromium"), "the dashboard's tests need Chromium"
    done = run_guarded([sys.executable, str(FOLDER / "visit.py"), str(front.path), number_of(front)], tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.attempts == ()
