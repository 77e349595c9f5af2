"""`newsprint init` and `newsprint new`."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from generator.commands import options
from generator.commands.terminal.lines import count
from generator.commands.terminal.reporter import Reporter
from generator.config import Config, read_config
from generator.errors import ContentError, Problem, UsageError, suggest
from generator.load.ids import list_ids
from generator.names import Form, Kind, RecordId, make_printable
from generator.reach import Reach
from generator.scaffold import (
    NewSite,
    RecordRequest,
    check_url,
    choose_id,
    fold_text,
    has_placeholders,
    make_record,
    make_site,
    write_new,
)


@click.command(epilog="Example: newsprint init my-site --title 'Chip News' --url https://chips.example")
@options.place
@click.option("--title", default="My News", show_default=True, metavar="TEXT", help="The site's name.")
@click.option("--url", default="https://news.example", show_default=True, metavar="URL", help="The site's address.")
@options.as_json
def init(site: Path, *, title: str, url: str, as_json: bool) -> int:
    """Create a new site in the folder SITE.

    SITE is by default the current folder; it can be empty, a new repository, or a new folder.
    Existing files are unchanged; only missing files are created.
    """
    with Reporter(site, as_json=as_json) as reporter:
        made = make_site(site, title=title, url=url, now=datetime.now(UTC))
        document = {"folder": str(site), "files": made.made, "completed": made.completed, "stays": made.stays}
        reporter.done(document, *_list_made(site, made))
    return reporter.status


def _list_made(folder: Path, site: NewSite) -> Iterator[str]:
    yield f"Made a site of {count(len(site.made), 'file')} in {folder}:"
    yield from (f"  {file}" for file in site.made)
    yield from (f"Added the output of builds to {file}." for file in site.completed)
    if site.stays:
        yield f"Unchanged: {', '.join(map(make_printable, site.stays))}."
    yield f"Preview it: newsprint serve {shlex.quote(str(folder))}"


class NewRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The options of `newsprint new`; None if not given."""

    kind: Kind
    title: str
    record_id: str | None
    topic: str | None
    source: str | None
    source_url: str | None
    story: str | None
    form: Form | None
    draft: bool | None


@click.command(epilog="Example: newsprint new article 'Chip ban lifted' --topic chips --source wire --edit")
@click.argument("kind", type=click.Choice(["article", "story", "topic", "source", "entity", "sponsor", "page"]))
@click.argument("title")
@options.site
@click.option("--id", "record_id", metavar="ID", help="The record's id.  [default: made from the title]")
@options.id_of("topic", "For articles and stories: the topic.")
@options.id_of("source", "For articles: the source.")
@click.option("--source-url", metavar="URL", help="For articles: the address of the original.")
@options.id_of("story", "For articles: the story that it belongs to.")
@click.option("--form", type=click.Choice(["report", "brief", "explainer", "feature"]), help="For articles: the form.")
@click.option(
    "--draft/--no-draft",
    default=None,
    help="Whether it is a draft.  [default: draft for articles, stories and sponsors]",
)
@click.option("--edit", "-e", is_flag=True, help="Open the file in $VISUAL or $EDITOR.")
@options.as_json
@options.gathered(NewRecord)
def new(asked: NewRecord, *, site: Path, edit: bool, as_json: bool) -> int:
    """Write a new record of the kind KIND.

    The file has the required keys, and notes on the optional ones.
    Nothing is ever overwritten.
    """
    _refuse_foreign(asked)
    with Reporter(site, as_json=as_json) as reporter:
        config = read_config(site)
        reach = Reach(site, config.content.allow_links)
        record = _settle(asked, config, reach)
        if (taken := list_ids(reach, record.kind).get(record.id)) is not None:
            message = f"the {record.kind} id '{record.id}' is taken"
            hint = f"choose another: --id {record.id}-2"
            raise ContentError([Problem(file=taken, code="duplicate-id", message=message, hint=hint)])
        path, text = make_record(record, config)
        write_new(site, path, text.encode())
        document = {"file": path, "id": record.id, "kind": record.kind}
        reporter.done(document, f"Made {site / path}, the {record.kind} '{record.id}'.")
        if edit:
            _edit(site / path)
    return reporter.status


def _edit(file: Path) -> None:
    try:
        click.edit(filename=str(file))
    except ValueError as fault:  # unbalanced quotation marks
        raise click.ClickException(f"the editor in $VISUAL or $EDITOR cannot be started: {fault}") from None


_KEYS: dict[Kind, Sequence[str]] = {
    "article": ("topic", "source", "source_url", "story", "form"),
    "story": ("topic",),
}
"""The options that only some kinds have."""

_DRAFTED: Sequence[Kind] = ("article", "story", "sponsor")
"""The kinds that are drafts at first, because readers would see their records at once."""


def _refuse_foreign(asked: NewRecord) -> None:
    for name in _KEYS["article"]:
        if getattr(asked, name) is not None and name not in _KEYS.get(asked.kind, ()):
            takers = ", ".join(one for one, names in _KEYS.items() if name in names)
            raise click.UsageError(f"--{name.replace('_', '-')} is for {takers}, not for {asked.kind}")


def _settle(asked: NewRecord, config: Config, reach: Reach) -> RecordRequest:
    keys = _KEYS.get(asked.kind, ())
    title = fold_text(asked.title)
    if not title:
        raise UsageError("the title is empty")
    source = _choose("source", asked.source or config.site.source, reach) if "source" in keys else None
    is_draft = asked.kind in _DRAFTED if asked.draft is None else asked.draft
    if not is_draft:
        _refuse_unfinished(asked, is_own=source == config.site.source)
    return RecordRequest(
        kind=asked.kind,
        id=choose_id(title, asked.record_id),
        title=title,
        now=datetime.now(UTC),
        topic=_choose("topic", asked.topic, reach) if "topic" in keys else None,
        source=source,
        source_url=check_url(asked.source_url) if asked.source_url else None,
        story=_choose("story", asked.story, reach) if asked.story else None,
        form=asked.form,
        is_draft=is_draft,
    )


def _refuse_unfinished(asked: NewRecord, *, is_own: bool) -> None:
    """Refuse records that no build would publish."""
    if asked.kind == "article" and not asked.source_url and not is_own:
        raise UsageError(
            "--no-draft requires --source-url, because an article of another source needs the address of its original"
        )
    if has_placeholders(asked.kind, asked.form):
        what = f"'--form {asked.form}'" if asked.form else asked.kind
        raise UsageError(f"--no-draft is not for {what}: it contains placeholders, which no build publishes")


def _choose(kind: Kind, wanted: str | None, reach: Reach) -> RecordId:
    """The id of the named record, or of the only one."""
    known = list_ids(reach, kind)
    if wanted is None and len(known) == 1:
        return next(iter(known))
    there_are = f"create one: newsprint new {kind} TITLE"
    if known:
        there_are = f"there {'is' if len(known) == 1 else 'are'} {', '.join(sorted(known))}"
    if wanted is None:
        raise UsageError(f"choose the {kind} with --{kind}; {there_are}")
    if wanted not in known:
        raise UsageError(f"no {kind} '{wanted}': {suggest(wanted, known, otherwise=there_are)}")
    return RecordId(wanted)
