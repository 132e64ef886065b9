"""Who may call, what an answer carries, and what the log says."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from serve_stub import RAISES
from serving import ROUTE, Running, picture, serving

PAGE = "https://review.example"


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with serving(hosts=("cards.example",), cors_origins=(PAGE,)) as server:
        yield server


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("localhost", 200),
        ("LocalHost:99", 200),
        ("cards.example", 200),
        ("192.168.1.7", 200),
        ("rebound.example", 400),
        ("cards.example.evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("[::1", 400),
        ("", 400),
    ],
)
def test_only_our_own_names_and_addresses_are_answered(running: Running, host: str, code: int) -> None:
    answer = running.send(f"GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(f"HTTP/1.1 {code} ".encode())


@pytest.mark.parametrize(
    ("origin", "code"),
    [
        (None, 200),
        (PAGE, 200),
        ("same", 200),
        ("https://evil.example", 403),
        ("null", 403),
        ("http://127.0.0.1:1", 403),
    ],
)
def test_a_web_page_of_another_origin_may_not_call(running: Running, origin: str | None, code: int) -> None:
    headers = {} if origin is None else {"Origin": running.url if origin == "same" else origin}
    form = {"image": picture(), "id_card_side": "front"}
    answer = httpx.post(running.url + ROUTE, data=form, headers=headers)
    assert answer.status_code == code
    assert answer.headers.get("access-control-allow-origin") == (PAGE if origin == PAGE else None)


def test_a_named_origin_may_ask_first(running: Running) -> None:
    asking = {
        "Origin": PAGE,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    answer = httpx.options(running.url + ROUTE, headers=asking)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, PAGE)


def test_without_a_named_origin_nothing_is_told_of_origins() -> None:
    with serving() as plain:
        answer = httpx.options(plain.url + ROUTE, headers={"Origin": PAGE, "Access-Control-Request-Method": "POST"})
        assert answer.status_code == 403
        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/healthz", "/nothing", "/docs", "/openapi.json", "/metrics"])
def test_every_answer_has_the_security_headers(running: Running, path: str) -> None:
    headers = httpx.get(running.url + path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "server" not in headers


def test_the_log_has_the_log_id_and_no_word_of_the_client(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret, image = "张三110101199003071233", picture()
    answer = httpx.post(
        f"{running.url}{ROUTE}?image={secret}",
        data={"image": image, "id_card_side": "front", "name": secret},
        headers={"Authorization": "APPCODE 0f.secretsecret", "User-Agent": "tell-tale"},
    )
    httpx.get(f"{running.url}/{secret}")
    running.ask(RAISES)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("idcard_core", "uvicorn"))]
    assert any(re.fullmatch(rf"log_id {answer.json()['log_id']} {ROUTE} 200 \d+ ms", line) for line in ours)
    assert any(re.fullmatch(r"log_id \d+ unknown 400 \d+ ms", line) for line in ours)
    for word in (secret, "张三", "110101", image[:40], "某路", "secretsecret", "tell-tale", "no log may show"):
        assert not [line for line in ours if word in line]


def test_the_metrics_count_and_name_nobody(running: Running) -> None:
    running.ask()
    httpx.get(running.url + "/who-is-110101199003071233")
    text = httpx.get(running.url + "/metrics").text
    assert re.search(r'idcard_requests_total\{code="200",route="/ocr/idcard"\} \d+', text)
    assert float(re.search(r"idcard_recognition_seconds_count (\S+)", text)[1]) >= 1
    assert "idcard_queue_depth 0.0" in text
    assert "idcard_workers_ready 1.0" in text
    assert "110101" not in text


@pytest.mark.parametrize(
    ("query", "accepted", "words"),
    [
        ("", "zh-CN,zh;q=0.9", "缺少 image"),
        ("", "en", "the body is not JSON"),
        ("?lang=en", "zh", "the body is not JSON"),
    ],
)
def test_the_page_needs_nothing_from_elsewhere(running: Running, query: str, accepted: str, words: str) -> None:
    text = httpx.get(f"{running.url}/docs{query}", headers={"Accept-Language": accepted}).text
    assert words in text
    assert "Invalid Input - wrong category" in text
    assert not re.search(r"<script|src=|url\(|@import|https?://(?!\S*公网)", text.replace("http(s)", ""))
