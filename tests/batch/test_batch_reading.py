"""``idcard batch`` and ``idcard read`` with the real reader on shipped samples."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from idcard_core.card import Side
from idcard_core.cli import app
from idcard_core.specimen import Sample, shipped_samples

sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))
from intake_documents import pdf_of

EASY = ("plain", "rotated", "sideways", "both_sides")


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    """One sample of each easy condition."""
    by_condition = {sample.label.condition: sample for sample in reversed(shipped_samples())}
    return [by_condition[condition] for condition in EASY]


def truth(sample: Sample) -> dict[str, str]:
    return {name.value: text for card in sample.label.cards for name, text in card.fields.items()}


def read_values(answer: dict[str, dict[str, str]]) -> dict[str, str]:
    return {key: value for key, value in answer["msg"].items() if key != "valid"}


def test_a_batch_reads_what_the_labels_say(tmp_path: Path, samples: list[Sample]) -> None:
    manifest, out = tmp_path / "manifest.jsonl", tmp_path / "out.jsonl"
    rows = [
        {"image": str(sample.path), "id_card_side": "auto", "detect_direction": "true", "truth": truth(sample)}
        for sample in samples
    ]
    manifest.write_text("\n".join(json.dumps(row) for row in rows))
    result = CliRunner().invoke(app, ["batch", str(manifest), "--out", str(out), "--workers", "2"])
    assert result.exit_code == 0, result.output
    for sample, line in zip(samples, out.read_text("utf-8").splitlines(), strict=True):
        answered = json.loads(line)
        assert answered["truth"] == truth(sample)
        assert read_values(answered["response"]) == truth(sample)
        assert answered["response"]["direction"] == sample.label.direction
        assert answered["latency_ms"] > 0


def test_read_prints_the_same_values_as_table_and_as_json(samples: list[Sample]) -> None:
    sample = next(sample for sample in samples if [card.side for card in sample.label.cards] == [Side.FRONT])
    table = CliRunner().invoke(app, ["read", str(sample.path)])
    printed = CliRunner().invoke(app, ["read", str(sample.path), "--json"])
    assert (table.exit_code, printed.exit_code) == (0, 0)
    assert read_values(json.loads(printed.stdout)) == truth(sample)
    for text in (truth(sample)["name"], truth(sample)["idcardno"]):
        assert text in table.stdout
    assert "number: valid" in table.stdout


def test_a_pdf_is_read_page_by_page(tmp_path: Path, samples: list[Sample]) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(pdf_of(*(Image.open(sample.path) for sample in samples)))
    printed = CliRunner().invoke(app, ["read", str(scan), "--json", "--direction", "--detail"])
    assert printed.exit_code == 0, printed.output
    lines = [json.loads(line) for line in printed.stdout.splitlines()]
    assert [line["page"] for line in lines] == [1, 2, 3, 4]
    for sample, line in zip(samples, lines, strict=True):
        assert read_values(line) == truth(sample)
        assert line["direction"] == sample.label.direction
        assert line["detail"]["picture"]["page"] == line["page"]
    manifest, out = tmp_path / "manifest.jsonl", tmp_path / "out.jsonl"
    manifest.write_text(json.dumps({"image": "scan.pdf", "id_card_side": "auto", "page": 4}))
    assert CliRunner().invoke(app, ["batch", str(manifest), "--out", str(out)]).exit_code == 0
    assert read_values(json.loads(out.read_text("utf-8"))["response"]) == truth(samples[3])
