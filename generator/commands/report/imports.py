"""What `newsprint import` prints."""

import sys
from collections import Counter
from collections.abc import Iterator

import msgspec

from generator.commands.report.lines import count, print_json, print_problems
from generator.migrate import Imported, Migration
from generator.scaffold import fold_text

_REASONS = (
    ("there already", "There already, and left alone"),
    ("faulty", "Not made, for they are faulty"),
    ("empty", "Not made, for they have no text"),
)

_MOST_SHOWN = 100  # characters of a value

_PLURALS = {"story": "stories", "entity": "entities"}


def report_import(migration: Migration, *, is_dry: bool, as_json: bool) -> None:
    """Report what was made, what was there, and what had no place."""
    if as_json:
        print_json({**msgspec.structs.asdict(migration), "dry_run": is_dry})
        return
    for record in migration.records:
        for line in _lines(record):
            print(line)
    if migration.left_keys:
        named = ", ".join(f"{fold_text(key)} ({number})" for key, number in migration.left_keys.items())
        print(f"Keys without a place, and in how many files: {named}.")
    for file in migration.unread:
        print(f"{file}: not read")
    print_problems(migration.problems)
    print(f"{'Would make' if is_dry else 'Made'} {_tell(migration, 'made')} and {_pictures(migration)}.")
    if not migration.records and not migration.problems:
        print("No text was found: is it the system's own folder, that of its configuration?", file=sys.stderr)
    for line in _name_engine(migration, is_dry=is_dry):
        print(line)
    for fate, said in _REASONS:
        if any(record.fate == fate for record in migration.records):
            print(f"{said}: {_tell(migration, fate)}.")


def _name_engine(migration: Migration, *, is_dry: bool) -> Iterator[str]:
    choice = migration.engine
    if not any(record.origin for record in migration.records):
        return
    if choice.is_set:
        said = "Would set" if is_dry else "Set"
        yield f'{said} engine = "{choice.site}" below [markdown] in site.toml, which reads these texts as before.'
    elif not choice.is_met:
        yield (
            f'The old site read markdown as engine = "{choice.wanted}" does, this one has "{choice.site}": '
            "look at lists and quotations, or change it below [markdown] in site.toml."
        )


def _pictures(migration: Migration) -> str:
    return count(len(migration.pictures), "picture")


def _lines(record: Imported) -> Iterator[str]:
    if record.fate == "there already":
        yield f"{record.origin}: {record.file} is there already"
        return
    for lack in record.lacks:
        yield f"{record.origin}: {lack.what} '{fold_text(lack.found)}': {fold_text(lack.fate)}"
    for key, value in record.left.items():
        said = fold_text(msgspec.json.encode(value).decode())[:_MOST_SHOWN]
        yield f"{record.origin}: key '{fold_text(key)}' has no place: {said}"


def _tell(migration: Migration, fate: str) -> str:
    kinds = Counter(record.kind for record in migration.records if record.fate == fate)
    said = [
        f"{number:,} {kind if number == 1 else _PLURALS.get(kind, kind + 's')}"
        for kind, number in sorted(kinds.items())
    ]
    return ", ".join(said) or "no record"
