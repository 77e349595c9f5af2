"""What `newsprint init` and `newsprint new` print."""

import shlex
import sys
from difflib import unified_diff
from pathlib import Path

from generator.commands.report.lines import count, print_json
from generator.move import Move
from generator.names import make_printable
from generator.scaffold import NewSite, Wanted


def report_new_site(folder: Path, site: NewSite, *, as_json: bool) -> None:
    """Report what was made, what stays as it was, and the next step."""
    if as_json:
        print_json({"folder": str(folder), "files": site.made, "completed": site.completed, "stays": site.stays})
        return
    print(f"Made a site of {count(len(site.made), 'file')} in {folder}:")
    for file in site.made:
        print(f"  {file}")
    for file in site.completed:
        print(f"Added to {file} what builds make.")
    if site.stays:
        print(f"As before: {', '.join(map(make_printable, site.stays))}.")
    print(f"See it: newsprint serve {shlex.quote(str(folder))}")


def report_new_record(record: Wanted, place: Path, file: str, *, as_json: bool) -> None:
    """Report the file of a new record, `file` as seen from the site's folder."""
    if as_json:
        print_json({"file": file, "id": record.id, "kind": record.kind})
        return
    print(f"Made {place}, the {record.kind} '{record.id}'.")


def report_move(move: Move, *, is_done: bool, as_json: bool) -> None:
    """Report what a move changed; what one would change as a unified diff."""
    if as_json:
        files = [{"file": edit.file, "new_file": edit.new_file} for edit in move.edits]
        kept = [{"old": old, "new": new} for old, new in move.kept]
        print_json({"done": is_done, "files": files, "kept": kept, "lost": move.lost})
        return
    for edit in move.edits:
        if is_done:
            print(f"changed  {edit.file}" + (f" → {edit.new_file}" if edit.new_file != edit.file else ""))
            continue
        before, after = edit.before.splitlines(), edit.after.splitlines()
        print("\n".join(unified_diff(before, after, f"a/{edit.file}", f"b/{edit.new_file}", lineterm="")))
    for old, new in move.kept:
        print(f"{old} {'leads' if is_done else 'would lead'} to {new}")
    for old in move.lost:
        print(f"{old}: nothing stands there any more", file=sys.stderr)
    if not is_done:
        print("Nothing was written.", file=sys.stderr)
