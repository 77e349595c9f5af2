"""Limits for requests to other hosts."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """Limits and pauses. Times are in seconds; `per_host` and `at_once` count open requests."""

    per_host: int = 2
    at_once: int = 16
    pause: float = 0.25
    patience: float = 10
    most_redirects: int = 5
    most_seconds: float = 600


class Turns:
    """Gives turns for requests: few at a time, with a pause between those to one host."""

    def __init__(self, manners: Manners) -> None:
        """Take the limits."""
        self._manners = manners
        self._hosts: dict[str, _Host] = {}
        self._everywhere = asyncio.Semaphore(manners.at_once)

    @asynccontextmanager
    async def take(self, host: str) -> AsyncIterator[None]:
        """A turn for a host, with a time limit."""
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
