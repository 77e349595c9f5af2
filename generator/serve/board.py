"""The state of the last builds, for the pages that follow it."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from urllib.parse import unquote

import msgspec

from generator.names import served_path
from generator.watch import Outcome

_STATE = ("problems", "failure")


class Board:
    """Knows the build in which each page last changed; used in the thread of the server only.

    Builds have numbers that grow, even from one run of the program to the next.
    `base_path` is the base path of the site, such as `/news`.
    `good` is the last build that published the site, 0 before the first.
    """

    def __init__(self, base_path: str) -> None:
        """Begin before the first build."""
        self.base_path = base_path
        self.good = 0
        self.state = "{}"
        self.is_closed = False
        self._first = 0
        self._styled = 0
        self._changed: dict[str, int] = {}
        self._posts = 0
        self._turned = asyncio.Event()

    def post(self, outcome: Outcome) -> None:
        """Take the outcome of a build, and wake those who follow."""
        state = {name: msgspec.to_builtins(getattr(outcome, name)) for name in _STATE}
        self.state = json.dumps({**state, "is_published": outcome.report is not None})  # names need not be UTF-8
        if outcome.report:
            self.good = max(self.good + 1, int(outcome.at.timestamp() * 1_000_000))
            self.base_path = outcome.report.base_path
            self._first = self._first or self.good
            changed = [path for path, (fate, _) in outcome.report.reasons.items() if fate != "kept"]
            self._changed.update(dict.fromkeys(changed, self.good))
            if any(path.startswith("assets/") for path in changed):
                self._styled = self.good
        self._turn()

    def close(self) -> None:
        """End all streams."""
        self.is_closed = True
        self._turn()

    def is_stale(self, paths: Sequence[str], build: int) -> bool:
        """Whether any of these outputs, or a file of the theme, changed after a build."""
        return build < max(self._first, self._styled) or any(build < self._changed.get(path, 0) for path in paths)

    async def follow(self) -> AsyncIterator[None]:
        """Yield at once, and after each build, until the board is closed."""
        seen = -1
        while not self.is_closed:
            if seen == self._posts:
                await self._turned.wait()
            else:
                seen = self._posts
                yield

    def _turn(self) -> None:
        self._posts += 1
        self._turned.set()
        self._turned = asyncio.Event()


def name_output(address: str, base_path: str) -> str:
    """The output at an address: `/news/topics/` → `topics/index.html`."""
    return served_path(unquote(address.removeprefix(base_path)).removeprefix("/"))
