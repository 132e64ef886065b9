"""Where a card's picture was edited after it was taken, told from its pixels: ``tamper_map``.

stored (luma on the file's own grid) -> blocks -> requantised, grid, grain -> evidence -> probability -> map
"""

from idcard_core.judge.tamper.map import tamper_map
from idcard_core.judgement import Tampering

__all__ = ["Tampering", "tamper_map"]
