"""Decides which outputs are stale, and why, from the plan, the theme, the manifest and the files on disk."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Self

import msgspec

from generator.digest import digest_bytes, digest_of, program_digest
from generator.names import Digest, OutputPath
from generator.outputs import Draft, Identities, OutputMetadata, Phase, Plan
from generator.publish.manifest import Manifest, ManifestEntry, RecordCounts
from generator.theme import Theme

_encoder = msgspec.msgpack.Encoder(order="deterministic")


class Reason(StrEnum):
    """Why an output is rendered, kept or removed."""

    NEW = "it is new"
    VIEW = "what it shows changed"
    LOOK = "its template, or an asset or option of the theme changed"
    CHROME = "the site's name, navigation or footer changed"
    PROGRAM = "newsprint changed"
    MISSING = "its file was missing from the output folder"
    ALTERED = "its file was changed by someone else"
    FORCED = "--force"
    LOST = "the record of the last build was lost or damaged"
    SAME = "nothing it is made from changed"
    UNPLANNED = "it is no longer part of the site"


class RenderTask(msgspec.Struct, frozen=True):
    """An output to render; `view` is encoded, and its digest is that of the output.

    `written` are the digests of its files that are in place unchanged, by path.
    """

    path: OutputPath
    view: bytes
    owner: str
    written: dict[OutputPath, Digest]


class Decision(msgspec.Struct, frozen=True, gc=False):
    """What happens to an output: `reason` is SAME if it is kept; the other fields go into its entry."""

    path: OutputPath
    reason: Reason
    phase: Phase | None
    key: Digest | None
    view: Digest
    metadata: OutputMetadata
    asked: str = ""


class SharedDigests(msgspec.Struct, frozen=True):
    """The digests of what outputs share beside their views, and the counts of records; see `Manifest`."""

    program: Digest
    chrome: Digest
    looks: dict[str, Digest]
    identities: Identities = Identities()
    counts: RecordCounts = RecordCounts()
    standing: Mapping[str, Digest] = {}


def share(plan: Plan, theme: Theme, counts: RecordCounts = RecordCounts()) -> SharedDigests:  # noqa: B008 - frozen
    """Digest what the outputs of a plan share."""
    return SharedDigests(
        program_digest(),
        digest_of(plan.chrome),
        {template: theme.closure_digest(template) for template in sorted(plan.templates)},
        plan.identities,
        counts,
        plan.standing,
    )


def decide(
    plan: Plan,
    shared: SharedDigests,
    manifest: Manifest,
    on_disk: Mapping[OutputPath, tuple[int, int]],
    *,
    force: bool = False,
) -> Iterator[tuple[Decision, RenderTask | None]]:
    """Decide on one output after the other; a view is made only if necessary, and not kept.

    Args:
        plan: All outputs.
        shared: The digests of what they share.
        manifest: The outputs of the last build.
        on_disk: Size in bytes and modification time in ns of those that exist.
        force: Render everything.

    Yields:
        The decision on each output, with its task if it is stale: the drafts of the plan in its order,
        then those that are made from their metadata.
    """
    judge = _Judge(shared, manifest, on_disk, force=force)
    metadata: dict[OutputPath, OutputMetadata] = {}
    for draft in plan.drafts:
        decision, stale = judge.judge(draft)
        metadata[draft.path] = decision.metadata
        yield decision, stale
    yield from map(judge.judge, plan.complete(metadata))


class _Judge:
    def __init__(
        self, shared: SharedDigests, manifest: Manifest, on_disk: Mapping[OutputPath, tuple[int, int]], *, force: bool
    ) -> None:
        self._manifest = manifest
        self._bundles = manifest.find_bundles()
        self._on_disk = on_disk
        self._force = force
        self._is_other_program = manifest.program != shared.program
        self._is_other_chrome = manifest.chrome != shared.chrome
        self._other_standing = _find_changed(manifest.standing, shared.standing)
        self._other_looks = {name for name, look in shared.looks.items() if manifest.looks.get(name) != look}

    def judge(self, draft: Draft) -> tuple[Decision, RenderTask | None]:
        files = self._files_of(draft)
        entry = next(iter(files.values()), None)
        if entry is not None and self._is_known(draft, entry):
            reason = self._find_reason(draft, files, entry.view)
            if reason is Reason.SAME:
                return Decision(draft.path, reason, None, draft.key, entry.view, entry.metadata, entry.asked), None
        view, asked = draft.make_noting()
        encoded = _encoder.encode(view)
        digest = digest_bytes(encoded)
        reason = self._find_reason(draft, files, digest)
        phase = draft.kind.phases[entry is not None]
        decision = Decision(draft.path, reason, phase, draft.key, digest, draft.read_metadata(view), asked)
        if reason is Reason.SAME:
            return decision, None
        written = {path: one.digest for path, one in files.items() if self._is_intact(path, one)}
        return decision, RenderTask(draft.path, encoded, draft.owner, written)

    def _is_known(self, draft: Draft, entry: ManifestEntry) -> bool:
        """Whether the draft would make the view of the last build."""
        if draft.key is None or entry.key != draft.key or self._is_other_program:
            return False
        return not self._other_standing or self._other_standing.isdisjoint(entry.asked.split(" "))

    def _files_of(self, draft: Draft) -> dict[OutputPath, ManifestEntry]:
        """The files of an output that the last build wrote."""
        if draft.kind.is_bundle:
            return self._bundles.get(draft.path, {})
        entry = self._manifest.entries.get(draft.path)
        return {} if entry is None or entry.bundle else {draft.path: entry}

    def _is_intact(self, path: OutputPath, entry: ManifestEntry) -> bool:
        return self._on_disk.get(path) == (entry.size, entry.changed_ns)

    def _find_reason(self, draft: Draft, files: Mapping[OutputPath, ManifestEntry], view: Digest) -> Reason:
        if not files:
            return Reason.NEW
        if self._is_other_program and self._manifest.program:
            return Reason.PROGRAM
        for entry in files.values():
            if entry.view != view:
                return Reason.VIEW if entry.view else Reason.LOST
        if (self._other_looks or self._is_other_chrome) and draft.kind.template is not None:
            if draft.kind.template in self._other_looks:
                return Reason.LOOK
            if self._is_other_chrome:
                return Reason.CHROME
        if not self._on_disk.keys() >= files.keys():
            return Reason.MISSING
        if not all(map(self._is_intact, files, files.values())):
            return Reason.ALTERED
        return Reason.FORCED if self._force else Reason.SAME


def _find_changed(before: Mapping[str, Digest], after: Mapping[str, Digest]) -> set[str]:
    """The names that came, went, or stand for something else."""
    return {name for name, _ in before.items() ^ after.items()}


class Work(msgspec.Struct, frozen=True):
    """What a build does: stale outputs, kept outputs, and paths to remove; each sorted by path."""

    render: tuple[Decision, ...]
    keep: tuple[Decision, ...]
    remove: tuple[OutputPath, ...]

    @classmethod
    def nothing(cls, manifest: Manifest) -> Self:
        """Keep all outputs of a manifest."""
        outputs = {entry.bundle or path: entry for path, entry in manifest.entries.items()}
        kept = (
            Decision(path, Reason.SAME, None, one.key, one.view, one.metadata, one.asked)
            for path, one in outputs.items()
        )
        return cls((), tuple(kept), ())


def sum_up(decisions: Iterable[Decision], made: Collection[OutputPath], manifest: Manifest) -> Work:
    """Sort the decisions on all outputs, and find the files of the manifest that are no longer planned.

    `made` are the files of all rendered outputs.
    """
    ordered = sorted(decisions, key=lambda decision: decision.path)
    render = tuple(decision for decision in ordered if decision.reason is not Reason.SAME)
    keep = tuple(decision for decision in ordered if decision.reason is Reason.SAME)
    kept, files = {decision.path for decision in keep}, set(made)
    entries = manifest.entries.items()
    gone = (path for path, entry in entries if path not in files and (entry.bundle or path) not in kept)
    return Work(render, keep, tuple(sorted(gone)))
