"""Staged files → the place of the site; the links of the visible site resolve at every moment.

Everything stale is first rendered into a staging folder.
Then a journal is written, and the files move into place, phase by phase.
If a build is interrupted, the next one finishes it from the journal.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import groupby
from pathlib import Path

import msgspec

from generator.digest import digest_bytes
from generator.errors import PublishError, os_errors_at
from generator.names import Digest, OutputPath, is_output_path, output_path
from generator.publish.decide import Decision, RenderTask, SharedDigests, Work
from generator.publish.durable import sync_folder
from generator.publish.manifest import (
    FORMER_NAME,
    MANIFEST_NAME,
    Manifest,
    ManifestEntry,
    encode_kept,
    read_whole,
    write_draft,
    write_kept,
)
from generator.publish.place import NEW, FileMove, Place, Staging, folders_above
from generator.publish.recovery import LastManifest, copy_of

JOURNAL_NAME = "journal"


class StagedFile(msgspec.Struct, frozen=True):
    """A rendered file of the output with the path `output`, which is its own path if the output is one file.

    `source` is its path in the staging folder; empty if the same bytes are already in place.
    """

    output: OutputPath
    path: OutputPath
    digest: Digest
    size: int
    changed_ns: int
    source: str


class Journal(msgspec.Struct, frozen=True):
    """The steps of a move into place, in order; with the draft of the manifest, enough to finish it."""

    clear: tuple[OutputPath, ...]
    moves: tuple[FileMove, ...]
    removes: tuple[OutputPath, ...]

    @property
    def is_sound(self) -> bool:
        """Whether all of its paths stay in the output folder."""
        moved = (path for move in self.moves for path in (move.source, move.goal))
        return all(map(is_output_path, (*self.clear, *moved, *self.removes)))


class Receipt(msgspec.Struct, frozen=True):
    """The numbers of files that a build wrote and removed, and sentences about what was lost (`LastManifest`)."""

    written: int
    removed: int
    healed: tuple[str, ...] = ()


def clear_staging(staging: Staging) -> None:
    """Remove staged files that were not published."""
    if os.path.lexists(staging.folder):
        import shutil

        shutil.rmtree(staging.folder, ignore_errors=True)


def make_staging(staging: Staging) -> None:
    """Make the staging folder, empty.

    Raises:
        PublishError: it cannot be made or written.
    """
    clear_staging(staging)
    with os_errors_at(staging.folder):
        staging.folder.mkdir(parents=True)


def stage(staging: Staging, task: RenderTask, made: bytes | Mapping[str, bytes]) -> list[StagedFile]:
    """Write a rendered output into the staging folder: one file, or the files of a bundle by their paths below it.

    Files with unchanged bytes are not written.
    """
    if isinstance(made, bytes):
        return [_stage_file(staging, task, task.path, made)]
    assert made, "a bundle without files would be rendered in each build"
    return [
        _stage_file(staging, task, output_path(*task.path.split("/"), *name.split("/")), data)
        for name, data in sorted(made.items())
    ]


def _stage_file(staging: Staging, task: RenderTask, path: OutputPath, data: bytes) -> StagedFile:
    digest = digest_bytes(data)
    if digest == task.written.get(path):
        return StagedFile(task.path, path, digest, len(data), 0, "")
    is_in_new_folder = staging.output is not None and not os.path.isdir(os.path.dirname(f"{staging.output}/{path}"))
    source = NEW + path if is_in_new_folder else digest_bytes(path.encode())
    file = f"{staging.folder}/{source}"
    with os_errors_at(file):
        if is_in_new_folder:
            os.makedirs(os.path.dirname(file), exist_ok=True)
        changed_ns = _write(file, data)
    return StagedFile(task.path, path, digest, len(data), changed_ns, source)


def _write(file: str, data: bytes) -> int:
    with open(file, "wb") as stream:
        stream.write(data)
        stream.flush()
        return os.fstat(stream.fileno()).st_mtime_ns


def publish(
    work: Work, shared: SharedDigests, staged: Sequence[StagedFile], last: LastManifest, place: Place, *, now: datetime
) -> Receipt:
    """Move staged files into place, and remove files of the last manifest that are no longer planned.

    Assets go first, then new pages, changed pages, listings and feeds; deletions last.

    Args:
        work: The decisions, which were made from the last manifest.
        shared: The digests of what outputs share.
        staged: The files of each output in `work.render`, in any order.
        last: The manifest of the last build.
        place: The place of the site.
        now: Aware UTC time of the build.

    Raises:
        PublishError: a file is in the way, or the system or the store refuses.
    """
    before = last.manifest
    manifest = _next_manifest(work, shared, staged, before, now, place.seen_from_site)
    sources = {one.path: one.source for one in staged if one.source}
    phases = {one.path: one.phase for one in work.render if one.phase is not None}
    moved = sorted((phases[one.output], one.path) for one in staged if one.source)
    clear = _in_the_way(work.remove, sources)
    place.refuse_strangers(sources, clear, before.entries.keys() | last.ours)
    is_changed = bool(moved or work.remove)
    with place.succeed(is_changed=is_changed) as goal:
        if is_changed or manifest != before or not last.is_certain or goal is not place:
            journal = Journal(clear, tuple(goal.order(moved, sources)), work.remove)
            _carry_out(journal, goal, msgspec.structs.replace(manifest, built_s=int(now.timestamp())))
    clear_staging(place.staging)
    return Receipt(len(moved), len(work.remove), (*last.report(manifest), *place.tidy()))


@contextmanager
def hold_staging(place: Place) -> Iterator[None]:
    """Finish an interrupted build; in the end, remove staged files that are in no journal.

    Raises:
        PublishError: the system or the store refuses.
    """
    _finish_publishing(place)
    clear_staging(place.staging)
    try:
        yield
    except BaseException:
        if not (place.state / JOURNAL_NAME).exists():
            clear_staging(place.staging)
        raise


def _finish_publishing(place: Place) -> None:
    """Finish the move of an interrupted build, if there was one; a damaged journal stays (see `is_cut_off`)."""
    journal = read_whole(place.state / JOURNAL_NAME, Journal)
    if journal is not None and journal.is_sound:
        _carry_out(journal, place)


def is_cut_off(place: Place) -> bool:
    """Whether there is a journal that could not be finished, because it is damaged."""
    return (place.state / JOURNAL_NAME).exists()


def _next_manifest(
    work: Work, shared: SharedDigests, staged: Iterable[StagedFile], before: Manifest, now: datetime, place: str
) -> Manifest:
    entries: dict[OutputPath, ManifestEntry] = {}
    bundles = before.find_bundles()
    for kept in work.keep:
        for path, old in (bundles.get(kept.path) or {kept.path: before.entries[kept.path]}).items():
            is_same = old.key == kept.key and old.asked == kept.asked and old.metadata == kept.metadata
            entries[path] = old if is_same else _renew(old, kept)
    rendered_s = int(now.timestamp())
    decisions = {stale.path: stale for stale in work.render}
    for one in staged:
        stale = decisions[one.output]
        changed_ns = one.changed_ns if one.source else before.entries[one.path].changed_ns
        bundle = one.output if one.output != one.path else OutputPath("")
        of_output = (stale.key, stale.view, stale.metadata)
        entries[one.path] = ManifestEntry(
            *of_output, one.digest, one.size, changed_ns, stale.reason, rendered_s, bundle, stale.asked
        )
    identities = msgspec.structs.replace(shared.identities, former={})
    digests = (shared.program, shared.chrome, shared.looks)
    return Manifest(*digests, entries, identities, place, shared.counts, before.built_s, dict(shared.standing))


def _renew(entry: ManifestEntry, kept: Decision) -> ManifestEntry:
    return msgspec.structs.replace(entry, key=kept.key, metadata=kept.metadata, asked=kept.asked)


def _carry_out(journal: Journal, place: Place, manifest: Manifest | None = None) -> None:
    """Carry out a journal: with a manifest that of this build, else the rest of an interrupted one."""
    state, is_resumed = place.state, manifest is None
    draft = state / f"{MANIFEST_NAME}.new"
    try:
        if manifest is not None:
            if journal.moves:
                place.sync()
            write_draft(state / MANIFEST_NAME, encode_kept(manifest))
            write_kept(state / JOURNAL_NAME, journal)
            sync_folder(state)
        else:
            manifest = read_whole(draft, Manifest)
        place.remove(journal.clear)
        for _, moves in groupby(journal.moves, key=lambda move: move.phase):
            place.put(tuple(moves), is_resumed=is_resumed)
        place.remove(journal.removes)
        if manifest is not None:
            if (marked := place.mark(manifest, journal.moves)) is not manifest:
                write_kept(draft, marked)
            place.write_copy(copy_of(manifest))
        place.sync()
        _turn_manifest(state)
        (state / JOURNAL_NAME).unlink(missing_ok=True)
    except OSError as fault:
        raise PublishError(str(fault.filename2 or fault.filename or state), fault.strerror or str(fault)) from fault


def _turn_manifest(state: Path) -> None:
    """Put the draft of the manifest in place, and keep the one before it."""
    draft, manifest = state / f"{MANIFEST_NAME}.new", state / MANIFEST_NAME
    if draft.exists():  # else it is in place already
        with suppress(FileNotFoundError):
            manifest.replace(state / FORMER_NAME)
        draft.replace(manifest)
        sync_folder(state)


def _in_the_way(removes: Sequence[OutputPath], moves: Collection[OutputPath]) -> tuple[OutputPath, ...]:
    """Old files where a new file needs a folder, and the reverse."""
    if not removes:
        return ()
    folders = {folder for path in moves for folder in folders_above(path)}
    return tuple(path for path in removes if path in folders or any(folder in moves for folder in folders_above(path)))
