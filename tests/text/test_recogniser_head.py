"""The recogniser in two parts: the same answers as in one, without what no card holds."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from idcard_core.card import Side
from idcard_core.networks import CompiledNetwork, load_openvino
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.people import make_person
from idcard_core.text import weights
from idcard_core.text.blanks import BlankRule, fitted_rule
from idcard_core.text.decode import read_plain
from idcard_core.text.engine import BLANK, LineProbabilities
from idcard_core.text.openvino import OpenVinoEngine, line_picture, read_recogniser
from idcard_core.text.recogniser_head import Head, card_classes, in_parts

PRECISION = {"INFERENCE_PRECISION_HINT": "f32"}


@pytest.fixture(scope="module")
def lines():
    """The printed lines of two specimens, cut from the flat cards."""
    rng = np.random.default_rng(11)
    cut = []
    for side in (Side.FRONT, Side.BACK):
        card = draw_card(side, make_person(rng, None), rng, 1284, None)
        for line in card.lines:
            x, y, width, height = cv2.boundingRect(np.round(line.quad * 1.5).astype(np.int32))
            cut.append(card.image[max(0, y - 6) : y + height + 6, max(0, x - 6) : x + width + 6])
    return cut


def _whole(lines):
    """Probabilities of every class by the network in one piece, at full precision."""
    compiled = load_openvino().Core().compile_model(read_recogniser(), "CPU", PRECISION)
    return [compiled({0: line_picture(line)[None]})[0][0].copy() for line in lines]


def test_the_parts_answer_as_the_whole(lines):
    classes = card_classes(weights.alphabet())
    parts = in_parts(read_recogniser(), classes)
    trunk, head = (load_openvino().Core().compile_model(part, "CPU", PRECISION) for part in (parts.trunk, parts.head))
    for line, whole in zip(lines, _whole(lines), strict=True):
        kept = whole[:, classes]
        answer = head({0: trunk({0: line_picture(line)[None]})[0][0]})[0]
        np.testing.assert_allclose(answer, kept / kept.sum(axis=1, keepdims=True), atol=1e-3)


def test_what_is_read_is_what_the_whole_reads(lines):
    alphabet = weights.alphabet()
    read = OpenVinoEngine(1).recognize(lines)
    told = 0
    for seen, whole in zip(read, _whole(lines), strict=True):
        text = [c.text for c in read_plain(seen)]
        wanted = read_plain(LineProbabilities(whole, alphabet, seen.steps_per_line))
        assert len(text) >= 1
        if min(c.probability for c in wanted) > 0.6:  # else bfloat16, which some processors take, may tip it
            assert text == [c.text for c in wanted]
            told += 1
    assert told >= 12


def test_sure_blanks_are_not_asked_for(lines):
    """The rule leaves out a good part of the steps, and of those no character comes near."""
    parts = in_parts(read_recogniser(), card_classes(weights.alphabet()))
    trunk, head = (CompiledNetwork(part, 1) for part in (parts.trunk, parts.head))
    features = np.concatenate([trunk.run(line_picture(line)[None])[0] for line in lines])
    asked = fitted_rule().may_hold(features)
    blank = head.run(features)[:, BLANK]
    assert 0.2 < asked.mean() < 0.8
    assert blank[~asked].min() > 0.9


def test_rows_go_back_to_their_steps(lines):
    parts = in_parts(read_recogniser(), card_classes(weights.alphabet()))
    trunk, network = (CompiledNetwork(part, 1) for part in (parts.trunk, parts.head))
    count = len(card_classes(weights.alphabet()))
    features = [trunk.run(line_picture(line)[None])[0] for line in lines]
    everything = Head(network, count, BlankRule(np.zeros(120, np.float32), 0.0)).read(features)
    asked = Head(network, count, fitted_rule()).read(features)
    for whole, part in zip(everything, asked, strict=True):
        assert whole.shape == part.shape
        np.testing.assert_allclose(part.sum(axis=1), 1, atol=1e-3)
        seen = part[:, BLANK] < 0.9
        assert seen.any()
        np.testing.assert_array_equal(part[seen].argmax(axis=1), whole[seen].argmax(axis=1))


def test_lines_where_nothing_stands():
    blank = np.full((48, 320, 3), 200, np.uint8)
    engine = OpenVinoEngine(1)
    assert engine.recognize([]) == []
    (seen,) = engine.recognize([blank])
    assert read_plain(seen) == []
    assert Head(None, 5, BlankRule(np.zeros(120, np.float32), 1.0)).read([np.zeros((3, 120), np.float32)])[0][
        :, BLANK
    ].tolist() == [1, 1, 1]


def test_what_a_card_can_hold():
    alphabet = weights.alphabet()
    kept = {alphabet[number] for number in card_classes(alphabet)}
    assert card_classes(alphabet)[0] == BLANK
    assert set("国堃垚䶮李0123456789Xx·.-()/ ") - {"䶮"} <= kept
    assert "Ｘ" in kept, "full-width forms are the same ink"
    assert not set("カロハあαéж☑→①") & kept
    ideographs = [text for text in alphabet if text and "\u4e00" <= text <= "\u9fff"]
    assert set(ideographs) <= kept, "names may have any of them"


def test_a_network_of_another_form_is_refused():
    openvino = load_openvino()
    import openvino.opset13 as operations

    rows = operations.parameter([-1, 4], np.float32)
    with pytest.raises(ValueError, match="does not end"):
        in_parts(openvino.Model([operations.result(operations.relu(rows))], [rows], "other"), np.arange(2))
