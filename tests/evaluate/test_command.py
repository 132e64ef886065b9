"""``idcard bench`` on real pictures, with the real readers."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from idcard_core.card import FieldName, Side
from idcard_core.evaluate import drawn
from idcard_core.evaluate.command import bench
from idcard_core.evaluate.samples import CardTruth, Sample
from idcard_core.evaluate.speed import PHOTO_SIZE, enlarge_photos, measure
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.fonts import FontsMissingError
from idcard_core.specimen.labels import LABELS_FILE, read_labels
from idcard_core.specimen.make import make_specimens

app = typer.Typer()
app.command()(bench)
GONE = {"image": "gone.jpg", "condition": "plain", "cards": [{"side": "back", "fields": {"enddate": "长期"}}]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two easy specimens and one that nobody can read."""
    out = tmp_path_factory.mktemp("specimens")
    make_specimens(out, 3, 7, (Condition.PLAIN, Condition.TILT, Condition.TOO_DARK))
    return out


def test_bench_scores_this_project_and_its_peers(folder: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--data", str(folder), "--out", str(tmp_path)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    report = json.loads((tmp_path / "benchmark.json").read_text(encoding="utf-8"))
    assert report["pictures"] == 2, "the unreadable one is counted apart"
    assert all(list(c["unreadable"]) == ["too_dark"] for c in report["contestants"])
    assert [c["name"].split()[0] for c in report["contestants"]] == ["this", "PaddleOCR", "RapidOCR"]
    for contestant in report["contestants"]:
        assert contestant["failures"] == 0
        assert contestant["overall"]["whole"]["total"] == contestant["latency_ms"]["count"] == 2
        assert contestant["overall"]["characters"]["rate"] < 0.5, "every reader reads most of an easy picture"
    assert report["contestants"][0]["overall"]["whole"]["right"] == 2
    assert report["contestants"][0]["overall"]["direction"]["rate"] == 1
    ours, *theirs = report["contestants"]
    judged = sum(field["total"] for field in ours["overall"]["fields"].values())
    assert ours["confidence"]["overall"]["right"]["total"] == judged, "every field was told with a confidence"
    assert 0.9 < ours["confidence"]["overall"]["mean_confidence"] <= 1
    assert ours["review"]["of_right"]["total"] == 2
    assert all(peer["confidence"] is None and peer["review"] is None for peer in theirs)
    markdown = (tmp_path / "benchmark.md").read_text(encoding="utf-8")
    assert "| whole cards | 100.0% (34.2% to 100.0%) |" in markdown
    for name in ("whole_cards.svg", "character_errors.svg", "latency.svg", "confidence.svg"):
        assert ElementTree.parse(tmp_path / name).getroot().tag.endswith("svg")
        assert f"]({name})" in markdown
    assert "whole cards" in result.output


@pytest.mark.parametrize("asked", [False, True], ids=["not asked for", "asked for"])
def test_no_file_and_no_line_has_a_field_s_value_unless_asked_for(folder: Path, tmp_path: Path, asked: bool) -> None:
    """A folder from elsewhere, with a name that no reader will read, so that its card is a failure."""
    line = json.loads((folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()[0])
    printed = {**line["cards"][0]["fields"], "address": "某某路一号"}
    if line["cards"][0]["side"] == "back":
        printed["gov"] = "某某路一号"
        del printed["address"]
    label = {
        "image": line["image"],
        "condition": "in the rain",
        "cards": [{"side": line["cards"][0]["side"], "fields": printed}],
    }
    data, out = tmp_path / "data", tmp_path / "out"
    data.mkdir()
    (data / "labels.jsonl").write_text(json.dumps(label, ensure_ascii=False), encoding="utf-8")
    (data / line["image"]).write_bytes((folder / line["image"]).read_bytes())
    arguments = ["--data", str(data), "--no-peers", "--out", str(out), *(["--values"] if asked else [])]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    (failure,) = [json.loads(line) for line in (out / "failures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (failure["image"], failure["condition"], failure["found"]) == (line["image"], "in the rain", True)
    assert len(failure["wrong"]) == 1
    assert ("values" in failure) is asked
    everything = result.output + "".join(path.read_text(encoding="utf-8") for path in out.iterdir())
    values = [*printed.values(), *line["cards"][0]["fields"].values()]
    told = [value for value in values if len(value) > 3 and value in everything]
    assert told == ([printed[failure["wrong"][0]], line["cards"][0]["fields"][failure["wrong"][0]]] if asked else [])


def test_bench_makes_its_own_specimens(tmp_path: Path) -> None:
    arguments = ["--count", "1", "--seed", "3", "--no-peers", "--out", str(tmp_path)]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    report = json.loads((tmp_path / "benchmark.json").read_text(encoding="utf-8"))
    assert (report["pictures"], len(report["contestants"])) == (1, 1)


def test_missing_fonts_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_fonts(*_: object) -> None:
        raise FontsMissingError

    monkeypatch.setattr(drawn, "make_numbered", without_fonts)
    result = CliRunner().invoke(app, ["--count", "1", "--no-peers"])
    assert result.exit_code == 1
    assert "fonts-noto-cjk" in result.output


def test_photos_for_the_speed_benchmark_have_twelve_megapixels(folder: Path, tmp_path: Path) -> None:
    samples = [Sample.of(label, folder) for label in read_labels(folder / LABELS_FILE)[:1]]
    (photo,) = enlarge_photos(samples, tmp_path)
    assert photo.cards == samples[0].cards
    height, width = cv2.imdecode(np.fromfile(photo.path, np.uint8), cv2.IMREAD_COLOR).shape[:2]
    assert height * width == pytest.approx(PHOTO_SIZE[0] * PHOTO_SIZE[1], rel=1e-3)


def test_speed_is_measured_in_alternation_and_what_was_read_is_judged() -> None:
    asked: list[tuple[str, str]] = []
    samples = [Sample(Path(name), "plain", (CardTruth(Side.BACK, {FieldName.GOV: "局"}),)) for name in "ab"]

    class Silent:
        def __init__(self, name: str) -> None:
            self.name = name

        def read(self, path: str) -> object:
            asked.append((self.name, path))
            return None

    result = measure([Silent("ours"), Silent("theirs")], samples, rounds=2)  # type: ignore[list-item]
    assert (result.pictures, result.rounds) == (2, 2)
    assert [(read.whole.right, read.whole.total) for read in result.accuracies] == [(0, 2), (0, 2)]
    assert [latency.count for _, latency in result.latencies] == [4, 4]
    assert [name for name, _ in asked[4:]] == ["ours", "theirs", "theirs", "ours"] * 2


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        pytest.param(None, "labels.jsonl", id="no labels"),
        pytest.param("{}\n", "line 1", id="a broken label"),
        pytest.param("", "no readable", id="nothing labelled"),
        pytest.param(json.dumps(GONE) + "\n", "gone.jpg", id="a picture that is not there"),
        pytest.param(json.dumps({**GONE, "readable": False}) + "\n", "no readable", id="nothing readable"),
    ],
)
def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path, labels: str | None, told: str) -> None:
    if labels is not None:
        (tmp_path / "labels.jsonl").write_text(labels, encoding="utf-8")
    result = CliRunner().invoke(app, ["--data", str(tmp_path), "--no-peers"], env={"COLUMNS": "300"})
    assert result.exit_code == 2
    assert told in result.output


def test_a_profile_tells_every_stage_and_leaves_a_trace(folder: Path, tmp_path: Path) -> None:
    asked = ["--data", str(folder), "--profile", "--out", str(tmp_path)]
    result = CliRunner().invoke(app, asked, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    spent = json.loads((tmp_path / "profile.json").read_text(encoding="utf-8"))["ms"]
    whole = spent["reading"]
    assert len(whole) == 2 * 3, "two readable pictures, three rounds"
    for number, total in enumerate(whole):
        stages = sum(spent[f"reading / {stage}"][number] for stage in ("decode", "locate", "read", "judge"))
        assert 0 < stages <= total
    events = json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))["traceEvents"]
    middle = sorted(whole)[len(whole) // 2]
    assert max(event["dur"] for event in events) / 1000 == pytest.approx(middle, abs=0.01)
    assert "all networks" in result.output


@pytest.mark.parametrize("other", ["--speed", "--judge"])
def test_one_measurement_at_a_time(other: str) -> None:
    assert CliRunner().invoke(app, ["--profile", other]).exit_code == 2
