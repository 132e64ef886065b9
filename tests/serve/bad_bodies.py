"""Bodies that are no JSON or no form, of a shape or type that is not the contract's, and texts that are no picture."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))
from bad_cases import FORM, FORMAT, HTTP, JSON_ERROR, MEGA, MULTIPART, PICTURE, SIZE, BadInput, as_json, body, raw, text
from intake_files import encode, quarters

from idcard_core.errors import ImageDataError


def entry(image: object = "x", configure: object = '{"side":"face"}') -> dict[str, object]:
    """An entry of the old form."""
    return {"image": {"dataType": 50, "dataValue": image}, "configure": {"dataType": 50, "dataValue": configure}}


def json_faults() -> Iterator[BadInput]:
    """What is no JSON, is too much JSON, or is in an odd encoding."""
    for name, content in {
        "nothing": b"",
        "spaces": b" \r\n\t",
        "half an object": b'{"image": "x"',
        "comma at the end": b'{"image": "x", "id_card_side": "front",}',
        "single quotes": b"{'image': 'x'}",
        "a comment": b'{"image": "x" /* , */}',
        "two values": b"{}{}",
        "a second line": b"{}\n{}",
        "no quotes": b"{image: x}",
        "Python's None": b'{"image": None}',
        "a form": b"image=x&id_card_side=front",
        "XML": b"<image>x</image>",
        "a control character": b'{"image": "\x01"}',
        "a NUL": b'{"image": "x\0"}',
        "a NUL in front": b'\0{"image": "x"}',
        "a half escape": b'{"image": "\\u12"}',
        "an unknown escape": b'{"image": "\\x41"}',
        "NaN": b'{"image": NaN}',
        "Infinity": b'{"image": -Infinity}',
        "a number beyond a double": b'{"image": 1e999}',
        "a number of 5 000 digits": b'{"image": ' + b"9" * 5000 + b"}",
        "a number with a zero in front": b'{"image": 01}',
        "latin-1": '{"image": "é"}'.encode("latin-1"),
        "GB 18030": '{"image": "身份证"}'.encode("gb18030"),
        "overlong UTF-8": b'{"image": "\xc0\xaf"}',
        "half a character": b'{"image": "\xe7\x85"}',
        "UTF-16 cut": '{"image": "x"}'.encode("utf-16")[:-1],
        "random bytes": bytes(range(256)),
    }.items():
        yield body(f"JSON: {name}", JSON_ERROR, content)
    yield body("JSON: 7 MB of digits", JSON_ERROR, lambda: b"1" * 7 * MEGA)
    yield body("JSON: 7 MB of spaces", JSON_ERROR, lambda: b" " * 7 * MEGA)
    yield body("JSON: 7 MB deep in arrays", JSON_ERROR, lambda: b"[" * 7 * MEGA)
    yield body("JSON: arrays 100 000 deep, all closed", JSON_ERROR, lambda: b"[" * 100_000 + b"]" * 100_000)
    yield body("JSON: objects 100 000 deep", JSON_ERROR, lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000)
    yield body("JSON: an image 100 000 deep", JSON_ERROR, lambda: b'{"image":' + b"[" * 100_000 + b"]" * 100_000 + b"}")
    yield body("JSON: 900 deep", (*JSON_ERROR, *FORMAT), b"[" * 900 + b"]" * 900)
    yield body("JSON: 2 million arrays", (*JSON_ERROR, *FORMAT), lambda: b"[" + b"[]," * (2 * MEGA) + b"[]]")
    yield body("JSON: 2 million objects", (*JSON_ERROR, *FORMAT), lambda: b"[" + b"{}," * (2 * MEGA) + b"{}]")
    yield body(
        "JSON: 700 000 keys",
        (*JSON_ERROR, *FORMAT),
        lambda: b"{" + b",".join(b'"%d":0' % n for n in range(700_000)) + b"}",
    )
    yield body("JSON: a key of 5 MB", FORMAT, lambda: b'{"' + b"k" * 5 * MEGA + b'": 0}')
    yield body("JSON: UTF-16", (*JSON_ERROR, *PICTURE), '{"image": "", "id_card_side": "front"}'.encode("utf-16"))
    yield body("JSON: UTF-32", (*JSON_ERROR, *PICTURE), '{"image": "", "id_card_side": "front"}'.encode("utf-32"))
    yield body("JSON: a mark in front", (*JSON_ERROR, *PICTURE), b'\xef\xbb\xbf{"image": "", "id_card_side": "front"}')
    surrogate = b'{"image": "\xed\xa0\x80", "id_card_side": "front"}'
    yield body("JSON: a surrogate as bytes", (*JSON_ERROR, *PICTURE), surrogate)
    yield body("JSON: a lone surrogate", PICTURE, b'{"image": "\\ud800", "id_card_side": "front"}')
    yield body("JSON: a lone surrogate in a URL", PICTURE, b'{"image": "http://\\udfff/", "id_card_side": "front"}')
    yield body("JSON: a NUL escaped", PICTURE, b'{"image": "\\u0000", "id_card_side": "front"}')
    yield body("JSON: the same key twice", FORMAT, b'{"image": "aGk=", "image": 1, "id_card_side": "front"}')


def wrong_shapes() -> Iterator[BadInput]:
    """JSON, but not of the contract's shapes."""
    for value in (None, True, 0, -1.5, "", "image", [], [[]], [{"image": "x"}]):
        yield BadInput(f"shape: {json.dumps(value)}", FORMAT, partial(as_json, value))
    for value in (None, True, 1, [], ["aGk="], {}, {"url": "http://a/"}):
        odd = {"image": value, "id_card_side": "front"}
        yield BadInput(f"shape: image {json.dumps(value)}", FORMAT, partial(as_json, odd))
    for value in (None, 1, "", "FRONT", "face", " front", "front\0", "正面", "\ud800", ["front"], {"a": 1}):
        odd = {"image": "aGk=", "id_card_side": value}
        yield BadInput(f"shape: side {json.dumps(value)}", FORMAT, partial(as_json, odd))
    for value in (None, 1, "", "yes", "1", "\ud800", []):
        odd = {"image": "aGk=", "id_card_side": "front", "detect_risk": value}
        yield BadInput(f"shape: switch {json.dumps(value)}", FORMAT, partial(as_json, odd))
    for value in (None, 1, {}, "", "face", "[]", "{", '{"side":"front"}', '{"side":1}', "{}", "NaN", "[" * 5000):
        odd = {"image": "aGk=", "configure": value}
        yield BadInput(f"shape: configure {json.dumps(value)[:30]}", FORMAT, partial(as_json, odd))
    for name, value in {
        "null": None,
        "an object": {},
        "a string": "x",
        "empty": [],
        "of nulls": [None],
        "of strings": ["x"],
        "of empty objects": [{}],
        "of arrays": [[[]]],
        "without configure": [{"image": {"dataType": 50, "dataValue": "x"}}],
        "without data values": [{"image": {"dataType": 50}, "configure": {}}],
        "with a number for an image": [entry(image=1)],
        "with a number for a configuration": [entry(configure=1)],
        "with a configuration 5 000 deep": [entry(configure='{"side":' * 5000)],
    }.items():
        yield BadInput(f"shape: inputs {name}", FORMAT, partial(as_json, {"inputs": value}))
    yield BadInput("shape: 17 inputs", SIZE, partial(as_json, {"inputs": [entry()] * 17}))
    many = b",".join([json.dumps(entry()).encode()] * 50_000)
    yield body("shape: 50 000 inputs", (*SIZE, *JSON_ERROR), lambda: b'{"inputs":[' + many + b"]}")
    yield BadInput("shape: 16 inputs, none a picture", PICTURE, partial(as_json, {"inputs": [entry("****")] * 16}))


