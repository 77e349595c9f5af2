"""`newsprint ping`."""

from pathlib import Path

import click

from generator.commands import options
from generator.commands.terminal.maintenance import print_pings
from generator.commands.terminal.reporter import Reporter
from generator.config import PUBLIC_FOLDER
from generator.ping import ping_hub


@click.command(epilog="Example: newsprint build && rsync -a public/ host:/srv/www && newsprint ping")
@options.place
@options.output("went")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 600),
    default=10,
    metavar="SECONDS",
    show_default=True,
    help="The limit for one request.",
)
@options.as_json
def ping(site: Path, *, output: Path | str | None, timeout: float, as_json: bool) -> int:
    """Notify the WebSub hub of the feeds that changed since the last notification.

    Run it after the site is deployed.
    If the hub does not answer, that is reported, and the feeds are sent again next time; the exit status is still 0.
    """
    with Reporter(site, as_json=as_json) as reporter:
        pings = ping_hub(site, output or site / PUBLIC_FOLDER, timeout=timeout)
        reporter.report(pings, lambda: print_pings(pings))
    return reporter.status
