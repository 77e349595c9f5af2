"""Requests many addresses and follows their redirects."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import msgspec

from generator.addresses import MAX_ADDRESS
from generator.web.client import Reply, explain_fault, open_client, read_url, send
from generator.web.guard import MayAsk, look_up
from generator.web.manners import Manners, Turns

if TYPE_CHECKING:
    import httpx

_AGAIN_BY_GET = frozenset({400, 403, 404, 405, 406, 410, 500, 501, 503})
_MOVED_FOR_GOOD = frozenset({301, 308})
_MOVED = _MOVED_FOR_GOOD | {302, 303, 307}


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """The answer for an address: the last `status`, None if there is none; then `fault` is why.

    `moved_to` is the target of a permanent redirect; `is_busy` is whether the host asks to retry later.
    """

    status: int | None
    fault: str = ""
    moved_to: str = ""
    is_busy: bool = False


def ask_all(
    urls: Iterable[str], *, agent: str, may_ask: MayAsk, manners: Manners, progress: Callable[[int], None]
) -> dict[str, Answer]:
    """Request every address.

    Args:
        urls: http(s) addresses, each once.
        agent: The user agent.
        may_ask: Whether a host (with its port, if that is not the default) may be contacted at an address.
        manners: Limits and pauses.
        progress: Called with the number of answers.

    Returns:
        The answers by address, without those for which there was no time.
    """
    return asyncio.run(_ask_all(list(urls), _Asker(agent, may_ask, manners), progress))


async def _ask_all(urls: list[str], asker: "_Asker", progress: Callable[[int], None]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}

    async def ask(client: "httpx.AsyncClient", url: str) -> None:
        answers[url] = await asker.ask(client, url)
        progress(len(answers))

    async with open_client(patience_seconds=asker.manners.patience) as client:
        tasks = [asyncio.create_task(ask(client, url)) for url in urls]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=asker.manners.most_seconds)
            for task in late:
                task.cancel()
            for outcome in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(outcome, Exception):
                    raise outcome
    return answers


class _Asker:
    def __init__(self, agent: str, may_ask: MayAsk, manners: Manners) -> None:
        self.manners = manners
        self._agent = agent
        self._may_ask = may_ask
        self._turns = Turns(manners)

    async def ask(self, client: "httpx.AsyncClient", url: str) -> Answer:
        """Follow the redirects of an address, with a turn for each host."""
        import httpx

        moved_to, is_for_good = "", True
        try:
            for _ in range(self.manners.most_redirects + 1):
                reply = await self._ask_once(client, url)
                if reply.status not in _MOVED or not reply.location:
                    return Answer(reply.status, moved_to=moved_to, is_busy=reply.has_time or reply.status == 429)
                url = str(httpx.URL(urljoin(url, reply.location)))  # in printable ASCII
                is_for_good = is_for_good and reply.status in _MOVED_FOR_GOOD and len(url) <= MAX_ADDRESS
                moved_to = url if is_for_good else moved_to
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, TimeoutError) as fault:
            return Answer(None, explain_fault(fault))
        return Answer(None, f"it redirects more than {self.manners.most_redirects} times")

    async def _ask_once(self, client: "httpx.AsyncClient", url: str) -> Reply:
        target = read_url(url)
        async with self._turns.take(target.host):
            places = await look_up(target, self._may_ask, patience_seconds=self.manners.patience)
            reply = await send(client, "HEAD", target, places, agent=self._agent)
            if reply.status in _AGAIN_BY_GET and not reply.has_time:
                reply = await send(client, "GET", target, places, agent=self._agent)
        return reply
