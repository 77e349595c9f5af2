"""What the last build wrote, and from what: kept in `.newsprint/`, one manifest per output folder."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.digest import digest_bytes
from generator.errors import PublishError
from generator.names import STATE_FOLDER, Digest, OutputPath
from generator.outputs import Identities, OutputMetadata

PREVIEW_FOLDER = f"{STATE_FOLDER}/preview"
"""Where a site is built to be looked at: never with what is deployed, for drafts are in it."""

CHECK_FOLDER = f"{STATE_FOLDER}/check"
"""Where a site is built to be checked."""

MANIFEST_NAME = "ledger"


UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError)
"""What a file that is damaged makes msgspec raise."""


class ManifestEntry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An output as it was written.

    `key` and `view` are digests of what its view was made from, and of the view; `metadata` are the view's.
    `digest` is that of its bytes; size in bytes, time of change in ns, or what a store has in its place.
    `reason` is why it was last rendered, and `rendered_s` the present of that build, in seconds since 1970 (UTC).
    `bundle` is the path of the output that it is a file of; empty if it is all of that.
    """

    key: Digest | None
    view: Digest
    metadata: OutputMetadata
    digest: Digest
    size: int
    changed_ns: int
    reason: str = ""
    rendered_s: int = 0
    bundle: OutputPath = OutputPath("")


class Manifest(msgspec.Struct, frozen=True):
    """Every output that the last build left, by path, and the digests of what they share.

    `looks` are the digests of the templates' closures by template.
    `identities` are those that its feeds could tell; empty where an earlier program wrote it.
    `place` is the output folder as seen from the site's, or the URL of a store without its password.
    """

    program: Digest = Digest("")
    chrome: Digest = Digest("")
    looks: dict[str, Digest] = {}
    entries: dict[OutputPath, ManifestEntry] = {}
    identities: Identities = Identities()
    place: str = ""

    def find_bundles(self) -> dict[OutputPath, dict[OutputPath, ManifestEntry]]:
        """The files of each output that has several, by the output's path."""
        bundles: dict[OutputPath, dict[OutputPath, ManifestEntry]] = {}
        for path, entry in self.entries.items():
            if entry.bundle:
                bundles.setdefault(entry.bundle, {})[path] = entry
        return bundles

    def is_intact(self, on_disk: Mapping[OutputPath, tuple[int, int]]) -> bool:
        """Whether every output lies there as it was written."""
        return all(on_disk.get(path) == (entry.size, entry.changed_ns) for path, entry in self.entries.items())


def state_folder(root: Path, output: Path) -> Path:
    """Where the manifest and the journal of one output folder lie; the same after both moved together."""
    return root / STATE_FOLDER / "outputs" / digest_bytes(os.fsencode(os.path.relpath(output, root)))[:12]


def site_of(state: Path) -> Path:
    """The site's folder that a `state_folder` lies in."""
    return state.parents[2]


def read_manifest(state: Path) -> Manifest:
    """The manifest of the last build; an empty one where there is none that can be read.

    Raises:
        PublishError: there is one, and the system refuses it.
    """
    try:
        return msgspec.msgpack.decode((state / MANIFEST_NAME).read_bytes(), type=Manifest)
    except (FileNotFoundError, *UNREADABLE):
        return Manifest()
    except OSError as fault:
        raise PublishError(str(state / MANIFEST_NAME), fault.strerror or str(fault)) from fault


Kept = TypeVar("Kept")


def read_kept(file: Path, kind: type[Kept]) -> Kept | None:
    """What a build kept in a file; None where there is nothing that can be read."""
    with suppress(OSError, *UNREADABLE):
        return msgspec.msgpack.decode(file.read_bytes(), type=kind)
    return None


def stat_manifest(state: Path) -> tuple[int, int, int] | None:
    """What tells a manifest from another, unread; None where there is none."""
    try:
        stat = (state / MANIFEST_NAME).stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def write_draft(file: Path, data: bytes) -> Path:
    """Write what shall replace a file, and see it on the disk; the draft's path."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(file.name + ".new")
    with draft.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    return draft


def stat_outputs(output: Path, paths: Iterable[OutputPath]) -> dict[OutputPath, tuple[int, int]]:
    """Size and time of change of each output that is there."""
    folder = f"{output}/"
    found: dict[OutputPath, tuple[int, int]] = {}
    for path in paths:
        try:
            stat = os.stat(folder + path, follow_symlinks=False)
        except OSError:
            continue
        found[path] = (stat.st_size, stat.st_mtime_ns)
    return found
