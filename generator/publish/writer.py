"""Staged files → the output folder, so that each link of the visible site resolves at every instant.

Everything stale is rendered into a staging folder first.
Only when all of it is there, a journal is written and the files move into place one by one;
a build that is cut off in between is finished by the next, from the journal.
"""

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from generator.digest import digest_bytes
from generator.errors import PublishError
from generator.names import Digest, OutputPath
from generator.outputs import Phase
from generator.publish.decide import Shared, Verdict, Work
from generator.publish.ledger import LEDGER_NAME, UNREADABLE, Entry, Ledger, write_draft

STAGING = ".newsprint-staging"
"""Beside the outputs, so that moving a file is one atomic rename on one file system."""

JOURNAL_NAME = "journal"


class Staged(msgspec.Struct, frozen=True):
    """A rendered output. `place` is where it lies in the staging folder, "" where the same bytes lie in place already.

    What comes into a new folder lies in the same folder below `new/`, so that the folder moves as a whole.
    """

    path: OutputPath
    digest: Digest
    size: int
    changed_ns: int
    place: str


_NEW = "new/"


class Journal(msgspec.Struct, frozen=True):
    """What a move into place does, in order; with the draft of the ledger beside it, enough to finish it.

    `moves` are places in the staging folder and where each goes: files, and new folders with all that is in them.
    """

    clear: tuple[OutputPath, ...]
    moves: tuple[tuple[str, str], ...]
    removes: tuple[OutputPath, ...]


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


def stage(output: Path, path: OutputPath, data: bytes, *, written: Digest | None) -> Staged:
    """Write one rendered output into the staging folder, unless the same bytes lie in place."""
    digest = digest_bytes(data)
    if digest == written:
        return Staged(path, digest, len(data), 0, "")
    is_in_new_folder = not os.path.isdir(os.path.dirname(f"{output}/{path}"))  # noqa: PTH112, PTH120 - many, and quick
    place = _NEW + path if is_in_new_folder else digest_bytes(path.encode())
    file = f"{output}/{STAGING}/{place}"
    try:
        try:
            changed_ns = _write(file, data)
        except FileNotFoundError:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            changed_ns = _write(file, data)
    except OSError as fault:
        raise PublishError(file, fault.strerror or str(fault)) from fault
    return Staged(path, digest, len(data), changed_ns, place)


def _write(file: str, data: bytes) -> int:
    with open(file, "wb") as stream:  # noqa: PTH123 - many, and quick
        stream.write(data)
        stream.flush()
        return os.fstat(stream.fileno()).st_mtime_ns


def publish(work: Work, shared: Shared, staged: Sequence[Staged], before: Ledger, output: Path, state: Path) -> Receipt:
    """Move staged files into place and remove what nothing plans any more.

    Assets go first, then new pages, changed pages, listings and feeds; deletions last.
    Only files of the ledger are removed.

    Args:
        work: What was decided.
        shared: What the outputs are made from beside their views.
        staged: One for each of `work.render`, in any order.
        before: The ledger that `work` was decided from.
        output: The output folder.
        state: Where the ledger and the journal lie.

    Raises:
        PublishError: a file is in the way, or the system refuses.
    """
    ledger = _next_ledger(work, shared, staged, before)
    places = {one.path: one.place for one in staged if one.place}
    moved = sorted((one for one in work.render if one.path in places), key=lambda one: (one.phase, one.path))
    clear = _in_the_way(work.remove, places)
    _refuse_strangers(places, clear, output)
    journal = Journal(clear, tuple(_order_moves(moved, places, output)), work.remove)
    if moved or work.remove or ledger != before:
        _carry_out(journal, output, state, ledger)
    clear_staging(output)
    return Receipt(len(moved), len(work.remove))


@contextmanager
def hold_staging(output: Path, state: Path) -> Iterator[None]:
    """Finish what a build that was cut off left, and leave nothing staged that no journal tells of.

    Raises:
        PublishError: the system refuses.
    """
    _finish_publishing(output, state)
    clear_staging(output)
    try:
        yield
    except BaseException:
        if not (state / JOURNAL_NAME).exists():
            clear_staging(output)
        raise


def _finish_publishing(output: Path, state: Path) -> None:
    """Finish the move of a build that was cut off, if there was one."""
    try:
        journal = msgspec.msgpack.decode((state / JOURNAL_NAME).read_bytes(), type=Journal)
    except (FileNotFoundError, *UNREADABLE):
        return
    _carry_out(journal, output, state)


