"""Views to learn risk from: drawn once, kept in files, and read while more are drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from idcard_core.models.risk.data import make_set
from idcard_core.models.risk.kept import CLASSES, KEPT_CONTEXT, KEPT_EDGE, KEPT_PIECE, PARTS, STACKS, RiskSet, keep
from idcard_core.models.risk.sources import Source
from idcard_core.specimen.presented import Presented

COUNT = 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views")
    make_set(folder, COUNT, seed=5, devices=range(3))
    return folder


def test_half_of_the_pictures_are_of_cards(folder: Path) -> None:
    views = RiskSet.load([folder])
    contexts, edges, pieces = (views.stack(name, range(COUNT)) for name in STACKS)
    assert contexts.shape == (COUNT, KEPT_CONTEXT[1], KEPT_CONTEXT[0], 3)
    assert edges.shape == (COUNT, 8, KEPT_EDGE, KEPT_EDGE, 3)
    assert pieces.shape == (COUNT, 6, KEPT_PIECE, KEPT_PIECE, 3)
    kinds = [CLASSES[number] for number in views.classes]
    assert kinds.count(Presented.GENUINE) == COUNT // 2
    assert {Presented.COPY, Presented.SCREEN} < set(kinds)


def test_what_was_drawn_is_not_drawn_again(folder: Path) -> None:
    (part,) = folder.glob(PARTS)
    before = part.stat().st_mtime_ns
    make_set(folder, COUNT, seed=5, devices=range(3))
    assert part.stat().st_mtime_ns == before


def test_a_seed_draws_the_same_views(folder: Path, tmp_path: Path) -> None:
    make_set(tmp_path, COUNT, seed=5, devices=range(3))
    first, again = RiskSet.load([folder]), RiskSet.load([tmp_path])
    assert np.array_equal(*(views.stack("pieces", range(COUNT)) for views in (first, again)))
    assert first.ways.tolist() == again.ways.tolist()


@pytest.mark.parametrize(
    "source", [source for source in Source if source is not Source.RECAPTURE], ids=lambda source: source.value
)
def test_other_simulators_draw_views_of_the_same_form(folder: Path, tmp_path: Path, source: Source) -> None:
    make_set(tmp_path, 4, seed=5, devices=range(3), source=source)
    views, others = RiskSet.load([folder], [tmp_path]), RiskSet.load([tmp_path])
    assert views.groups.tolist() == [0] * COUNT + [1] * 4
    assert np.array_equal(views.stack("pieces", range(COUNT, COUNT + 4)), others.stack("pieces", range(4)))
    assert others.classes.tolist() == [0, 1, 0, 2]
    first, other = (views.stack("contexts", [at]) for at in (0, COUNT))
    assert not np.array_equal(first, other), "drawn by the same seed, but by another hand"


def test_views_are_read_in_any_order_from_several_parts(tmp_path: Path) -> None:
    for number, count in enumerate((3, 1, 2)):
        at = np.arange(count, dtype=np.uint8)[:, None, None, None] + np.uint8(10 * number)
        stacks = {name: np.broadcast_to(at, (count, 2, 2, 3)) for name in STACKS}
        keep(tmp_path / f"part-{number:04d}", stacks, [number] * count, ["scan"] * count)
    views = RiskSet.load([tmp_path])
    assert len(views) == 6
    assert views.stack("edges", [5, 0, 3, 2, 2])[:, 0, 0, 0].tolist() == [21, 0, 10, 2, 2]
    assert views.classes.tolist() == [0, 0, 0, 1, 2, 2]


def test_a_part_that_was_left_unfinished_is_not_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "part-0000.unfinished").mkdir()
    with pytest.raises(FileNotFoundError):
        RiskSet.load([tmp_path])
    make_set(tmp_path, COUNT, seed=5, devices=range(3))
    assert RiskSet.load([tmp_path]).ways.tolist() == RiskSet.load([folder]).ways.tolist()


def test_a_folder_without_views_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        RiskSet.load([tmp_path])
