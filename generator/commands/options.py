"""Options that several commands share, and the frozen requests that are made of them."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
import msgspec
from click.core import ParameterSource

from generator.names import Kind, is_segment

Command = Callable[..., int]
"""The function of a command; it returns the exit status."""


def _read_output(text: str) -> Path | str:
    """A folder, or the URL of a store."""
    return text if re.match(r"[a-z][a-z0-9+.-]*://", text) else Path(text)


def _read_moment(text: str) -> datetime:
    """An aware UTC time."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        message = f"'{text}' is not a time such as 2026-06-03T09:30:00Z (UTC if it has no zone)"
        raise click.BadParameter(message, param_hint="--now") from None


site = click.option(
    "--site",
    "-s",
    type=click.Path(path_type=Path),
    metavar="PATH",
    default=Path(),
    help="The site's folder.  [default: the current one]",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of lines.")
workers = click.option(
    "--workers", "-w", type=click.IntRange(1, 256), metavar="N", help="Processes to use.  [default: one per core]"
)


def output(does: str) -> Callable[[Command], Command]:
    """`--output`: where the site is, goes or went."""
    text = f"Where the site {does}, a folder or a URL.  [default: SITE/public]"
    return click.option("--output", "-o", type=_read_output, metavar="PATH", help=text)


def now(ask: str) -> Callable[[Command], Command]:
    """`--now`: the time that a command assumes."""
    text = f"{ask} as if it were this time (ISO 8601).  [default: the present]"
    return click.option("--now", type=_read_moment, metavar="TIME", help=text)


def drafts(text: str = "Treat drafts as published.") -> Callable[[Command], Command]:
    """`--drafts`."""
    return click.option("--drafts", "-D", is_flag=True, help=text)


def future(text: str) -> Callable[[Command], Command]:
    """`--future`."""
    return click.option("--future", "-F", is_flag=True, help=text)


def id_of(kind: Kind, text: str) -> Callable[[Command], Command]:
    """An option such as `--topic` that names a record of a kind; the shell completes its id."""

    def complete(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        from generator.load.ids import list_ids
        from generator.reach import Reach

        try:
            ids = list_ids(Reach(Path(context.params.get("site") or "")), kind)
        except (OSError, ValueError):  # a faulty site only means fewer completions
            return []
        return sorted(record_id for record_id in ids if record_id.startswith(incomplete) and is_segment(record_id))

    return click.option(f"--{kind}", metavar="ID", shell_complete=complete, help=text)


def place(command: Command) -> Command:
    """Take the site's folder from `--site` or as the only argument."""

    @click.argument("folder", metavar="[SITE]", type=click.Path(path_type=Path), required=False)
    @site
    @wraps(command)
    def take(folder: Path | None, site: Path, **options: object) -> int:
        is_given = click.get_current_context().get_parameter_source("site") is not ParameterSource.DEFAULT
        refuse_both({"SITE": folder is not None, "--site": is_given})
        return command(site=folder or site, **options)

    return take


def refuse_both(given: Mapping[str, object]) -> None:
    """Refuse options that cannot be combined, with a usage error."""
    named = [name for name, value in given.items() if value]
    if len(named) > 1:
        raise click.UsageError(f"{' and '.join(named)} cannot be combined")


def gathered(kind: type[msgspec.Struct], **renamed: str) -> Callable[[Command], Command]:
    """Gather the options that are fields of `kind` into one value, the command's first argument.

    Other options stay arguments of the command; `renamed` maps fields to options with other names.
    """

    def wrap(command: Command) -> Command:
        @wraps(command)
        def take(**options: Any) -> int:
            names = {field: renamed.get(field, field) for field in kind.__struct_fields__}
            taken = {field: options.pop(name) for field, name in names.items() if name in options}
            return command(kind(**taken), **options)

        return take

    return wrap


def site_request(command: Command) -> Command:
    """Gather the options of a build into a `Request`, the command's first argument, and add `--json`."""
    from generator.build import Request
    from generator.config import PUBLIC_FOLDER

    @as_json
    @wraps(command)
    def take(site: Path, output: Path | str | None = None, now: datetime | None = None, **options: object) -> int:
        options["output"] = output or site / PUBLIC_FOLDER
        options["now"] = now or datetime.now(UTC).replace(microsecond=0)
        return gathered(Request, root="site")(command)(
            site=site, command=click.get_current_context().command_path, **options
        )

    return take
