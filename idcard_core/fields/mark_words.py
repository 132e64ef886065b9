"""Words of what is written over cards: they stand in no field, or in few."""

from __future__ import annotations

import re

WORDS = re.compile("仅限|仅供|仅用|只限|供.{0,6}使用|使用$|无效|复印|他用|专用|原件|核验|核对|业务|用途|办理|存档")
"""Words of marks that stand in no field of a card."""
SIGNS = re.compile(WORDS.pattern + "|公司|责任|有限|合同|[★☆]")
"""What is a reason to look closer: the star of a seal, and words that an address may have, too (公司宿舍)."""
