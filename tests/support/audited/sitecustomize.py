"""Read by each Python process that a test starts with this folder in its path: writes down to which other
machines it opens connections, or asks for their names, as Python's own audit hook sees them.
"""

import ipaddress
import os
import sys


def _is_here(host: object) -> bool:
    text = host.decode("utf-8", "replace") if isinstance(host, bytes) else str(host)
    if host is None or text in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(text).is_loopback or ipaddress.ip_address(text).is_unspecified
    except ValueError:
        return False


def _heard(event: str, told: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        host = told[1][0] if isinstance(told[1], tuple) else None  # a path leads to no other machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = told[0]
    else:
        return
    if not _is_here(host):
        with open(os.environ["CONNECTIONS"], "a", encoding="utf-8") as file:  # noqa: PTH123
            file.write(f"{event} {host!r}\n")


if os.environ.get("CONNECTIONS"):
    sys.addaudithook(_heard)
