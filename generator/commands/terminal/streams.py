"""Output streams that end the program if nobody reads them any more, as after `| head`."""

import os
import signal
import sys
from io import TextIOWrapper
from typing import TextIO

_STATUS = 128 + signal.SIGPIPE
"""The exit status that shells give to such a program."""


class _Stream(TextIOWrapper):
    """A stream that ends the program silently when nobody reads it any more."""

    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except BrokenPipeError:
            return self._end()

    def flush(self) -> None:
        try:
            super().flush()
        except BrokenPipeError:
            self._end()

    def _end(self) -> int:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())  # discard the rest, so that no further write fails
        os.close(nowhere)
        # Unlike an `OSError`, this is caught nowhere; locks and folders are still released.
        raise SystemExit(_STATUS)


def open_streams() -> None:
    """Replace standard output and error by such streams; unencodable characters are escaped."""
    sys.stdout = _open(sys.stdout)
    sys.stderr = _open(sys.stderr)


def close_streams() -> None:
    """Flush both streams while a broken pipe can still end the program."""
    sys.stdout.flush()
    sys.stderr.flush()


def _open(stream: TextIO) -> TextIO:
    if not isinstance(stream, TextIOWrapper):  # of a test, or closed
        return stream
    stream.flush()
    return _Stream(stream.buffer, stream.encoding, errors="backslashreplace", line_buffering=stream.line_buffering)
