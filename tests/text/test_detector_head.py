"""The detector's last layers in their quick form."""

import cv2
import numpy as np

from idcard_core.networks import load_openvino, read_with_preprocessing
from idcard_core.text.detector_head import with_quick_head
from idcard_core.text.openvino import DETECTION_MEAN, DETECTION_STD
from idcard_core.text.weights import detection_weights


def test_the_quick_form_answers_as_the_network_s_own() -> None:
    picture = np.full((1, 64, 160, 3), 230, np.uint8)
    cv2.putText(picture[0], "2024.05", (12, 42), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (30, 30, 30), 3)
    answers, transposed = [], []
    for form in (lambda model: model, with_quick_head):
        model = form(read_with_preprocessing(detection_weights(), DETECTION_MEAN, DETECTION_STD, (1, -1, -1, 3)))
        transposed.append(sum(layer.get_type_name() == "ConvolutionBackpropData" for layer in model.get_ordered_ops()))
        compiled = load_openvino().Core().compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        answers.append(compiled({0: picture})[0])
    assert transposed == [2, 0]
    assert answers[0].shape == answers[1].shape == (1, 1, 64, 160)
    assert answers[0].max() > 0.5, "there is text"
    np.testing.assert_allclose(answers[1], answers[0], atol=1e-3)


def test_a_network_that_ends_otherwise_stays_as_it_is() -> None:
    """Without a ReLU between the two layers, the quick form would add one."""
    openvino = load_openvino()
    import openvino.opset13 as operations

    rng = np.random.default_rng(3)
    pixels = operations.parameter([1, 2, 4, 4], np.float32)
    first, last = (rng.normal(size=shape).astype(np.float32) for shape in ((2, 3, 2, 2), (3, 1, 2, 2)))
    wide = operations.convolution_backprop_data(pixels, operations.constant(first), [2, 2], [0, 0], [0, 0], [1, 1])
    biased = operations.add(wide, operations.constant(np.full((1, 3, 1, 1), -1, np.float32)))
    whole = operations.convolution_backprop_data(biased, operations.constant(last), [2, 2], [0, 0], [0, 0], [1, 1])
    model = with_quick_head(openvino.Model([operations.result(whole)], [pixels], "other"))
    assert sum(layer.get_type_name() == "ConvolutionBackpropData" for layer in model.get_ordered_ops()) == 2