def _part(headers: bytes, content: bytes) -> bytes:
    return b"--x\r\n" + headers + b"\r\n\r\n" + content + b"\r\n"


BOTH = (*FORMAT, *PICTURE)
NAMED = b'Content-Disposition: form-data; name="image"'
SIDE = _part(b'Content-Disposition: form-data; name="id_card_side"', b"front")
END = b"--x--\r\n"


def forms() -> Iterator[BadInput]:
    """Forms that cannot be parsed, or hold other than they should."""
    for name, codes, content in (
        ("empty", FORMAT, b""),
        ("of signs", FORMAT, b"=&=&==&"),
        ("without an image", FORMAT, b"id_card_side=front"),
        ("without a side", FORMAT, b"image=aGk%3D"),
        ("with an unknown side", FORMAT, b"image=aGk%3D&id_card_side=left"),
        ("with an image in brackets", FORMAT, b"image[]=aGk%3D&id_card_side=front"),
        ("parted by semicolons", FORMAT, b"image=aGk%3D;id_card_side=front"),
        ("no UTF-8 when decoded", FORMAT, b"image=%ff%fe&id_card_side=front"),
        ("raw UTF-8", FORMAT, "image=照&id_card_side=front".encode()),
        ("raw latin-1", FORMAT, b"image=\xe9&id_card_side=front"),
        ("raw jpeg", FORMAT, b"id_card_side=front&image=" + encode(quarters(), "JPEG")),
        ("JSON", FORMAT, b'{"image": "aGk=", "id_card_side": "front"}'),
        ("of 65 parameters", FORMAT, b"a=b&" * 63 + b"image=aGk%3D&id_card_side=front"),
        ("image empty", PICTURE, b"image=&id_card_side=front"),
        ("image twice, the last empty", PICTURE, b"image=aGk%3D&image=&id_card_side=front"),
        ("escapes that are none", BOTH, b"image=%zz%&id_card_side=front"),
        ("escapes in UTF-16", BOTH, b"image=%u0041&id_card_side=front"),
        ("NUL in the image", PICTURE, b"image=a%00G%00&id_card_side=front"),
        ("side with a NUL", FORMAT, b"image=aGk%3D&id_card_side=front%00"),
    ):
        yield body(f"form: {name}", codes, content, FORM)
    yield body("form: 7 MB of ampersands", FORMAT, lambda: b"&" * 7 * MEGA, FORM)
    start = b"id_card_side=front&image="
    yield body("form: 7 MB of per cent signs", (*FORMAT, *SIZE), lambda: start + b"%" * 7 * MEGA, FORM)
    yield body("form: 4 MB of escapes", PICTURE, lambda: start + b"%2A" * 1_400_000, FORM)
    yield body("form: image over 4 MB", SIZE, lambda: start + b"A" * (4 * MEGA + 4), FORM)
    yield body("form: body over 8 MB", SIZE, lambda: start + b"A" * 9 * MEGA, FORM)
    for name, codes, content in (
        ("no boundary in the body", FORMAT, b"?"),
        ("nothing", FORMAT, b""),
        ("only its end", FORMAT, END),
        ("another boundary", FORMAT, SIDE.replace(b"--x", b"--y")),
        ("cut in a header", FORMAT, b"--x\r\nContent-Dispo"),
        ("cut in the image", FORMAT, SIDE + _part(NAMED, b"aGk=")[:-4]),
        ("header without a colon", FORMAT, _part(b"nonsense", b"x") + SIDE + END),
        ("no name", FORMAT, _part(b"Content-Disposition: form-data", b"aGk=") + SIDE + END),
        ("no disposition", FORMAT, _part(b"Content-Type: image/jpeg", b"aGk=") + SIDE + END),
        ("name no UTF-8", FORMAT, _part(b'Content-Disposition: form-data; name="\xff"', b"aGk=") + SIDE + END),
        ("raw jpeg", FORMAT, _part(NAMED + b'; filename="a.jpg"', encode(quarters(), "JPEG")) + SIDE + END),
        ("base64 that is none", FORMAT, _part(NAMED + b"\r\nContent-Transfer-Encoding: base64", b"*") + SIDE + END),
        ("unknown encoding", BOTH, _part(NAMED + b"\r\nContent-Transfer-Encoding: uu", b"*") + SIDE + END),
        ("65 parts", FORMAT, _part(NAMED, b"aGk=") * 64 + SIDE + END),
        ("form in a form", BOTH, _part(NAMED + b"\r\nContent-Type: multipart/mixed; boundary=y", b"") + SIDE + END),
        ("file name that climbs", PICTURE, _part(NAMED + b'; filename="../../../etc/passwd"', b"aGk=") + SIDE + END),
        ("header of 1 MB", FORMAT, _part(NAMED + b"; a=" + b"b" * MEGA, b"aGk=") + SIDE + END),
        ("image empty", PICTURE, _part(NAMED, b"") + SIDE + END),
    ):  # fmt: skip
        yield body(f"multipart: {name}", codes, content, MULTIPART)
    yield body("multipart: 100 000 parts", FORMAT, lambda: _part(NAMED, b"") * 100_000 + END, MULTIPART)
    yield body("multipart: 7 MB of line ends", FORMAT, lambda: _part(NAMED, b"\r\n" * (3 * MEGA)) + END, MULTIPART)
    yield body("multipart: 7 MB of near boundaries", FORMAT, lambda: _part(NAMED, b"\r\n--" * MEGA) + END, MULTIPART)


