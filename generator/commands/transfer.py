"""`newsprint move` and `newsprint import`."""

import gc
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from generator.build import Request, survey
from generator.commands import options
from generator.commands.terminal.reporter import Reporter
from generator.commands.terminal.transfers import list_losses, print_import, report_move
from generator.config import PUBLIC_FOLDER, Config, read_config
from generator.errors import UsageError
from generator.importers import Defaults, System, import_site
from generator.move import Wish, apply_move, choose_record, plan_move
from generator.names import RecordId, is_segment, slugify


@click.command(epilog="Example: newsprint move topic:chips --id semiconductors --dry-run")
@click.argument("named", metavar="RECORD")
@click.option("--slug", metavar="SLUG", help="For articles, stories and pages: the last part of the new address.")
@options.id_of("topic", "For articles and stories: the topic.")
@click.option("--id", metavar="ID", help="The new id; references to the record are updated.")
@click.option("--dry-run", is_flag=True, help="Show the lines that would change, and write nothing.")
@options.site
@options.as_json
@options.gathered(Wish)
def move(wish: Wish, named: str, *, site: Path, dry_run: bool, as_json: bool) -> int:
    """Change the address of a record, and redirect the old one.

    RECORD is an id, if necessary with its kind (topic:chips), or a file.
    Only the lines that have to change are edited: in the record, and in those that refer to it.
    The old address becomes one of the record's 'aliases', so that readers and feeds follow.
    If the site would have an error afterwards, nothing is written.
    """
    _check_names(wish)
    request = Request(root=site, output=site / PUBLIC_FOLDER, now=datetime.now(UTC).replace(microsecond=0))
    with Reporter(site, as_json=as_json) as reporter:
        with survey(request) as known:
            plan = plan_move(known, choose_record(known.prepared.site, named, wish), wish, request)
        if not dry_run:
            apply_move(known.root, plan)
        report_move(plan, reporter, is_done=not dry_run)
    return reporter.status


def _check_names(wish: Wish) -> None:
    if wish == Wish():
        raise click.UsageError("choose what to change: --slug, --topic or --id")
    for key, value in (("--id", wish.id), ("--slug", wish.slug)):
        if value is not None and not is_segment(value):
            meant = f", such as '{slugify(value)}'" if slugify(value) else ""
            expected = f"lower-case letters and digits, '-', '_' and '.'{meant}"
            raise click.BadParameter(f"'{value}' cannot be part of an address: {expected}", param_hint=key)


class ImportRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The options of `newsprint import`; None if not given."""

    system: System
    folder: Path
    source: str | None
    topic: str | None
    languages: tuple[str, ...]
    report: Path | None
    dry_run: bool


@click.command("import", epilog="Example: newsprint import hugo ../old-blog --site my-site --dry-run")
@click.argument("system", type=click.Choice(["hugo", "pelican", "jekyll", "eleventy"]))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@options.site
@options.id_of("source", "The source of the articles.  [default: the site's]")
@options.id_of("topic", "The topic of texts without a category.")
@click.option(
    "--language", "languages", metavar="TAG", multiple=True, help="Import only texts in this language, such as de."
)
@click.option("--report", metavar="FILE", type=click.Path(path_type=Path), help="The file that lists all losses.")
@click.option("--dry-run", "-n", is_flag=True, help="Show what would be done, and write nothing.")
@options.as_json
@options.gathered(ImportRequest)
def import_(asked: ImportRequest, *, site: Path, as_json: bool) -> int:
    """Import the posts and pages of another generator.

    DIR is a site of SYSTEM. The import reports everything that it cannot convert.
    It includes links between texts, pictures, old addresses, categories and tags, and overwrites nothing.
    """
    gc.enable()  # the trees of parsed pages are cycles
    with Reporter(site, as_json=as_json) as reporter:
        if not asked.folder.is_dir():
            raise UsageError(f"{asked.folder} is not a folder")
        config = read_config(site)
        defaults = _choose_defaults(asked, config)
        migration = import_site(asked.system, asked.folder, site, config, defaults, is_dry=asked.dry_run)
        is_listed = not as_json and (asked.report or not asked.dry_run)
        file = list_losses(migration, asked.report or site / f"import-{asked.system}.txt") if is_listed else None
        document = {**msgspec.structs.asdict(migration), "dry_run": asked.dry_run}
        reporter.report(document, lambda: print_import(migration, file, is_dry=asked.dry_run))
        reporter.status = int(any(problem.is_error for problem in migration.problems))
    return reporter.status


def _choose_defaults(asked: ImportRequest, config: Config) -> Defaults:
    source = asked.source or config.site.source
    if source is None:
        raise UsageError(
            'which source do the articles belong to? Set source = "desk" below [site] in site.toml, or use --source'
        )
    for one in (source, asked.topic):
        if one is not None and not is_segment(one):
            raise UsageError(f"the id '{one}' cannot be part of a path")
    return Defaults(RecordId(source), RecordId(asked.topic) if asked.topic else None, asked.languages)
