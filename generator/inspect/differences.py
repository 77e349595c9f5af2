"""What a build would change."""

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import msgspec

from generator.build import PlannedSite
from generator.build.render import render_planned
from generator.build.vanished import find_losses
from generator.errors import LocatedProblem
from generator.load.locate import locate_problems
from generator.media import is_text
from generator.names import OutputPath
from generator.publish import Reason, StagedFile, Staging, sum_up

Fate = Literal["new", "changed", "gone"]


class OutputDifference(msgspec.Struct, frozen=True):
    """An output that would come, change or go, and why.

    `patch` has the lines of a unified diff; it is empty if none was requested or the output is not text.
    """

    path: OutputPath
    fate: Fate
    reason: Reason
    patch: tuple[str, ...] = ()


def compare_outputs(known: PlannedSite, *, has_patches: bool) -> Iterator[OutputDifference]:
    """Render stale outputs into a temporary folder, and compare them with the published ones.

    Yields:
        The outputs whose bytes differ, sorted by path.

    Raises:
        RenderError: templates failed.
    """
    on_disk = known.place.stat(known.before.entries)
    with TemporaryDirectory(prefix="newsprint-") as folder:
        staging = Staging(Path(folder) / "staged", None)
        rendered = render_planned(known, staging, on_disk, lambda _: None)
        made = {one.path: one for one in rendered.staged}
        work = sum_up(rendered.decisions, made, known.before)
        reasons = {one.path: one.reason for one in work.render}
        fates: dict[OutputPath, Reason] = {one.path: reasons[one.output] for one in rendered.staged}
        fates |= dict.fromkeys((path for path in work.remove if path in on_disk), Reason.UNPLANNED)
        for path, reason in sorted(fates.items()):
            difference = _compare(known, staging, path, made.get(path), reason, has_patch=has_patches)
            if difference is not None:
                yield difference


def foresee_losses(known: PlannedSite) -> list[LocatedProblem]:
    """Located warnings of addresses that would disappear, and of feed items that would appear as new."""
    losses = find_losses(known)
    return locate_problems([*losses.renamed, *losses.vanished], known.root)


def _compare(
    known: PlannedSite, staging: Staging, path: OutputPath, made: StagedFile | None, reason: Reason, *, has_patch: bool
) -> OutputDifference | None:
    if made is not None and not made.source:
        return None
    before = known.place.read(path)
    after = (staging.folder / made.source).read_bytes() if made else None
    if before == after:
        return None
    fate: Fate = "new" if before is None else "gone" if after is None else "changed"
    return OutputDifference(path, fate, reason, tuple(_patch(path, before, after)) if has_patch else ())


def _patch(path: OutputPath, before: bytes | None, after: bytes | None) -> Iterator[str]:
    if not is_text(path):
        return iter(())
    old = f"a/{path}" if before is not None else "/dev/null"
    new = f"b/{path}" if after is not None else "/dev/null"
    return unified_diff(_lines_of(before), _lines_of(after), old, new, lineterm="")


def _lines_of(data: bytes | None) -> Sequence[str]:
    return (data or b"").decode(errors="replace").split("\n")
