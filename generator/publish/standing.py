"""That the site which lies there is what its sources say: a build that finds nothing changed ends here."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from generator.errors import Problem
from generator.names import Digest
from generator.publish.ledger import UNREADABLE, stat_ledger, write_draft

_STANDING_NAME = "standing"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What the last build read and found.

    `sources` is the digest of all that it read, and of what it was asked for.
    `built` is its present; at `until` the passing of time alone changes the site, never where it is None.
    `read`, `withheld`, `problems` and `left_out` are what it reported.
    """

    sources: Digest
    built: datetime
    until: datetime | None
    read: int
    withheld: dict[str, int]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]

    def holds(self, sources: Digest, now: datetime) -> bool:
        """Whether a build of these sources at that time would find nothing to do."""
        return self.sources == sources and self.built <= now and (self.until is None or now < self.until)


class _Kept(msgspec.Struct, frozen=True):
    ledger: tuple[int, int, int]
    standing: Standing


def read_standing(state: Path) -> Standing | None:
    """The standing of the build that wrote the ledger; None where there is none."""
    with suppress(OSError, *UNREADABLE):
        kept = msgspec.msgpack.decode((state / _STANDING_NAME).read_bytes(), type=_Kept)
        if kept.ledger == stat_ledger(state):
            return kept.standing
    return None


def keep_standing(state: Path, standing: Standing | None) -> None:
    """Keep a standing beside the ledger, or none.

    Raises:
        OSError: the system refuses.
    """
    kept, ledger = None, stat_ledger(state)
    if standing is not None and ledger is not None:
        with suppress(UnicodeEncodeError):  # of a problem with a file whose name is not UTF-8
            kept = msgspec.msgpack.encode(_Kept(ledger, standing))
    if kept is None:
        (state / _STANDING_NAME).unlink(missing_ok=True)
    else:
        write_draft(state / _STANDING_NAME, kept).replace(state / _STANDING_NAME)
