"""What was told against what is right: characters as a list, statuses and risks as a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal

from idcard_core.evaluate.confusion import Confusion
from idcard_core.evaluate.figures.behind import Question
from idcard_core.evaluate.figures.characters import SlipCount
from idcard_core.ui.look import percent
from idcard_core.ui.pages.evaluation.questions import to_pick
from idcard_core.ui.strings import Texts

MOST_SLIPS = 60


def slip_list(found: Sequence[SlipCount], texts: Texts) -> str:
    """The most frequent slips, as chips to pick."""
    chips = []
    for each in found[:MOST_SLIPS]:
        fields = texts("reason.field.and").join(texts(f"short.{name.value}") for name in each.fields)
        expected, read = (_character(text, texts) for text in (each.slip.expected, each.slip.read))
        chips.append(
            f'<div class="id-slip" data-pick="{escape(to_pick(Question(slip=each.slip)))}" title="{escape(fields)}">'
            f"<b>{expected}</b><i>→</i><b class='id-text-bad'>{read}</b><small>{each.count}</small></div>"
        )
    return f'<div class="id-slips">{"".join(chips)}</div>'


def matrix(kind: Literal["status", "risk"], confusion: Confusion, texts: Texts) -> str:
    """Rows are right, columns were told; a number asks for its pictures."""
    words = [escape(texts(f"verdict.{kind}.{word}")) for word in confusion.words]
    heads = "".join(f'<th class="id-right">{word}</th>' for word in words)
    corner = escape(texts("evaluation.matrix.corner"))
    recall = escape(texts("evaluation.matrix.recall"))
    rows = []
    for row, word in enumerate(confusion.words):
        cells = "".join(_cell(kind, confusion, row, column) for column in range(len(words)))
        found = confusion.recall(word)
        share = percent(found.rate if found.total else None)
        rows.append(f'<tr><th>{words[row]}</th>{cells}<td class="id-right">{share}</td></tr>')
    return (
        f'<div class="id-scroll"><table class="id-matrix"><thead><tr><th>{corner}</th>{heads}'
        f'<th class="id-right">{recall}</th></tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


def _cell(kind: Literal["status", "risk"], confusion: Confusion, row: int, column: int) -> str:
    count = confusion.counts[row][column]
    if not count:
        return '<td class="id-right id-zero">·</td>'
    pair = (confusion.words[row], confusion.words[column])
    asked = Question(status=pair) if kind == "status" else Question(risk=pair)
    tone = "id-good" if row == column else "id-bad"
    return (
        f'<td class="id-right"><span class="id-count {tone}" data-pick="{escape(to_pick(asked))}">{count}</span></td>'
    )


def _character(text: str, texts: Texts) -> str:
    return escape(text) if text else f'<span class="id-line">{escape(texts("evaluation.slip.nothing"))}</span>'
