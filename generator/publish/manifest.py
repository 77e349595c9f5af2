"""What the last build wrote, and from what: in `.newsprint/`, one manifest per output folder."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.digest import digest_bytes, seal, unseal
from generator.errors import os_errors_at
from generator.names import STATE_FOLDER, Digest, OutputPath
from generator.outputs import Identities, OutputMetadata
from generator.reading import read_regular

PREVIEW_FOLDER = f"{STATE_FOLDER}/preview"
"""The output folder of previews; it is never deployed, because it has drafts."""

CHECK_FOLDER = f"{STATE_FOLDER}/check"
"""The output folder of checks."""

MAX_BYTES = 2_000_000_000
"""Of what builds keep or write: the manifest of a million outputs has a tenth of it."""

MANIFEST_NAME = "ledger"
FORMER_NAME = "ledger.old"
"""The manifest of the build before the last one."""


class RecordCounts(msgspec.Struct, frozen=True):
    """The numbers of records that a build published, and of articles among them."""

    records: int = 0
    articles: int = 0


class ManifestEntry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An output as it was written.

    `key` and `view` are the digests of what its view was made from, and of the view; `metadata` is the view's.
    `asked` are the names of what else its maker asked for, separated by spaces.
    `digest` is that of its bytes; `changed_ns` is its modification time in ns, or the version in a store.
    `reason` is why it was last rendered, `rendered_s` the time of that build in seconds since 1970 (UTC).
    `bundle` is the path of the output that it is a file of; empty if it is the whole output.
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
    asked: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """Every output of the last build by path, and the digests of what they share.

    `looks` are the digests of the templates' closures by template.
    `identities` are those of the items of its feeds; empty if an earlier program wrote it.
    `place` is the output folder relative to the site's folder, or the URL of a store without its password.
    `counts` are those of its records, and `built_s` is the time of the build in seconds since 1970 (UTC).
    `standing` are the digests of what makers of views could ask for, by name.
    """

    program: Digest = Digest("")
    chrome: Digest = Digest("")
    looks: dict[str, Digest] = {}
    entries: dict[OutputPath, ManifestEntry] = {}
    identities: Identities = Identities()
    place: str = ""
    counts: RecordCounts = RecordCounts()
    built_s: int = 0
    standing: dict[str, Digest] = {}

    def find_bundles(self) -> dict[OutputPath, dict[OutputPath, ManifestEntry]]:
        """The files of each output that has several, by the output's path."""
        bundles: dict[OutputPath, dict[OutputPath, ManifestEntry]] = {}
        for path, entry in self.entries.items():
            if entry.bundle:
                bundles.setdefault(entry.bundle, {})[path] = entry
        return bundles

    def is_intact(self, on_disk: Mapping[OutputPath, tuple[int, int]]) -> bool:
        """Whether every output is in place as it was written."""
        return all(on_disk.get(path) == (entry.size, entry.changed_ns) for path, entry in self.entries.items())


def state_folder(root: Path, output: Path) -> Path:
    """The folder for the manifest and the journal of an output folder; both may move together."""
    return root / STATE_FOLDER / "outputs" / digest_bytes(os.fsencode(os.path.relpath(output, root)))[:12]


def site_of(state: Path) -> Path:
    """The site's folder that a `state_folder` lies in."""
    return state.parents[2]


def read_manifest(state: Path) -> Manifest:
    """The manifest of the last build; an empty one if there is none, or it is damaged.

    Raises:
        PublishError: it cannot be read.
    """
    with os_errors_at(state / MANIFEST_NAME):
        return read_whole(state / MANIFEST_NAME, Manifest) or Manifest()


Kept = TypeVar("Kept")


def read_whole(file: Path, kind: type[Kept]) -> Kept | None:
    """What a build wrote into a file; None if it is missing or damaged.

    Raises:
        OSError: it cannot be read.
    """
    with suppress(FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError):
        return decode_kept(read_regular(file, max_bytes=MAX_BYTES), kind)
    return None


def decode_kept(sealed: bytes, kind: type[Kept]) -> Kept | None:
    """What `encode_kept` wrote; None if it is damaged.

    Raises:
        msgspec.MsgspecError, UnicodeDecodeError: another version of the program wrote it.
    """
    data = unseal(sealed)
    return None if data is None else msgspec.msgpack.decode(data, type=kind)


def encode_kept(value: object) -> bytes:
    """A value as it is kept in a file, with a digest of its bytes."""
    return seal(msgspec.msgpack.encode(value))


def read_kept(file: Path, kind: type[Kept]) -> Kept | None:
    """What a build kept in a file; None if it is missing, damaged or cannot be read."""
    with suppress(OSError):
        return read_whole(file, kind)
    return None


def write_kept(file: Path, value: object) -> None:
    """Keep a value in a file, which is replaced in one step.

    Raises:
        OSError: the system refuses.
    """
    write_draft(file, encode_kept(value)).replace(file)


def stat_manifest(state: Path) -> tuple[int, int, int] | None:
    """What identifies a manifest without reading it; None if there is none."""
    try:
        stat = (state / MANIFEST_NAME).stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def write_draft(file: Path, data: bytes) -> Path:
    """Write and sync the draft of a file; returns the draft's path."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(file.name + ".new")
    draft.unlink(missing_ok=True)  # whatever it is
    with draft.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    return draft


def stat_outputs(output: Path, paths: Iterable[OutputPath]) -> dict[OutputPath, tuple[int, int]]:
    """Size and modification time of each output that is there."""
    folder = f"{output}/"
    found: dict[OutputPath, tuple[int, int]] = {}
    for path in paths:
        try:
            stat = os.stat(folder + path, follow_symlinks=False)
        except OSError:
            continue
        found[path] = (stat.st_size, stat.st_mtime_ns)
    return found
