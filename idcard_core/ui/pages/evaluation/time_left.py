"""How long something will take still, in words."""

from __future__ import annotations

from idcard_core.evaluate.progress import Progress
from idcard_core.ui.strings import Texts


def time_left(progress: Progress, texts: Texts) -> str:
    """Begins with a separator; nothing while it cannot be told."""
    seconds = progress.seconds_left
    if seconds is None:
        return ""
    if seconds < 90:
        return f" · {texts('evaluation.left.seconds', count=max(1, round(seconds)))}"
    if seconds < 5400:
        return f" · {texts('evaluation.left.minutes', count=round(seconds / 60))}"
    return f" · {texts('evaluation.left.hours', count=f'{seconds / 3600:.1f}')}"
