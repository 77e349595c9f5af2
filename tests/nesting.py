"""Folders that nest deeper than paths can be long."""

import os
from pathlib import Path


def nest_folders(top: Path, name: str, depth: int) -> None:
    """Make a folder in a folder, and so on; each is made from the one above, because their path is too long."""
    here = os.open(top, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
