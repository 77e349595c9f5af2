"""`newsprint build`."""

import signal
from threading import Event

import click
import msgspec
from click.core import ParameterSource

from generator.build import Request
from generator.build import build as build_site
from generator.commands import options
from generator.commands.terminal.builds import BuildReporter, LoopReporter
from generator.config import CONFIG_NAME
from generator.errors import UsageError


@click.command(epilog="Example: newsprint build my-site --output /srv/www --explain")
@options.place
@options.output("goes")
@options.now("Build")
@options.drafts("Publish drafts, too, marked as such.")
@options.future("Publish scheduled records, too, marked as such.")
@options.workers
@click.option("--executor", metavar="URL", help="Parse and render on a Dask cluster: dask://HOST:PORT.")
@click.option("--force", "-f", is_flag=True, help="Render everything, even if it did not change.")
@click.option("--verify", is_flag=True, help="Read all outputs, and render again those that somebody changed.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--keep-going", "-k", is_flag=True, help="Leave out records with errors, and publish the rest.")
@click.option("--adopt", is_flag=True, help="Overwrite files in the output folder that newsprint did not write.")
@click.option("--allow-shrink", is_flag=True, help="Publish even if most records of the last build are gone.")
@click.option("--resume", is_flag=True, help="Publish again after newsprint rollback.")
@click.option("--explain", "-v", is_flag=True, help="Show why each output was rendered, kept or removed.")
@click.option("--watch", is_flag=True, help="Build again on every change, until stopped.")
@click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
@options.site_request
def build(request: Request, *, watch: bool, quiet: bool, as_json: bool) -> int:
    """Build the site in the folder SITE, by default the current one.

    Only what changed since the last build is rendered and written.
    If a record has an error, nothing is published and the site is unchanged.
    """
    options.refuse_both({"--strict": request.strict, "--keep-going": request.keep_going})
    options.refuse_both({"--workers": request.workers, "--executor": request.executor})
    options.refuse_both({"--quiet": quiet, "--explain": request.explain})
    options.refuse_both({"--quiet": quiet, "--json": as_json})
    if request.executor is not None:
        _check_executor(request.executor)
    options.refuse_both({"--watch": watch, "--explain": request.explain})
    if watch:
        _refuse_with_watch(request)
        if (request.root / CONFIG_NAME).exists():  # else a build says what is missing
            return _watch(request, quiet=quiet, as_json=as_json)
    with BuildReporter(request, quiet=quiet, as_json=as_json) as reporter:
        reporter.built(build_site(request, progress=reporter.progress, waiting=reporter.wait))
    return reporter.status


def _refuse_with_watch(request: Request) -> None:
    """Refuse options whose consent or work is for one build, with a usage error."""
    if click.get_current_context().get_parameter_source("now") is not ParameterSource.DEFAULT:
        raise click.UsageError("--watch and --now cannot be combined: with --watch, time goes on")
    for_once = ("force", "verify", "adopt", "allow_shrink", "resume")
    if given := next((name for name in for_once if getattr(request, name)), ""):
        option = f"--{given.replace('_', '-')}"
        raise click.UsageError(f"--watch and {option} cannot be combined: run 'newsprint build {option}' first")


def _watch(request: Request, *, quiet: bool, as_json: bool) -> int:
    """Build until the process is interrupted or terminated."""
    from generator.watch import keep_building

    stop = Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stop.set())
    with LoopReporter(request, quiet=quiet, as_json=as_json) as reporter:
        request = msgspec.structs.replace(request, root=request.root.resolve(), command="newsprint build --watch")
        reporter.watching()
        for outcome in keep_building(request, stop, progress=reporter.progress, waiting=reporter.wait):
            reporter.built(outcome)
    return reporter.status


def _check_executor(url: str) -> None:
    from generator.cluster import read_scheduler

    try:
        read_scheduler(url)
    except UsageError as fault:
        raise click.BadParameter(str(fault), param_hint="--executor") from None
