"""Intake: bytes, base64, URL, file or array -> a decoded upright picture; every limit on untrusted input lives here.

The way of a file: ``formats`` recognises and opens it, ``structure`` checks what decoders do not, ``raster`` decodes,
``colour`` makes BGR of any mode, ``metadata`` collects the file's own words. A file of several pages goes through
``open_pages``: ``pdf`` renders a page, ``tiff`` decodes a frame.
"""

from idcard_core.intake.base64_text import decode_base64
from idcard_core.intake.decode import ENOUGH_PX, decode, from_array
from idcard_core.intake.page import Page
from idcard_core.intake.picture import Picture
from idcard_core.intake.source import is_url, open_pages, open_picture
from idcard_core.intake.url import download

__all__ = [
    "ENOUGH_PX",
    "Page",
    "Picture",
    "decode",
    "decode_base64",
    "download",
    "from_array",
    "is_url",
    "open_pages",
    "open_picture",
]
