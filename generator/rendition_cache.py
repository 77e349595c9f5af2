"""Renditions that earlier builds encoded: a folder in `.newsprint/` that can be deleted at any time.

The site, the preview, the check and the lengths in feeds ask here first, so each rendition is encoded once.
A file is named by its key, and sealed with it: one that is damaged is encoded again.
What no build asked for in 30 days is removed by the first build of a day that renders something.
"""

import os
import re
import time
from contextlib import suppress
from pathlib import Path

from generator.digest import seal, unseal
from generator.names import STATE_FOLDER, Digest
from generator.reading import read_regular

RENDITIONS_NAME = "renditions"
DAY_SECONDS = 86_400
KEPT_SECONDS = 30 * DAY_SECONDS

_MAX_BYTES = 1_000_000_000

_SWEPT = "swept"  # changed when the folder was swept last
_OURS = re.compile(r"[0-9a-f]{32}(\.\d+)?")


class RenditionCache:
    """The renditions of one site. Several processes may use it at once."""

    def __init__(self, root: Path) -> None:
        """Take the site's folder."""
        self._folder = root / STATE_FOLDER / RENDITIONS_NAME

    def get(self, key: Digest) -> bytes | None:
        """The bytes of a rendition, by the digest of all that they are made of; None if it is not there, or damaged."""
        file = self._folder / key
        try:
            kept = read_regular(file, max_bytes=_MAX_BYTES)
            if time.time() - file.stat().st_mtime > DAY_SECONDS:
                os.utime(file)
        except OSError:
            return None
        return unseal(kept, key)

    def put(self, key: Digest, data: bytes) -> None:
        """Keep a rendition, if there is room."""
        draft = self._folder / f"{key}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(seal(data, key))
            draft.replace(self._folder / key)
        except OSError:
            with suppress(OSError):
                draft.unlink()

    def sweep(self) -> None:
        """Remove what no build asked for of late, unless that was done today."""
        now = time.time()
        with suppress(OSError):
            swept = self._folder / _SWEPT
            if swept.exists() and now - swept.stat().st_mtime < DAY_SECONDS:
                return
            for entry in os.scandir(self._folder):
                with suppress(OSError):
                    if _OURS.fullmatch(entry.name) and now - entry.stat().st_mtime > KEPT_SECONDS:
                        Path(entry.path).unlink()
            swept.touch()