def _next_ledger(work: Work, shared: Shared, staged: Iterable[Staged], before: Ledger) -> Ledger:
    entries: dict[OutputPath, Entry] = {}
    for kept in work.keep:
        old = before.entries[kept.path]
        is_same = old.key == kept.key and old.facts == kept.facts
        entries[kept.path] = old if is_same else msgspec.structs.replace(old, key=kept.key, facts=kept.facts)
    made = {one.path: one for one in staged}
    for stale in work.render:
        one = made[stale.path]
        changed_ns = one.changed_ns if one.place else before.entries[one.path].changed_ns
        entries[one.path] = Entry(stale.key, stale.view, stale.facts, one.digest, one.size, changed_ns)
    return Ledger(shared.program, shared.chrome, shared.looks, entries)


def _carry_out(journal: Journal, output: Path, state: Path, ledger: Ledger | None = None) -> None:
    """Do what a journal says: of this build where its ledger is given, else what is left of one that was cut off."""
    staging = output / STAGING
    draft = state / f"{LEDGER_NAME}.new"
    try:
        if ledger is not None:
            write_draft(state / LEDGER_NAME, msgspec.msgpack.encode(ledger))
            write_draft(state / JOURNAL_NAME, msgspec.msgpack.encode(journal)).replace(state / JOURNAL_NAME)
        for path in journal.clear:
            _remove(output, path)
        for place, goal in journal.moves:
            source, target = staging / place, output / goal
            if ledger is None and not source.exists():  # moved before the build was cut off
                continue
            try:
                source.replace(target)
            except FileNotFoundError:
                target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)
        for path in journal.removes:
            _remove(output, path)
        with suppress(FileNotFoundError):  # it is in place already
            draft.replace(state / LEDGER_NAME)
        (state / JOURNAL_NAME).unlink(missing_ok=True)
    except OSError as fault:
        raise PublishError(str(fault.filename2 or fault.filename or state), fault.strerror or str(fault)) from fault


def _order_moves(moved: Sequence[Verdict], places: Mapping[OutputPath, str], output: Path) -> Iterator[tuple[str, str]]:
    """What moves where, in order of the verdicts; a new folder moves whole where all in it is of one phase."""
    phases: dict[str, set[Phase | None]] = {}
    for one in moved:
        if places[one.path].startswith(_NEW):
            for folder in _folders_above(one.path):
                phases.setdefault(folder, set()).add(one.phase)
    whole = {folder for folder, held in phases.items() if len(held) == 1 and not (output / folder).exists()}
    gone: set[str] = set()
    for one in moved:
        place = places[one.path]
        above = _folders_above(one.path) if place.startswith(_NEW) else []
        if (topmost := next((folder for folder in reversed(above) if folder in whole), None)) is None:
            yield place, one.path
        elif topmost not in gone:
            gone.add(topmost)
            yield _NEW + topmost, topmost


def _in_the_way(removes: Sequence[OutputPath], moves: Collection[OutputPath]) -> tuple[OutputPath, ...]:
    """Old files that stand where a new one needs a folder, and the other way round."""
    if not removes:
        return ()
    folders = {folder for path in moves for folder in _folders_above(path)}
    return tuple(path for path in removes if path in folders or any(folder in moves for folder in _folders_above(path)))


def _refuse_strangers(moves: Iterable[OutputPath], clear: Sequence[OutputPath], output: Path) -> None:
    """Refuse before anything moves where a foreign file or folder is in the way."""
    cleared = set(clear)
    cleared_folders = {folder for path in clear for folder in _folders_above(path)}
    seen: set[str] = set()
    for path in moves:
        target = output / path
        for folder in _folders_above(path):
            if folder in seen:
                break
            seen.add(folder)
            there = output / folder
            if (there.is_symlink() or there.is_file()) and folder not in cleared:
                raise PublishError(str(there), "a file or link is in the way that newsprint did not make")
        if path not in cleared_folders and target.is_dir() and not target.is_symlink():
            raise PublishError(str(target), "a folder is in the way that newsprint did not make")


def _folders_above(path: str) -> list[str]:
    """`a/b/c.html` → `a/b`, `a`."""
    folders = []
    while "/" in path:
        path = path.rpartition("/")[0]
        folders.append(path)
    return folders


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
