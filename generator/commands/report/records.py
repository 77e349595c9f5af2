"""What `newsprint init` and `newsprint new` print."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from generator.commands.report.lines import count, print_json
from generator.scaffold import Wanted


def report_new_site(folder: Path, files: Sequence[str], *, as_json: bool) -> None:
    """Report what was made, and the next step."""
    if as_json:
        print_json({"folder": str(folder), "files": files})
        return
    print(f"Made a site of {count(len(files), 'file')} in {folder}:")
    for file in files:
        print(f"  {file}")
    print(f"See it: newsprint serve {shlex.quote(str(folder))}")


def report_new_record(record: Wanted, place: Path, file: str, *, as_json: bool) -> None:
    """Report the file of a new record, `file` as seen from the site's folder."""
    if as_json:
        print_json({"file": file, "id": record.id, "kind": record.kind})
        return
    print(f"Made {place}, the {record.kind} '{record.id}'.")
