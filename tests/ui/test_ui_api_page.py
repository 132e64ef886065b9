"""The API's page without a browser, on a real server with a stub reader."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))
from serve_stub import make_stub
from serving import Running, picture, serving

from idcard_core.contract.tables import ANSWER, ERROR_TABLE, PARAMETERS
from idcard_core.errors import FormatError, ImageDataError
from idcard_core.serve.keys import make_key
from idcard_core.settings import Settings
from idcard_core.store.database import open_database
from idcard_core.store.keys import KeyTable
from idcard_core.ui import service
from idcard_core.ui.pages.api import client as api_client
from idcard_core.ui.strings import Language, Texts

PATIENCE_S = 60
ZH = Texts(Language.ZH)
NOBODY = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts back what was ``__main__``: a process that is started later would look for the script of a test."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with serving(make_stub) as server:
        yield server


@pytest.fixture
def page(running: Running, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(api_client, "own_address", lambda: running.url)
    return opened()


def opened(**query: str) -> AppTest:
    def script() -> None:
        from idcard_core.ui.pages.api import page as api

        api.render()

    page = AppTest.from_function(script, default_timeout=PATIENCE_S)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def send(page: AppTest) -> str:
    """Presses the button; what the page says then."""
    page.button(key="api_send").click().run()
    assert not page.exception
    return said(page)


def said(page: AppTest) -> str:
    html = "\n".join(element.proto.body for element in page.main.get("html"))
    return "\n".join([html, *(code.value for code in page.code), *(caption.value for caption in page.caption)])


def answer_of(page: AppTest) -> dict[str, object]:
    """The JSON below the head of the answer that is shown."""
    body: dict[str, object] = json.loads(page.code[1].value.partition("\n\n")[2])
    return body


def test_before_the_first_call(page: AppTest) -> None:
    text = said(page)
    assert ZH("api.answer.empty") in text
    assert 'data-quota="off"' in text
    assert "POST /ocr/idcard HTTP/1.1" in page.code[0].value
    assert len(page.code) == 1
    assert not page.text_input, "no key is asked for where none is needed"


@pytest.mark.parametrize("shape", ["form", "json", "configure", "inputs"])
def test_a_specimen_is_sent_and_answered_in_every_shape(page: AppTest, shape: str) -> None:
    page.selectbox(key="api_shape").set_value(shape).run()
    page.toggle(key="api_detect_direction").set_value(True).run()
    text = send(page)
    assert 'data-answer="status"><span class="id-badge id-good">200' in text
    answer = answer_of(page)
    if shape == "inputs":
        answer = json.loads(answer["outputs"][0]["outputValue"]["dataValue"])  # type: ignore[index]
    assert answer["image_status"] == "normal"
    assert "direction" in answer


def test_an_uploaded_picture_is_sent(page: AppTest) -> None:
    page.session_state["api_source"] = "upload"
    page.run()
    assert ZH("api.request.none") in said(page)
    page.file_uploader(key="api_upload").set_value([("card.png", b"no picture", "image/png")]).run()
    assert ImageDataError.DECODE in send(page)
    assert ZH("error.462.decode") in said(page)


def test_an_answer_to_an_earlier_request_says_so(page: AppTest) -> None:
    send(page)
    assert ZH("api.answer.stale") not in said(page)
    page.toggle(key="api_detail").set_value(True).run()
    assert ZH("api.answer.stale") in said(page)


@pytest.mark.parametrize("source", ["upload", "url"])
def test_no_picture_is_the_contracts_error(page: AppTest, source: str) -> None:
    page.session_state["api_source"] = source
    page.run()
    text = send(page)
    assert FormatError.MISSING_IMAGE in text
    assert ZH("error.461.image") in text
    assert answer_of(page)["error_code"] == 461


def test_a_url_that_may_not_be_visited(page: AppTest) -> None:
    page.session_state["api_source"] = "url"
    page.run()
    page.text_input(key="api_url").set_value(f"{NOBODY}/card.jpg").run()
    assert ImageDataError.DOWNLOAD in send(page)


def test_an_api_that_does_not_respond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_client, "own_address", lambda: NOBODY)
    page = opened()
    assert 'data-quota="unknown"' in said(page)
    text = send(page)
    assert ZH("api.answer.unreachable") in text
    assert len(page.code) == 1


def test_an_api_that_takes_too_long(page: AppTest, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_client, "ANSWER_SECONDS", 0.001)
    assert "没有回答，已经放弃" in send(page)


class _Other(BaseHTTPRequestHandler):
    """A program that is no API of ours."""

    def do_GET(self) -> None:
        body = b"<h1>another program</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def test_another_program_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with HTTPServer(("127.0.0.1", 0), _Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        monkeypatch.setattr(api_client, "own_address", lambda: f"http://127.0.0.1:{other.server_port}")
        page = opened()
        assert 'data-quota="unknown"' in said(page)
        assert ZH("api.answer.foreign") in send(page)
        other.shutdown()


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A page's API with keys on; a key for two calls."""
    monkeypatch.setenv("IDCARD_DATA", str(tmp_path))
    monkeypatch.setenv("IDCARD_SERVE__KEYS", "true")
    service.settings.clear()
    with serving(make_stub, keys=True) as server:
        monkeypatch.setattr(api_client, "own_address", lambda: server.url)
        yield make_key(KeyTable(open_database(Settings())), "page", 2)
    service.settings.clear()


def test_keys(locked: str) -> None:
    page = opened()
    assert 'data-quota="needed"' in said(page)
    assert answer_of_forbidden(page)
    for wrong in ("abc.def", "密钥", "a" * 300):
        page.text_input(key="api_key").set_value(wrong).run()
        assert 'data-quota="wrong"' in said(page)
        assert answer_of_forbidden(page)
    page.text_input(key="api_key").set_value(f" {locked} ").run()
    assert ZH("api.quota.left", left=2) in said(page)
    text = send(page)
    assert answer_of(page)["image_status"] == "normal"
    assert ZH("api.quota.left", left=1) in text
    assert locked not in text
    send(page)
    assert ZH("api.quota.left", left=0) in said(page)
    assert answer_of_forbidden(page)


def answer_of_forbidden(page: AppTest) -> bool:
    return ZH("error.403") in send(page) and answer_of(page)["error_code"] == 403


@pytest.mark.parametrize("language", Language)
def test_the_contract_is_there_whole(page: AppTest, language: Language) -> None:
    text = said(opened(lang=language.value))
    for words in [*(one.meaning for one in (*PARAMETERS, *ANSWER)), *(row.when for row in ERROR_TABLE)]:
        meaning = words.zh if language is Language.ZH else words.en
        assert meaning.split("'")[0] in text
    assert all(row.message.split("'")[0] in text for row in ERROR_TABLE)
    assert all(text.count(f">{code}<") == 1 for code in {row.kind.code for row in ERROR_TABLE})


def test_neither_value_nor_picture_is_logged(page: AppTest, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    send(page)
    address = answer_of(page)["msg"]["address"]  # type: ignore[index]
    assert address
    assert address not in caplog.text
    assert picture()[:40] not in caplog.text
