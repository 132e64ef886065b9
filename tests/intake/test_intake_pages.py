"""Documents: a PDF's or TIFF's pages as pictures, and the documents that are refused."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from intake_documents import encrypted_pdf, pdf_by_hand, pdf_of, pdf_with_image, tiff_of
from intake_files import QUARTERS, encode, noise, quarters, seen
from PIL import Image

from idcard_core.errors import DocumentError, ImageDataError, PayloadTooLarge
from idcard_core.intake import decode, open_pages, open_picture, pdf
from idcard_core.settings import Limits

LIMITS = Limits()
A4 = (2480, 3508)
"""Pixels of A4 paper at 300 dpi."""


def upside_down() -> Image.Image:
    return quarters().rotate(180)


@pytest.mark.parametrize(("make", "kind"), [(pdf_of, "PDF"), (tiff_of, "TIFF")], ids=["pdf", "tiff"])
def test_every_page_is_a_picture_with_its_number(make: type, kind: str, tmp_path: Path) -> None:
    data = make(quarters(640, 480), upside_down(), quarters(640, 480))
    path = tmp_path / "scan.bin"
    path.write_bytes(data)
    for source in (data, path, str(path), bytearray(data)):
        pages = open_pages(source, LIMITS)
        assert [page.number for page in pages] == [1, 2, 3]
        first, second, _ = (page.open() for page in pages)
        assert np.abs(np.array(seen(first)) - QUARTERS).max() < 12
        assert np.abs(np.array(seen(second)) - QUARTERS[::-1]).max() < 12
        assert (first.info.format, first.info.page, second.info.page) == (kind, 1, 2)
        assert first.info.sha256 == second.info.sha256 == hashlib.sha256(data).hexdigest()
        assert first.info.size_bytes == len(data)
        assert first.pixels.shape == (first.info.height, first.info.width, 3)
        assert (first.pixels.dtype, first.scale) == (np.uint8, 1.0)


@pytest.mark.parametrize(
    ("box", "size"),
    [
        pytest.param("0 0 595.276 841.89", A4, id="A4 at 300 dpi"),
        pytest.param("0 0 842 1191", (2896, 4096), id="A3 up to the most pixels"),
        pytest.param("0 0 4000 3000", (4096, 3072), id="a photo with a point for a pixel"),
        pytest.param("0 0 242.6 153", (1900, 1198), id="a card alone: not too few pixels"),
        pytest.param("-100 -100 495.276 741.89", A4, id="a box that begins elsewhere"),
    ],
)
def test_the_size_of_a_rendered_page(box: str, size: tuple[int, int]) -> None:
    picture = open_pages(pdf_by_hand(box=box), LIMITS)[0].open()
    assert (picture.info.width, picture.info.height) == size
    assert int(picture.pixels.min()) == 255  # paper is white


def test_a_page_keeps_within_the_limits_of_pictures() -> None:
    picture = open_pages(pdf_by_hand(), Limits(longest_side_px=800))[0].open()
    assert max(picture.info.width, picture.info.height) == 800
    with pytest.raises(ImageDataError) as caught:
        open_pages(pdf_by_hand(box="0 0 5 14000"), LIMITS)[0].open()
    assert caught.value.message == ImageDataError.SIZE


@pytest.mark.parametrize(
    "name", ["PNG", "JPEG", "GIF", "TIFF"], ids=lambda name: f"a {name} is a page of its own without a number"
)
def test_a_plain_picture(name: str) -> None:
    (page,) = open_pages(encode(quarters(), name), LIMITS)
    assert page.number is None
    assert page.open().info == decode(encode(quarters(), name), LIMITS).info


def test_an_array_and_a_url_are_pictures_too() -> None:
    (page,) = open_pages(np.zeros((40, 50, 3), np.uint8), LIMITS)
    assert (page.number, page.open().info.width) == (None, 50)
    (page,) = open_pages("http://127.0.0.1:9/scan.pdf", LIMITS)
    with pytest.raises(ImageDataError, match="download image from url error"):
        page.open()


def test_what_is_neither_picture_nor_document_says_so_when_opened() -> None:
    for data, message in ((b"", ImageDataError.EMPTY), (b"just some words", ImageDataError.DECODE)):
        (page,) = open_pages(data, LIMITS)
        with pytest.raises(ImageDataError) as caught:
            page.open()
        assert caught.value.message == message


def test_a_tiff_s_smaller_version_of_itself_is_no_page() -> None:
    small = Image.new("RGB", (16, 12))
    small.encoderinfo = {"tiffinfo": {254: 1}}
    first = quarters()
    data = tiff_of(first, small)
    (page,) = open_pages(data, LIMITS)
    assert page.number is None
    assert page.open().info.width == first.width


def test_a_tiff_s_broken_frame_does_not_hurt_the_ones_before_it() -> None:
    one, two = tiff_of(quarters()), tiff_of(quarters(), upside_down())
    first, second = open_pages(two[: len(one) + 40], LIMITS)  # within the directory of the second
    assert first.open().info.page == 1
    with pytest.raises(ImageDataError):
        second.open()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(encrypted_pdf(), DocumentError.ENCRYPTED, id="encrypted"),
        pytest.param(b"%PDF-1.7\n", DocumentError.BROKEN, id="a header and no more"),
        pytest.param(b"\n\n%PDF-1.4 " + bytes(range(256)) * 9, DocumentError.BROKEN, id="rubbish after the header"),
        pytest.param(pdf_by_hand(pages=0), DocumentError.BROKEN, id="no page"),
        pytest.param(pdf_of(noise(90, 90))[:900], DocumentError.BROKEN, id="cut"),
    ],
)
def test_a_pdf_that_cannot_be_opened(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        open_pages(data, LIMITS)
    assert (caught.value.message, caught.value.code) == (message, 462)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(pdf_by_hand(pages=4), id="pdf"),
        pytest.param(tiff_of(*[quarters()] * 4), id="tiff"),
        pytest.param(pdf_by_hand(pages=4).replace(b"/Count 4", b"/Count 99999"), id="a pdf that says it has more"),
    ],
)
def test_more_pages_than_the_setting_allows(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"more pages than limits\.document_pages allows: 3$"):
        open_pages(data, Limits(document_pages=3))


def test_as_many_pages_as_the_setting_allows() -> None:
    for data in (pdf_by_hand(pages=3), tiff_of(*[quarters()] * 3)):
        assert len(open_pages(data, Limits(document_pages=3))) == 3


def test_a_large_file_is_refused_before_it_is_looked_into() -> None:
    with pytest.raises(PayloadTooLarge):
        open_pages(pdf_by_hand(), Limits(file_bytes=100))


def test_a_broken_page_does_not_hurt_the_others() -> None:
    data = pdf_by_hand(b"1 0 0 rg 0 0 595 842 re f", pages=2)
    broken = data.replace(b"4 0 obj\n<</Type/Page", b"4 0 obj\n<</Type/Rage").replace(
        b"[0 0 595 842]", b"[0 0   0   0]", 1
    )
    first, second = open_pages(broken, LIMITS)
    with pytest.raises(DocumentError):
        first.open()
    assert second.open().pixels[9, 9].tolist() == [0, 0, 255]


def test_a_picture_on_a_page_that_unpacks_to_too_many_pixels() -> None:
    assert int(open_pages(pdf_with_image(3000, 2000), LIMITS)[0].open().pixels.max()) == 0
    (page,) = open_pages(pdf_with_image(40_000, 40_000), LIMITS)
    with pytest.raises(ImageDataError) as caught:
        page.open()
    assert caught.value.message == ImageDataError.SIZE


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b"".join(b"0 0 m 595 842 l 0 842 l 595 0 l f* 9 %d 500 500 re S\n" % (n % 97) for n in range(20_000))
    (page,) = open_pages(pdf_by_hand(lines), LIMITS)
    monkeypatch.setattr(pdf, "RENDER_SECONDS", 0.01)
    with pytest.raises(DocumentError) as caught:
        page.open()
    assert caught.value.message == DocumentError.SLOW


def test_pages_are_rendered_from_several_threads() -> None:
    pages = open_pages(pdf_of(quarters(), upside_down()), LIMITS) * 4
    with ThreadPoolExecutor(4) as threads:
        pictures = list(threads.map(lambda page: page.open(), pages))
    assert not np.array_equal(pictures[0].pixels, pictures[1].pixels)
    assert all(np.array_equal(picture.pixels, pictures[n % 2].pixels) for n, picture in enumerate(pictures))


def test_the_wire_contract_knows_no_pdf(tmp_path: Path) -> None:
    data = pdf_of(quarters())
    path = tmp_path / "card.pdf"
    path.write_bytes(data)
    for read in (lambda: decode(data, LIMITS), lambda: open_picture(path, LIMITS)):
        with pytest.raises(ImageDataError) as caught:
            read()
        assert caught.value.message == ImageDataError.DECODE
