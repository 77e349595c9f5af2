"""The stamp of the last build; a build with the same sources ends early."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from generator.errors import LocatedProblem
from generator.names import Digest
from generator.publish.manifest import read_kept, stat_manifest, write_kept

STAMP_NAME = "standing"


class BuildStamp(msgspec.Struct, frozen=True, kw_only=True):
    """What the last build read and found.

    `sources` is the digest of everything that it read, and of its request.
    `built` is its time; at `until` time alone changes the site, never if it is None.
    `read`, `withheld`, `problems` and `left_out` are what it reported.
    """

    sources: Digest
    built: datetime
    until: datetime | None
    read: int
    withheld: dict[str, int]
    problems: tuple[LocatedProblem, ...]
    left_out: tuple[str, ...]

    def holds(self, sources: Digest, now: datetime) -> bool:
        """Whether a build of these sources at that time would find nothing to do."""
        return self.sources == sources and self.built <= now and (self.until is None or now < self.until)


class _StampFile(msgspec.Struct, frozen=True):
    manifest: tuple[int, int, int]
    stamp: BuildStamp


def read_stamp(state: Path) -> BuildStamp | None:
    """The stamp of the build that wrote the manifest; None if there is none."""
    kept = read_kept(state / STAMP_NAME, _StampFile)
    return kept.stamp if kept and kept.manifest == stat_manifest(state) else None


def keep_stamp(state: Path, stamp: BuildStamp | None) -> None:
    """Keep a stamp beside the manifest, or remove it.

    Raises:
        OSError: the system refuses.
    """
    manifest = stat_manifest(state)
    if stamp is not None and manifest is not None:
        with suppress(UnicodeEncodeError):  # a problem names a file whose name is not UTF-8
            write_kept(state / STAMP_NAME, _StampFile(manifest, stamp))
            return
    (state / STAMP_NAME).unlink(missing_ok=True)
