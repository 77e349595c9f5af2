"""Sends one request to one host and reads the head of the answer."""

import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.addresses import MAX_PORT

if TYPE_CHECKING:
    import httpx

_MOST_SHOWN = 200  # characters


class Reply(NamedTuple):
    """The head of an answer; `has_time` is whether the host asks to retry later."""

    status: int
    location: str
    has_time: bool


def open_client(*, patience_seconds: float) -> "httpx.AsyncClient":
    """A client without proxies, which would resolve hosts again, and without reuse of connections.

    One address may have many hosts, each with its own certificate.
    """
    import httpx

    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.AsyncClient(trust_env=False, timeout=patience_seconds, limits=limits)


def read_url(url: str) -> "httpx.URL":
    """Parse an address.

    Raises:
        ValueError, httpx.InvalidURL: it cannot be requested.
    """
    import httpx

    target = httpx.URL(url)
    if target.scheme not in ("http", "https") or not target.host or not 0 < (target.port or 1) <= MAX_PORT:
        message = "it redirects to something that is not a web address"
        raise ValueError(message)
    return target


async def send(
    client: "httpx.AsyncClient", method: str, target: "httpx.URL", places: Sequence[str], *, agent: str
) -> Reply:
    """Send a request to the first reachable place, and read only the head of the answer."""
    import httpx

    headers = {"Host": target.netloc.decode("ascii"), "User-Agent": agent, "Accept": "*/*"}
    for last, place in enumerate(places, 1 - len(places)):
        url = target.copy_with(host=place, fragment=None)
        known_as = {"sni_hostname": target.raw_host.decode("ascii")}
        try:
            async with client.stream(method, url, headers=headers, extensions=known_as) as answer:
                given = answer.headers
                return Reply(answer.status_code, given.get("location", ""), "retry-after" in given)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            if not last:
                raise
    message = "the host has no address"
    raise OSError(message)


def explain_fault(fault: Exception) -> str:
    """Why a request failed."""
    if isinstance(fault, TimeoutError) or "Timeout" in type(fault).__name__:
        return "timed out"
    if isinstance(fault, socket.gaierror):
        return "the host does not exist"
    return show_plainly(str(fault)) or type(fault).__name__


def show_plainly(text: str) -> str:
    """A short line of plain text, because a host wrote parts of it."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _MOST_SHOWN else f"{line[: _MOST_SHOWN - 1]}…"
