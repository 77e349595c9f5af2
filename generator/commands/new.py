"""`newsprint new`."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from generator.commands.report.lines import report_fault
from generator.commands.report.records import report_new_record
from generator.config import Config, read_config
from generator.errors import ContentError, Problem, PublishError, SiteError, UsageError, suggest
from generator.load.ids import list_ids
from generator.names import Form, Kind, RecordId
from generator.scaffold import Wanted, check_url, choose_id, fold_text, has_placeholders, make_record, write_new

_KEYS: dict[Kind, Sequence[str]] = {
    "article": ("topic", "source", "source_url", "story", "form"),
    "story": ("topic",),
}
"""The options that only some kinds have."""

_DRAFTED: Sequence[Kind] = ("article", "story", "sponsor")
"""The kinds that begin as drafts, for readers see their records at once; other records wait until some name them."""


def run_new(
    kind: Kind,
    title: str,
    *,
    site: Path,
    record_id: str | None,
    topic: str | None,
    source: str | None,
    source_url: str | None,
    story: str | None,
    form: Form | None,
    draft: bool | None,
    edit: bool,
    as_json: bool,
) -> int:
    """Write a new record; the exit status.

    Raises:
        click.UsageError: an option is of another kind, names no record, or one that is needed is not there.
    """
    given = {"topic": topic, "source": source, "source_url": source_url, "story": story, "form": form}
    _refuse_foreign(kind, given)
    try:
        config = read_config(site)
        wanted = _settle(kind, fold_text(title), {**given, "id": record_id, "draft": draft}, config, site)
        if (taken := list_ids(site, kind).get(wanted.id)) is not None:
            raise ContentError([_taken(wanted, taken)])
        path, text = make_record(wanted, config)
        write_new(site, path, text.encode())
    except UsageError as fault:
        raise click.UsageError(str(fault)) from None
    except (SiteError, PublishError) as fault:
        return report_fault(fault, site, as_json=as_json)
    report_new_record(wanted, site / path, path, as_json=as_json)
    return _edit(site / path) if edit else 0


def _edit(file: Path) -> int:
    try:
        click.edit(filename=str(file))
    except ValueError as fault:  # quotation marks that do not end
        raise click.ClickException(f"the editor in $VISUAL or $EDITOR cannot be called: {fault}") from None
    return 0


def _refuse_foreign(kind: Kind, given: Mapping[str, object]) -> None:
    for name, value in given.items():
        if value is not None and name not in _KEYS.get(kind, ()):
            takers = ", ".join(one for one, names in _KEYS.items() if name in names)
            raise click.UsageError(f"--{name.replace('_', '-')} is of {takers}, not of {kind}")


def _settle(kind: Kind, title: str, given: Mapping[str, Any], config: Config, site: Path) -> Wanted:
    keys = _KEYS.get(kind, ())
    if not title:
        raise UsageError("the title is empty")
    source = _choose("source", given["source"] or config.site.source, site) if "source" in keys else None
    is_draft = kind in _DRAFTED if given["draft"] is None else given["draft"]
    if kind == "article" and not is_draft and not given["source_url"] and source != config.site.source:
        raise UsageError("--no-draft needs --source-url, for an article of another source names its original")
    if not is_draft and has_placeholders(kind, given["form"]):
        what = f"'--form {given['form']}'" if given["form"] else kind
        raise UsageError(f"--no-draft is not for {what}: it begins with placeholders, which no build publishes")
    return Wanted(
        kind=kind,
        id=choose_id(title, given["id"]),
        title=title,
        now=datetime.now(UTC),
        topic=_choose("topic", given["topic"], site) if "topic" in keys else None,
        source=source,
        source_url=check_url(given["source_url"]) if given["source_url"] else None,
        story=_choose("story", given["story"], site) if given["story"] else None,
        form=given["form"],
        is_draft=is_draft,
    )


def _choose(kind: Kind, wanted: str | None, site: Path) -> RecordId:
    """The record that is meant: the one that is named, or the only one there is."""
    known = list_ids(site, kind)
    if wanted is None and len(known) == 1:
        return next(iter(known))
    there_are = (
        f"there {'is' if len(known) == 1 else 'are'} {', '.join(sorted(known))}"
        if known
        else f"make one: newsprint new {kind} TITLE"
    )
    if wanted is None:
        raise UsageError(f"choose the {kind} with --{kind}; {there_are}")
    if wanted not in known:
        raise UsageError(f"no {kind} '{wanted}': {suggest(wanted, known, otherwise=there_are)}")
    return RecordId(wanted)


def _taken(wanted: Wanted, file: str) -> Problem:
    message = f"the {wanted.kind} id '{wanted.id}' is taken"
    return Problem(file=file, code="duplicate-id", message=message, hint=f"give another: --id {wanted.id}-2")
