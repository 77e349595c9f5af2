"""Where the preview listens, and by what names it may be called there."""

import ipaddress
import socket
from urllib.parse import urlsplit

HOST = "127.0.0.1"
FIRST_PORT = 8000
_PORTS_TRIED = 20
_OWN_NAMES = frozenset({"127.0.0.1", "::1", "localhost"})


def open_port(port: int | None, host: str = HOST) -> socket.socket:
    """Listen on a port of this machine; without one on the first of twenty that is free, from 8000 on.

    Args:
        port: The port, 0 for any that is free.
        host: A name or an address of this machine; `0.0.0.0` or `::` for all it has.

    Raises:
        OSError: it is taken, or all are; or this machine has no such address.
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
    """How a browser on this machine calls it: `127.0.0.1:8000`, `[::1]:8000`."""
    host, port = listener.getsockname()[:2]
    if ipaddress.ip_address(host.partition("%")[0]).is_unspecified:
        host = "::1" if ":" in host else HOST
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def may_be_called(header: str, listener: socket.socket) -> bool:
    """Whether the preview answers to what a browser says that it asked, its `Host`.

    A page elsewhere can let its own name lead here. So names are those of this machine;
    where other machines may reach the preview addresses are free, too, for no page elsewhere has another's.
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
    return host in (own, f"{own}.local") or _is_address(host)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
