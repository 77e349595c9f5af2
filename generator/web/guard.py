"""Checks the addresses of hosts; requests go to the checked addresses, because a name may change its address."""

import asyncio
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # 0.1 s, and only if hosts are contacted
    import httpx

Address = IPv4Address | IPv6Address
MayAsk = Callable[[str, Address], bool]
"""Whether a host (with its port, if that is not the default) may be contacted at an address."""

_TRANSLATED = ip_network("64:ff9b::/96")  # IPv4 behind NAT64, RFC 6052
_UNICAST = ip_network("2000::/3")  # the public part of IPv6, RFC 4291


def is_public(address: Address) -> bool:
    """Whether an address is on the public internet, not in a private network."""
    if isinstance(address, IPv6Address):
        if address in _TRANSLATED:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(inner)
        if address not in _UNICAST:
            return False
    return address.is_global and not address.is_multicast


async def look_up(target: "httpx.URL", may_ask: MayAsk, *, patience_seconds: float) -> list[str]:
    """The addresses of a host.

    Raises:
        ValueError: one of them may not be contacted.
        OSError, TimeoutError: the host does not exist, or the lookup takes too long.
    """
    port = target.port or (443 if target.scheme == "https" else 80)
    async with asyncio.timeout(patience_seconds):
        found = await asyncio.get_running_loop().getaddrinfo(target.host, port, type=socket.SOCK_STREAM)
    places = list(dict.fromkeys(str(place[0]).partition("%")[0] for *_, place in found))
    name = target.netloc.decode("ascii")
    if not all(may_ask(name, ip_address(place)) for place in places):
        message = "it leads to a private network, which is not contacted"
        raise ValueError(message)
    return places
