"""Every line of the contract's table of errors, by a request to a real server that causes it."""

from __future__ import annotations

import base64
import json
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPResponse
from pathlib import Path

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))
from serve_stub import CODELESS, DEADLY, ENDLESS, GARBAGE, NO_CARD, PLAIN, RAISES, SLOW, make_late_stub
from serving import ROUTE, Running, picture, serving, until
from test_intake_hostile import GIF_FRAME, GIF_SCREEN

from idcard_core.contract.tables import ERROR_TABLE
from idcard_core.errors import ImageDataError

IMAGE = "Invalid Input - image data error - "
FORMAT = "Invalid Input - json format error - "
FACE = '{"side":"face"}'


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with serving(recognition_seconds=1.0, stall_seconds=0.5, body_bytes=5 * 2**20) as server:
        yield server


def as_json(body: object) -> Callable[[Running], httpx.Response]:
    return lambda running: httpx.post(running.url + ROUTE, json=body)


def as_image(image: str) -> Callable[[Running], httpx.Response]:
    return lambda running: httpx.post(running.url + ROUTE, data={"image": image, "id_card_side": "front"})


def as_file(data: bytes) -> Callable[[Running], httpx.Response]:
    return as_image(base64.b64encode(data).decode())


def entry(image: object = "x", configure: object = FACE) -> dict[str, object]:
    return {"image": {"dataType": 50, "dataValue": image}, "configure": {"dataType": 50, "dataValue": configure}}


