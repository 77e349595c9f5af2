"""Runs the command on a terminal of some width."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from contextlib import suppress


def run_on_terminal(*words: object, columns: int) -> str:
    """What the command prints on standard output where that is a terminal, lines ended by a line feed."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    command = [sys.executable, "-m", "generator", *map(str, words)]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environment) as process:
        os.close(theirs)
        said = b""
        with suppress(OSError):  # the other end is closed
            while data := os.read(ours, 65_536):
                said += data
    os.close(ours)
    assert process.returncode == 0
    return said.decode().replace("\r\n", "\n")
