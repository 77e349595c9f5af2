"""`newsprint releases` and `newsprint rollback`."""

from pathlib import Path

import click

from generator.commands import options
from generator.commands.terminal import maintenance
from generator.commands.terminal.reporter import Reporter
from generator.config import PUBLIC_FOLDER
from generator.rollback import list_releases, roll_back


@click.command(epilog="Example: newsprint releases my-site")
@options.place
@options.output("went")
@options.as_json
def releases(site: Path, *, output: Path | str | None, as_json: bool) -> int:
    """List the releases that are kept, the last one first.

    A build makes one if mode is 'release' in [publish] of site.toml.
    """
    with Reporter(site, as_json=as_json) as reporter:
        found = list_releases(site, output or site / PUBLIC_FOLDER)
        reporter.report(found, lambda: maintenance.print_releases(found))
    return reporter.status


@click.command(epilog="Example: newsprint rollback --site my-site")
@click.argument("number", metavar="[N]", type=click.IntRange(1), required=False)
@options.site
@options.output("went")
@options.as_json
def rollback(site: Path, *, number: int | None, output: Path | str | None, as_json: bool) -> int:
    """Let readers have release N again, by default the one before the live one.

    From then on, builds publish nothing, until one is run with --resume.
    """
    with Reporter(site, as_json=as_json) as reporter:
        done = roll_back(site, output or site / PUBLIC_FOLDER, number, waiting=reporter.wait)
        reporter.report(done, lambda: maintenance.print_rollback(done))
    return reporter.status
