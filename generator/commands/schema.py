"""`newsprint schema`."""

from pathlib import Path

import click
import msgspec

from generator.commands.report.lines import report_failure
from generator.commands.report.schemas import report_schema, report_schema_files
from generator.errors import suggest
from generator.schema import SHAPES, make_schema


def run_schema(kind: str | None, *, output: Path | None, dialect: str, as_json: bool) -> int:
    """Print the schema of a kind, or write those that are asked for; the exit status.

    Raises:
        click.UsageError: there is no such kind.
    """
    if kind is not None and kind not in SHAPES:
        hint = suggest(kind, SHAPES, otherwise=f"there are {', '.join(SHAPES)}")
        raise click.BadParameter(f"no kind '{kind}': {hint}", param_hint="KIND")
    if kind is not None and output is None:
        report_schema(make_schema(kind, dialect=dialect), as_json=as_json)
        return 0
    assert output is not None, "the command line sees to it"
    try:
        files = [str(_write_schema(one, output, dialect)) for one in ([kind] if kind else SHAPES)]
    except OSError as fault:
        report_failure(f"{fault.filename}: {fault.strerror}", as_json=as_json)
        return 1
    report_schema_files(files, as_json=as_json)
    return 0


def _write_schema(kind: str, folder: Path, dialect: str) -> Path:
    """Write the schema of a kind into a folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{kind}.schema.json"
    schema = msgspec.json.encode(make_schema(kind, dialect=dialect))
    file.write_bytes(msgspec.json.format(schema, indent=2) + b"\n")
    return file
