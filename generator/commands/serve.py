"""`newsprint serve`."""

import errno
import socket
import webbrowser
from pathlib import Path

import click

from generator.commands.build import read_now
from generator.commands.report.lines import WaitingReporter, report_failure, report_refusal
from generator.commands.report.previews import PreviewReporter
from generator.config import read_config
from generator.errors import ConfigError, PublishError
from generator.load.locate import locate_problems
from generator.serve import HOST, Preview, is_open, name_address, open_port, serve


def run_serve(
    site: Path,
    *,
    port: int | None,
    host: str | None,
    published: bool,
    now: str | None,
    is_opened: bool,
    workers: int | None,
) -> int:
    """Serve a preview of a site until it is interrupted; the exit status.

    Raises:
        click.UsageError: `now` is no time, or `host` no address of this machine.
    """
    fixed = read_now(now) if now else None
    preview = Preview(root=site.resolve(), published=published, now=fixed, workers=workers)
    try:
        base_path = read_config(preview.root).url.base_path
    except ConfigError as fault:
        if any(problem.code == "missing-file" for problem in fault.problems):
            report_refusal(locate_problems(fault.problems, site), as_json=False)
            return 1
        base_path = ""  # the first build tells what is wrong, and the preview waits until it is mended
    try:
        listener = open_port(port, host or HOST)
    except socket.gaierror:
        raise click.BadParameter(f"this machine has no address '{host}'", param_hint="--host") from None
    except OSError as fault:
        if fault.errno == errno.EADDRNOTAVAIL:
            raise click.BadParameter(f"this machine has no address '{host}'", param_hint="--host") from None
        why = f"port {port} is taken" if fault.errno == errno.EADDRINUSE and port else fault.strerror
        report_failure(f"the preview cannot be served: {why}; name another port: --port N", as_json=False)
        return 1
    address = f"http://{name_address(listener)}{base_path}/"
    reporter = PreviewReporter()
    with listener:
        reporter.serving(address, preview, is_open=is_open(listener))
        if is_opened:
            webbrowser.open(address)
        try:
            serve(preview, listener, told=reporter.built, progress=reporter.progress, waiting=WaitingReporter())
        except PublishError as fault:
            report_failure(str(fault), as_json=False)
            return 1
    return 0
