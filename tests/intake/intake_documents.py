"""PDF and TIFF documents made in code for the tests: pictures as pages, and PDFs by hand."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

from PIL import Image


def pdf_of(*pictures: Image.Image, dpi: float = 300) -> bytes:
    """A PDF with a page for each picture, as scanners write it."""
    file = io.BytesIO()
    first, *others = pictures
    first.save(file, "PDF", save_all=True, append_images=others, resolution=dpi)
    return file.getvalue()


def tiff_of(*pictures: Image.Image) -> bytes:
    """A TIFF with a frame for each picture."""
    file = io.BytesIO()
    first, *others = pictures
    first.save(file, "TIFF", save_all=True, append_images=others)
    return file.getvalue()


def pdf_by_hand(content: bytes = b"", box: str = "0 0 595 842", pages: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF whose ``pages`` all draw ``content``; ``box`` is the size of the paper in points."""
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages))
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 3 0 R>>".encode()
    stream = zlib.compress(content)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(stream) + stream + b"\nendstream",
        *[page] * pages,
    ]
    return _file(objects, trailer)


def pdf_with_image(width: int, height: int) -> bytes:
    """A PDF with a page of one picture in black, one bit a pixel."""
    pixels = zlib.compress(bytes((width + 7) // 8 * height))
    image = f"/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode"
    content = b"595 0 0 842 0 0 cm /I Do"
    return _file(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
            b"<</Type/XObject%s/Length %d>>stream\n%s\nendstream" % (image.encode(), len(pixels), pixels),
        ],
        b"",
    )


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password: the keys of the standard handler, made of bytes that no password gives."""
    keys = b"/Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>" % (b"5A" * 32, b"A5" * 32)
    return pdf_by_hand(trailer=b"/Encrypt<<" + keys + b">>/ID[<00><00>]")


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end
