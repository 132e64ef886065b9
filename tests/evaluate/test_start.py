"""What the start costs: processes of their own, and what is installed."""

from __future__ import annotations

from pathlib import Path

from idcard_core.evaluate.start import OWN, first_answer, installed_megabytes, needed, own_megabytes, table_of
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.make import make_specimen


def test_a_first_answer_holds_more_memory_than_python_alone(tmp_path: Path) -> None:
    picture = tmp_path / "card.jpg"
    picture.write_bytes(make_specimen(3, Condition.PLAIN, "card.jpg", (1280, 960)).jpeg)
    alone, reading = first_answer("pass", picture), first_answer(OWN, picture)
    assert 1 < alone[1] < 100 < reading[1] < 700
    table = table_of([("ours", [reading]), ("nothing", [alone])], [0.25])
    assert table.rows[0][2] == "1.00"
    assert ("import idcard_core, ms", "250", "–") in table.rows


def test_what_is_needed_goes_all_the_way_down_and_no_further() -> None:
    found = needed("idcard-core")
    assert {"idcard-core", "openvino", "paddlex", "pydantic-core"} <= found
    assert not {"pytest", "ruff", "ray", "psycopg"} & found
    assert 5 < own_megabytes() < installed_megabytes(found)
