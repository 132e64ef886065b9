"""What told a risk, as the Try page names it."""

from __future__ import annotations

import pytest

from idcard_core.judgement import Risks
from idcard_core.ui.reading_view.risks import WAYS, reasons_of
from idcard_core.ui.strings import Language, Texts

EVIDENCE = {
    "surroundings_screen": 1.5,
    "edges_screen": -2.0,
    "lattice_screen": 0.4,
    "frame_screen": 6.0,
    "edges_copy": 4.0,
}
CARD = Risks(genuine=0.9, copy=0.03, temporary=0.01, screen=0.05, edited=0.01, evidence=EVIDENCE)
SCREEN = Risks(genuine=0.02, copy=0.06, temporary=0.01, screen=0.9, edited=0.01, evidence=EVIDENCE)
COPY = Risks(genuine=0.02, copy=0.9, temporary=0.01, screen=0.06, edited=0.01, evidence=EVIDENCE)
SCREENSHOT = Risks(
    genuine=0.02, copy=0.06, temporary=0.01, screen=0.9, edited=0.01, evidence={**EVIDENCE, "screenshot": 1.0}
)
KEPT = Risks(genuine=0.02, copy=0.06, temporary=0.01, screen=0.9, edited=0.01, evidence={})


@pytest.mark.parametrize(
    ("risks", "reasons"),
    [
        pytest.param(CARD, [], id="a card needs none"),
        pytest.param(SCREEN, ["frame", "surroundings"], id="the strongest first, what speaks against it left out"),
        pytest.param(COPY, ["edges"], id="of a copy only what tells of a copy"),
        pytest.param(SCREENSHOT, ["screenshot", "frame", "surroundings"], id="the file's own word before all"),
        pytest.param(KEPT, [], id="a kept answer of before"),
    ],
)
def test_what_told_a_risk_is_named(risks: Risks, reasons: list[str]) -> None:
    assert reasons_of(risks) == reasons


@pytest.mark.parametrize("language", Language)
def test_every_reason_has_a_name(language: Language) -> None:
    texts = Texts(language)
    named = {texts(f"risks.by.{way}") for way in (*WAYS, "screenshot")}
    assert len(named) == len(WAYS) + 1
