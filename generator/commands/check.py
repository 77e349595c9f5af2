"""`newsprint check`."""

import click

from generator.build import Request
from generator.check import check_outside, check_site
from generator.commands import options
from generator.commands.terminal.checks import CheckReporter


@click.command(epilog="Example: newsprint check my-site --links --strict")
@options.place
@options.now("Check")
@options.drafts("Check drafts, too.")
@options.future("Check scheduled records, too.")
@options.workers
@click.option("--links", is_flag=True, help="Request external links to see whether they work.")
@click.option("--strict", "is_strict", is_flag=True, help="Fail on warnings, too.")
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
@click.option("--github", is_flag=True, help="Print annotations for GitHub Actions.")
@options.site_request
def check(request: Request, *, links: bool, is_strict: bool, quiet: bool, github: bool, as_json: bool) -> int:
    """Check the site in the folder SITE, by default the current one, and publish nothing.

    The site is built aside and read back: links and fragments, titles, feeds, pictures, the theme's contract.
    Problems with external links are reported, but never make a check fail.
    """
    options.refuse_both({"--quiet": quiet, "--json": as_json})
    options.refuse_both({"--github": github, "--json": as_json})
    reporter = CheckReporter(request.root, is_strict=is_strict, quiet=quiet, github=github, as_json=as_json)
    with reporter:
        checked = check_site(request, progress=reporter.progress, waiting=reporter.wait)
        reporter.checked(checked, check_outside(checked, progress=reporter.progress) if links else None)
    return reporter.status
