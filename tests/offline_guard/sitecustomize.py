"""Refuses and records what Python code of a process tries to reach beyond this machine.

Python imports this by itself when its folder is on PYTHONPATH. Each attempt becomes a line of JSON in the file
``$OFFLINE_GUARD_LOG``. Loopback, Unix sockets and the look-up of numeric addresses are let through.
"""

import ipaddress
import json
import os
import socket
import sys
import traceback

_CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname"}


def _is_here(host: object) -> bool:
    text = host.decode("ascii", "replace") if isinstance(host, (bytes, bytearray)) else str(host or "localhost")
    try:
        address = ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return text == "localhost" or text.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _is_numeric(host: object) -> bool:
    try:
        ipaddress.ip_address(str(host))
    except ValueError:
        return False
    return True


def _record(event: str, target: str) -> None:
    # The innermost frames are this module's own.
    frames = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_stack()[-8:-2]]
    line = json.dumps({"layer": "python", "target": f"{event} {target}", "frames": frames}) + "\n"
    log = os.open(os.environ["OFFLINE_GUARD_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(log, line.encode())
    os.close(log)


def _watch(event: str, arguments: tuple) -> None:
    if event in _CONNECTING:
        address = arguments[1]
        if isinstance(address, tuple) and not _is_here(address[0]):
            _record(event, f"{address[0]}:{address[1]}")
            raise ConnectionRefusedError(f"refused by the offline guard: {address[0]}")
    elif event in _LOOKING_UP and not _is_here(arguments[0]) and not _is_numeric(arguments[0]):
        _record(event, str(arguments[0]))
        raise socket.gaierror(socket.EAI_NONAME, "refused by the offline guard")


if "OFFLINE_GUARD_LOG" in os.environ:
    sys.addaudithook(_watch)
