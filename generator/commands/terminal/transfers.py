"""What `newsprint move` and `newsprint import` print, and the file that lists all losses."""

import sys
from collections import Counter
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.commands.terminal.lines import count, format_problem, print_problems
from generator.commands.terminal.reporter import Reporter
from generator.errors import PublishError
from generator.importers import Migration, is_loss
from generator.move import Move
from generator.scaffold import fold_text


def report_move(move: Move, reporter: Reporter, *, is_done: bool) -> None:
    """Report what a move changed, or what it would change as a unified diff."""
    files = [{"file": edit.file, "new_file": edit.new_file} for edit in move.edits]
    kept = [{"old": old, "new": new} for old, new in move.kept]
    document = {"done": is_done, "files": files, "kept": kept, "lost": move.lost}
    reporter.report(document, lambda: _print_move(move, is_done=is_done))


def _print_move(move: Move, *, is_done: bool) -> None:
    for edit in move.edits:
        if is_done:
            print(f"changed  {edit.file}" + (f" → {edit.new_file}" if edit.new_file != edit.file else ""))
            continue
        before, after = edit.before.splitlines(), edit.after.splitlines()
        print("\n".join(unified_diff(before, after, f"a/{edit.file}", f"b/{edit.new_file}", lineterm="")))
    for old, new in move.kept:
        print(f"{old} {'leads' if is_done else 'would lead'} to {new}")
    for old in move.lost:
        print(f"{old}: does not exist any more", file=sys.stderr)
    if not is_done:
        print("Nothing was written.", file=sys.stderr)


_REASONS = (
    ("there already", "Already there, and unchanged"),
    ("faulty", "Not created because of errors"),
    ("empty", "Not created because they have no text"),
)

_NAMES = {
    "link": "links",
    "picture": "pictures",
    "tag": "tags of templates",
    "html": "HTML elements",
    "attribute": "attributes in the text",
    "address": "old addresses",
    "time": "times",
    "key": "keys",
    "file": "files",
}
"""The plural of each kind of loss."""

_MOST_PLACES = 3
_MOST_SHOWN = 100  # characters of a value

_PLURALS = {"story": "stories", "entity": "entities"}


class _Loss(NamedTuple):
    kind: str
    place: str
    found: str
    is_grave: bool


def print_import(migration: Migration, file: Path | None, *, is_dry: bool) -> None:
    """Print what was created, what existed, and what could not be converted; `file` has the full list of that."""
    print_problems([problem for problem in migration.problems if problem.is_error])
    if not migration.records and not migration.problems:
        print("No text was found: is this the folder with the old site's configuration?", file=sys.stderr)
    for line in (*_sum_up(migration), *_list_results(migration, is_dry=is_dry)):
        print(line)
    if file:
        print(f"The full list, file by file: {file}")
    print(_share(migration))


def list_losses(migration: Migration, file: Path) -> Path | None:
    """Write all losses, file by file, into a new file; returns that file, None if there are no losses.

    Raises:
        PublishError: the file cannot be written.
    """
    lines = [f"{loss.place}: {loss.kind}: {loss.found}" for loss in _read_losses(migration)]
    lines += [f"{one}: not read" for one in migration.unread]
    lines += [f"{one.origin}: has no text" for one in migration.records if one.fate == "empty"]
    lines += map(format_problem, migration.problems)
    lines += [f"{one.origin}: {one.file} is there already" for one in migration.records if one.fate == "there already"]
    if not lines:
        return None
    chosen, number = file, 1
    while True:
        try:
            with chosen.open("x", encoding="utf-8", errors="backslashreplace") as opened:
                opened.write("\n".join([*lines, ""]))
        except FileExistsError:
            number += 1
            chosen = file.with_stem(f"{file.stem}-{number}")
        except OSError as fault:
            raise PublishError(str(chosen), fault.strerror or str(fault)) from fault
        else:
            return chosen


