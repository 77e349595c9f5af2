"""What the shell may complete: ids of records. Whatever is wrong with the site, it only offers less."""

from pathlib import Path
from typing import TYPE_CHECKING

from generator.load.ids import list_ids

if TYPE_CHECKING:
    import click

    from generator.names import Kind


def complete_ids(kind: "Kind", context: "click.Context", incomplete: str) -> list[str]:
    """The ids of a kind that begin with what is written, of the site that the command line names."""
    site = context.params.get("site") or Path()
    try:
        ids = list_ids(Path(site), kind)
    except (OSError, ValueError):
        return []
    return sorted(record_id for record_id in ids if record_id.startswith(incomplete) and record_id.isprintable())
