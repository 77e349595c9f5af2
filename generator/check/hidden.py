"""Links and references in public records to records that readers cannot see."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from generator.errors import Problem
from generator.names import ContentPath, Kind
from generator.records import Addressed, name_of
from generator.site import Name, Site, Snapshot, has_expired, split_ref

_NAMED_IN_PAGES: frozenset[Kind] = frozenset({"topic", "source", "entity"})
"""The kinds whose titles are shown by records that name them, whether or not they have pages."""


def check_hidden(site: Site, snapshot: Snapshot, now: datetime) -> Iterator[Problem]:
    """Warn of links to drafts and expired records, and of drafts whose titles public records show.

    Scheduled records are ignored: they appear by themselves.
    """
    public = snapshot.addressed
    seen = set(map(name_of, public))
    hidden = {name: record for record in site.addressed if (name := name_of(record)) not in seen}
    namers: dict[Name, list[ContentPath]] = defaultdict(list)
    for record in public:
        for body in (record.body, *record.texts.values()):
            for link in body.links:
                target = hidden.get(split_ref(link))
                if target is not None and (target.draft or has_expired(target, now)):
                    why = "a draft" if target.draft else "what has expired"
                    yield Problem(
                        file=record.file,
                        code="hidden-link",
                        needle=link,
                        message=f"'{link}' leads to {why}: readers see its text without a link",
                        hint="publish that record, or remove the link",
                    )
        for name in {(one.kind, one.id) for one in record.references()} & hidden.keys():
            namers[name].append(record.file)
    for name, files in sorted(namers.items()):
        if name[0] in _NAMED_IN_PAGES and hidden[name].draft:
            yield _named_draft(name, hidden[name], files)


def _named_draft(name: Name, record: Addressed, files: list[ContentPath]) -> Problem:
    count = "1 public record names" if len(files) == 1 else f"{len(files):,} public records name"
    return Problem(
        file=record.file,
        code="hidden-reference",
        key=("draft",),
        message=f"{count} the draft {name[0]} '{name[1]}', such as {min(files)}: readers see its title without a link",
        hint="publish it, or remove it from those records",
    )
