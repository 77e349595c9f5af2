"""What all commands print goes through here: it may be read by a program that ends before they do, such as `head`."""

import os
import signal
import sys
from io import TextIOWrapper
from typing import TextIO

_STATUS = 128 + signal.SIGPIPE
"""The exit status of a program that nobody reads any more, as shells give it."""


class _Stream(TextIOWrapper):
    """A stream that ends the program, without a word, when nobody reads it any more."""

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
        os.dup2(nowhere, self.fileno())  # what is still to be written is thrown away, and no further word is a fault
        os.close(nowhere)
        # It passes by all that takes an `OSError` for a fault of files, and lets go of locks and folders.
        raise SystemExit(_STATUS)


def open_streams() -> None:
    """Make standard output and error such streams; letters that they have not are written as numbers."""
    sys.stdout = _open(sys.stdout)
    sys.stderr = _open(sys.stderr)


def close_streams() -> None:
    """Write what is still to be written, while a stream that nobody reads can end the program."""
    sys.stdout.flush()
    sys.stderr.flush()


def _open(stream: TextIO) -> TextIO:
    if not isinstance(stream, TextIOWrapper):  # of a test, or closed
        return stream
    stream.flush()
    return _Stream(stream.buffer, stream.encoding, errors="backslashreplace", line_buffering=stream.line_buffering)
