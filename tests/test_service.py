"""`recognize`: parameters in, an answer or the contract's error object out, whatever happens."""

from __future__ import annotations

import base64
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from idcard_core import contract, service
from idcard_core.card import ImageStatus, PictureInfo, Reading, ReadOptions
from idcard_core.contract import JsonObject
from idcard_core.errors import ImageDataError, WrongCategory
from idcard_core.intake import Picture
from idcard_core.service import read_request, recognize

sys.path.insert(0, str(Path(__file__).parent / "batch"))
sys.path.insert(0, str(Path(__file__).parent / "intake"))
from batch_stub import StubReader, stub_module
from intake_documents import pdf_by_hand


def encoded(width: int = 30) -> str:
    done, png = cv2.imencode(".png", np.full((40, width, 3), 200, np.uint8))
    assert done
    return base64.b64encode(png.tobytes()).decode()


def ask(image: str, **params: object) -> JsonObject:
    return recognize({"image": image, "id_card_side": "auto", **params}, StubReader())


def test_a_base64_picture_is_answered() -> None:
    answer = ask(encoded(), detect_direction="true")
    assert (answer["msg"]["address"], answer["direction"], answer["image_status"]) == ("某路30号", 0, "normal")


def test_each_call_has_its_own_log_id() -> None:
    assert ask(encoded())["log_id"] != ask(encoded())["log_id"]


@pytest.mark.parametrize(
    ("params", "code", "message"),
    [
        ({}, 461, "Invalid Input - json format error - missing key: image"),
        ({"image": "x"}, 461, "Invalid Input - json format error - missing key: id_card_side"),
        ({"image": "", "id_card_side": "front"}, 462, ImageDataError.EMPTY),
        ({"image": "bm8gcGljdHVyZQ==", "id_card_side": "front"}, 462, ImageDataError.DECODE),
        ({"image": base64.b64encode(pdf_by_hand()).decode(), "id_card_side": "front"}, 462, ImageDataError.DECODE),
        ({"image": "data:image/jpg;base64,aGk=", "id_card_side": "front"}, 462, ImageDataError.DATA_HEADER),
        ({"image": "HTTP://127.0.0.1:9/a.png", "id_card_side": "front"}, 462, ImageDataError.DOWNLOAD),
    ],
    ids=["no image", "no side", "empty", "no picture", "a PDF", "data header", "a private URL"],
)
def test_a_mistake_is_answered_with_the_error_object(params: dict[str, object], code: int, message: str) -> None:
    answer = recognize(params, StubReader())
    log_id = answer.pop("log_id")
    assert answer == {"error_code": code, "error_msg": message, "error_side": "client"}
    assert 0 <= log_id < 2**64


def test_a_crash_is_464_and_logged_with_its_place_but_not_what_it_says(caplog: pytest.LogCaptureFixture) -> None:
    answer = ask(encoded(66))
    assert (answer["error_code"], answer["error_side"]) == (464, "server")
    assert answer["error_msg"] == "Invalid Result - algorithm runtime exception"
    assert f"log_id {answer['log_id']}" in caplog.text
    assert "ZeroDivisionError at " in caplog.text
    assert "no log may show" not in caplog.text


class NoCard:
    """Finds no identity card, whatever the picture."""

    def __init__(self, status: ImageStatus) -> None:
        self.status = status

    def answer(self, picture: Picture, options: ReadOptions) -> Reading:
        return Reading(PictureInfo(30, 40, "PNG", 1, "0" * 64), options, (), self.status)


@pytest.mark.parametrize("status", [ImageStatus.NON_IDCARD, ImageStatus.OTHER_TYPE_CARD], ids=str)
def test_no_identity_card_is_an_error_only_in_the_shapes_with_configure(status: ImageStatus) -> None:
    body = contract.parse_body({"image": encoded(), "configure": '{"side":"face"}'})
    with pytest.raises(WrongCategory):
        read_request(body.requests[0], NoCard(status))
    answer = recognize({"image": encoded(), "id_card_side": "front"}, NoCard(status))
    assert answer["image_status"] == status.value


def test_without_a_reader_one_is_made_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "idcard_core.reader", stub_module())
    monkeypatch.setattr(service, "_shared", [])
    assert recognize({"image": encoded(), "id_card_side": "front"})["msg"]["address"] == "某路30号"
    assert service.shared_reader() is service.shared_reader()
