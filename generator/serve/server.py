"""Runs the preview: builds in one thread, and a server on this machine alone in the other."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import uvicorn

from generator.config import read_config
from generator.errors import ConfigError
from generator.serve.app import make_app
from generator.serve.board import Board
from generator.serve.loop import Outcome, Preview, keep_building

HOST = "127.0.0.1"
FIRST_PORT = 8000
_PORTS_TRIED = 20


def open_port(port: int | None) -> socket.socket:
    """Listen on a port of this machine; without one on the first of twenty that is free, from 8000 on.

    Raises:
        OSError: it is taken, or all are.
    """
    if port is not None:
        return socket.create_server((HOST, port))
    for one in range(FIRST_PORT, FIRST_PORT + _PORTS_TRIED):
        try:
            return socket.create_server((HOST, one))
        except OSError as fault:
            taken = fault
    raise taken


def serve(preview: Preview, listener: socket.socket, *, told: Callable[[Outcome], None]) -> None:
    """Serve a preview until the process is interrupted or told to end.

    Args:
        preview: What to show.
        listener: As `open_port` gives it.
        told: Called with what became of each build, in the thread of the builds.

    Raises:
        PublishError: the site's folders cannot be watched.
    """
    asyncio.run(_serve(preview, listener, told))


async def _serve(preview: Preview, listener: socket.socket, told: Callable[[Outcome], None]) -> None:
    loop, stop, board = asyncio.get_running_loop(), Event(), Board(_read_base_path(preview))
    config = uvicorn.Config(
        make_app(board, preview.folder),
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
        for outcome in keep_building(preview, stop):
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


def _read_base_path(preview: Preview) -> str:
    """The path that the site lives under; `` where its `site.toml` is at fault, which the first build tells."""
    try:
        return read_config(preview.root).url.base_path
    except ConfigError:
        return ""