def _sum_up(migration: Migration) -> Iterator[str]:
    """Each kind of loss with its number and first places; grave ones first, then the most frequent."""
    by_kind: dict[tuple[bool, str], list[_Loss]] = {}
    for loss in _read_losses(migration):
        by_kind.setdefault((not loss.is_grave, loss.kind), []).append(loss)
    for problem in migration.problems:
        if not problem.is_error:
            found = _Loss(f"warnings of a build [{problem.code}]", problem.file, problem.message, is_grave=False)
            by_kind.setdefault((True, found.kind), []).append(found)
    if by_kind:
        yield "What could not be converted, or was changed:"
    for (_, kind), losses in sorted(by_kind.items(), key=lambda pair: (pair[0][0], -len(pair[1]), pair[0][1])):
        yield f"{len(losses):>7,}  {kind}"
        yield from (f"         {loss.place}: {loss.found}"[:200] for loss in losses[:_MOST_PLACES])


def _read_losses(migration: Migration) -> Iterator[_Loss]:
    for record in migration.records:
        if record.fate not in {"made", "faulty"}:
            continue
        for lack in record.lacks:
            fate, _, more = fold_text(lack.fate).partition(": ")
            found = f"'{fold_text(lack.found)}'" + (f", {more}" if more else "")
            yield _Loss(f"{_NAMES[lack.what]}: {fate}", record.origin, found, is_loss(lack))
        for key, value in record.left.items():
            said = fold_text(msgspec.json.encode(value).decode())[:_MOST_SHOWN]
            yield _Loss(f"key '{fold_text(key)}'", record.origin, said, is_grave=True)


def _list_results(migration: Migration, *, is_dry: bool) -> Iterator[str]:
    if unread := migration.unread:
        more = f" and {len(unread) - _MOST_PLACES:,} more" if len(unread) > _MOST_PLACES else ""
        shown = ", ".join(unread[:_MOST_PLACES])
        yield f"Not read because they are not markdown texts of the old site: {shown}{more}."
    if migration.other_languages:
        said = ", ".join(f"{name} ({number:,})" for name, number in migration.other_languages.items())
        yield f"Left out because of their language: {said}."
    pictures = count(len(migration.pictures), "picture")
    yield f"{'Would make' if is_dry else 'Made'} {_tell(migration, 'made')} and {pictures}."
    yield from _name_engine(migration, is_dry=is_dry)
    for fate, said in _REASONS:
        if any(record.fate == fate for record in migration.records):
            yield f"{said}: {_tell(migration, fate)}."
    empty = [f"         {one.origin}" for one in migration.records if one.fate == "empty"]
    yield from empty[:_MOST_PLACES]


def _name_engine(migration: Migration, *, is_dry: bool) -> Iterator[str]:
    choice = migration.engine
    if not any(record.origin for record in migration.records):
        return
    if choice.is_set:
        said = "Would write" if is_dry else "Wrote"
        yield f'{said} engine = "{choice.site}" into [markdown] of site.toml: it reads these texts as the old site did.'
    elif not choice.is_met:
        yield (
            f'The old site reads markdown like engine = "{choice.wanted}" does, this one has "{choice.site}": '
            "check lists and quotations, or change it below [markdown] in site.toml."
        )


def _share(migration: Migration) -> str:
    if not migration.texts:
        return "No new text was imported."
    whole, texts = (100 * number // migration.texts for number in (migration.whole, migration.whole_texts))
    said = f"{migration.whole:,} of {count(migration.texts, 'text')} were imported whole ({whole} %)"
    if migration.whole == migration.whole_texts:
        return f"{said}."
    return f"{said}; apart from keys of the front matter, {migration.whole_texts:,} were ({texts} %)."


def _tell(migration: Migration, fate: str) -> str:
    kinds = Counter(record.kind for record in migration.records if record.fate == fate)
    counts = sorted(kinds.items())
    said = (f"{number:,} {kind if number == 1 else _PLURALS.get(kind, f'{kind}s')}" for kind, number in counts)
    return ", ".join(said) or "no record"
