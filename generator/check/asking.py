"""Asks other hosts whether there is what a site links to: few questions at a time, and never of a private host."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

import msgspec

if TYPE_CHECKING:  # 0.1 s, and only where links are asked
    import httpx

Address = IPv4Address | IPv6Address

_TRANSLATED = ip_network("64:ff9b::/96")  # IPv4 behind NAT64, RFC 6052
_UNICAST = ip_network("2000::/3")  # all of IPv6 that is given out, RFC 4291; what else there is was meant for networks
_AGAIN_BY_GET = frozenset({400, 403, 404, 405, 406, 410, 500, 501, 503})
_MOVED_FOR_GOOD = frozenset({301, 308})
_MOVED = _MOVED_FOR_GOOD | {302, 303, 307}
_MOST_SAID = 200  # characters
_MOST_MOVED = 2000  # characters of an address to use from now on
_LAST_PORT = 65_535


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """How polite to be. Times are in seconds; `per_host` and `at_once` count questions that wait for an answer."""

    per_host: int = 2
    at_once: int = 16
    pause: float = 0.25
    patience: float = 10
    most_redirects: int = 5
    most_seconds: float = 600


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What came of a question: `status` in the end, None where no host gave one, and `fault` says why.

    `moved_to` is the address that the host says to use from now on; empty where there is none.
    `is_busy` is whether the host asks to be asked later.
    """

    status: int | None
    fault: str = ""
    moved_to: str = ""
    is_busy: bool = False


class _Found(NamedTuple):
    status: int
    location: str
    has_time: bool


def is_public(address: Address) -> bool:
    """Whether an address is on the public internet, so that asking it tells nothing of the network behind us."""
    if isinstance(address, IPv6Address):
        if address in _TRANSLATED:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(inner)
        if address not in _UNICAST:
            return False
    return address.is_global and not address.is_multicast


def ask_all(
    urls: Iterable[str],
    *,
    agent: str,
    may_ask: Callable[[str, Address], bool],
    manners: Manners,
    progress: Callable[[int], None],
) -> dict[str, Answer]:
    """Ask for every address.

    Args:
        urls: http(s) addresses, each once.
        agent: How we call ourselves.
        may_ask: Whether a host (with its port, where that is not the scheme's own) may be asked at an address.
        manners: How polite to be.
        progress: Told how many are answered.

    Returns:
        The answers by address; those for which there was no time are not among them.
    """
    return asyncio.run(_ask_all(list(urls), _Asker(agent, may_ask, manners), progress))


async def _ask_all(urls: list[str], asker: "_Asker", progress: Callable[[int], None]) -> dict[str, Answer]:
    import httpx

    answers: dict[str, Answer] = {}

    async def ask(client: httpx.AsyncClient, url: str) -> None:
        answers[url] = await asker.ask(client, url)
        progress(len(answers))

    # Without the proxies of the environment, which would look hosts up anew.
    # No connection is used twice: at one address there may be many hosts, each with its own certificate.
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(trust_env=False, timeout=asker.manners.patience, limits=limits) as client:
        tasks = [asyncio.create_task(ask(client, url)) for url in urls]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=asker.manners.most_seconds)
            for task in late:
                task.cancel()
            for outcome in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(outcome, Exception):
                    raise outcome
    return answers


class _Host:
    """Takes the turns of one host."""

    def __init__(self, manners: Manners) -> None:
        self._turns = asyncio.Semaphore(manners.per_host)
        self._pause = manners.pause
        self._next = 0.0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        async with self._turns:
            now = time.monotonic()
            begin = max(now, self._next)
            self._next = begin + self._pause
            await asyncio.sleep(begin - now)
            yield


class _Asker:
    def __init__(self, agent: str, may_ask: Callable[[str, Address], bool], manners: Manners) -> None:
        self.manners = manners
        self._agent = agent
        self._may_ask = may_ask
        self._hosts: dict[str, _Host] = {}
        self._everywhere = asyncio.Semaphore(manners.at_once)

    async def ask(self, client: "httpx.AsyncClient", url: str) -> Answer:
        """Follow an address to its end; a turn is taken anew for each host on the way."""
        import httpx

        moved_to, is_for_good = "", True
        try:
            for _ in range(self.manners.most_redirects + 1):
                found = await self._ask_once(client, url)
                if found.status not in _MOVED or not found.location:
                    return Answer(found.status, moved_to=moved_to, is_busy=found.has_time or found.status == 429)
                url = str(httpx.URL(urljoin(url, found.location)))  # what the host said, in printable ASCII
                is_for_good = is_for_good and found.status in _MOVED_FOR_GOOD and len(url) <= _MOST_MOVED
                moved_to = url if is_for_good else moved_to
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, TimeoutError) as fault:
            return Answer(None, _say(fault))
        return Answer(None, f"it leads on more than {self.manners.most_redirects} times")

    async def _ask_once(self, client: "httpx.AsyncClient", url: str) -> _Found:
        import httpx

        target = httpx.URL(url)
        if target.scheme not in ("http", "https") or not target.host or not 0 < (target.port or 1) <= _LAST_PORT:
            message = "it leads to what is no web address"
            raise ValueError(message)
        host = self._hosts.setdefault(target.host, _Host(self.manners))
        async with host.turn(), self._everywhere, asyncio.timeout(2 * self.manners.patience):
            places = await self._look_up(target)
            found = await self._send(client, "HEAD", target, places)
            if found.status in _AGAIN_BY_GET and not found.has_time:
                found = await self._send(client, "GET", target, places)
        return found

    async def _look_up(self, target: "httpx.URL") -> list[str]:
        """The addresses of a host, which is asked at these and no others: a name may mean another a moment later."""
        port = target.port or (443 if target.scheme == "https" else 80)
        async with asyncio.timeout(self.manners.patience):
            found = await asyncio.get_running_loop().getaddrinfo(target.host, port, type=socket.SOCK_STREAM)
        places = list(dict.fromkeys(str(place[0]).partition("%")[0] for *_, place in found))
        name = target.netloc.decode("ascii")
        if not all(self._may_ask(name, ip_address(place)) for place in places):
            message = "it leads into a private network, which is not asked"
            raise ValueError(message)
        return places

    async def _send(self, client: "httpx.AsyncClient", method: str, target: "httpx.URL", places: list[str]) -> _Found:
        """Ask at the first of some addresses that can be reached; of the answer only its head is read."""
        import httpx

        headers = {"Host": target.netloc.decode("ascii"), "User-Agent": self._agent, "Accept": "*/*"}
        for last, place in enumerate(places, 1 - len(places)):
            url = target.copy_with(host=place, fragment=None)
            known_as = {"sni_hostname": target.raw_host.decode("ascii")}
            try:
                async with client.stream(method, url, headers=headers, extensions=known_as) as answer:
                    said = answer.headers
                    return _Found(answer.status_code, said.get("location", ""), "retry-after" in said)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if not last:
                    raise
        message = "the host has no address"
        raise OSError(message)


def _say(fault: Exception) -> str:
    """A fault on one line of plain text, for some of it is what the host said."""
    if isinstance(fault, TimeoutError) or "Timeout" in type(fault).__name__:
        return "timed out"
    if isinstance(fault, socket.gaierror):
        return "there is no such host"
    text = " ".join(str(fault).split()) or type(fault).__name__
    return "".join(c if c.isprintable() else " " for c in text)[:_MOST_SAID]
