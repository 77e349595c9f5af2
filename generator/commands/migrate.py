"""`newsprint import`."""

from pathlib import Path

import click

from generator.commands.report.imports import list_losses, report_import
from generator.commands.report.lines import report_fault
from generator.config import read_config
from generator.errors import PublishError, SiteError, UsageError
from generator.importers import Defaults, System, import_site
from generator.names import RecordId, is_segment


def run_import(
    system: System,
    folder: Path,
    *,
    site: Path,
    source: str | None,
    topic: str | None,
    languages: tuple[str, ...],
    report: Path | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Import the texts of another system and report it; the exit status.

    Raises:
        click.UsageError: an id cannot be one, or one is needed and not given.
    """
    try:
        if not folder.is_dir():
            raise click.UsageError(f"{folder} is no folder")
        config = read_config(site)
        chosen = source or config.site.source
        if chosen is None:
            raise click.UsageError(
                'whose articles are they? Write source = "desk" below [site] in site.toml, or --source'
            )
        for one in (chosen, topic):
            if one is not None and not is_segment(one):
                raise click.UsageError(f"the id '{one}' cannot be part of a path")
        defaults = Defaults(RecordId(chosen), RecordId(topic) if topic else None)
        migration = import_site(system, folder, site, config, defaults, is_dry=dry_run, languages=languages)
        file = None if as_json or (dry_run and report is None) else report or site / f"import-{system}.txt"
        file = list_losses(migration, file) if file else None
    except UsageError as fault:
        raise click.UsageError(str(fault)) from None
    except (SiteError, PublishError) as fault:
        return report_fault(fault, site, as_json=as_json)
    report_import(migration, file, is_dry=dry_run, as_json=as_json)
    return int(any(problem.is_error for problem in migration.problems))
