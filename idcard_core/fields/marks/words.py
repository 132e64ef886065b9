"""Words of what is written over cards: they stand in no field, or in few."""

from __future__ import annotations

import re

WORDS = re.compile(
    "仅限|仅供|仅用|仅办|只限|供.{0,6}使用|使用$|无效|复印|他用|无误|原件|核验|核对|用途|存档"
    "|专用(?![线路码])|业务(?![楼院])|办理(?![处所])"
)
"""Words of marks that stand in no field of a card; 铁路专用线 and 业务楼 are places."""
SIGNS = re.compile(WORDS.pattern + "|仅|公司|责任|有限|股份|合同|[★☆]")
"""What is a reason to look closer: the star of a seal, and words that an address may have, too (公司宿舍)."""
