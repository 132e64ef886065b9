"""Lengths that are not those of the body, and other faults of HTTP."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import partial

from bad_cases import FORMAT, HEAD, HTTP, JSON, JSON_ERROR, LATE, MEGA, SIZE, BadInput, Post, raw
from bad_files import whole_files

CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


def lengths() -> Iterator[BadInput]:
    """Lengths that are none, and lengths that are not those of the body."""
    for value in ("abc", "-1", "+2", "1e3", "0x2", "2.0", "", "2, 3", "٢", "9" * 30):
        yield raw(f"length {value or 'empty'}", HTTP, f"Content-Length: {value}\r\n\r\n{{}}".encode())
    yield raw("two lengths", HTTP, b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ")
    yield raw("length too large", LATE, b"Content-Length: 50\r\n\r\n{}")
    yield raw("length too large, and the client is done", LATE, b"Content-Length: 50\r\n\r\n{}", ends=True)
    yield raw("length too small", JSON_ERROR, b"Content-Length: 1\r\n\r\n{}")
    yield raw("length 0 of a body", JSON_ERROR, b"Content-Length: 0\r\n\r\n{}")
    yield raw("no length of a body", JSON_ERROR, b"\r\n{}")
    for size in (9 * MEGA, 10**10, 2**63, 2**64):
        yield raw(f"length {size}, nothing sent", SIZE, b"Content-Length: %d\r\n\r\n" % size)
    yield raw("length 10 GB, expects to go on", SIZE, b"Expect: 100-continue\r\nContent-Length: 9999999999\r\n\r\n")
    yield raw("headers that stop", LATE, b"Content-Length: 2")
    yield raw("headers that stop, and the client is done", LATE, b"Content-Length: 2", ends=True)
    yield raw("bad JSON, and the client is done", JSON_ERROR, b"Content-Length: 2\r\n\r\n{]", ends=True)
    chunks = {
        "no number": (HTTP, b"zz\r\n{}\r\n0\r\n\r\n"),
        "negative": (HTTP, b"-2\r\n{}\r\n0\r\n\r\n"),
        "empty": (HTTP, b"\r\n{}\r\n0\r\n\r\n"),
        "of 30 digits": (HTTP, b"F" * 30 + b"\r\n{}"),
        "of 16 digits": (LATE, b"F" * 16 + b"\r\n{}"),
        "too small": (HTTP, b"1\r\n{}\r\n0\r\n\r\n"),
        "too large": (LATE, b"ff\r\n{}\r\n0\r\n\r\n"),
        "never the last": (LATE, b"2\r\n{}\r\n"),
        "never the last, and the client is done": (LATE, b"2\r\n{}\r\n"),
        "none": (JSON_ERROR, b"0\r\n\r\n"),
        "end without its line": (LATE, b"2\r\n{}\r\n0\r\n"),
        "trailer broken": (HTTP, b"2\r\n{}\r\n0\r\n\0: :\r\n\r\n"),
        "extension endless": (HTTP, b"2;" + b"x" * 300_000),
        "of one byte, 50 000 times": (JSON_ERROR, b"1\r\n[\r\n" * 50_000 + b"0\r\n\r\n"),
    }
    for name, (codes, data) in chunks.items():
        yield raw(f"chunk {name}", codes, CHUNKED + data, ends=name.endswith("is done"))
    yield raw("chunks and a length", (*HTTP, *FORMAT), b"Content-Length: 1\r\n" + CHUNKED + b"2\r\n{}\r\n0\r\n\r\n")
    for coding in ("gzip", "gzip, chunked", "identity", "chunked, chunked", "chunkedx"):
        yield raw(f"transfer coding {coding}", HTTP, f"Transfer-Encoding: {coding}\r\n\r\n0\r\n\r\n".encode())


def http_faults() -> Iterator[BadInput]:
    """Requests that are no HTTP, and some that are HTTP of an odd kind."""
    whole = b"Content-Length: 2\r\n\r\n{}"
    for name, line in {
        "without a colon": b"nonsense",
        "without a name": b": a",
        "with a space before the colon": b"A : b",
        "with a NUL": b"A: \0",
        "with a NUL in the name": b"A\0: b",
        "name in Chinese": "姓名: b".encode(),
        "folded at the start": b" folded",
    }.items():
        yield raw(f"header {name}", HTTP, line + b"\r\n" + whole, head=HEAD.partition(b"Host")[0])
    yield raw("no host", HTTP, whole, head=HEAD.partition(b"Host")[0])
    yield raw("two hosts", HTTP, b"Host: 127.0.0.1\r\n" + whole)
    yield raw("host of a stranger", HTTP, b"Host: evil.example\r\n" + whole, head=HEAD.partition(b"Host")[0])
    yield raw("origin of a stranger", (403,), b"Origin: https://evil.example\r\n" + whole)
    yield raw("header that never ends", (*HTTP, *LATE), b"A: " + b"x" * 400_000)
    yield raw("100 000 headers", (*HTTP, *FORMAT), b"a: b\r\n" * 100_000 + whole)
    for name, line in {
        "of one word": b"POST",
        "of an old kind": b"GET /",
        "of no version": b"POST /ocr/idcard HTTP/x.y",
        "with a space in the path": b"POST /ocr/id card HTTP/1.1",
        "with Chinese in the path": "POST /ocr/身份证 HTTP/1.1".encode(),
        "in small letters": b"post /ocr/idcard HTTP/1.1",
        "of a made-up method": b"RECOGNISE /ocr/idcard HTTP/1.1",
        "to a whole URL elsewhere": b"POST http://evil.example/ocr/idcard HTTP/1.1",
        "to a star": b"OPTIONS * HTTP/1.1",
        "to a tunnel": b"CONNECT 169.254.169.254:80 HTTP/1.1",
        "with a NUL in the path": b"POST /ocr/idcard%00 HTTP/1.1",
        "with dots in the path": b"POST /ocr/../../etc/passwd HTTP/1.1",
        "with no UTF-8 in the path": b"POST /ocr/%ff%fe HTTP/1.1",
        "of 60 KB": b"POST /ocr/" + b"a" * 60_000 + b" HTTP/1.1",
        "of HTTP 2": b"PRI * HTTP/2.0",
    }.items():
        yield raw(f"request line {name}", HTTP, b"\r\nHost: 127.0.0.1\r\n" + whole, head=line)
    yield raw("version 9 of HTTP", (*HTTP, *FORMAT), whole, head=HEAD.replace(b"HTTP/1.1", b"HTTP/9.9"))
    yield raw("TLS to a plain port", (*HTTP, *LATE), b"", head=bytes.fromhex("16030100a5010000a10303") + bytes(160))
    yield raw("SOCKS to a web port", (*HTTP, *LATE), b"", head=b"\x05\x01\x00")
    yield raw("a bare jpeg", (*HTTP, *LATE), b"", head=whole_files()["jpeg"])
    yield raw("asks for a web socket", FORMAT, b"Connection: Upgrade\r\nUpgrade: websocket\r\n" + whole)
    yield raw("asks for HTTP 2", FORMAT, b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n" + whole)
    yield raw("expects something odd", FORMAT, b"Expect: the-spanish-inquisition\r\n" + whole)
    packed = gzip.compress(b"{}", mtime=0)
    zipped = Post(packed, JSON, {"Content-Encoding": "gzip"})
    yield BadInput("body in gzip", JSON_ERROR, lambda: zipped)
    bomb = partial(gzip.compress, bytes(100 * MEGA), 9)
    yield BadInput("body in gzip, a bomb", JSON_ERROR, lambda: Post(bomb(), JSON, {"Content-Encoding": "gzip"}))
