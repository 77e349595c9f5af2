"""Runs the preview: builds in one thread, and a server in the other."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event

import uvicorn

from generator.build import Progress
from generator.publish import Waiting, wait_silently
from generator.serve.app import make_app
from generator.serve.board import Board
from generator.serve.hosts import may_be_called
from generator.serve.loop import Outcome, Preview, be_silent, keep_building


def serve(
    preview: Preview,
    listener: socket.socket,
    base_path: str,
    *,
    told: Callable[[Outcome], None],
    progress: Progress = be_silent,
    waiting: Waiting = wait_silently,
) -> None:
    """Serve a preview until the process is interrupted or told to end.

    Args:
        preview: What to show.
        listener: As `open_port` gives it.
        base_path: The path that the site lives under, such as `/news`; `` while it is not known.
        told: Called with what became of each build, in the thread of the builds.
        progress: Told how far a build is, in that thread.
        waiting: Told of whoever is at work on the site, while that lasts, in that thread.

    Raises:
        PublishError: the site's folders cannot be watched.
    """
    builds = partial(keep_building, preview, progress=progress, waiting=waiting)
    asyncio.run(_serve(preview, listener, base_path, builds, told))


async def _serve(
    preview: Preview,
    listener: socket.socket,
    base_path: str,
    keep_building: Callable[[Event], Iterator[Outcome]],
    told: Callable[[Outcome], None],
) -> None:
    loop, stop, board = asyncio.get_running_loop(), Event(), Board(base_path)
    config = uvicorn.Config(
        make_app(
            board,
            preview.folder,
            meanwhile=preview.meanwhile,
            may_be_called=partial(may_be_called, listener=listener),
        ),
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
    )
    server = _Server(config)

    def end() -> None:
        stop.set()
        board.close()
        server.should_exit = True

    def keep() -> None:
        for outcome in keep_building(stop):
            told(outcome)
            loop.call_soon_threadsafe(board.post, outcome)

    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, end)
    builds = asyncio.create_task(asyncio.to_thread(keep))
    builds.add_done_callback(lambda _: end())
    await server.serve(sockets=[listener])
    await builds


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to whoever runs the builds, which have to end, too."""
        yield
