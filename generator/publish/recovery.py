"""The last manifest, or what can be known without it: what is provably ours is rendered again or removed.

Proofs are the manifest of the build before, the draft of an interrupted build, and the copy in the output folder.
Nothing else is removed or overwritten.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

import msgspec

from generator.digest import digest_bytes
from generator.errors import os_errors_at
from generator.names import Digest, OutputPath, is_output_path
from generator.outputs import OutputMetadata
from generator.publish.manifest import (
    FORMER_NAME,
    MANIFEST_NAME,
    Manifest,
    ManifestEntry,
    RecordCounts,
    decode_kept,
    encode_kept,
    read_kept,
    read_whole,
    stat_manifest,
)
from generator.publish.place import Place


class WrittenCopy(msgspec.Struct, frozen=True, array_like=True):
    """What builds wrote into a place, as the place itself has it: size and digest of each output by path.

    `counts` and `built_s` are those of the manifest.
    """

    files: dict[OutputPath, tuple[int, Digest]]
    counts: RecordCounts = RecordCounts()
    built_s: int = 0


class LastManifest(NamedTuple):
    """The manifest of the last build, or what could be recovered of it.

    `ours` are further paths that builds wrote. `strangers` are files in the place that no build is known to have
    written; they are looked for only if the manifest is lost. `healed` are sentences about that.
    """

    manifest: Manifest
    ours: frozenset[OutputPath] = frozenset()
    strangers: tuple[str, ...] = ()
    healed: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether nothing is lost: then a build may end early."""
        return not self.healed and not self.strangers

    def report(self, written: Manifest) -> tuple[str, ...]:
        """What to report after a build that wrote another manifest."""
        left = [path for path in self.strangers if path not in written.entries]
        if not left:
            return self.healed
        files = f"{len(left):,} files" if len(left) > 1 else "a file"
        place = written.place or "the output folder"
        return (*self.healed, f"{place} has {files} that this build did not write, such as '{left[0]}'")


def copy_of(manifest: Manifest) -> bytes:
    """The copy of a manifest that its place gets: nothing but what everyone can see there."""
    files = {path: (entry.size, entry.digest) for path, entry in sorted(manifest.entries.items())}
    return encode_kept(WrittenCopy(files, manifest.counts, manifest.built_s))


def recall_manifest(place: Place, *, is_cut_off: bool) -> LastManifest:
    """The last manifest; `is_cut_off` is whether a build was interrupted and cannot be finished.

    Raises:
        PublishError: it cannot be read.
    """
    file = place.state / MANIFEST_NAME
    with os_errors_at(file):
        manifest = read_whole(file, Manifest)
    if manifest is not None and not is_cut_off:
        return LastManifest(manifest)
    proofs = list(_find_proofs(place, manifest))
    if not proofs and stat_manifest(place.state) is None:
        return LastManifest(Manifest(), strangers=tuple(place.find_all()))
    named = frozenset(path for proof in proofs for path in proof.entries)
    entries: dict[OutputPath, ManifestEntry] = {}
    for proof in proofs:
        entries |= _confirm(proof, place)
    strangers = tuple(path for path in place.find_all() if path not in entries)
    known = next((proof for proof in proofs if proof.identities.items), Manifest())
    counts = next((proof.counts for proof in proofs if proof.counts.records), RecordCounts())
    recovered = Manifest(entries=entries, identities=known.identities, counts=counts)
    what = "an interrupted build cannot be finished" if manifest else "the record of the last build is lost or damaged"
    return LastManifest(recovered, named, strangers, (f"{what}, so everything was rendered again",))


def find_altered(place: Place, manifest: Manifest, on_disk: Iterable[OutputPath]) -> Iterator[OutputPath]:
    """The outputs with other bytes than were written, found by reading all of them; from a store, that loads them."""
    for path in on_disk:
        data = place.read(path)
        if data is None or digest_bytes(data) != manifest.entries[path].digest:
            yield path


def _find_proofs(place: Place, manifest: Manifest | None) -> Iterator[Manifest]:
    """What proves which outputs are ours, the latest last but one draft."""
    if manifest is not None:
        yield manifest
    if (copy := read_copy_in(place)) is not None:
        entries = {
            path: ManifestEntry(None, Digest(""), OutputMetadata(), digest, size, 0)
            for path, (size, digest) in copy.files.items()
        }
        yield Manifest(entries=entries, counts=copy.counts)
    for name in (FORMER_NAME, f"{MANIFEST_NAME}.new"):
        if (kept := read_kept(place.state / name, Manifest)) is not None:
            yield kept


def read_copy_in(place: Place) -> WrittenCopy | None:
    """The copy of the manifest that a place has; None if it is missing or damaged."""
    with suppress(msgspec.MsgspecError, UnicodeDecodeError):
        if (data := place.read_copy()) is not None:
            return decode_kept(data, WrittenCopy)
    return None


def _confirm(proof: Manifest, place: Place) -> Iterator[tuple[OutputPath, ManifestEntry]]:
    """The entries of what is in place as it was written; they have no view, so all of them are rendered again."""
    there = place.stat([path for path in proof.entries if is_output_path(path)])
    for path, (size, changed_ns) in there.items():
        entry = proof.entries[path]
        if size == entry.size and (digest := place.confirm(path, entry.digest)) is not None:
            lost = {"key": None, "view": Digest(""), "digest": digest, "changed_ns": changed_ns}
            yield path, msgspec.structs.replace(entry, **lost)
