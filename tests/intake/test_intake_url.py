"""Downloads from real servers on loopback: redirects, limits, deadlines, rebinding, TLS; and what is never reached."""

from __future__ import annotations

import logging
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from intake_files import encode, quarters

from idcard_core.errors import ImageDataError
from idcard_core.intake import download, open_picture
from idcard_core.intake import url as url_module
from idcard_core.settings import Limits

CLOSED = Limits(url_seconds=5)
OPEN = Limits(url_seconds=5, url_private_addresses=True)
PICTURE = encode(quarters(), "PNG")

Reply = bytes | Callable[[socket.socket], None]


class Server:
    """A server on loopback that says exactly what a test wants, and keeps what it was asked."""

    def __init__(self, routes: dict[str, Reply], context: ssl.SSLContext | None = None) -> None:
        self.routes = routes
        self.requests: list[bytes] = []
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.stopping = threading.Event()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http{'s' if self._context else ''}://{host}:{self.port}{path}"

    def _accept(self) -> None:
        while True:
            try:
                connected, _ = self._listener.accept()
            except OSError:
                return
            self._threads.append(threading.Thread(target=self._serve, args=(connected,), daemon=True))
            self._threads[-1].start()

    def _serve(self, connected: socket.socket) -> None:
        connected.settimeout(5)
        try:
            if self._context:
                connected = self._context.wrap_socket(connected, server_side=True)
            request = b""
            while b"\r\n\r\n" not in request and (piece := connected.recv(4096)):
                request += piece
            self.requests.append(request)
            reply = self.routes.get(request.split(b" ")[1].decode() if request else "", answer(b"", "404 Not Found"))
            if isinstance(reply, bytes):
                connected.sendall(reply)
            else:
                reply(connected)
        except OSError:
            pass
        finally:
            connected.close()

    def stop(self) -> None:
        self.stopping.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)


