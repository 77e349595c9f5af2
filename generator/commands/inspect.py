"""`newsprint next`, `explain`, `diff`, `sponsors`, `list` and `stats`: they publish nothing."""

from pathlib import Path
from typing import Literal

import click
import msgspec

from generator.build import Request, survey
from generator.commands import options
from generator.commands.terminal import inquiries
from generator.commands.terminal.profile import StatsReporter
from generator.commands.terminal.reporter import Reporter
from generator.errors import suggest
from generator.inspect import (
    ListName,
    UnknownOutputError,
    account_sponsors,
    compare_outputs,
    explain_output,
    forecast,
    foresee_losses,
    list_records,
    measure_site,
)

ask_now = options.now("Ask")
output = options.output("is")


@click.command("next", epilog='Example: sleep "$(newsprint next --json | jq ".seconds // 3600")" && newsprint build')
@options.place
@ask_now
@options.drafts()
@options.site_request
def next_(request: Request, *, as_json: bool) -> int:
    """Show when the site will next change by itself, and why.

    An embargo ends, something expires, a campaign starts or ends: until that moment a build has nothing to do,
    unless a file is edited.
    """
    with Reporter(request.root, as_json=as_json) as reporter, survey(request, waiting=reporter.wait) as known:
        inquiries.report_forecast(forecast(known), request.now, reporter)
    return reporter.status


@click.command(epilog="Example: newsprint explain /news/chips/export-rules/")
@click.argument("path")
@options.site
@output
@ask_now
@options.drafts()
@options.site_request
def explain(request: Request, path: str, *, as_json: bool) -> int:
    """Show what the output PATH is made of.

    PATH is its path or address, its file, or the file of the record that it is about.
    The report lists its records and templates, how its sponsored slots were decided, and why it was last rendered.
    """
    with Reporter(request.root, as_json=as_json) as reporter, survey(request, waiting=reporter.wait) as known:
        try:
            found = explain_output(known, path)
        except UnknownOutputError as fault:
            lists = "'newsprint build --explain' lists all outputs"
            hint = fault.why or suggest(path.strip("/"), fault.paths, otherwise=lists)
            raise click.BadParameter(f"no output '{path}': {hint}", param_hint="PATH") from None
        reporter.report(found, lambda: inquiries.print_makeup(found, request.now))
    return reporter.status


@click.command(epilog="Example: newsprint diff --patch")
@options.place
@output
@ask_now
@options.drafts()
@click.option("--patch", "-p", is_flag=True, help="Show the lines that differ, as a unified diff.")
@click.option("--all", "-a", "every", is_flag=True, help="Name every output, not only pages.")
@options.site_request
def diff(request: Request, *, patch: bool, every: bool, as_json: bool) -> int:
    """Show what a build would change: pages that are new, changed or gone.

    Nothing is published.
    """
    with Reporter(request.root, as_json=as_json) as reporter, survey(request, waiting=reporter.wait) as known:
        differences, losses = compare_outputs(known, has_patches=patch), foresee_losses(known)
        inquiries.report_differences(differences, losses, is_folded=not (every or patch), as_json=as_json)
    return reporter.status


@click.command(epilog="Example: newsprint sponsors --csv > campaigns.csv")
@options.place
@output
@ask_now
@options.drafts()
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated values instead of a table.")
@options.site_request
def sponsors(request: Request, *, as_csv: bool, as_json: bool) -> int:
    """Show what each campaign gets: where and when it runs, how many slots show it, and what keeps it away."""
    options.refuse_both({"--csv": as_csv, "--json": as_json})
    with Reporter(request.root, as_json=as_json) as reporter, survey(request, waiting=reporter.wait) as known:
        found = account_sponsors(known)
        reporter.report(found, lambda: (inquiries.print_csv if as_csv else inquiries.print_accounts)(found))
    return reporter.status


@click.command("list", epilog="Example: newsprint list scheduled --site my-site")
@click.argument(
    "name",
    metavar="LIST",
    type=click.Choice(["drafts", "scheduled", "expired", "unverified", "orphans", "vanished", "all"]),
)
@options.site
@ask_now
@options.site_request
def list_(request: Request, name: ListName | Literal["all"], *, as_json: bool) -> int:
    """List records: drafts, scheduled, expired, unverified, orphans, vanished or all.

    Scheduled records are published later; expired records are no longer published.
    Unverified are public articles without verification; orphans are records and pictures that nothing public links to.
    Vanished are addresses that readers may know but that no longer exist.
    All lists every record, with the lists that contain it.
    """
    with Reporter(request.root, as_json=as_json) as reporter, survey(request, waiting=reporter.wait) as known:
        found = list_records(known, name)
        reporter.report({"list": name, "records": found}, lambda: inquiries.print_list(found, name))
    return reporter.status


@click.command(epilog="Example: newsprint stats --html profile.html")
@options.place
@ask_now
@options.drafts()
@click.option(
    "--html",
    "html_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the report as an HTML page with a chart.",
)
@options.site_request
def stats(request: Request, *, html_file: Path | None, as_json: bool) -> int:
    """Show how much the site contains, and time every step of a full build.

    It reads all records and renders all outputs, one after the other, and publishes nothing.
    """
    request = msgspec.structs.replace(request, keep_going=True)
    with (
        StatsReporter(request.root, html_file, as_json=as_json) as reporter,
        survey(request, waiting=reporter.wait) as known,
    ):
        reporter.measured(measure_site(known, progress=reporter.progressed))
    return reporter.status
