"""What `newsprint init` and `newsprint new` print."""

import shlex
from pathlib import Path

from generator.commands.report.lines import count, print_json
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
