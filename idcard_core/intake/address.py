"""Which network addresses a picture may be fetched from: public ones only.

The tables are the IANA special-purpose address registries (RFC 6890 and its successors), written out here because
``ipaddress.is_global`` answers differently from one Python to the next.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_CLOSED_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network, unspecified
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by carriers; some clouds keep their metadata service here
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # public by number, but Azure's own service to the machine
            "169.254.0.0/16",  # link-local, metadata services
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments, among them a cloud's metadata service
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays, retired
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
        ),
    )
)
_OPEN_V6 = IPv6Network("2000::/3")  # all that is routed; unique-local, link-local, multicast and the rest lie outside
_CLOSED_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: carries an IPv4 address; retired, so none is let through
            "3fff::/20",  # documentation
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0[xX][0-9a-fA-F]*)\.?$")


def is_public(address: str) -> bool:
    """Whether ``address``, in its usual spelling, is one of the public Internet.

    IPv6 addresses that stand for an IPv4 one (mapped, and NAT64, which is how a machine with IPv6 only reaches
    the IPv4 Internet) are what they stand for. What is no address at all is not public.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        embedded = _embedded(parsed)
        if embedded is None:
            return parsed in _OPEN_V6 and not any(parsed in network for network in _CLOSED_V6)
        parsed = embedded
    return not any(parsed in network for network in _CLOSED_V4)


def is_odd_number(host: str) -> bool:
    """Whether ``host`` is an IPv4 address in disguise: ``2130706433``, ``0177.0.0.1``, ``0x7f.1``, ``127.1``.

    The rule is that of browsers (WHATWG URL, "ends in a number"), but only the plain dotted form is let through.
    """
    if not _ENDS_IN_NUMBER.search(host):
        return False
    try:
        IPv4Address(host)
    except ValueError:
        return True
    return False


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
