"""What a WebSub hub was told: kept beside the manifest, so that it is told of changes only."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from generator.errors import PublishError
from generator.names import Digest
from generator.publish.manifest import read_kept, write_draft

PINGED_NAME = "pinged"


def read_pinged(state: Path) -> dict[str, Digest]:
    """The digests of the feeds that the hub was told of, by their URLs."""
    return read_kept(state / PINGED_NAME, dict[str, Digest]) or {}


def keep_pinged(state: Path, told: Mapping[str, Digest]) -> None:
    """Note what the hub was told.

    Raises:
        PublishError: it cannot be written.
    """
    try:
        write_draft(state / PINGED_NAME, msgspec.msgpack.encode(told)).replace(state / PINGED_NAME)
    except OSError as fault:
        raise PublishError(str(fault.filename or state), fault.strerror or str(fault)) from fault
