"""Pictures that say which programs they went through: small files of every format with words in every place."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
CAMERA = "http://cv.iptc.org/newscodes/digitalsourcetype/computationalCapture"


def saved(kind: str = "JPEG", **options: Any) -> bytes:
    """A grey picture."""
    file = io.BytesIO()
    picture = Image.new("RGB", (64, 48), (120, 120, 120))
    if kind == "HEIF":
        pillow_heif.from_pillow(picture).save(file, **options)
    else:
        picture.save(file, kind, **options)
    return file.getvalue()


def exif(**words: str | bytes) -> bytes:
    """An EXIF block; bytes are written as they are, words of more than ASCII need them."""
    block = Image.Exif()
    tags = {"Software": 0x131, "ProcessingSoftware": 0x0B, "ImageDescription": 0x10E, "Make": 0x10F, "Model": 0x110}
    inner = {"UserComment": 0x9286, "ImageEditingSoftware": 0xA43B, "RAWDevelopingSoftware": 0xA43A}
    for name, text in words.items():
        if name in tags:
            block[tags[name]] = text
        else:
            block.get_ifd(0x8769)[inner[name]] = text
    return block.tobytes()


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    """A JPEG with application or comment segments before all others."""
    picture = saved()
    added = b"".join(struct.pack(">BBH", 0xFF, code, len(body) + 2) + body for code, body in segments)
    return picture[:2] + added + picture[2:]


def with_exif(**words: str | bytes) -> bytes:
    return saved(exif=exif(**words))


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG with further chunks before its pixels."""
    picture = saved("PNG")
    return picture[:33] + b"".join(_chunk(*chunk) for chunk in chunks) + picture[33:]


def png_text(keyword: str, text: str, *, packed: bool = False) -> bytes:
    info = PngInfo()
    info.add_text(keyword, text, zip=packed)
    return saved("PNG", pnginfo=info)


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP with further chunks at its end."""
    picture = saved("WEBP", exif=exif(Make="Maker"))
    body = picture[8:] + b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


# XMP


def xmp(attributes: str = "", content: str = "") -> bytes:
    """A packet with one description."""
    spaces = {
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
        "stEvt": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
        "tiff": "http://ns.adobe.com/tiff/1.0/",
        "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "crs": "http://ns.adobe.com/camera-raw-settings/1.0/",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
        "TC260": "http://www.tc260.org.cn/ns/AIGC/1.0/",
    }
    declared = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{RDF}"><rdf:Description rdf:about="" {declared} {attributes}>{content}'
        f'</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def history(*events: tuple[str, str], changed: str = "/", elements: bool = False) -> str:
    """A history of actions and programs, as attributes or as elements."""
    if elements:
        items = "".join(
            f'<rdf:li rdf:parseType="Resource"><stEvt:action>{action}</stEvt:action>'
            f"<stEvt:softwareAgent>{agent}</stEvt:softwareAgent><stEvt:changed>{changed}</stEvt:changed></rdf:li>"
            for action, agent in events
        )
    else:
        items = "".join(
            f'<rdf:li stEvt:action="{action}" stEvt:softwareAgent="{agent}" stEvt:changed="{changed}"/>'
            for action, agent in events
        )
    return f"<xmpMM:History><rdf:Seq>{items}</rdf:Seq></xmpMM:History>"


def jpeg_xmp(packet: bytes) -> bytes:
    return jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet))


def jpeg_long_xmp(packet: bytes, pieces: int = 3) -> bytes:
    """A packet in extension segments, out of order."""
    size = -(-len(packet) // pieces)
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + struct.pack(">I", len(packet))
    cuts = [(0xE1, head + struct.pack(">I", at) + packet[at : at + size]) for at in range(0, len(packet), size)]
    return jpeg(*reversed(cuts))


# Photoshop's image resources


def resource(number: int, content: bytes = b"\0\0\0\1") -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(content)) + content + b"\0" * (len(content) % 2)


def version_info(writer: str, reader: str) -> bytes:
    names = b"".join(struct.pack(">I", len(name) + 1) + (name + "\0").encode("utf-16-be") for name in (writer, reader))
    return resource(0x0421, struct.pack(">IB", 1, 1) + names + struct.pack(">I", 1))


def iptc(**datasets: str) -> bytes:
    """IPTC in its resource: program (2:65), version (2:70), caption (2:120)."""
    numbers = {"program": 65, "version": 70, "caption": 120, "instructions": 40}
    return resource(
        0x0404, b"".join(struct.pack(">BBBH", 0x1C, 2, numbers[k], len(v)) + v.encode() for k, v in datasets.items())
    )


def jpeg_resources(*resources: bytes) -> bytes:
    return jpeg((0xED, b"Photoshop 3.0\0" + b"".join(resources)))


# Content credentials


def cbor(value: object) -> bytes:
    """A value as CBOR."""
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(cbor, value))
    assert isinstance(value, dict)
    return _head(5, len(value)) + b"".join(cbor(key) + cbor(entry) for key, entry in value.items())


def _head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    if argument < 256:
        return bytes([major << 5 | 24, argument])
    return bytes([major << 5 | 25]) + struct.pack(">H", argument)


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def _superbox(label: str, *boxes: bytes) -> bytes:
    return _box(b"jumb", _box(b"jumd", bytes(16) + b"\3" + label.encode() + b"\0") + b"".join(boxes))


def manifest(claim: dict[str, object], *actions: dict[str, object], more: dict[str, object] | None = None) -> bytes:
    """A manifest with one assertion, its actions, and its claim."""
    assertion = _box(b"cbor", cbor({"actions": list(actions), **(more or {})}))
    return _superbox(
        "urn:uuid:0",
        _superbox("c2pa.assertions", _superbox("c2pa.actions.v2" if more else "c2pa.actions", assertion)),
        _superbox("c2pa.claim", _box(b"cbor", cbor(claim))),
        _superbox("c2pa.signature", _box(b"cbor", cbor(b"not checked"))),
    )


def credentials(*manifests: bytes) -> bytes:
    return _superbox("c2pa", *manifests)


def jpeg_credentials(boxes: bytes, piece: int = 60_000) -> bytes:
    """Credentials in segments that each repeat the header of the outermost box."""
    header, content = boxes[:8], boxes[8:]
    cuts = [content[at : at + piece] for at in range(0, len(content), piece)]
    return jpeg(*((0xEB, b"JP" + struct.pack(">HI", 1, n) + header + cut) for n, cut in enumerate(cuts, start=1)))


def heif_credentials(boxes: bytes) -> bytes:
    uuid = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
    return saved("HEIF") + _box(b"uuid", uuid + bytes(4) + b"manifest\0" + bytes(8) + boxes)
