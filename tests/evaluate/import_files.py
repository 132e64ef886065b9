"""Small labelled pictures as people hand them in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache

from PIL import Image

NUMBER = "11010519491231002X"
HEAD = "图片,姓名,性别,民族,出生,住址,公民身份号码,条件\n"
ROW = f"a.png,欧阳样本,女,汉族,1949年12月31日,北京市朝阳区样本路一号,{NUMBER},plain\n"


@cache
def a_png(shade: int = 200) -> bytes:
    """A picture like that of no other shade."""
    file = io.BytesIO()
    Image.new("RGB", (120, 80), (shade, shade, shade)).save(file, "PNG")
    return file.getvalue()


def zip_of(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def encrypted_zip() -> bytes:
    """As a program writes it that asks for a password: the flag is set in both headers."""
    content = bytearray(zip_of({"labels.csv": HEAD.encode()}, zipfile.ZIP_STORED))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def bomb() -> bytes:
    """32 MB of nothing in 32 KB."""
    return zip_of({"labels.csv": HEAD.encode(), "a.png": bytes(32 * 2**20)})
