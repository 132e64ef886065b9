"""The PaddleOCR engine against the default one, on the same line pictures, and the model folders it reads from."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from idcard_core import card
from idcard_core.errors import NotReady
from idcard_core.settings import EngineSettings
from idcard_core.text import model_folders, weights
from idcard_core.text.decode import read_plain
from idcard_core.text.engine import LineProbabilities, TextEngine
from idcard_core.text.openvino import OpenVinoEngine
from idcard_core.text.paddle import PaddleOcrEngine

TEXTS = (
    "公民身份号码",
    "11010519900307123X",
    "北京市朝阳区建国路甲8号院2单元101室",
    "阿卜杜拉·买买提",
    "汉",
    "某某市公安局",
    "2015.03.21-长期",
)
FONTS = ("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "wqy-zenhei.ttc", "uming.ttc")


@pytest.fixture(scope="module")
def line_picture() -> Callable[[str], card.Image]:
    """Draws a text in one line, dark on light."""
    for name in FONTS:
        try:
            font = ImageFont.truetype(name, 36)
        except OSError:
            continue
        return lambda text: _draw(text, font)
    pytest.skip("no Chinese font is installed")


@pytest.fixture(scope="module")
def paddle() -> PaddleOcrEngine:
    return PaddleOcrEngine()


@pytest.fixture(scope="module")
def default() -> OpenVinoEngine:
    return OpenVinoEngine()


def _draw(text: str, font: ImageFont.FreeTypeFont) -> card.Image:
    _, _, right, _ = font.getbbox(text)
    picture = Image.new("RGB", (int(right) + 20, 60), (235, 240, 245))
    ImageDraw.Draw(picture).text((10, 6), text, font=font, fill=(20, 20, 20))
    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])


def _texts(lines: list[LineProbabilities]) -> list[str]:
    return ["".join(character.text for character in read_plain(line)) for line in lines]


def test_both_engines_read_the_same_texts(
    paddle: PaddleOcrEngine, default: OpenVinoEngine, line_picture: Callable[[str], card.Image]
) -> None:
    pictures = [line_picture(text) for text in TEXTS]
    assert _texts(paddle.recognize(pictures)) == list(TEXTS)
    assert _texts(default.recognize(pictures)) == list(TEXTS)


def test_probabilities_have_a_row_a_step_and_a_column_a_class(
    paddle: PaddleOcrEngine, line_picture: Callable[[str], card.Image]
) -> None:
    for line in paddle.recognize([line_picture(text) for text in TEXTS]):
        steps, classes = line.probabilities.shape
        assert line.probabilities.dtype == np.float32
        assert classes == len(line.alphabet) == 18710
        assert line.alphabet[0] == ""
        assert 0 < line.steps_per_line <= steps + 0.5
        np.testing.assert_allclose(line.probabilities.sum(axis=1), 1, atol=1e-3)


def test_a_character_is_at_the_same_place_for_both_engines(
    paddle: PaddleOcrEngine, default: OpenVinoEngine, line_picture: Callable[[str], card.Image]
) -> None:
    picture = line_picture("11010519900307123X")
    there = [[c.position for c in read_plain(engine.recognize([picture])[0])] for engine in (paddle, default)]
    np.testing.assert_allclose(there[0], there[1], atol=0.02)


def test_both_engines_find_the_same_lines(
    paddle: PaddleOcrEngine, default: OpenVinoEngine, line_picture: Callable[[str], card.Image]
) -> None:
    page = np.full((600, 900, 3), 240, np.uint8)
    for number, text in enumerate(TEXTS):
        line = line_picture(text)
        page[20 + 80 * number : 80 + 80 * number, 30 : 30 + line.shape[1]] = line
    for turn in range(4):
        turned = np.ascontiguousarray(np.rot90(page, turn))
        quads = [_sorted_quads(engine, turned) for engine in (paddle, default)]
        assert len(quads[0]) == len(quads[1]) == len(TEXTS)
        # The character 汉 alone is nearly square, so that the engines may begin it at different corners.
        assert np.abs(quads[0].mean(axis=1) - quads[1].mean(axis=1)).max() < 6
        edges = quads[0][:, 1] - quads[0][:, 0]
        assert (np.abs(edges).max(axis=1) == edges.max(axis=1)).all(), "a first edge points right or down"


def _sorted_quads(engine: TextEngine, picture: card.Image) -> card.Points:
    boxes = sorted(engine.detect(picture), key=lambda box: tuple(np.round(box.quad.mean(axis=0) / 40)))
    assert all(0.5 < box.score <= 1 for box in boxes)
    return np.array([box.quad for box in boxes])


def test_an_empty_picture_has_no_lines(paddle: PaddleOcrEngine) -> None:
    assert paddle.detect(np.full((200, 300, 3), 200, np.uint8)) == []
    assert paddle.recognize([]) == []


def test_several_threads_may_share_the_engine(
    paddle: PaddleOcrEngine, line_picture: Callable[[str], card.Image]
) -> None:
    pictures = [line_picture(text) for text in TEXTS] * 3
    with ThreadPoolExecutor(6) as pool:
        lines = list(pool.map(lambda picture: paddle.recognize([picture])[0], pictures))
    assert _texts(lines) == list(TEXTS) * 3


def test_a_folder_may_be_named_instead_of_the_installed_weights(
    line_picture: Callable[[str], card.Image],
) -> None:
    folder = model_folders.installed_recogniser().path
    engine = PaddleOcrEngine(EngineSettings(name="paddleocr", recognition_model=str(folder)))
    assert _texts(engine.recognize([line_picture(TEXTS[1])])) == [TEXTS[1]]


def test_a_model_that_is_not_on_this_machine_is_not_fetched(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    picture = np.zeros((48, 320, 3), np.uint8)
    with caplog.at_level(logging.ERROR, "idcard_core"):
        with pytest.raises(NotReady):
            PaddleOcrEngine(EngineSettings(recognition_model="PP-OCRv5_absent_rec")).recognize([picture])
        with pytest.raises(NotReady):
            PaddleOcrEngine(EngineSettings(detection_model=str(tmp_path))).detect(picture)
    assert "PP-OCRv5_absent_rec" in caplog.text
    assert "no PaddleOCR model folder" in caplog.text


def test_the_alphabet_is_the_one_paddleocr_decodes_with() -> None:
    alphabet = weights.alphabet()
    assert len(alphabet) == 18710
    assert (alphabet[0], alphabet[-1]) == ("", " ")
    assert {"汉", "·", "X", "0", "昊", "瀍"} <= set(alphabet)


def test_a_file_that_is_no_network_has_no_alphabet(tmp_path: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"\xff\xff\xff")
    with pytest.raises(NotReady):
        weights.alphabet_of(broken)


def test_model_folders_are_made_once_by_many_at_the_same_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: model_folders.installed_recogniser(), range(8)))
    assert len(made) == 1
    name, folder = made.pop()
    assert name == weights.RECOGNITION_NAME
    assert folder.is_relative_to(tmp_path)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name], "no drafts are left behind"
    assert (folder / "inference.onnx").samefile(weights.recognition_weights())


def test_model_folders_are_temporary_where_the_cache_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    occupied = tmp_path / "a-file"
    occupied.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(occupied))
    folder = model_folders.installed_detector().path
    assert not folder.is_relative_to(tmp_path)
    assert (folder / "inference.yml").is_file()


def test_onnx_runtime_reports_to_nobody(tmp_path: Path) -> None:
    """Its telemetry works below Python's sockets; that it is on shows in the device number it keeps in the home."""
    code = (
        "import numpy; from idcard_core.text.paddle import PaddleOcrEngine;"
        "PaddleOcrEngine().detect(numpy.zeros((64, 64, 3), numpy.uint8))"
    )
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ORT_", "XDG_"))}
    subprocess.run([sys.executable, "-c", code], env={**kept, "HOME": str(tmp_path)}, check=True, timeout=120)
    assert not [path for path in tmp_path.rglob("*") if "deviceid" in path.name or "Microsoft" in path.name]


def test_the_engine_works_without_a_home_to_write_to(tmp_path: Path) -> None:
    occupied = tmp_path / "a-file"
    occupied.touch()
    code = (
        "import numpy; from idcard_core.text.paddle import PaddleOcrEngine;"
        "assert PaddleOcrEngine().detect(numpy.zeros((64, 64, 3), numpy.uint8)) == []"
    )
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PADDLE_", "XDG_"))}
    subprocess.run([sys.executable, "-c", code], env={**kept, "HOME": str(occupied)}, check=True, timeout=120)