@contextmanager
def serving(routes: dict[str, Reply], context: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(routes, context)
    try:
        yield server
    finally:
        server.stop()


def answer(body: bytes, status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def moved(location: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, Location=location)


def refused(url: str, limits: Limits) -> float:
    """Checks that ``url`` is refused with the one message, which does not name it; returns the seconds it took."""
    start = time.perf_counter()
    with pytest.raises(ImageDataError) as caught:
        download(url, limits)
    assert caught.value.message == ImageDataError.DOWNLOAD
    return time.perf_counter() - start


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """Host names of the test: each look-up takes the next list of addresses, and leaves the last."""
    table: dict[str, list[list[str]]] = {}

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host in table:
            answers = table[host]
            addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        elif host.replace(".", "").isdigit() or ":" in host:
            addresses = [host]
        else:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(url_module.socket, "getaddrinfo", look_up)
    return table


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses a connection was made to; all of them lead to loopback."""
    addresses: list[str] = []
    connect = socket.create_connection

    def create_connection(address: tuple[str, int], timeout: float) -> socket.socket:
        addresses.append(address[0])
        return connect(("127.0.0.1", address[1]), timeout)

    monkeypatch.setattr(url_module.socket, "create_connection", create_connection)
    return addresses


def test_the_body_arrives_and_the_request_is_plain() -> None:
    with serving({"/a%20b/%E7%85%A7.png?x=1&y=%2F": answer(PICTURE)}) as server:
        assert download(server.url("/a b/照.png?x=1&y=%2F"), OPEN) == PICTURE
        request = server.requests[0].decode()
    assert f"\r\nHost: 127.0.0.1:{server.port}\r\n" in request
    for header in ("cookie", "authorization", "referer", "proxy"):
        assert header not in request.lower()


def test_a_url_is_a_source() -> None:
    with serving({"/p.jpg": answer(PICTURE), "/page": answer(b"<html></html>")}) as server:
        assert open_picture(server.url("/p.jpg"), OPEN).info.format == "PNG"
        with pytest.raises(ImageDataError) as caught:
            open_picture(server.url("/page"), OPEN)
        assert caught.value.message == ImageDataError.DECODE
        with pytest.raises(ImageDataError) as caught:
            open_picture(server.url("/gone"), OPEN)
        assert caught.value.message == ImageDataError.DOWNLOAD


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("ftp://example.com/a.jpg", id="ftp"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("gopher://example.com/", id="gopher"),
        pytest.param("data:image/png;base64,AAAA", id="data"),
        pytest.param("//example.com/a.jpg", id="no scheme"),
        pytest.param("http://", id="no host"),
        pytest.param("http:///a.jpg", id="empty host"),
        pytest.param("http://:80/", id="only a port"),
        pytest.param("http://user:secret@127.0.0.1/", id="credentials"),
        pytest.param("http://user@127.0.0.1/", id="user"),
        pytest.param("http://example.com:99999/", id="port out of range"),
        pytest.param("http://example.com:port/", id="port no number"),
        pytest.param("http://134744072/", id="decimal address"),
        pytest.param("http://0177.0.0.1/", id="octal address"),
        pytest.param("http://[::1/", id="bracket left open"),
        pytest.param("http://[v1.a]/", id="future address"),
        pytest.param("http://a..b/", id="empty label"),
        pytest.param("http://" + "a" * 64 + ".com/", id="label too long"),
        pytest.param("http://exa mple.com/", id="space in the host"),
        pytest.param("http://example.com\r\nHost: b/", id="line break in the host"),
        pytest.param("http://example.com/" + "a" * 9000, id="far too long"),
        pytest.param("http://nowhere.invalid/", id="unknown name"),
        pytest.param("", id="empty"),
    ],
)
def test_urls_that_are_not_followed(url: str, names: dict[str, list[list[str]]], dialled: list[str]) -> None:
    refused(url, OPEN)
    assert dialled == []


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.1", "2130706433", "0177.0.0.1", "0x7f.0.0.1",
        "0x7f000001", "017700000001", "0", "0.0.0.0", "127.0.0.1.", "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1",
        "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]",
        "[fe80::1%25lo]", "[fd00:ec2::254]", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "169.254.169.254",
        "224.0.0.1", "255.255.255.255", "a\0b", "127.0.0.1\0.example.com", "\ud800.com",
    ],
)  # fmt: skip
def test_closed_addresses_are_never_dialled(host: str, dialled: list[str]) -> None:
    assert refused(f"http://{host}/latest/meta-data/", CLOSED) < 4
    assert dialled == []


def test_every_address_of_a_name_must_be_public(names: dict[str, list[list[str]]], dialled: list[str]) -> None:
    names["mixed.test"] = [["93.184.215.14", "10.0.0.1"]]
    names["none.test"] = [[]]
    refused("http://mixed.test/", CLOSED)
    refused("http://none.test/", CLOSED)
    assert dialled == []


def test_the_connection_goes_to_the_address_that_was_checked(
    names: dict[str, list[list[str]]], dialled: list[str]
) -> None:
    """A name that is public when it is checked and private a moment later is not asked again."""
    names["rebind.test"] = [["93.184.215.14"], ["127.0.0.1"]]
    with serving({"/": answer(PICTURE)}) as server:
        assert download(server.url(host="rebind.test"), CLOSED) == PICTURE
        assert f"Host: rebind.test:{server.port}" in server.requests[0].decode()
        assert dialled == ["93.184.215.14"]
        refused(server.url(host="rebind.test"), CLOSED)
    assert dialled == ["93.184.215.14"]


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/", "http://inner.test/", "//10.0.0.1/", "http://[::1]/"])
def test_a_redirect_to_a_closed_address_is_not_followed(
    target: str, names: dict[str, list[list[str]]], dialled: list[str]
) -> None:
    names.update({"outer.test": [["93.184.215.14"]], "inner.test": [["192.168.1.1"]]})
    with serving({}) as server:
        server.routes["/go"] = moved(target.format(port=server.port))
        refused(server.url("/go", "outer.test"), CLOSED)
        assert len(server.requests) == 1
    assert dialled == ["93.184.215.14"]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_redirects_are_followed(status: str) -> None:
    with serving({}) as server:
        server.routes |= {
            "/a/1": moved("2?x=1", status),
            "/a/2?x=1": moved("/3", status),
            "/3": moved(server.url("/4#part"), status),
            "/4": answer(PICTURE),
        }
        assert download(server.url("/a/1"), OPEN) == PICTURE


@pytest.mark.parametrize("hops", [0, 3, 4])
def test_redirects_are_counted(hops: int) -> None:
    routes: dict[str, Reply] = {f"/{n}": moved(f"/{n - 1}") for n in range(1, 9)}
    with serving({**routes, "/0": answer(PICTURE)}) as server:
        if hops <= OPEN.url_redirects:
            assert download(server.url(f"/{hops}"), OPEN) == PICTURE
        else:
            refused(server.url(f"/{hops}"), OPEN)
        assert len(server.requests) == min(hops, OPEN.url_redirects) + 1


@pytest.mark.parametrize("location", ["ftp://example.com/", "file:///etc/passwd", "javascript:0", "http://[", ""])
def test_redirects_to_nowhere(location: str) -> None:
    with serving({"/": moved(location)}) as server:
        refused(server.url(), OPEN)


def test_a_redirect_with_raw_utf8_is_understood() -> None:
    with serving(
        {"/": b"HTTP/1.1 302 Found\r\nLocation: /" + "照".encode() + b"\r\nContent-Length: 0\r\n\r\n"}
    ) as server:
        server.routes["/%E7%85%A7"] = answer(PICTURE)
        assert download(server.url(), OPEN) == PICTURE


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def endless(connected: socket.socket) -> None:
    connected.sendall(CHUNKED)
    while True:
        connected.sendall(b"1000\r\n" + bytes(0x1000) + b"\r\n")


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        pytest.param(answer(b"x" * 1000), b"x" * 1000, id="just at the limit"),
        pytest.param(answer(b"x" * 1001), None, id="one byte too many"),
        pytest.param(answer(b"", length=10**12), None, id="huge by its own account"),
        pytest.param(endless, None, id="chunks without end"),
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 2000, None, id="too long, no length"),
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\nabc", b"abc", id="no length"),
        pytest.param(CHUNKED + b"3\r\nabc\r\n0\r\n\r\n", b"abc", id="chunked"),
        pytest.param(CHUNKED + b"3\r\nabc\r\n", None, id="chunks cut short"),
        pytest.param(CHUNKED + b"zz\r\nabc\r\n", None, id="no chunk length"),
        pytest.param(answer(b"abc", length=500), None, id="body cut short"),
        pytest.param(answer(b""), b"", id="empty"),
        pytest.param(answer(b"abc", "404 Not Found"), None, id="404"),
        pytest.param(answer(b"abc", "500 Oops"), None, id="500"),
        pytest.param(answer(b"", "204 No Content"), None, id="204"),
        pytest.param(answer(b"abc", "206 Partial Content"), None, id="206"),
        pytest.param(answer(b"abc", "302 Found"), None, id="redirect without a place"),
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n", None, id="no HTTP"),
        pytest.param(b"", None, id="closed at once"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"A: " + b"x" * 70_000 + b"\r\n\r\n", None, id="header line too long"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", None, id="too many headers"),
    ],
)
def test_bodies(reply: Reply, body: bytes | None) -> None:
    limits = OPEN.model_copy(update={"file_bytes": 1000})
    with serving({"/": reply}) as server:
        if body is None:
            assert refused(server.url(), limits) < 4
        else:
            assert download(server.url(), limits) == body


def drip(head: bytes, piece: bytes, server: Callable[[], Server]) -> Callable[[socket.socket], None]:
    def reply(connected: socket.socket) -> None:
        connected.sendall(head)
        while not server().stopping.wait(0.05):
            connected.sendall(piece)

    return reply


SLOW = {
    "silence": (b"", b""),
    "slow status": (b"H", b"T"),
    "slow headers": (b"HTTP/1.1 200 OK\r\n", b"A: b\r\n"),
    "slow body": (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
    "slow chunks": (CHUNKED, b"1\r\nx\r\n"),
    "continue for ever": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_slow_server_is_cut_at_the_deadline(name: str) -> None:
    """Every single read of these succeeds in time; together they take too long."""
    limits = OPEN.model_copy(update={"url_seconds": 0.4})
    with serving({}) as server:
        server.routes["/"] = drip(*SLOW[name], lambda: server)
        assert 0.3 < refused(server.url(), limits) < 4


def test_the_deadline_covers_all_hops() -> None:
    limits = OPEN.model_copy(update={"url_seconds": 0.5, "url_redirects": 100})

    def again(connected: socket.socket) -> None:
        time.sleep(0.1)
        connected.sendall(moved("/"))

    with serving({"/": again}) as server:
        assert refused(server.url(), limits) < 4
        assert len(server.requests) < 8


def test_the_deadline_covers_the_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    monkeypatch.setattr(url_module.socket, "getaddrinfo", lambda *_, **__: done.wait(5) and [])
    limits = OPEN.model_copy(update={"url_seconds": 0.2})
    assert refused("http://slow.test/", limits) < 4
    done.set()


def test_the_next_address_is_tried(names: dict[str, list[list[str]]]) -> None:
    with serving({"/": answer(PICTURE)}) as server:
        names["two.test"] = [["127.0.0.9", "127.0.0.1"]]
        assert download(server.url(host="two.test"), OPEN) == PICTURE
    refused(server.url(host="two.test"), OPEN)


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({}) as proxy, serving({"/": answer(PICTURE)}) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        assert download(server.url(), OPEN) == PICTURE
        assert proxy.requests == []


def test_no_log_names_the_url(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), serving({"/secret-path": answer(PICTURE), "/r": moved("/none")}) as server:
        download(server.url("/secret-path"), OPEN)
        refused(server.url("/r"), OPEN)
    assert "secret" not in caplog.text
    assert "127.0.0.1" not in caplog.text


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for ``pictures.test``, key and all in one file."""
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("openssl makes the certificate")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    command = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    subject = ["-subj", "/CN=pictures.test", "-addext", "subjectAltName=DNS:pictures.test"]
    key = path.with_name("key.pem")
    subprocess.run([*command, *subject, "-keyout", key, "-out", path], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + key.read_bytes())
    return path


@pytest.fixture
def tls(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The server's side of TLS; the client trusts its certificate."""
    trust = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(url_module, "_trust", lambda: trust)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_tls_is_checked_against_the_name_not_the_address(
    tls: ssl.SSLContext, names: dict[str, list[list[str]]], dialled: list[str]
) -> None:
    asked: list[str | None] = []
    tls.sni_callback = lambda _socket, name, _context: asked.append(name)
    names.update({"pictures.test": [["93.184.215.14"]], "other.test": [["93.184.215.14"]]})
    with serving({"/": answer(PICTURE)}, tls) as server:
        assert download(server.url(host="pictures.test"), CLOSED) == PICTURE
        refused(server.url(host="other.test"), CLOSED)
        refused(server.url(host="93.184.215.14"), CLOSED)
    assert asked == ["pictures.test", "other.test", None]
    assert set(dialled) == {"93.184.215.14"}


def test_an_unknown_certificate_is_refused(certificate: Path, names: dict[str, list[list[str]]]) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    names["pictures.test"] = [["127.0.0.1"]]
    with serving({"/": answer(PICTURE)}, context) as server:
        refused(server.url(host="pictures.test"), OPEN)
        assert server.requests == []
        refused(server.url(host="pictures.test").replace("https", "http"), OPEN)
