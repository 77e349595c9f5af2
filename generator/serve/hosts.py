"""The address of the preview, and the host names that it accepts."""

import ipaddress
import socket
from contextlib import suppress
from urllib.parse import urlsplit

HOST = "127.0.0.1"
FIRST_PORT = 8000
_PORTS_TRIED = 20
_OWN_NAMES = frozenset({"127.0.0.1", "::1", "localhost"})


def open_port(port: int | None, host: str = HOST) -> socket.socket:
    """Listen on a port of this machine, 0 for any free one; None for the first free one of twenty from 8000.

    Raises:
        OSError: the port is taken, or this machine does not have the address.
    """
    family, *_, address = socket.getaddrinfo(host, port or 0, type=socket.SOCK_STREAM)[0]
    if port is not None:
        return socket.create_server((str(address[0]), port), family=family)
    for one in range(FIRST_PORT, FIRST_PORT + _PORTS_TRIED):
        try:
            return socket.create_server((str(address[0]), one), family=family)
        except OSError as fault:
            taken = fault
    raise taken


def is_open(listener: socket.socket) -> bool:
    """Whether other machines may reach it."""
    return not ipaddress.ip_address(listener.getsockname()[0].partition("%")[0]).is_loopback


def name_address(listener: socket.socket) -> str:
    """The host and port for a browser on this machine: `127.0.0.1:8000`, `[::1]:8000`."""
    host, port = listener.getsockname()[:2]
    if ipaddress.ip_address(host.partition("%")[0]).is_unspecified:
        host = "::1" if ":" in host else HOST
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def may_be_called(header: str, listener: socket.socket) -> bool:
    """Whether the preview accepts a `Host` header.

    A foreign page can make its own name resolve to this machine, so only names of this machine are accepted.
    If other machines can reach the preview, IP addresses are accepted, too, because they cannot be faked like that.
    """
    try:
        host = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return False
    if host in _OWN_NAMES:
        return True
    if not is_open(listener):
        return bool(host == listener.getsockname()[0])
    own = socket.gethostname().lower()
    with suppress(ValueError):
        return bool(ipaddress.ip_address(host))
    return host in (own, f"{own}.local")