def content_types() -> Iterator[BadInput]:
    """Types that do not say what the body is."""
    form, multipart = b"image=aGk%3D&id_card_side=front", _part(NAMED, b"aGk=") + SIDE + END
    jpeg = encode(quarters(), "JPEG")
    for kind, content, codes in (
        (None, form, JSON_ERROR),
        ("text/plain", form, JSON_ERROR),
        ("application/json", form, JSON_ERROR),
        ("application/json", multipart, JSON_ERROR),
        ("application/octet-stream", jpeg, JSON_ERROR),
        ("image/jpeg", jpeg, JSON_ERROR),
        ("application/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", JSON_ERROR),
        ("application/x-protobuf", b"\x0a\x03abc", JSON_ERROR),
        ("multipart/mixed; boundary=x", multipart, JSON_ERROR),
        ("multipart/form-data", multipart, FORMAT),
        ("multipart/form-data; boundary=", multipart, FORMAT),
        ('multipart/form-data; boundary="', multipart, FORMAT),
        ("multipart/form-data; boundary=" + "x" * 1000, multipart, FORMAT),
        ("multipart/form-data; boundary=y", multipart, FORMAT),
        ("application/x-www-form-urlencoded", multipart, FORMAT),
        ("application/x-www-form-urlencoded; charset=utf-16", "image=aGk".encode("utf-16"), FORMAT),
        ("application/json; charset=utf-7", b"+AHsAfQ-", JSON_ERROR),
        (";;;;", form, JSON_ERROR),
        ("a" * 9000, form, JSON_ERROR),
    ):
        yield body(f"content type {str(kind)[:60]}, {content[:12]!r}", codes, content, kind)
    odd = b"Content-Type: \xff\xfe\r\nContent-Length: 2\r\n\r\n{]"
    yield raw("content type no text", (*HTTP, *JSON_ERROR), odd)


