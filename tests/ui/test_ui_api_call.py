"""Calls put together by the API's page: understood by the API in every shape, and shown without picture or secret."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from idcard_core.card import ReadOptions, Side
from idcard_core.contract import Shape
from idcard_core.serve.body import parse_request
from idcard_core.ui.pages.api.call import ApiCall, WireShape
from idcard_core.ui.strings import Language, Texts

PICTURE = "/9j/4AAQ+SkZJRgABAQ==" * 40
SECRET = "0a1b2c3d.a-secret-nobody-sees"
ADDRESS = "http://127.0.0.1:8501"
SHAPES = {
    WireShape.FORM: Shape.PLAIN,
    WireShape.JSON: Shape.PLAIN,
    WireShape.CONFIGURE: Shape.CONFIGURE,
    WireShape.INPUTS: Shape.INPUTS,
}


def call(shape: WireShape, image: str | None = PICTURE, file: str | None = "card.jpg", **more: object) -> ApiCall:
    values = {"side": "back", "switches": ("detect_risk", "detail"), **more}
    return ApiCall(shape, image, file, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", WireShape)
def test_the_api_understands_every_shape(shape: WireShape) -> None:
    body = parse_request(shape.content_type, call(shape).body())
    assert body.shape is SHAPES[shape]
    (request,) = body.requests
    assert request.image == PICTURE
    assert request.options == ReadOptions(Side.BACK, risk=True, detail=True)


@pytest.mark.parametrize("shape", WireShape)
def test_every_side_of_a_shape_is_one_the_api_knows(shape: WireShape) -> None:
    wanted = {"front": Side.FRONT, "back": Side.BACK, "auto": None}
    for side in shape.sides:
        (request,) = parse_request(shape.content_type, call(shape, side=side).body()).requests
        assert request.options.side is wanted[side]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("shape", WireShape)
def test_what_is_shown_has_neither_the_picture_nor_the_secret(shape: WireShape, language: Language) -> None:
    shown = call(shape, key=SECRET).as_http(ADDRESS, Texts(language))
    assert "Host: 127.0.0.1:8501" in shown
    assert "Authorization: APPCODE 0a1b2c3d.••••" in shown
    assert f"{len(PICTURE):,}" in shown
    assert len(shown) < 700
    command = call(shape, key=SECRET).as_curl(ADDRESS)
    assert "$IDCARD_KEY" in command
    assert "secret" not in shown + command


def test_a_url_is_shown_whole_and_a_key_without_an_id_not_at_all() -> None:
    url = "https://example.com/" + "long/" * 60 + "card.jpg"
    shown = call(WireShape.JSON, url, None, key="secret").as_http(ADDRESS, Texts(Language.ZH))
    assert url in shown
    assert "secret" not in shown


@pytest.mark.parametrize("shape", WireShape)
def test_without_a_picture_the_key_image_is_missing(shape: WireShape) -> None:
    nothing = call(shape, None, None)
    assert b"image" not in nothing.body()
    assert "image" not in nothing.as_http(ADDRESS, Texts(Language.ZH)) + nothing.as_curl(ADDRESS)


def test_a_fingerprint_tells_calls_apart() -> None:
    several = [call(shape, key=key) for shape in WireShape for key in ("", "a", "b")]
    assert len({one.fingerprint() for one in several}) == len(several)
    assert several[0].fingerprint() == call(WireShape.FORM).fingerprint()


@pytest.mark.parametrize("image", ["a file", "it's 100%s of a URL"], ids=["file", "url"])
@pytest.mark.parametrize("shape", WireShape)
def test_the_command_sends_the_same_in_a_shell(shape: WireShape, image: str, tmp_path: Path) -> None:
    """A stand-in for curl writes down its arguments and what it is fed."""
    stand_in = tmp_path / "curl"
    stand_in.write_text('#!/bin/sh\nfor one in "$@"; do printf "%s\\0" "$one" >>arguments; done\ncat >fed\n')
    stand_in.chmod(0o755)
    (tmp_path / "it's a card.jpg").write_bytes(b"\xff\xd8 picture")
    file = image == "a file"
    made = call(shape, "/9ggcGljdHVyZQ==" if file else image, "it's a card.jpg" if file else None, key="key")
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "IDCARD_KEY": "key"}
    subprocess.run(
        ["bash", "-c", made.as_curl(ADDRESS)], cwd=tmp_path, env=environment, check=True, stdin=subprocess.DEVNULL
    )
    arguments = (tmp_path / "arguments").read_text().split("\0")
    fed = (tmp_path / "fed").read_text()
    assert arguments[1] == f"{ADDRESS}/ocr/idcard"
    assert "Authorization: APPCODE key" in arguments
    if shape is WireShape.FORM:
        sent = dict(one.split("=", 1) for one in arguments if "=" in one and not one.startswith("http"))
        assert (fed if "image@-" in arguments else sent.pop("image")) == made.image
        assert sent == {"id_card_side": "back", "detect_risk": "true", "detail": "true"}
    else:
        sent = fed if arguments[-2] == "@-" else arguments[-2]
        assert json.loads(sent) == json.loads(made.body())
