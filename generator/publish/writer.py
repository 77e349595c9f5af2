"""Staged files → the output folder, so that each link of the visible site resolves at every instant.

Everything stale is rendered into a staging folder first.
Only when all of it is there, a journal is written and the files move into place one by one;
a build that is cut off in between is finished by the next, from the journal.
"""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

from generator.digest import digest_bytes
from generator.errors import PublishError
from generator.names import Digest, OutputPath
from generator.outputs import Output
from generator.publish.decide import Work
from generator.publish.ledger import LEDGER_NAME, Entry, Ledger, write_safely

STAGING = ".newsprint-staging"
"""Beside the outputs, so that moving a file is one atomic rename on one file system."""

JOURNAL_NAME = "journal"


class Staged(msgspec.Struct, frozen=True):
    """A rendered output. Not `is_moved`: the same bytes lie in place already."""

    path: OutputPath
    digest: Digest
    size: int
    changed_ns: int
    is_moved: bool


class Journal(msgspec.Struct, frozen=True):
    """What a move into place does, in order; enough to finish it."""

    clear: tuple[OutputPath, ...]
    moves: tuple[OutputPath, ...]
    removes: tuple[OutputPath, ...]
    ledger: Ledger


class Receipt(msgspec.Struct, frozen=True):
    """What a build did to the output folder: numbers of files written and removed."""

    written: int
    removed: int


def clear_staging(output: Path) -> None:
    """Remove what a build staged and did not publish."""
    shutil.rmtree(output / STAGING, ignore_errors=True)


def make_staging(output: Path) -> Path:
    """Make an empty staging folder.

    Raises:
        PublishError: the output folder cannot be made or written.
    """
    clear_staging(output)
    staging = output / STAGING
    try:
        staging.mkdir(parents=True)
    except OSError as fault:
        raise PublishError(str(fault.filename or staging), fault.strerror or str(fault)) from fault
    return staging


def stage(staging: Path, output: Output, data: bytes, *, written: Digest | None) -> Staged:
    """Write one rendered output into the staging folder, unless the same bytes lie in place."""
    digest = digest_bytes(data)
    if digest == written:
        return Staged(output.path, digest, len(data), 0, is_moved=False)
    file = staging / output.path
    try:
        try:
            file.write_bytes(data)
        except FileNotFoundError:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        changed_ns = file.stat().st_mtime_ns
    except OSError as fault:
        raise PublishError(str(file), fault.strerror or str(fault)) from fault
    return Staged(output.path, digest, len(data), changed_ns, is_moved=True)


def publish(work: Work, staged: Sequence[Staged], before: Ledger, output: Path, state: Path) -> Receipt:
    """Move staged files into place and remove what nothing plans any more.

    Assets go first, then new pages, changed pages, listings and feeds; deletions last.
    Only files of the ledger are removed.

    Args:
        work: What was decided.
        staged: One for each of `work.render`, in any order.
        before: The ledger that `work` was decided from.
        output: The output folder.
        state: Where the ledger and the journal lie.

    Raises:
        PublishError: a file is in the way, or the system refuses.
    """
    ledger = _next_ledger(work, staged, before)
    moved = {one.path for one in staged if one.is_moved}
    stale = [one for one in work.render if one.output.path in moved]
    stale.sort(key=lambda one: (one.output.phase(is_new=one.output.path not in before.entries), one.output.path))
    moves = tuple(one.output.path for one in stale)
    journal = Journal(_in_the_way(work.remove, moves), moves, work.remove, ledger)
    _refuse_strangers(journal, output)
    if moves or work.remove or ledger != before:
        _carry_out(journal, output, state, is_new=True)
    clear_staging(output)
    return Receipt(len(moves), len(work.remove))


def finish_publishing(output: Path, state: Path) -> None:
    """Finish the move of a build that was cut off, if there was one.

    Raises:
        PublishError: the system refuses.
    """
    try:
        journal = msgspec.msgpack.decode((state / JOURNAL_NAME).read_bytes(), type=Journal)
    except (FileNotFoundError, msgspec.MsgspecError):
        return
    _carry_out(journal, output, state)


def _next_ledger(work: Work, staged: Iterable[Staged], before: Ledger) -> Ledger:
    entries = {path: before.entries[path] for path in work.keep}
    made = {one.path: one for one in staged}
    for stale in work.render:
        one = made[stale.output.path]
        changed_ns = one.changed_ns if one.is_moved else before.entries[one.path].changed_ns
        entries[one.path] = Entry(stale.stamp, one.digest, one.size, changed_ns)
    return Ledger(dict(sorted(entries.items())))


def _carry_out(journal: Journal, output: Path, state: Path, *, is_new: bool = False) -> None:
    staging = output / STAGING
    try:
        if is_new:
            write_safely(state / JOURNAL_NAME, msgspec.msgpack.encode(journal))
        for path in journal.clear:
            _remove(output, path)
        for path in journal.moves:
            target = output / path
            if not is_new and not (staging / path).exists():  # moved before the build was cut off
                continue
            try:
                (staging / path).replace(target)
            except FileNotFoundError:
                target.parent.mkdir(parents=True, exist_ok=True)
                (staging / path).replace(target)
        for path in journal.removes:
            _remove(output, path)
        write_safely(state / LEDGER_NAME, msgspec.msgpack.encode(journal.ledger))
        (state / JOURNAL_NAME).unlink(missing_ok=True)
    except OSError as fault:
        raise PublishError(str(fault.filename2 or fault.filename), fault.strerror or str(fault)) from fault


def _in_the_way(removes: Sequence[OutputPath], moves: Sequence[OutputPath]) -> tuple[OutputPath, ...]:
    """Old files that stand where a new one needs a folder, and the other way round."""
    folders = {str(parent) for path in moves for parent in PurePosixPath(path).parents}
    files = set(moves)
    return tuple(
        path
        for path in removes
        if path in folders or any(str(parent) in files for parent in PurePosixPath(path).parents)
    )


def _refuse_strangers(journal: Journal, output: Path) -> None:
    """Refuse before anything moves where a foreign file or folder is in the way."""
    cleared: Mapping[str, object] = dict.fromkeys(journal.clear)
    for path in journal.moves:
        target = output / path
        if target.is_dir() and not target.is_symlink() and not any(one.startswith(f"{path}/") for one in cleared):
            raise PublishError(str(target), "a folder is in the way that newsprint did not make")
        for parent in PurePosixPath(path).parents:
            there = output / parent
            is_in_the_way = there.is_symlink() or there.is_file()
            if parent.name and is_in_the_way and str(parent) not in cleared:
                raise PublishError(str(there), "a file or link is in the way that newsprint did not make")


def _remove(output: Path, path: OutputPath) -> None:
    target = output / path
    with suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):
        target.unlink()
    for folder in target.parents:
        if folder == output:
            break
        try:
            folder.rmdir()
        except OSError:  # not empty, or gone
            break