def raw(running: Running, rest: bytes) -> httpx.Response:
    """The answer to a request that no client library would send."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as connection:
        connection.sendall(f"POST {ROUTE} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode() + rest)
        answer = HTTPResponse(connection)
        answer.begin()
        return httpx.Response(answer.status, headers=answer.getheaders(), content=answer.read())


def when_busy(running: Running) -> httpx.Response:
    """A request while one is read and the queue, which has no places, is full."""
    with serving(queue=0) as small:
        first = threading.Thread(target=small.ask, args=(SLOW,))
        first.start()
        until(lambda: small.api.recogniser.recognising)
        answer = small.ask()
        first.join()
        return answer


def when_loading(running: Running) -> httpx.Response:
    with serving(make_late_stub, wait=False) as late:
        return late.ask()


def without_key(running: Running) -> httpx.Response:
    with serving(keys=True) as locked:
        return locked.ask()


CASES: list[tuple[str, int, str, Callable[[Running], httpx.Response]]] = [
    ("unknown path", 400, "Invalid URL", lambda r: httpx.get(r.url + "/ocr/idcards")),
    ("path of nobody", 400, "Invalid URL", lambda r: httpx.post(r.url + "/anything")),
    ("wrong method", 400, "Invalid URL", lambda r: httpx.get(r.url + ROUTE)),
    ("no key", 403, "Forbidden", without_key),
    ("headers that stop", 408, "Request Timeout", lambda r: raw(r, b"Content-Length: 2")),
    ("body that stops", 408, "Request Timeout", lambda r: raw(r, b"Content-Length: 50\r\n\r\n{")),
    ("announced too large", 413, "Payload Too Large", lambda r: raw(r, b"Content-Length: 9999999999\r\n\r\n")),
    ("too large", 413, "Payload Too Large", lambda r: httpx.post(r.url + ROUTE, content=iter([bytes(2**20)] * 6))),
    ("base64 too large", 413, "Payload Too Large", as_image("A" * (4 * 2**20 + 4))),
    ("too many entries", 413, "Payload Too Large", as_json({"inputs": [entry()] * 17})),
    ("queue full", 450, "Service Busy - request queue is full", when_busy),
    ("no JSON", 460, "Invalid Input - failed to parse json", lambda r: httpx.post(r.url + ROUTE, content=b"{]")),
    (
        "deep JSON",
        460,
        "Invalid Input - failed to parse json",
        lambda r: httpx.post(r.url + ROUTE, content=b"[" * 99999),
    ),
    ("no image", 461, FORMAT + "missing key: image", as_json({"id_card_side": "front"})),
    ("no side", 461, FORMAT + "missing key: id_card_side", as_json({"image": "x"})),
    ("image no string", 461, FORMAT + "image format error", as_json({"image": 1, "id_card_side": "front"})),
    ("old image no object", 461, FORMAT + "image format error", as_json({"inputs": [{**entry(), "image": 1}]})),
    ("no inputs", 461, FORMAT + "key inputs missing", as_json({"input": []})),
    ("inputs no array", 461, FORMAT + "value of inputs must be a array", as_json({"inputs": {}})),
    ("dataValue no string", 461, FORMAT + "image DataValue format error", as_json({"inputs": [entry(image=1)]})),
    ("configure no object", 461, FORMAT + "configure format error", as_json({"inputs": [{**entry(), "configure": 1}]})),
    ("value not in list", 461, FORMAT + "configure format error", as_json({"image": "x", "id_card_side": "left"})),
    (
        "configure no JSON",
        461,
        FORMAT + "failed to parse config str: Expecting value: line 1 column 1 (char 0)",
        as_json({"image": "x", "configure": "?"}),
    ),
    ("a list", 461, FORMAT + "json parse runtime exception", as_json([])),
    (
        "multipart broken",
        461,
        FORMAT + "json parse runtime exception",
        lambda r: httpx.post(r.url + ROUTE, content=b"?", headers={"Content-Type": "multipart/form-data; boundary=x"}),
    ),
    ("private URL", 462, IMAGE + "download image from url error", as_image("http://127.0.0.1/card.jpg")),
    ("empty", 462, ImageDataError.EMPTY, as_image("")),
    ("no picture", 462, ImageDataError.DECODE, as_file(b"no picture..")),
    ("not base64", 462, ImageDataError.NOT_BASE64, as_image("****")),
    ("data header", 462, ImageDataError.DATA_HEADER, as_image("data:image/jpg;base64,aGk=")),
    ("padding", 462, ImageDataError.PADDING, as_image("aGkh1")),
    ("illegal characters", 462, ImageDataError.ILLEGAL_CHARACTERS, as_image("aG*h")),
    ("gif open", 462, ImageDataError.GIF_OPEN, as_file(b"GIF")),
    ("gif read", 462, ImageDataError.GIF_READ, as_file(GIF_SCREEN)),
    ("gif decode", 462, ImageDataError.GIF_DECODE, as_file(GIF_SCREEN + GIF_FRAME + b"\x02\0;")),
    (
        "gif without colours",
        462,
        ImageDataError.GIF_NO_COLOR_MAP,
        as_file(GIF_SCREEN[:10] + b"\0" + GIF_SCREEN[11:13] + GIF_FRAME + b"\x02\x01\x44\0;"),
    ),
    ("gif empty", 462, ImageDataError.GIF_EMPTY, as_file(GIF_SCREEN + b";")),
    ("too small", 462, IMAGE + "image size out of range", as_image(picture(14))),
    ("too long", 462, IMAGE + "image size out of range", as_image(picture(4097))),
    ("no card", 463, "Invalid Input - wrong category", as_json({"image": picture(NO_CARD), "configure": FACE})),
    ("worker dies", 464, "Invalid Result - algorithm run failed", lambda r: r.ask(DEADLY)),
    ("reader raises", 464, "Invalid Result - algorithm runtime exception", lambda r: r.ask(RAISES)),
    ("no answer", 469, "Invalid Service - parse result error", lambda r: r.ask(GARBAGE)),
    ("no error code", 469, "Invalid Service - error code missing", lambda r: r.ask(CODELESS)),
    ("never ends", 502, "Bad Gateway", lambda r: r.ask(ENDLESS)),
    ("still loading", 503, "Service Unavailable", when_loading),
]


@pytest.mark.parametrize(("code", "message", "ask"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_mistake_has_its_code_and_message(
    running: Running,
    code: int,
    message: str,
    ask: Callable[[Running], httpx.Response],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("IDCARD_DATA", str(tmp_path))
    response = ask(running)
    answer = response.json()
    assert (response.status_code, answer.pop("error_msg")) == (code, message)
    assert response.headers["x-ca-error-message"] == message
    assert 0 <= answer.pop("log_id") < 2**64
    assert answer == {"error_code": code, "error_side": "server" if code in (450, 464, 469, 502, 503) else "client"}
    assert ("retry-after" in response.headers) == (code in (450, 503))
    until(lambda: running.api.recogniser.pids)
    assert running.ask(PLAIN).status_code == 200  # the next good request is answered


def test_no_line_of_the_table_is_left_out() -> None:
    told = {(code, message.split("config str: ")[0]) for _, code, message, _ in CASES}
    assert {(row.kind.code, row.message.split("config str: ")[0]) for row in ERROR_TABLE} <= told


def test_the_table_is_the_contract_word_for_word() -> None:
    """The messages that the contract writes out; its lines with an ``(ours)`` of their own are in `CASES`."""
    assert {row.message for row in ERROR_TABLE} >= {
        "Invalid Input - json format error - missing key: image",
        "Invalid Input - json format error - failed to parse config str: xxx",
        "Invalid Input - image data error - input image empty, please check your image binary data",
        "Invalid Input - image data error - image decode failed, please check your image binary data",
        "Invalid Input - image data error - base64decode error, please check your image binary data",
        "Invalid Input - image data error - please remove additional header: data:image/jpg:base64",
        "Invalid Input - image data error - base64decode error: incorrect padding in base64 string",
        "Invalid Input - image data error - base64decode error: base64decode error: incorrect base64 format data",
        "Invalid Input - image data error - gif data error, no color map got",
    }


def test_an_old_form_tells_of_each_entry(running: Running) -> None:
    body = {"inputs": [entry(picture(PLAIN)), entry("")]}
    good, bad = (
        json.loads(output["outputValue"]["dataValue"])
        for output in httpx.post(running.url + ROUTE, json=body).json()["outputs"]
    )
    assert good["msg"]["address"] == "某路30号"
    assert (bad["error_code"], bad["error_msg"]) == (462, ImageDataError.EMPTY)
