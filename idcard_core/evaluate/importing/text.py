"""The text of a label file, in whatever encoding its program wrote it."""

from __future__ import annotations

import codecs

from idcard_core.evaluate.importing.trouble import ImportTrouble, Why

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WITHOUT_MARK = ("utf-8", "gb18030")
"""gb18030 holds GBK and GB 2312: Excel's CSV on a Chinese Windows."""


def text_of(content: bytes) -> str:
    """``content`` as text. Raises ImportTrouble for what is none."""
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    for encoding in marked or _WITHOUT_MARK:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ImportTrouble(Why.ENCODING)
