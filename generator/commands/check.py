"""`newsprint check`."""

import click

from generator.build import Request
from generator.check import check_outside, check_site
from generator.commands import options
from generator.commands.build import without_collector
from generator.commands.terminal.checks import CheckReporter


@click.command(epilog="Example: newsprint check my-site --links --strict")
@options.place
@options.now("Check")
@options.drafts("Check drafts, too.")
@options.future("Check what waits for its time, too.")
@options.workers
@click.option("--links", is_flag=True, help="Ask other hosts whether the links to them are alive.")
@click.option("--strict", "is_strict", is_flag=True, help="Fail for warnings, too.")
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
@click.option("--github", is_flag=True, help="Print annotations as GitHub's workflows read them.")
@options.as_json
@options.site_request
def check(request: Request, *, links: bool, is_strict: bool, quiet: bool, github: bool, as_json: bool) -> int:
    """Check the site in the folder SITE, by default the current one, and publish nothing.

    It is built aside and read back: links and their fragments, titles, feeds, pictures, the theme's contract.
    What other hosts answer is reported, and never makes a check fail.
    """
    options.refuse_both({"--quiet": quiet, "--json": as_json})
    options.refuse_both({"--github": github, "--json": as_json})
    reporter = CheckReporter(request.root, is_strict=is_strict, quiet=quiet, github=github, as_json=as_json)
    with reporter, without_collector():
        checked = check_site(request, progress=reporter.progress, waiting=reporter.wait)
        reporter.checked(checked, check_outside(checked, progress=reporter.progress) if links else None)
    return reporter.status
