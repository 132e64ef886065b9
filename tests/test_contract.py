"""The wire contract: every way to ask, every message for a wrong question, and each key of the answer."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.card import (
    Card,
    Doubt,
    Field,
    FieldName,
    Finding,
    ImageStatus,
    NumberType,
    PictureInfo,
    Points,
    Portrait,
    Reading,
    ReadOptions,
    Reason,
    RiskType,
    Severity,
    Side,
)
from idcard_core.contract import (
    Request,
    Shape,
    new_log_id,
    parse,
    parse_body,
    parse_json,
    render,
    render_body,
    render_error,
    to_json,
)
from idcard_core.errors import (
    Forbidden,
    FormatError,
    IdCardError,
    ImageDataError,
    JsonError,
    RecognitionError,
    ServiceBusy,
)
from idcard_core.judgement import Obstruction, Quality, Risks

PICTURE = PictureInfo(800, 600, "JPEG", 1000, "00" * 32)
FRONT_TEXTS = {
    FieldName.NAME: "样本一",
    FieldName.SEX: "女",
    FieldName.NATION: "汉",
    FieldName.BIRTHDAY: "19900307",
    FieldName.ADDRESS: "某省某市某路1号",
    FieldName.IDCARDNO: "11010519491231002X",
}
BACK_TEXTS = {FieldName.GOV: "某市公安局", FieldName.BEGINDATE: "20150101", FieldName.ENDDATE: "长期"}
FRONT_LABELS = ["姓名", "性别", "民族", "出生", "住址", "公民身份号码"]
BACK_LABELS = ["签发机关", "签发日期", "失效日期"]
PREFIX = "Invalid Input - json format error - "


def box(left: float, top: float, width: float = 40, height: float = 10) -> Points:
    """An upright quad, clockwise from its top left."""
    right, bottom = left + width, top + height
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def fields(texts: dict[FieldName, str]) -> tuple[Field, ...]:
    return tuple(
        Field(name, text, 0.98765, box(10.2, 20 * line + 0.5), raw=text)
        for line, (name, text) in enumerate(texts.items(), 1)
    )


def front_card() -> Card:
    return Card(
        side=Side.FRONT,
        quad=box(5, 5, 700, 440),
        quarter_turns=1,
        angle_degrees=-3.14159,
        fields=fields(FRONT_TEXTS),
        findings=(Finding("checksum", Severity.WARNING, FieldName.IDCARDNO, {"given": "X"}),),
        valid=True,
        number_type=NumberType.BIRTH_DISAGREES,
        portrait=Portrait(np.full((60, 48, 3), 120, np.uint8), box(500, 50, 100, 130)),
    )


def back_card() -> Card:
    return Card(Side.BACK, box(5, 5, 700, 440), 2, 0.0, fields(BACK_TEXTS))


def reading(
    *cards: Card,
    side: Side | None = None,
    status: ImageStatus = ImageStatus.NORMAL,
    options: ReadOptions | None = None,
) -> Reading:
    return Reading(
        PICTURE, options or ReadOptions(side=side), cards, status, timings_ms={"locate": 1.23456, "total": 9.0}
    )


# --- requests -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wire", "side"), [("front", Side.FRONT), ("back", Side.BACK), ("auto", None)], ids=["front", "back", "auto"]
)
def test_each_side_is_understood(wire: str, side: Side | None) -> None:
    assert parse({"image": "aGk=", "id_card_side": wire}) == Request("aGk=", ReadOptions(side=side))


@pytest.mark.parametrize("key", ["detect_direction", "detect_risk", "detect_photo", "detail"])
@pytest.mark.parametrize(
    ("value", "expected"),
    [("true", True), ("True", True), ("TRUE", True), (True, True), ("false", False), ("False", False), (False, False)],
    ids=str,
)
def test_switches_are_strings_of_any_case_or_json_booleans(key: str, value: object, expected: bool) -> None:
    options = parse({"image": "", "id_card_side": "front", key: value}).options
    switches = {
        "detect_direction": options.direction,
        "detect_risk": options.risk,
        "detect_photo": options.photo,
        "detail": options.detail,
    }
    assert switches.pop(key) is expected
    assert not any(switches.values())


def test_unknown_parameters_are_ignored() -> None:
    assert parse({"image": "x", "id_card_side": "back", "client": 7}).options == ReadOptions(side=Side.BACK)


def test_a_request_does_not_show_its_picture() -> None:
    assert "c2VjcmV0" not in repr(parse({"image": "c2VjcmV0", "id_card_side": "front"}))


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({}, PREFIX + "missing key: image"),
        ({"id_card_side": "front"}, PREFIX + "missing key: image"),
        ({"image": "x"}, PREFIX + "missing key: id_card_side"),
        ({"image": 5, "id_card_side": "front"}, PREFIX + "image format error"),
        ({"image": None, "id_card_side": "front"}, PREFIX + "image format error"),
        ({"image": ["x"], "id_card_side": "front"}, PREFIX + "image format error"),
        ({"image": "x", "id_card_side": "face"}, PREFIX + "configure format error"),
        ({"image": "x", "id_card_side": "Front"}, PREFIX + "configure format error"),
        ({"image": "x", "id_card_side": ""}, PREFIX + "configure format error"),
        ({"image": "x", "id_card_side": None}, PREFIX + "configure format error"),
        ({"image": "x", "id_card_side": ["front"]}, PREFIX + "configure format error"),
        ({"image": "x", "id_card_side": "front", "detect_risk": "yes"}, PREFIX + "configure format error"),
        ({"image": "x", "id_card_side": "front", "detect_photo": 1}, PREFIX + "configure format error"),
        ({"image": "x", "id_card_side": "front", "detect_direction": ""}, PREFIX + "configure format error"),
        ({"image": "x", "id_card_side": "front", "detail": None}, PREFIX + "configure format error"),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else "",
)
def test_each_wrong_parameter_has_its_message(params: dict[str, object], message: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(params)
    assert (caught.value.code, caught.value.message, caught.value.side) == (461, message, "client")


def configure(**params: object) -> str:
    return json.dumps(params)


def data(value: object) -> dict[str, object]:
    return {"dataType": 50, "dataValue": value}


def entry(image: object = "aGk=", **params: object) -> dict[str, object]:
    return {"image": data(image), "configure": data(configure(**(params or {"side": "face"})))}


def test_plain_json_is_read_like_a_form() -> None:
    body = parse_body({"image": "x", "id_card_side": "auto", "detect_risk": True})
    assert (body.shape, body.requests) == (Shape.PLAIN, (Request("x", ReadOptions(risk=True)),))


@pytest.mark.parametrize(("wire", "side"), [("face", Side.FRONT), ("back", Side.BACK)], ids=["face", "back"])
def test_configure_string_names_the_side_and_makes_wrong_category_an_error(wire: str, side: Side) -> None:
    body = parse_body({"image": "x", "configure": configure(side=wire)})
    assert (body.shape, body.requests) == (Shape.CONFIGURE, (Request("x", ReadOptions(side=side), True),))


def test_configure_string_may_hold_the_switches() -> None:
    body = parse_body({"image": "x", "configure": configure(side="face", detect_photo="true")})
    assert body.requests[0].options == ReadOptions(side=Side.FRONT, photo=True)


def test_old_form_gives_a_request_for_each_entry_in_order() -> None:
    body = parse_body({"inputs": [entry("one"), entry("two", side="back")]})
    assert body.shape is Shape.INPUTS
    assert body.requests == (
        Request("one", ReadOptions(side=Side.FRONT), True),
        Request("two", ReadOptions(side=Side.BACK), True),
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ([], "json parse runtime exception"),
        ("text", "json parse runtime exception"),
        (None, "json parse runtime exception"),
        ({}, "missing key: image"),
        ({"id_card_side": "front"}, "missing key: image"),
        ({"configure": '{"side":"face"}'}, "missing key: image"),
        ({"image": {"dataType": 50, "dataValue": "x"}, "id_card_side": "front"}, "image format error"),
        ({"image": 1, "configure": '{"side":"face"}'}, "image format error"),
        ({"image": "x"}, "missing key: id_card_side"),
        ({"image": "x", "configure": {"side": "face"}}, "configure format error"),
        ({"image": "x", "configure": None}, "configure format error"),
        ({"image": "x", "configure": "[]"}, "configure format error"),
        ({"image": "x", "configure": '"face"'}, "configure format error"),
        ({"image": "x", "configure": "{}"}, "missing key: side"),
        ({"image": "x", "configure": '{"side":"front"}'}, "configure format error"),
        ({"image": "x", "configure": '{"side":null}'}, "configure format error"),
        ({"image": "x", "configure": '{"side":"back","detect_risk":2}'}, "configure format error"),
        (
            {"image": "x", "configure": "face"},
            "failed to parse config str: Expecting value: line 1 column 1 (char 0)",
        ),
        ({"image": "x", "configure": ""}, "failed to parse config str: Expecting value: line 1 column 1 (char 0)"),
        ({"input": []}, "key inputs missing"),
        ({"inputs": {}}, "value of inputs must be a array"),
        ({"inputs": None}, "value of inputs must be a array"),
        ({"inputs": "x"}, "value of inputs must be a array"),
        ({"inputs": []}, "json parse runtime exception"),
        ({"inputs": ["x"]}, "json parse runtime exception"),
        ({"inputs": [{}]}, "missing key: image"),
        ({"inputs": [{"configure": data('{"side":"face"}')}]}, "missing key: image"),
        ({"inputs": [{"image": data("x")}]}, "missing key: configure"),
        ({"inputs": [{"image": "x", "configure": data('{"side":"face"}')}]}, "image format error"),
        ({"inputs": [{"image": {"dataType": 50}, "configure": data("{}")}]}, "image format error"),
        ({"inputs": [{"image": {"dataValue": "x"}, "configure": data("{}")}]}, "image format error"),
        ({"inputs": [entry(5)]}, "image DataValue format error"),
        ({"inputs": [entry(None)]}, "image DataValue format error"),
        ({"inputs": [{"image": data("x"), "configure": '{"side":"face"}'}]}, "configure format error"),
        ({"inputs": [{"image": data("x"), "configure": {"dataType": 50}}]}, "configure format error"),
        ({"inputs": [{"image": data("x"), "configure": data({"side": "face"})}]}, "configure format error"),
        (
            {"inputs": [{"image": data("x"), "configure": data("{")}]},
            "failed to parse config str: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        ),
        ({"inputs": [entry(), entry(side="up")]}, "configure format error"),
    ],
    ids=lambda value: json.dumps(value)[:60] if not isinstance(value, str) else "",
)
def test_each_wrong_body_has_its_message(body: object, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_body(body)
    assert (caught.value.code, caught.value.message) == (461, PREFIX + message)


def test_a_configure_string_nested_too_deep_is_a_format_error() -> None:
    with pytest.raises(FormatError, match="failed to parse config str"):
        parse_body({"image": "x", "configure": "[" * 200_000})


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"\xff\xfe\xfa", b'{"a":NaN}', b'{"a":1e999}', b"[" * 200_000, b"image=x", b"9" * 5000],
    ids=["empty", "cut", "no text", "NaN", "beyond a double", "too deep", "a form", "too many digits"],
)
def test_what_is_not_json_is_refused(text: bytes) -> None:
    with pytest.raises(JsonError) as caught:
        parse_json(text)
    assert (caught.value.code, caught.value.message) == (460, "Invalid Input - failed to parse json")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["image", "configure", "inputs", "dataType", "dataValue", "id_card_side", "side", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_any_json_is_a_body_or_a_format_error(value: object) -> None:
    with suppress(FormatError):
        assert parse_body(parse_json(json.dumps(value))).requests


# --- answers ------------------------------------------------------------------------------------------------------


def test_a_front_is_answered_with_the_keys_of_the_table_in_its_order() -> None:
    answer = render(reading(front_card(), side=Side.FRONT), 7)
    assert list(answer) == ["log_id", "msg", "image_status", "idcard_number_type", "words_result", "words_result_num"]
    assert answer["log_id"] == 7
    assert answer["msg"] == {
        "valid": True,
        "name": "样本一",
        "sex": "女",
        "nation": "汉",
        "address": "某省某市某路1号",
        "idcardno": "11010519491231002X",
        "birthday": "19900307",
    }
    assert list(answer["msg"]) == ["valid", "name", "sex", "nation", "address", "idcardno", "birthday"]
    assert (answer["image_status"], answer["idcard_number_type"]) == ("normal", "3")
    assert list(answer["words_result"]) == FRONT_LABELS
    assert answer["words_result_num"] == 6


def test_a_back_is_answered_without_the_keys_of_a_front() -> None:
    answer = render(reading(back_card(), side=Side.BACK), 7)
    assert list(answer) == ["log_id", "msg", "image_status", "words_result", "words_result_num"]
    assert answer["msg"] == {"gov": "某市公安局", "begindate": "20150101", "enddate": "长期"}
    assert list(answer["words_result"]) == BACK_LABELS


def test_all_that_can_be_asked_for_comes_in_the_order_of_the_table() -> None:
    options = ReadOptions(Side.FRONT, direction=True, risk=True, photo=True, detail=True)
    edited = replace(
        reading(front_card(), options=options), risk=RiskType.SCREEN, edit_tool="Adobe Photoshop CC 2014 (Macintosh)"
    )
    answer = render(edited, 7)
    assert list(answer) == [
        "log_id",
        "msg",
        "direction",
        "image_status",
        "risk_type",
        "edit_tool",
        "photo",
        "photo_location",
        "idcard_number_type",
        "words_result",
        "words_result_num",
        "detail",
    ]
    assert (answer["direction"], answer["risk_type"]) == (1, "screen")
    assert answer["edit_tool"] == "Adobe Photoshop CC 2014 (Macintosh)"


def test_no_edit_tool_without_an_edit_and_none_unless_asked() -> None:
    asked = reading(front_card(), options=ReadOptions(risk=True))
    assert "edit_tool" not in render(asked, 1)
    assert render(asked, 1)["risk_type"] == "unknown"
    assert "edit_tool" not in render(replace(reading(front_card()), edit_tool="GIMP"), 1)


def test_a_place_is_a_box_of_whole_pixels_inside_the_picture() -> None:
    beyond = np.array([[-4.5, 10.25], [90.5, 10.25], [90.5, 640.0], [-4.5, 640.0]], np.float32)
    card = replace(back_card(), fields=(Field(FieldName.GOV, "某市公安局", 0.9, beyond),))
    words = render(reading(card, side=Side.BACK), 1)["words_result"]
    location = {"left": 0, "top": 10, "width": 91, "height": 590}
    assert words == {"签发机关": {"location": location, "words": "某市公安局"}}


def test_a_field_without_a_place_is_in_msg_only() -> None:
    card = replace(back_card(), fields=(Field(FieldName.GOV, "某市公安局"),))
    answer = render(reading(card, side=Side.BACK), 1)
    assert answer["msg"] == {"gov": "某市公安局", "begindate": "", "enddate": ""}
    assert (answer["words_result"], answer["words_result_num"]) == ({}, 0)


def test_the_other_side_is_answered_with_its_own_keys() -> None:
    answer = render(reading(back_card(), side=Side.FRONT, status=ImageStatus.REVERSED_SIDE), 1)
    assert answer["msg"] == {"gov": "某市公安局", "begindate": "20150101", "enddate": "长期"}
    assert answer["image_status"] == "reversed_side"
    assert "idcard_number_type" not in answer


@pytest.mark.parametrize("side", [Side.FRONT, None], ids=["front", "auto"])
def test_nothing_there_is_an_empty_front(side: Side | None) -> None:
    options = ReadOptions(side, direction=True, photo=True)
    answer = render(reading(options=options, status=ImageStatus.NON_IDCARD), 1)
    assert answer == {
        "log_id": 1,
        "msg": {
            "valid": False,
            **dict.fromkeys(["name", "sex", "nation", "address", "idcardno", "birthday"], ""),
        },
        "direction": -1,
        "image_status": "non_idcard",
        "photo": "",
        "photo_location": {"left": 0, "top": 0, "width": 0, "height": 0},
        "idcard_number_type": "-1",
        "words_result": {},
        "words_result_num": 0,
    }


def test_nothing_there_is_an_empty_back_when_a_back_was_asked_for() -> None:
    answer = render(reading(side=Side.BACK, status=ImageStatus.NON_IDCARD), 1)
    assert answer["msg"] == {"gov": "", "begindate": "", "enddate": ""}
    assert "idcard_number_type" not in answer


@pytest.mark.parametrize("cards", [(front_card(), back_card()), (back_card(), front_card())], ids=["fb", "bf"])
def test_auto_answers_both_sides_front_first_whatever_their_order(cards: tuple[Card, ...]) -> None:
    answer = render(reading(*cards), 1)
    msg = answer["msg"]
    assert isinstance(msg, dict)
    assert list(msg) == [
        *("valid", "name", "sex", "nation", "address", "idcardno", "birthday"),
        *("gov", "begindate", "enddate"),
    ]
    assert list(answer["words_result"]) == FRONT_LABELS + BACK_LABELS
    assert answer["words_result_num"] == 9


@pytest.mark.parametrize(("side", "labels"), [(Side.FRONT, FRONT_LABELS), (Side.BACK, BACK_LABELS)], ids=str)
def test_of_two_sides_on_the_picture_the_one_asked_for_answers(side: Side, labels: list[str]) -> None:
    assert list(render(reading(back_card(), front_card(), side=side), 1)["words_result"]) == labels


def test_the_portrait_is_a_jpeg_without_header_and_its_place() -> None:
    answer = render(reading(front_card(), options=ReadOptions(Side.FRONT, photo=True)), 1)
    jpeg = base64.b64decode(str(answer["photo"]), validate=True)
    decoded = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert jpeg.startswith(b"\xff\xd8")
    assert decoded is not None
    assert decoded.shape == (60, 48, 3)
    assert answer["photo_location"] == {"left": 500, "top": 50, "width": 100, "height": 130}


def test_a_back_has_no_portrait_even_beside_its_front() -> None:
    answer = render(reading(front_card(), back_card(), options=ReadOptions(Side.BACK, photo=True)), 1)
    assert answer["photo"] == ""


def test_detail_tells_all_that_is_known_of_each_card() -> None:
    detail = render(reading(front_card(), back_card(), options=ReadOptions(detail=True)), 1)["detail"]
    assert isinstance(detail, dict)
    assert detail["picture"] == {"width": 800, "height": 600, "format": "JPEG", "page": None}
    assert detail["timings_ms"] == {"locate": 1.235, "total": 9.0}
    front, back = detail["cards"]
    assert (front["side"], front["quarter_turns"], front["angle_degrees"]) == ("front", 1, -3.14)
    assert front["corners"] == [[5.0, 5.0], [705.0, 5.0], [705.0, 445.0], [5.0, 445.0]]
    assert front["fields"]["sex"] == {
        "text": "女",
        "confidence": 0.9877,
        "polygon": [[10.2, 40.5], [50.2, 40.5], [50.2, 50.5], [10.2, 50.5]],
        "raw": "女",
        "rule": None,
        "glare": 0.0,
        "cut": False,
        "covered": False,
    }
    assert front["findings"] == [
        {"code": "checksum", "severity": "warning", "field": "idcardno", "values": {"given": "X"}}
    ]
    assert (front["valid"], front["idcard_number_type"]) == (True, "3")
    assert front["portrait"] == [[500.0, 50.0], [600.0, 50.0], [600.0, 180.0], [500.0, 180.0]]
    assert (back["side"], back["valid"], back["idcard_number_type"], back["portrait"]) == ("back", None, None, None)


def test_detail_says_which_cards_need_review_and_why() -> None:
    doubts = (Doubt(FieldName.SEX, Reason.DISAGREES), Doubt(FieldName.NAME, Reason.NOT_READ))
    doubted = replace(front_card(), fields=front_card().fields[1:], doubts=doubts)
    detail = render(reading(doubted, back_card(), options=ReadOptions(detail=True)), 1)["detail"]
    front, back = detail["cards"]
    assert front["needs_review"] is True
    assert front["doubts"] == [{"field": "sex", "reason": "disagrees"}, {"field": "name", "reason": "not_read"}]
    nothing = {"text": "", "confidence": 0.0, "polygon": None, "raw": "", "rule": None}
    assert front["fields"]["name"] == {**nothing, "glare": 0.0, "cut": False, "covered": False}
    assert (back["needs_review"], back["doubts"]) == (False, [])


def test_detail_tells_quality_and_risks_where_they_were_judged() -> None:
    risks = Risks(0.9, 0.04, 0.01, 0.03, 0.02, {"surroundings_copy": -3.21})
    judged = replace(front_card(), quality=Quality(0.9, 1.0, 0.95, 0.5), risks=risks)
    detail = render(replace(reading(judged, back_card(), options=ReadOptions(detail=True)), document="passport"), 1)
    front, back = detail["detail"]["cards"]
    assert front["quality"] == {"sharpness": 0.9, "exposure": 1.0, "glare": 0.95, "completeness": 0.5}
    probabilities = {"genuine": 0.9, "copy": 0.04, "temporary": 0.01, "screen": 0.03, "edited": 0.02}
    assert front["risks"] == {**probabilities, "evidence": {"surroundings_copy": -3.21}}
    assert (back["quality"], back["risks"], detail["detail"]["document"]) == (None, None, "passport")


def test_detail_tells_what_stands_in_the_way_of_a_field() -> None:
    hidden = replace(front_card().fields[0], obstruction=Obstruction(glare=0.31234, cut=True, covered=True))
    card = replace(front_card(), fields=(hidden,))
    told = render(reading(card, options=ReadOptions(detail=True)), 1)["detail"]["cards"][0]["fields"][hidden.name.value]
    assert (told["glare"], told["cut"], told["covered"]) == (0.3123, True, True)


def test_detail_has_every_card_of_a_side_where_the_plain_answer_has_one() -> None:
    second = replace(front_card(), fields=(Field(FieldName.NAME, "样本二", 0.9),))
    answer = render(reading(front_card(), second, options=ReadOptions(detail=True)), 1)
    assert answer["msg"]["name"] == "样本一"
    assert [card["fields"]["name"]["text"] for card in answer["detail"]["cards"]] == ["样本一", "样本二"]


def test_detail_tells_the_page_of_a_document() -> None:
    page = replace(reading(front_card(), options=ReadOptions(detail=True)), picture=replace(PICTURE, page=3))
    assert render(page, 1)["detail"]["picture"]["page"] == 3


def test_an_answer_is_plain_json_even_from_numpy_scalars() -> None:
    card = replace(front_card(), valid=np.bool_(True), quarter_turns=np.int64(3), angle_degrees=np.float32(1.5))
    options = ReadOptions(direction=True, risk=True, photo=True, detail=True)
    answer = render(replace(reading(card, options=options), timings_ms={"total": np.float64(2)}), new_log_id())
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer


def test_log_ids_are_different_uint64() -> None:
    ids = {new_log_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(0 <= log_id < 2**64 for log_id in ids)
    assert max(ids) > 2**62


@pytest.mark.parametrize(
    ("error", "code", "message", "side"),
    [
        (Forbidden(), 403, "Forbidden", "client"),
        (FormatError.missing("image"), 461, PREFIX + "missing key: image", "client"),
        (
            ImageDataError(ImageDataError.SIZE),
            462,
            "Invalid Input - image data error - image size out of range",
            "client",
        ),
        (ServiceBusy(), 450, "Service Busy - request queue is full", "server"),
        (RecognitionError(), 464, "Invalid Result - algorithm run failed", "server"),
    ],
    ids=["403", "461", "462", "450", "464"],
)
def test_an_error_object_tells_code_message_and_whose_mistake(
    error: IdCardError, code: int, message: str, side: str
) -> None:
    assert render_error(error, 9) == {"error_code": code, "error_msg": message, "error_side": side, "log_id": 9}


def test_a_body_is_answered_in_the_shape_it_came() -> None:
    result = reading(front_card(), side=Side.FRONT)
    plain = parse_body({"image": "x", "id_card_side": "front"})
    configured = parse_body({"image": "x", "configure": '{"side":"face"}'})
    answer = to_json(render(result, 7))
    assert render_body(plain, [answer], 7) == render_body(configured, [answer], 7) == answer
    outputs = json.loads(render_body(parse_body({"inputs": [entry()]}), [answer], 7))["outputs"]
    assert isinstance(outputs, list)
    (output,) = outputs
    assert isinstance(output, dict)
    assert (list(output), output["outputMulti"]) == (["outputLabel", "outputMulti", "outputValue"], {})
    value = output["outputValue"]
    assert isinstance(value, dict)
    assert value["dataType"] == 50
    assert json.loads(str(value["dataValue"])) == render(result, 7)


def test_one_failed_entry_of_several_leaves_the_others_their_answers() -> None:
    body = parse_body({"inputs": [entry(), entry()]})
    answer = to_json(render(reading(side=Side.FRONT), 7))
    outputs = json.loads(render_body(body, [ImageDataError(ImageDataError.EMPTY), answer], 7))["outputs"]
    codes = [json.loads(output["outputValue"]["dataValue"]).get("error_code") for output in outputs]
    assert codes == [462, None]


def test_a_body_with_nothing_but_errors_is_answered_by_the_first() -> None:
    body = parse_body({"inputs": [entry(), entry()]})
    with pytest.raises(ImageDataError):
        render_body(body, [ImageDataError(), RecognitionError()], 7)
