"""Runs the preview: builds in one thread, the server in another."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event

import uvicorn
from starlette.applications import Starlette

from generator.build import Progress, show_nothing
from generator.names import OutputPath
from generator.publish import Waiting, wait_silently
from generator.serve.app import make_app
from generator.serve.board import Board
from generator.serve.hosts import may_be_called
from generator.serve.preview import Preview
from generator.watch import Outcome, keep_building


def serve(
    preview: Preview,
    listener: socket.socket,
    base_path: str,
    *,
    report: Callable[[Outcome], None],
    progress: Progress = show_nothing,
    waiting: Waiting = wait_silently,
) -> None:
    """Serve a preview until the process is interrupted or terminated.

    Args:
        preview: What to show.
        listener: A socket from `open_port`.
        base_path: The base path of the site, such as `/news`; empty while it is not known.
        report: Called with the outcome of each build, in the thread of the builds.
        progress: Called during a build, in that thread.
        waiting: Called while another command works on the site, in that thread.

    Raises:
        PublishError: the site's folders cannot be watched.
    """
    builds = partial(
        keep_building, preview.request, is_timeless=preview.now is not None, progress=progress, waiting=waiting
    )
    asyncio.run(_serve(preview, listener, Board(base_path), builds, report))


async def _serve(
    preview: Preview,
    listener: socket.socket,
    board: Board,
    keep_building: Callable[..., Iterator[Outcome]],
    report: Callable[[Outcome], None],
) -> None:
    loop, stop, may_ask = asyncio.get_running_loop(), Event(), partial(may_be_called, listener=listener)
    app = make_app(board, preview.folder, meanwhile=preview.meanwhile, may_be_called=may_ask)
    server = _Server(configure(app))

    def end() -> None:
        stop.set()
        board.close()
        server.should_exit = True

    def keep() -> None:
        for outcome in keep_building(stop, viewer=_Viewer(board, loop)):
            report(outcome)
            loop.call_soon_threadsafe(board.post, outcome)

    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, end)
    builds = asyncio.create_task(asyncio.to_thread(keep))
    builds.add_done_callback(lambda _: end())
    await server.serve(sockets=[listener])
    await builds


class _Viewer:
    """The pages that the board follows, for the thread of the builds."""

    def __init__(self, board: Board, loop: asyncio.AbstractEventLoop) -> None:
        self._board = board
        self._loop = loop

    def list_viewed(self) -> set[str]:
        return self._board.list_viewed()

    def show(self, path: OutputPath, page: bytes) -> None:
        self._loop.call_soon_threadsafe(self._board.show, path, page)


def configure(app: Starlette) -> uvicorn.Config:
    """The server of an app: it logs its errors, but not what it thinks of the requests of others."""
    return uvicorn.Config(
        app, lifespan="off", ws="none", log_config=None, log_level="error", access_log=False, server_header=False
    )


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to `_serve`, which also ends the builds."""
        yield
