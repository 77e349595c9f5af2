"""Web servers of tests: on this host, each in a thread of its own."""

import http.server
import threading
from collections.abc import Callable
from typing import Any

SECONDS_TO_END = 0.01
"""How long a server may take to see that it is to end; by default, half a second is added to each test."""


class Server(http.server.ThreadingHTTPServer):
    """Serves from when it is made until its block ends. `url` has no slash at its end."""

    def __init__(self, handler: Callable[..., http.server.BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, args=(SECONDS_TO_END,), daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: whoever asked did not wait for the answer, and the words would be in another test's output."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the files of a folder."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's
        """Print nothing."""
