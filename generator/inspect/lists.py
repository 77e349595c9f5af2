"""Lists of records: drafts, scheduled, expired, unverified, orphans, vanished addresses."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Literal, TypeVar, get_args

import msgspec

from generator.build import PlannedSite
from generator.build.vanished import explain_vanished, show_address, turn_addresses
from generator.load import scan_content
from generator.names import Kind, make_printable
from generator.publish import read_addresses
from generator.records import Article, Record, Sponsor, Story, name_of
from generator.site import Name, Snapshot, WithheldState, all_withheld, open_snapshot, split_ref

AnyRecord = TypeVar("AnyRecord", bound=Record)

ListName = Literal["drafts", "scheduled", "expired", "unverified", "orphans", "vanished"]
LISTS: tuple[ListName, ...] = get_args(ListName)
_PUBLIC = "it is public"


class ListLine(msgspec.Struct, frozen=True):
    """A record, picture or address in lists; `at` (aware UTC) is when it comes or went, `why` is why it is listed."""

    file: str
    kind: Kind | Literal["picture", "address"]
    id: str
    title: str
    at: datetime | None
    why: str
    lists: tuple[ListName, ...] = ()


def list_records(known: PlannedSite, name: ListName | Literal["all"]) -> tuple[ListLine, ...]:
    """List records, those with a time by that, then the others by file; `all` are all records, each once."""
    if name != "all":
        return _sort(msgspec.structs.replace(one, lists=(name,)) for one in _LISTERS[name](known))
    found: dict[str, list[tuple[ListName, ListLine]]] = {}
    for each in (name for name in LISTS if name != "vanished"):
        for one in _LISTERS[each](known):
            found.setdefault(one.file, []).append((each, one))
    public = (_listed(one, _PUBLIC) for one in known.prepared.site.all_records if one.file not in found)
    return _sort((*public, *map(_join, found.values())))


def _sort(listed: Iterable[ListLine]) -> tuple[ListLine, ...]:
    return tuple(sorted(listed, key=lambda one: (one.at is None, one.at.timestamp() if one.at else 0, one.file)))


def _join(found: Sequence[tuple[ListName, ListLine]]) -> ListLine:
    """Join the lines of a record from several lists; its time is that of the first."""
    why = "; ".join(one.why for _, one in found)
    return msgspec.structs.replace(found[0][1], why=why, lists=tuple(name for name, _ in found))


def _list_withheld(state: WithheldState, known: PlannedSite) -> Iterator[ListLine]:
    for one in all_withheld(known.prepared.site, known.request.now):
        is_campaign = isinstance(one.record, Sponsor)
        if one.state != state:
            continue
        if state == "drafts":
            yield _listed(one.record, "it is a draft")
        elif state == "scheduled":
            yield _listed(one.record, f"it {'starts' if is_campaign else 'is published'} then", one.comes)
        else:
            yield _listed(one.record, f"it {'ended' if is_campaign else 'expired'} then", one.ends)


def _list_unverified(known: PlannedSite) -> Iterator[ListLine]:
    for article in _open(known).articles:
        if article.verified is None:
            yield _listed(article, "it is not verified", article.published)


def _list_orphans(known: PlannedSite) -> Iterator[ListLine]:
    """Records and pictures that nothing public links to."""
    snapshot = _open(known)
    linked = _linked_names(snapshot)
    filled = snapshot.articles_by_topic.keys() | {topic.parent for topic in snapshot.topics}
    own = ("source", known.config.site.source)
    nothing, no_record = "no public article covers it", "no public article or story names it"
    yield from _without(snapshot.stories, lambda story: story.id in snapshot.articles_by_story, nothing)
    yield from _without(snapshot.topics, lambda topic: topic.id in filled, "no public article is about it")
    yield from _without(snapshot.sources, lambda source: name_of(source) in (linked | {own}), no_record)
    yield from _without(snapshot.entities, lambda entity: name_of(entity) in linked, no_record)
    hidden = [page for page in snapshot.pages if page.navigation == "none"]
    yield from _without(hidden, lambda page: name_of(page) in linked, "neither the navigation nor a text links to it")
    for file in sorted(scan_content(known.root, known.config.content.allow_links).others.keys() - known.shown_files):
        yield ListLine(make_printable(file), "picture", "", "", None, "nothing shows it")


def _list_vanished(known: PlannedSite) -> Iterator[ListLine]:
    """Addresses that vanished, or that the next build removes, each with the line that keeps it."""
    plan, book = known.prepared.plan, read_addresses(known.place.state)
    gone = turn_addresses(book, plan, known.config).gone
    for one in explain_vanished(gone, known.prepared.site, plan, known.request.now, book.there.values()):
        for path in one.paths:
            yield ListLine(one.file, "address", "", show_address(path), None, f"{one.why}; {one.hint}")


def _without(records: Iterable[AnyRecord], is_used: Callable[[AnyRecord], bool], why: str) -> Iterator[ListLine]:
    return (_listed(record, why) for record in records if not is_used(record))


def _linked_names(snapshot: Snapshot) -> set[Name]:
    public = snapshot.addressed
    named = {(one.kind, one.id) for record in public for one in record.references()}
    return named | {
        split_ref(link)
        for record in public
        for body in (record.body, *record.texts.values())
        for link in body.links
        if split_ref(link) != name_of(record)
    }


def _open(known: PlannedSite) -> Snapshot:
    return open_snapshot(known.prepared.site, now=known.request.now, zone=known.config.zone)


def _listed(record: Record, why: str, at: datetime | None = None) -> ListLine:
    title = record.headline if isinstance(record, Sponsor) else getattr(record, "title", "")
    if at is None and isinstance(record, Article | Story):
        at = record.published
    return ListLine(record.file, *name_of(record), title, at, why)


_LISTERS: dict[ListName, Callable[[PlannedSite], Iterator[ListLine]]] = {
    "drafts": partial(_list_withheld, "drafts"),
    "scheduled": partial(_list_withheld, "scheduled"),
    "expired": partial(_list_withheld, "expired"),
    "unverified": _list_unverified,
    "orphans": _list_orphans,
    "vanished": _list_vanished,
}
