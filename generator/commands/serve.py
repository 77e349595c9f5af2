"""`newsprint serve`."""

import errno
import socket
import webbrowser
from pathlib import Path

import click
import msgspec

from generator.commands import options
from generator.commands.terminal.builds import PreviewReporter
from generator.config import read_config
from generator.errors import ConfigError
from generator.serve import HOST, Preview, is_open, name_address, open_port
from generator.serve import serve as serve_preview


@click.command(epilog="Example: newsprint serve my-site --port 8080 --open")
@options.place
@click.option(
    "--port",
    "-p",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="The port; 0 for any free one.  [default: 8000, or the next free one]",
)
@click.option(
    "--host", metavar="ADDRESS", help="The address to listen on; 0.0.0.0 makes it public.  [default: 127.0.0.1]"
)
@click.option("--published", is_flag=True, help="Show the site without drafts and scheduled records.")
@options.now("Show the site")
@click.option("--open", "is_opened", is_flag=True, help="Open it in the browser.")
@options.workers
@options.gathered(Preview, root="site")
def serve(preview: Preview, *, port: int | None, host: str | None, is_opened: bool) -> int:
    """Preview the site in the folder SITE, by default the current one.

    When a file changes, the site is rebuilt, and the page in the browser reloads if it shows the change.
    Drafts and scheduled records are shown, marked as such.
    Only this machine can see the preview, unless you use --host.
    """
    with PreviewReporter(preview.request) as reporter:
        preview = msgspec.structs.replace(preview, root=preview.root.resolve())
        base_path = _read_base_path(preview.root)
        try:
            listener = open_port(port, host or HOST)
        except OSError as fault:
            reporter.failed(
                f"the preview cannot be served: {_explain(fault, port, host)}; choose another port: --port N"
            )
            return reporter.status
        with listener:
            address = f"http://{name_address(listener)}{base_path}/"
            reporter.serving(address, preview, is_open=is_open(listener))
            if is_opened:
                webbrowser.open(address)
            serve_preview(
                preview, listener, base_path, report=reporter.built, progress=reporter.progress, waiting=reporter.wait
            )
    return reporter.status


def _read_base_path(root: Path) -> str:
    try:
        return read_config(root).url.base_path
    except ConfigError as fault:
        if any(problem.code == "missing-file" for problem in fault.problems):
            raise
        return ""  # the first build reports the problems


def _explain(fault: OSError, port: int | None, host: str | None) -> str:
    if isinstance(fault, socket.gaierror) or fault.errno == errno.EADDRNOTAVAIL:
        raise click.BadParameter(f"this machine does not have the address '{host}'", param_hint="--host") from None
    return f"port {port} is taken" if fault.errno == errno.EADDRINUSE and port else fault.strerror or str(fault)
