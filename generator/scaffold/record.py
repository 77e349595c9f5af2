"""A title → the file of a new record, with the required keys of its kind and form and notes on optional ones."""

from datetime import datetime
from string import Template
from typing import Any

import msgspec

from generator.addresses import AddressError, write_address
from generator.config import Config
from generator.errors import UsageError
from generator.names import ContentPath, Form, Kind, RecordId, is_segment, slugify
from generator.records import FOLDERS
from generator.records.beginnings import ADDRESS, BODIES, FORM_KEYS, KIND_KEYS, read_notes
from generator.records.fields import WebUrl
from generator.scaffold.compose import compose_record
from generator.shape import describe

_FOLDERS_BY_KIND = {kind: folder for folder, kind in FOLDERS.items()}


class RecordRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a new record is to be; `topic`, `source`, `source_url`, `story` and `form` are of articles and stories.

    `title` is one line without control characters. `now` is the time to publish it, aware.
    """

    kind: Kind
    id: RecordId
    title: str
    now: datetime
    topic: RecordId | None = None
    source: RecordId | None = None
    source_url: str | None = None
    story: RecordId | None = None
    form: Form | None = None
    is_draft: bool = True


def choose_id(title: str, wanted: str | None = None) -> RecordId:
    """The id of a new record: the wanted one, else the title's slug; UsageError if it cannot be part of a path."""
    chosen = slugify(title) if wanted is None else wanted
    if not chosen:
        raise UsageError(f"the title '{title}' has no letter or digit to make an id from; set one with --id")
    if not is_segment(chosen):
        hint = f", such as '{slugify(chosen)}'" if slugify(chosen) else ""
        raise UsageError(
            f"the id '{chosen}' cannot be part of a path; use lower-case letters, digits, '-', '_' and '.'{hint}"
        )
    return RecordId(chosen)


def check_url(text: str) -> str:
    """The text as a web address; UsageError if it is not one."""
    try:
        return write_address(text)
    except AddressError as fault:
        raise UsageError(f"'{text}' is not {describe(WebUrl)}: {fault}") from None


def has_placeholders(kind: Kind, form: Form | None) -> bool:
    """Whether a new record of a kind and form always begins with placeholders."""
    return kind in KIND_KEYS or form in FORM_KEYS or form in BODIES


def make_record(wanted: RecordRequest, config: Config) -> tuple[ContentPath, str]:
    """Make a record's file: its path as seen from the site's folder, and its text. Articles have a folder per year."""
    folder = _FOLDERS_BY_KIND[wanted.kind]
    published = wanted.now.astimezone(config.zone)
    year = f"{published.year}/" if wanted.kind == "article" else ""
    values = {"published": published.isoformat(timespec="minutes")}
    notes = Template(read_notes(wanted.kind)).substitute(values)
    matter = _keys(wanted, config, values["published"]) | {"draft": wanted.is_draft or None}
    body = BODIES.get(wanted.form or wanted.kind, "")
    path = ContentPath(f"content/{folder}/{year}{wanted.id}.md")
    return path, compose_record(matter, body, notes=f"{notes}# Every key: docs/records.md#{folder} of Newsprint.\n")


def _keys(wanted: RecordRequest, config: Config, published: str) -> dict[str, Any]:
    match wanted.kind:
        case "article":
            is_ours = wanted.source == config.site.source
            return {
                "title": wanted.title,
                "source": wanted.source,
                "source_url": wanted.source_url or (None if is_ours else ADDRESS),
                "published": published,
                "topic": wanted.topic,
                "story": wanted.story,
                "form": wanted.form,
                **FORM_KEYS.get(wanted.form or "", {}),
            }
        case "story":
            return {"title": wanted.title, "published": published, "topic": wanted.topic}
        case "sponsor":
            return {"sponsor": wanted.title, **KIND_KEYS["sponsor"], "starts": published}
        case "entity":
            return {"title": wanted.title, "type": "company"}
        case _:
            return {"title": wanted.title}
