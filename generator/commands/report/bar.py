"""The bar that shows how far long work is; only on a terminal."""

import sys
from typing import Any


class Bar:
    """One bar for one step after the other."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._step = ""

    def show(self, step: str, done: int, total: int) -> None:
        """Move the bar; a step that was not shown before begins a new one."""
        if not sys.stderr.isatty():
            return
        if self._step != step:
            self.end()
            self._begin(step, total)
        self._bar.update(0, completed=done)
        self._bar.refresh()

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
            self._step = ""

    def _begin(self, step: str, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress

        # Without its refreshing thread, so that no process is forked while a thread runs.
        self._bar = Progress(console=Console(stderr=True), auto_refresh=False, transient=True)
        self._bar.start()
        self._bar.add_task(step, total=total)
        self._step = step
