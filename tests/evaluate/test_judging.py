"""The benchmark of judging: confusion, ROC, overlap, and a small run with the real reader."""

import json
from dataclasses import replace

import pytest
import typer
from typer.testing import CliRunner

from idcard_core.card import ImageStatus, Location, RiskType
from idcard_core.evaluate.command import bench
from idcard_core.evaluate.confusion import Confusion
from idcard_core.evaluate.judging.outcome import Judged, box_overlap, roc
from idcard_core.evaluate.judging.report import judging_report
from idcard_core.evaluate.judging.samples import draw_samples
from idcard_core.evaluate.metrics import Proportion
from idcard_core.judgement import Risks
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.labels import LABELS_FILE, write_labels
from idcard_core.specimen.make import make_specimens

app = typer.Typer()
app.command()(bench)


def test_confusion_counts_what_was_told_of_what_is_right():
    confusion = Confusion.of([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b"), ("c", "b")])
    assert confusion.words == ("a", "b", "c")
    assert confusion.counts == ((1, 1, 0), (0, 2, 0), (0, 1, 0))
    assert confusion.right == Proportion(3, 5)
    assert confusion.recall("a") == Proportion(1, 2)
    assert confusion.precision("b") == Proportion(2, 4)


@pytest.mark.parametrize(
    ("scores", "truths", "area"),
    [
        pytest.param([0.9, 0.8, 0.2, 0.1], [True, True, False, False], 1.0, id="all apart"),
        pytest.param([0.1, 0.2, 0.8, 0.9], [True, True, False, False], 0.0, id="the wrong way round"),
        pytest.param([0.5, 0.5, 0.5, 0.5], [True, False, True, False], 0.5, id="no difference"),
        pytest.param([0.9, 0.4, 0.6, 0.1], [True, True, False, False], 0.75, id="one pair of four wrong"),
    ],
)
def test_area_under_the_curve_is_the_share_of_pairs_in_order(scores, truths, area):
    points, found = roc(scores, truths)
    assert found == pytest.approx(area)
    assert points[0] == (0.0, 0.0)
    assert points[-1] == (1.0, 1.0)


def test_no_curve_of_one_class():
    points, area = roc([0.1, 0.9], [True, True])
    assert points == []
    assert area != area


@pytest.mark.parametrize(
    ("other", "overlap"),
    [
        pytest.param(Location(0, 0, 10, 10), 1.0, id="the same"),
        pytest.param(Location(5, 0, 10, 10), 1 / 3, id="half of each"),
        pytest.param(Location(20, 20, 5, 5), 0.0, id="apart"),
    ],
)
def test_overlap_of_boxes(other, overlap):
    assert box_overlap(Location(0, 0, 10, 10), other) == pytest.approx(overlap)


def _judged(status, risk, overlap=None):
    risks = Risks(0.1, 0.6, 0.1, 0.1, 0.1)
    return Judged("way", status, risk, (0, 0), overlap, risks, 12.0)


def test_the_report_tells_shares_and_areas():
    normal, blurred = ImageStatus.NORMAL, ImageStatus.BLURRED
    report = judging_report(
        [
            _judged((normal, normal), (RiskType.NORMAL, RiskType.NORMAL), 0.9),
            _judged((normal, blurred), (RiskType.COPY, RiskType.NORMAL), 0.5),
        ]
    )
    told = dict(report.tables[0].rows)
    assert told["status right"].startswith("50.0%")
    assert told["genuine called anything else"].startswith("0.0%")
    assert told["portrait found, IoU 0.85"].startswith("50.0%")
    assert report.numbers["risk"]["counts"] == [[0, 1], [0, 1]]


def test_samples_are_the_same_for_a_seed_and_of_every_kind():
    first = list(draw_samples(15, 5))
    assert [one.jpeg for one in draw_samples(6, 5)] == [one.jpeg for one in first[:6]]
    assert {ImageStatus.OTHER_TYPE_CARD, ImageStatus.NON_IDCARD} <= {one.status for one in first}
    assert {RiskType.NORMAL, RiskType.COPY, RiskType.SCREEN} <= {one.risk for one in first}


def test_bench_judge_writes_its_report(tmp_path):
    result = CliRunner().invoke(app, ["--judge", "--count", "5", "--seed", "3", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    numbers = json.loads((tmp_path / "judging.json").read_text(encoding="utf-8"))
    assert numbers["pictures"] == 5
    assert "risk right" in (tmp_path / "judging.md").read_text(encoding="utf-8")
    assert (tmp_path / "roc.svg").is_file()


def test_bench_judges_a_folder_of_ones_own(tmp_path):
    labels = make_specimens(tmp_path, 2, 5, [Condition.PLAIN, Condition.GREY_COPY])
    told = [
        replace(labels[0], status=ImageStatus.NORMAL, risk=RiskType.NORMAL),
        replace(labels[1], condition="office copies", status=ImageStatus.NORMAL, risk=RiskType.COPY),
    ]
    write_labels(tmp_path / LABELS_FILE, told)
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["--judge", "--data", str(tmp_path), "--out", str(out)])
    assert result.exit_code == 0, result.output
    report = (out / "judging.md").read_text()
    assert "Judging 2 pictures" in report
    assert "office copies" in report


def test_judging_and_timing_do_not_go_together():
    assert CliRunner().invoke(app, ["--judge", "--speed"]).exit_code == 2
