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
