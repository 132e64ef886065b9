"""Which addresses are public, and which host names are numbers in disguise."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.intake.address import is_odd_number, is_public

CLOSED = {
    "unspecified": "0.0.0.0",
    "this network": "0.1.2.3",
    "loopback": "127.0.0.1",
    "end of loopback": "127.255.255.254",
    "private 10": "10.0.0.1",
    "end of private 10": "10.255.255.255",
    "private 172.16": "172.16.0.1",
    "end of private 172": "172.31.255.255",
    "private 192.168": "192.168.1.1",
    "carrier": "100.64.0.1",
    "end of carrier": "100.127.255.255",
    "metadata in the carrier range": "100.100.100.200",
    "link-local": "169.254.0.1",
    "metadata": "169.254.169.254",
    "metadata of containers": "169.254.170.2",
    "metadata in protocol assignments": "192.0.0.192",
    "cloud wire server": "168.63.129.16",
    "documentation 1": "192.0.2.1",
    "documentation 2": "198.51.100.7",
    "documentation 3": "203.0.113.9",
    "benchmark": "198.18.0.1",
    "end of benchmark": "198.19.255.255",
    "6to4 relay": "192.88.99.1",
    "multicast": "224.0.0.1",
    "end of multicast": "239.255.255.255",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "v6 unspecified": "::",
    "v6 loopback": "::1",
    "v6 link-local": "fe80::1",
    "v6 link-local with a scope": "fe80::1%eth0",
    "v6 site-local": "fec0::1",
    "v6 unique-local": "fc00::1",
    "v6 unique-local, metadata": "fd00:ec2::254",
    "v6 multicast": "ff02::1",
    "v6 documentation": "2001:db8::1",
    "v6 new documentation": "3fff::1",
    "v6 discard": "100::1",
    "v6 segment routing": "5f00::1",
    "Teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "ORCHID": "2001:20::1",
    "mapped loopback": "::ffff:127.0.0.1",
    "mapped loopback in hex": "::ffff:7f00:1",
    "mapped private": "::ffff:10.0.0.1",
    "mapped metadata": "::ffff:169.254.169.254",
    "compatible loopback": "::127.0.0.1",
    "6to4 of loopback": "2002:7f00:1::1",
    "6to4 of private": "2002:a00:1::1",
    "6to4 of public": "2002:808:808::1",
    "NAT64 of loopback": "64:ff9b::127.0.0.1",
    "NAT64 of metadata": "64:ff9b::a9fe:a9fe",
    "NAT64 of private": "64:ff9b::10.1.2.3",
    "local NAT64": "64:ff9b:1::8.8.8.8",
    "a name": "localhost",
    "decimal": "2130706433",
    "octal": "0177.0.0.1",
    "short": "127.1",
    "empty": "",
}
OPEN = {
    "v4": "8.8.8.8",
    "v4, a Chinese resolver": "114.114.114.114",
    "before private 10": "9.255.255.255",
    "after private 10": "11.0.0.0",
    "before private 172": "172.15.255.255",
    "after private 172": "172.32.0.0",
    "before carrier": "100.63.255.255",
    "after carrier": "100.128.0.0",
    "before link-local": "169.253.255.255",
    "after link-local": "169.255.0.0",
    "before 192.168": "192.167.255.255",
    "after 192.168": "192.169.0.0",
    "last before multicast": "223.255.255.255",
    "v6": "2606:4700:4700::1111",
    "v6, a Chinese resolver": "2400:3200::1",
    "mapped public": "::ffff:8.8.8.8",
    "NAT64 of public": "64:ff9b::8.8.8.8",
}


@pytest.mark.parametrize("address", CLOSED.values(), ids=CLOSED)
def test_closed(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN.values(), ids=OPEN)
def test_open(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_mapping_an_address_changes_nothing(address: IPv4Address) -> None:
    assert is_public(str(address)) == is_public(f"::ffff:{address}") == is_public(f"64:ff9b::{address}")


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(is_public(text), bool)
    assert isinstance(is_odd_number(text), bool)


@pytest.mark.parametrize(
    ("host", "odd"),
    [
        pytest.param("2130706433", True, id="decimal"),
        pytest.param("0177.0.0.1", True, id="octal"),
        pytest.param("0x7f000001", True, id="hex"),
        pytest.param("0x7f.1", True, id="hex, short"),
        pytest.param("0x", True, id="hex, no digits"),
        pytest.param("127.1", True, id="short"),
        pytest.param("127.0.1", True, id="three parts"),
        pytest.param("127.0.0.1.", True, id="dot at the end"),
        pytest.param("127.0.0.0x1", True, id="last part hex"),
        pytest.param("1.2.3.4.5", True, id="five parts"),
        pytest.param("256.1.1.1", True, id="out of range"),
        pytest.param("example.1", True, id="number as top domain"),
        pytest.param("127.0.0.1", False, id="plain, checked as an address"),
        pytest.param("8.8.8.8", False, id="plain public"),
        pytest.param("example.com", False, id="name"),
        pytest.param("1.example.com", False, id="number in front"),
        pytest.param("0xample.com", False, id="0x in front"),
        pytest.param("x1", False, id="letter first"),
    ],
)
def test_numbers_in_disguise(host: str, odd: bool) -> None:
    assert is_odd_number(host) is odd
