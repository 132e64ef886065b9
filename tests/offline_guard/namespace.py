"""Runs a command in a network of its own where no address leads anywhere, and records every packet sent to one.

    python namespace.py LOG COMMAND ...

In that network all addresses belong to the machine itself, and nothing listens: a connection is refused at once, and
its first packet is seen on the loopback device, whatever language or library sent it. Each attempt becomes a line of
JSON in LOG. A packet to port 53 is recorded even on loopback: a resolver there would pass the question on.
Needs Linux, and either root or user namespaces. The exit code is the command's.
"""

import contextlib
import ctypes
import fcntl
import ipaddress
import json
import os
import select
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000  # linux/sched.h
SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1  # linux/sockios.h, linux/if.h
SO_ATTACH_FILTER = 26  # asm-generic/socket.h
ETH_P_ALL = 0x0003  # linux/if_ether.h
RTM_NEWROUTE, NLM_F_REQUEST, NLM_F_ACK, NLM_F_CREATE = 24, 0x1, 0x4, 0x400  # linux/rtnetlink.h, linux/netlink.h
RT_TABLE_LOCAL, RTPROT_BOOT, RT_SCOPE_HOST, RTN_LOCAL, RTA_OIF = 255, 3, 254, 2, 4  # linux/rtnetlink.h
TCP, UDP = 6, 17
SYN, ACK = 0x02, 0x10
DNS = 53

_LD_BYTE, _LD_HALF, _JUMP_EQ, _AND, _RETURN = 0x30, 0x28, 0x15, 0x54, 0x06  # classic BPF, linux/filter.h
DROP_IPV4_LOOPBACK = [
    # (code, jump if true, jump if false, k): keep all but IPv4 to 127.0.0.0/8, and of that keep port 53.
    (_LD_BYTE, 0, 0, 0),
    (_AND, 0, 0, 0xF0),
    (_JUMP_EQ, 0, 5, 0x40),
    (_LD_BYTE, 0, 0, 16),
    (_JUMP_EQ, 0, 3, 127),
    (_LD_HALF, 0, 0, 22),
    (_JUMP_EQ, 1, 0, DNS),
    (_RETURN, 0, 0, 0),
    (_RETURN, 0, 0, 0xFFFF),
]


def enter() -> None:
    """Move this process into a network of its own, all of whose addresses are local."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()
    if libc.unshare(CLONE_NEWNET) != 0:
        if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "no network namespace: " + os.strerror(ctypes.get_errno()))
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP))
    for family in (socket.AF_INET, socket.AF_INET6):
        _route_everything_to_loopback(family)


def _route_everything_to_loopback(family: int) -> None:
    """``ip route add local default dev lo``."""
    attribute = struct.pack("HHI", 8, RTA_OIF, socket.if_nametoindex("lo"))
    route = struct.pack("BBBBBBBBI", family, 0, 0, 0, RT_TABLE_LOCAL, RTPROT_BOOT, RT_SCOPE_HOST, RTN_LOCAL, 0)
    length = 16 + len(route) + len(attribute)
    header = struct.pack("IHHII", length, RTM_NEWROUTE, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE, 1, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as netlink:
        netlink.send(header + route + attribute)
        (error,) = struct.unpack_from("i", netlink.recv(4096), 16)
    # A kernel without IPv6 has nothing to route.
    if error and family == socket.AF_INET:
        raise OSError(-error, "no route: " + os.strerror(-error))


def open_sniffer() -> socket.socket:
    """A socket that gets every packet on loopback that the filter keeps, from its IP header on."""
    sniffer = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL))
    program = b"".join(struct.pack("HBBI", *instruction) for instruction in DROP_IPV4_LOOPBACK)
    buffer = ctypes.create_string_buffer(program)
    address = ctypes.addressof(buffer)
    sniffer.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HP", len(DROP_IPV4_LOOPBACK), address))
    return sniffer


def target_of(packet: bytes) -> str | None:
    """Where a packet goes, as ``tcp 192.0.2.1:443``; None for what stays here, and for all but a connection's first."""
    if packet[0] >> 4 == 4:
        protocol, address, payload = packet[9], ipaddress.ip_address(packet[16:20]), packet[(packet[0] & 15) * 4 :]
    elif packet[0] >> 4 == 6 and len(packet) >= 40:
        protocol, address, payload = packet[6], ipaddress.ip_address(packet[24:40]), packet[40:]
    else:
        return None
    port = struct.unpack_from("!H", payload, 2)[0] if protocol in (TCP, UDP) and len(payload) >= 4 else 0
    if (address.is_loopback and port != DNS) or protocol not in (TCP, UDP):
        return None
    if protocol == TCP and payload[13:14] and payload[13] & (SYN | ACK) != SYN:
        return None
    return f"{'tcp' if protocol == TCP else 'udp'} {address}:{port}"


@contextlib.contextmanager
def recording(log: Path) -> Iterator[None]:
    """Record attempts until the block ends."""
    seen: set[str] = set()
    end_reader, end_writer = os.pipe()

    def drain(sniffer: socket.socket) -> None:
        while True:
            ready, _, _ = select.select([sniffer, end_reader], [], [])
            if sniffer in ready:
                packet, origin = sniffer.recvfrom(128)
                target = target_of(packet) if origin[2] == socket.PACKET_OUTGOING else None
                if target is not None and target not in seen:
                    seen.add(target)
                    with log.open("a") as lines:
                        lines.write(json.dumps({"layer": "packet", "target": target}) + "\n")
            elif end_reader in ready:
                return

    with open_sniffer() as sniffer:
        thread = threading.Thread(target=drain, args=[sniffer])
        thread.start()
        try:
            yield
        finally:
            os.write(end_writer, b".")
            thread.join()


def main(log: str, *command: str) -> int:
    """Enter the network, run the command, tell its exit code."""
    enter()
    with recording(Path(log)):
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
