"""Addresses that must not be fetched, in every spelling; and what the network of these tests is made of."""

from __future__ import annotations

from collections.abc import Iterator

from bad_cases import BadInput, text
from serving_apart import OUTSIDE

from idcard_core.errors import ImageDataError

CLOSED_HOSTS = (
    "127.0.0.1", "127.0.0.1:22", "127.255.255.254", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0x0.0x0.0x1",
    "0x7F.1", "0177.0.0.1", "017700000001", "00000177.0.0.01", "0", "0.0.0.0", "00.00.00.00", "127.0.0.1.",
    "127.0.0.1..",
    "4294967295", "4294967297", "256.256.256.256", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1",
    "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.170.2", "100.100.100.200",
    "192.0.0.192", "168.63.129.16", "198.18.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]",
    "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[fe80::1]", "[fe80::1%25lo]", "[fd00:ec2::254]",
    "[ff02::1]", "[2001:db8::1]", "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "127｡0｡0｡1", "１２７。１",
    "localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "ip6-localhost", "ｌｏｃａｌｈｏｓｔ", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "metadata.google.internal", "inner.test", "INNER.TEST.", "127.0.0.1.inner.test", "six.test", "mapped.test",
    "both.test", "nothing.test", "nowhere.test", "user@127.0.0.1", "outside.test@127.0.0.1", "user:secret@outside.test",
    "127.0.0.1\\@outside.test", "outside.test\\@127.0.0.1", "127.0.0.1%2f@outside.test", "127.0.0.1%00.outside.test",
    "127.0.0.1\0.outside.test", "%31%32%37.0.0.1", "127.0.0.1%0d%0aHost:%20a", "127.0.0\n.1", "127.0.0.1\tx",
    "127.0.0.1 outside.test", "127.0.0.1#@outside.test", "[::1", "::1", "[::1]x", "[v1.127.0.0.1]", "", ".", "-", "*",
    "127.0.0.1:99999", "127.0.0.1:-1", "127.0.0.1:0x50", "127.0.0.1:８０", "[::1%lo]:80", "a" * 300 + ".test",
)  # fmt: skip
"""Hosts that lead nowhere, or where no picture may be fetched."""
ODD_URLS = (
    "ftp://127.0.0.1/", "file:///etc/passwd", "file://localhost/etc/passwd", "gopher://127.0.0.1:6379/_INFO",
    "dict://127.0.0.1:11211/stats", "ldap://127.0.0.1/", "jar:http://127.0.0.1!/", "netdoc:///etc/passwd",
    "tftp://127.0.0.1/a",
    "ws://127.0.0.1/", "unix:///var/run/docker.sock", "//127.0.0.1/", "http:/127.0.0.1/", "http:127.0.0.1",
    "http:\\\\127.0.0.1\\",
    "url:http://127.0.0.1/", "javascript:fetch('http://127.0.0.1')", "view-source:http://127.0.0.1/", "hｔtp://127.0.0.1/",
    "ht\ntp://127.0.0.1/",
)  # fmt: skip
"""Not URLs for this service: texts that are no base64."""
NAMES: dict[str, list[list[str]]] = {
    **{name: [["127.0.0.1"]] for name in ("localhost", "localhost.", "localhost.localdomain", "ip6-localhost")},
    "metadata.google.internal": [["169.254.169.254"]],
    "inner.test": [["192.168.1.1"]],
    "inner.test.": [["192.168.1.1"]],
    "127.0.0.1.inner.test": [["127.0.0.1"]],
    "six.test": [["::1"]],
    "mapped.test": [["::ffff:10.0.0.1"]],
    "both.test": [[OUTSIDE, "10.0.0.1"]],
    "nothing.test": [[]],
    "outside.test": [[OUTSIDE]],
    "rebound.test": [[OUTSIDE], ["127.0.0.1"]],
    "rebound-again.test": [[OUTSIDE], ["127.0.0.1"]],
}
"""What the names of this corpus lead to; ``rebound`` ones to another place the second time (DNS rebinding)."""
REDIRECTS = {
    "/to/loopback": "http://127.0.0.1/",
    "/to/number": "http://2130706433/",
    "/to/metadata": "http://169.254.169.254/latest/meta-data/",
    "/to/six": "http://[::1]/",
    "/to/mapped": "http://[::ffff:10.0.0.1]/",
    "/to/name": "http://inner.test/",
    "/to/other-host": "//10.0.0.1/",
    "/to/user": "http://outside.test@127.0.0.1/",
    "/to/file": "file:///etc/passwd",
    "/to/gopher": "gopher://127.0.0.1/",
    "/to/data": "data:image/png;base64,AAAA",
    "/to/script": "javascript:0",
    "/to/nothing": "",
    "/to/bracket": "http://[",
    "/to/itself": "/to/itself",
    "/to/two": "/to/loopback",
}
"""Where the paths of ``outside.test`` send those who ask."""
FROM_OUTSIDE = {
    **dict.fromkeys(("/none", "/silent", "/slow", "/endless", "/garbage", "/cut", "/huge"), ImageDataError.DOWNLOAD),
    "/page": ImageDataError.DECODE,
    "/empty": ImageDataError.EMPTY,
}
"""What ``outside.test`` has that is no picture, and how that is told."""


def addresses() -> Iterator[BadInput]:
    """What must not be fetched: each is answered as a picture that cannot be had, and nobody is asked."""
    for host in CLOSED_HOSTS:
        yield _url(f"http://{host}/latest/meta-data/")
    for host in ("127.0.0.1", "169.254.169.254", "inner.test", "[::1]"):
        yield _url(f"https://{host}/")
    for start in ("HTTP://", " http://", "\n\thTTp://", "http:///", "http:////", "http://\\"):
        yield _url(f"{start}127.0.0.1/")
    for path in REDIRECTS:
        yield _url(f"http://outside.test{path}")
    yield _url("http://rebound.test/none")
    yield _url("http://rebound-again.test/again")
    for path, message in FROM_OUTSIDE.items():
        yield text(f"ssrf: from outside, {path[1:]}", f"http://outside.test{path}", message=message)
    for url in ODD_URLS:
        yield text(f"ssrf: {url!a}", url)


def _url(url: str) -> BadInput:
    return text(f"ssrf: {url!a}"[:90], url, message=ImageDataError.DOWNLOAD)
