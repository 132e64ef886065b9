"""Was the picture edited, and with which program: what the file itself says, held against a table of editors.

``containers`` (with ``jpeg`` and ``png``) finds the ``parts`` of a file that carry words; ``exif``, ``xmp``,
``photoshop``, ``texts`` and ``credentials`` (with ``cbor``) read one kind of part each and make ``claims`` of it;
``tools`` knows the editors, ``verdict`` chooses. ``screenshot`` finds the word by which a file calls itself one.
Everything read is untrusted: work is bounded, and broken parts say nothing. Nothing is proof: words can be removed and
forged.
"""

from idcard_core.judge.edit.screenshot import is_screenshot
from idcard_core.judge.edit.verdict import edit_tool

__all__ = ["edit_tool", "is_screenshot"]