def image_texts() -> Iterator[BadInput]:
    """Texts that are no base64, or base64 of no picture."""
    good = base64.b64encode(encode(quarters(), "JPEG")).decode()
    messages = ImageDataError
    for name, image, message in (
        ("empty", "", messages.EMPTY),
        ("line ends", "\r\n\r\n", messages.EMPTY),
        ("a data header", f"data:image/jpg;base64,{good}", messages.DATA_HEADER),
        ("a data header in capitals", f" DATA:;base64,{good}", messages.DATA_HEADER),
        ("a url-safe alphabet", f"{good[:-4]}-_-_", messages.ILLEGAL_CHARACTERS),
        ("spaces", f"{good[:8]} {good[8:]}", messages.ILLEGAL_CHARACTERS),
        ("padding inside", f"{good[:8]}=={good[8:]}", messages.ILLEGAL_CHARACTERS),
        ("full-width letters", "Ａ" * 40, messages.NOT_BASE64),
        ("stars", "*" * 40, messages.NOT_BASE64),
        ("padding only", "====", messages.PADDING),
        ("one character", "A", messages.PADDING),
        ("one too many", "aGkhA", messages.PADDING),
        ("no padding", "aGk", messages.PADDING),
        ("percent escapes", "%2F9j%2F4AAQ", None),
        ("base64 twice", base64.b64encode(good.encode()).decode(), messages.DECODE),
        ("hexadecimal", encode(quarters(), "JPEG").hex(), None),
        ("base32", base64.b32encode(b"no picture").decode(), None),
        ("JSON", '{"image": "aGk="}', None),
        ("a path", "/etc/passwd", None),
        ("a path upwards", "../../../../etc/passwd", None),
        ("a command", "$(reboot)", None),
        ("a template", "{{7*7}}", None),
        ("SQL", "' OR 1=1 --", None),
        ("Chinese", "身份证", None),
        ("emoji", "🪪" * 10, None),
        ("a mark in front", "\ufeff" + good, None),
        ("a NUL in front", "\0" + good, None),
        ("right to left", "\u202e" + good, None),
    ):
        yield text(f"image: {name}", image, message=message)
