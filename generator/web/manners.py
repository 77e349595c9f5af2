"""How polite to be to other hosts, and the turns that this takes."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """How polite to be. Times are in seconds; `per_host` and `at_once` count questions that wait for an answer."""

    per_host: int = 2
    at_once: int = 16
    pause: float = 0.25
    patience: float = 10
    most_redirects: int = 5
    most_seconds: float = 600


class Turns:
    """Gives turns to ask: few at a time, and one host never without a pause."""

    def __init__(self, manners: Manners) -> None:
        """Take how polite to be."""
        self._manners = manners
        self._hosts: dict[str, _Host] = {}
        self._everywhere = asyncio.Semaphore(manners.at_once)

    @asynccontextmanager
    async def take(self, host: str) -> AsyncIterator[None]:
        """A turn to ask a host, which ends in time."""
        turns = self._hosts.setdefault(host, _Host(self._manners))
        async with turns.take(), self._everywhere, asyncio.timeout(2 * self._manners.patience):
            yield


class _Host:
    def __init__(self, manners: Manners) -> None:
        self._turns = asyncio.Semaphore(manners.per_host)
        self._pause = manners.pause
        self._next = 0.0

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        async with self._turns:
            now = time.monotonic()
            begin = max(now, self._next)
            self._next = begin + self._pause
            await asyncio.sleep(begin - now)
            yield
