"""The state of the last builds, for the pages that follow it."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import unquote

import msgspec

from generator.build import Report
from generator.names import served_path
from generator.publish import Reason
from generator.watch import Outcome

_STATE = ("problems", "failure")


class Board:
    """Knows the build in which each page last changed; used in the thread of the server only.

    Builds have numbers that grow, even from one run of the program to the next.
    `base_path` is the base path of the site, such as `/news`.
    `good` is the last build that published the site, 0 before the first.
    A page that a build shows early is in `early` until the build ends, with the number that it has until then.
    """

    def __init__(self, base_path: str) -> None:
        """Begin before the first build."""
        self.base_path = base_path
        self.good = 0
        self.state = "{}"
        self.is_closed = False
        self.early: dict[str, tuple[int, bytes]] = {}
        self._viewed: Counter[str] = Counter()
        self._first = 0
        self._styled = 0
        self._changed: dict[str, int] = {}
        self._posts = 0
        self._turned = asyncio.Event()

    @contextmanager
    def viewing(self, address: str) -> Iterator[None]:
        """Note that somebody looks at the page with this address."""
        self._viewed[address] += 1
        try:
            yield
        finally:
            self._viewed[address] -= 1

    def list_viewed(self) -> set[str]:
        """The outputs that somebody looks at; any thread may ask."""
        return {name_output(address, self.base_path) for address, count in self._viewed.copy().items() if count}

    def show(self, path: str, page: bytes) -> None:
        """Show a page of a build that is not done yet, and wake those who follow."""
        number = max(self.good + 1, int(datetime.now(UTC).timestamp() * 1_000_000))
        self.early[path] = number, page
        self._changed[path] = number
        self._turn()

    def post(self, outcome: Outcome) -> None:
        """Take the outcome of a build, and wake those who follow."""
        state = {name: msgspec.to_builtins(getattr(outcome, name)) for name in _STATE}
        self.state = json.dumps({**state, "is_published": outcome.report is not None})  # names need not be UTF-8
        early, self.early = self.early, {}
        if outcome.report:
            least = max((self.good, *(number for number, _ in early.values()))) + 1
            self.good = max(least, int(outcome.at.timestamp() * 1_000_000))
            self.base_path = outcome.report.base_path
            self._first = self._first or self.good
            self._note_changes(outcome.report, early)
        else:
            self._changed.update(dict.fromkeys(early, self.good))
        self._turn()

    def _note_changes(self, report: Report, early: Collection[str]) -> None:
        """Note which outputs changed; a page that was shown early is the same, unless it waits for another file."""
        changed = {path: why for path, (fate, why) in report.reasons.items() if fate != "kept"}
        if any(why is Reason.NEW and not path.endswith(".html") for path, why in changed.items()):
            early = ()
        self._changed.update(dict.fromkeys(changed.keys() - set(early), self.good))
        if any(path.startswith("assets/") for path in changed):
            self._styled = self.good

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
