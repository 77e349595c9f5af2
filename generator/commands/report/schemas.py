"""What `newsprint schema` prints."""

from collections.abc import Sequence
from typing import Any

import msgspec

from generator.commands.report.lines import print_json


def report_schema(schema: dict[str, Any], *, as_json: bool) -> None:
    """Print a schema; in many lines, or as JSON in one."""
    if as_json:
        print_json(schema)
        return
    print(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode())


def report_schema_files(files: Sequence[str], *, as_json: bool) -> None:
    """Report which files were written."""
    if as_json:
        print_json({"files": files})
        return
    print(f"Wrote {', '.join(files)}.")
