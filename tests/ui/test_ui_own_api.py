"""The API in the dashboard's own process, on a real server with the real reader."""

from __future__ import annotations

import base64
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import streamlit as st
from streamlit.web.server.app_discovery import discover_asgi_app

sys.path.insert(0, str(Path(__file__).parent))
from dashboard_server import ROOT, DashboardServer, dashboard_server

from idcard_core.card import FieldName, Side
from idcard_core.specimen import Sample, shipped_samples
from idcard_core.ui.own_api import SCRIPT
from idcard_core.ui.pages.api import client as api_client
from idcard_core.ui.pages.api.call import ApiCall, WireShape

PATIENCE_S = 120


@pytest.fixture(scope="module")
def front() -> Sample:
    readable = [sample for sample in shipped_samples() if sample.label.readable and sample.label.direction == 0]
    return next(sample for sample in readable if [card.side for card in sample.label.cards] == [Side.FRONT])


@pytest.fixture(autouse=True)
def _two_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDCARD_SERVE__WORKERS", "2")


def number_of(sample: Sample) -> str:
    return sample.label.cards[0].fields[FieldName.IDCARDNO]


def read(server: DashboardServer, sample: Sample) -> httpx.Response:
    form = {"image": base64.b64encode(sample.path.read_bytes()).decode(), "id_card_side": "front"}
    return httpx.post(f"{server.address}/ocr/idcard", data=form, timeout=PATIENCE_S)


def test_streamlit_finds_the_app() -> None:
    found = discover_asgi_app(ROOT / "streamlit_app.py")
    assert (found.is_asgi_app, found.import_string) == (True, "streamlit_app:app")
    assert not (SCRIPT.parent / "pages").exists(), "Streamlit would take them for pages of its own kind"


def test_a_server_that_is_stopped_has_answered_and_leaves_nothing(tmp_path: Path, front: Sample) -> None:
    with dashboard_server(tmp_path) as server:
        assert len(server.processes()) == 1, "no worker before the first call"
        assert httpx.get(f"{server.address}/healthz").json()["status"] == "alive"
        assert httpx.get(f"{server.address}/readyz").status_code == 503
        answer = read(server, front)
        assert answer.status_code == 200
        assert answer.json()["msg"]["idcardno"] == number_of(front)
        for path in ("/", "/api"):
            assert '<div id="root">' in httpx.get(f"{server.address}{path}").text
        assert httpx.get(f"{server.address}/openapi.json").json()["openapi"].startswith("3.1")
        assert len(server.processes()) > 2
        assert server.end(signal.SIGTERM) == []
    assert number_of(front) not in (tmp_path / "server.log").read_text()


def test_a_server_that_is_killed_leaves_nothing(tmp_path: Path, front: Sample) -> None:
    with dashboard_server(tmp_path) as server:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{server.address}/ocr/idcard", data={"image": ""}, timeout=0.5)
        assert len(server.processes()) > 1
        assert server.end(signal.SIGKILL) == []


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
def test_the_commands_of_the_page_are_answered(tmp_path: Path, front: Sample) -> None:
    image, file = base64.b64encode(front.path.read_bytes()).decode(), str(front.path.relative_to(ROOT))
    with dashboard_server(tmp_path) as server:
        for shape in WireShape:
            command = ApiCall(shape, image, file, "front").as_curl(server.address)
            done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
            assert number_of(front) in done.stdout


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (None, "http://127.0.0.1:8501"),
        ("0.0.0.0", "http://127.0.0.1:8501"),
        ("localhost", "http://127.0.0.1:8501"),
        ("127.0.0.1", "http://127.0.0.1:8501"),
        ("192.168.1.5", "http://192.168.1.5:8501"),
        ("::1", "http://[::1]:8501"),
    ],
)
def test_the_page_asks_where_its_own_server_listens(
    monkeypatch: pytest.MonkeyPatch, address: str | None, expected: str
) -> None:
    options = {"server.address": address, "server.port": 8501}
    monkeypatch.setattr(st, "get_option", options.__getitem__)
    assert api_client.own_address() == expected


def test_a_proxy_of_the_environment_gets_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:3128")
    monkeypatch.setenv("http_proxy", "http://192.0.2.1:3128")
    with api_client._client() as client:
        settings = client.merge_environment_settings("http://127.0.0.1:8501/", {}, None, None, None)
    assert not settings["proxies"]
