"""What a reviewer should know about what is written or stamped over a card."""

from __future__ import annotations

from collections.abc import Sequence

from idcard_core.card import Finding, Severity


def watermark_findings(marks: Sequence[str]) -> tuple[Finding, ...]:
    """A finding for each mark, with its ``text``: 仅限办理租房使用 tells what a copy may be used for."""
    return tuple(Finding("watermark", Severity.WARNING, values={"text": text}) for text in marks)
