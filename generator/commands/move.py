"""`newsprint move`."""

from pathlib import Path

import click

from generator.build import Request, survey
from generator.commands.build import read_now
from generator.commands.report.lines import report_fault
from generator.commands.report.records import report_move
from generator.config import PUBLIC_FOLDER
from generator.errors import PublishError, RefusalError, UsageError
from generator.move import Wish, apply_move, find_record, plan_move
from generator.names import is_segment, slugify


def run_move(
    named: str,
    *,
    site: Path,
    record_id: str | None,
    slug: str | None,
    topic: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Give a record another address; the exit status.

    Raises:
        click.UsageError: no record is meant, more than one, or the wish is none for its kind.
    """
    wish = Wish(id=record_id, slug=slug, topic=topic)
    _check_names(wish)
    request = Request(root=site, output=site / PUBLIC_FOLDER, now=read_now(None))
    try:
        with survey(request) as known:
            found = find_record(known.prepared.site, named)
            if len(found) != 1:
                raise click.UsageError(_explain(named, [record.file for record in found]))
            record = found[0]
            for key in ("slug", "topic"):
                if getattr(wish, key) is not None and not hasattr(record, key):
                    raise click.UsageError(f"{record.file} has no '{key}'; give it another --id")
                if getattr(wish, key) is not None and getattr(record, key) == getattr(wish, key):
                    raise click.UsageError(f"the {key} of {record.file} is '{getattr(wish, key)}' already")
            if wish.id == record.id:
                raise click.UsageError(f"the id of {record.file} is '{wish.id}' already")
            move = plan_move(known, record, wish, request)
        if not dry_run:
            apply_move(known.root, move)
    except UsageError as fault:
        raise click.UsageError(str(fault)) from None
    except (RefusalError, PublishError) as fault:
        return report_fault(fault, site, as_json=as_json)
    report_move(move, is_done=not dry_run, as_json=as_json)
    return 0


def _check_names(wish: Wish) -> None:
    if wish == Wish():
        raise click.UsageError("say what it gets: --slug, --topic or --id")
    for key, value in (("--id", wish.id), ("--slug", wish.slug)):
        if value is not None and not is_segment(value):
            meant = f", such as '{slugify(value)}'" if slugify(value) else ""
            expected = f"lower-case letters and digits, '-', '_' and '.'{meant}"
            raise click.BadParameter(f"'{value}' cannot be part of an address: {expected}", param_hint=key)


def _explain(named: str, files: list[str]) -> str:
    if files:
        return f"'{named}' may be {' or '.join(sorted(files))}: write the kind before it, such as 'topic:{named}'"
    return f"no record '{named}'; write its id, its kind and id ('topic:chips'), or its file"
