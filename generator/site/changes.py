"""The changes of a story, and the corrections on the whole site: dated by the records, never by a build."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from operator import attrgetter
from typing import Literal

import msgspec

from generator.names import RecordId
from generator.records import Article, Story
from generator.records.fields import Revision
from generator.site.comparison import reports_of
from generator.site.snapshot import StoryCoverage

ChangeKind = Literal["source", "fact", "dispute", "correction", "status"]

_KINDS: tuple[ChangeKind, ...] = ("source", "fact", "dispute", "correction", "status")
"""The order of changes of one moment: a report comes before its facts."""


class DatedChange(msgspec.Struct, frozen=True):
    """Something that changed at a moment (aware UTC).

    `key` is its identity on the whole site: it survives a new order of the record's lists and all later changes.
    `text` is the fact, the note of a correction, or the status; empty for a new source.
    `sources` are the new source, those that report or dispute the fact, or that of the corrected article.
    `article` is the report with the change, or the corrected article; None if there is none.
    `story` is the changed one; None for the correction of an article.
    `old_title` was replaced by `new_title` by a correction; both are empty if the title did not change.
    """

    kind: ChangeKind
    at: datetime
    key: str
    text: str = ""
    sources: tuple[RecordId, ...] = ()
    article: Article | None = None
    story: Story | None = None
    old_title: str = ""
    new_title: str = ""

    @property
    def anchor(self) -> str:
        """The key as an id in HTML; its digest never changes, as others link to it."""
        return f"c-{_digest(self.key)}"


def story_changes(covered: StoryCoverage, *, own_source: RecordId | None = None) -> tuple[DatedChange, ...]:
    """The changes of a story.

    Args:
        covered: The story and its articles at a moment.
        own_source: The site itself, which is a source only if the story names it.

    Returns:
        Newest first; of one moment by kind, then as in the record. No key occurs twice.
        Changes without a date are left out.
    """
    story = covered.story
    reports = reports_of(story, covered.articles, own_source=own_source)
    return _newest_first(
        [
            *_new_sources(story, reports),
            *_new_facts(story, reports),
            *corrections(covered.articles, [story]),
            *_new_status(story),
        ]
    )


def corrections(articles: Iterable[Article], stories: Iterable[Story]) -> tuple[DatedChange, ...]:
    """Every significant revision of some articles and stories, newest first; of one moment by key."""
    corrected = (record for records in (articles, stories) for record in records if record.revisions)
    found = (change for record in corrected for change in _corrections_of(record))
    return _newest_first(sorted(found, key=lambda change: change.key))


def titles_of(record: Article | Story) -> Iterator[tuple[Revision, str]]:
    """The revisions of a record, newest first, each with the title that it gave; empty if it gave none."""
    title = record.title
    for one in sorted(record.revisions, key=attrgetter("at"), reverse=True):
        yield one, title if one.old_title else ""
        title = one.old_title or title


def _newest_first(changes: Sequence[DatedChange]) -> tuple[DatedChange, ...]:
    return tuple(sorted(changes, key=lambda change: (-change.at.timestamp(), _KINDS.index(change.kind))))


def _new_sources(story: Story, reports: Sequence[Article]) -> Iterator[DatedChange]:
    """The first report of each source; `reports` are sorted oldest first, here and below."""
    first: dict[RecordId, Article] = {}
    for report in reports:
        first.setdefault(report.source, report)
    for source, report in first.items():
        key = f"source:{story.id}:{source}"
        yield DatedChange("source", report.published, key, sources=(source,), article=report, story=story)


def _new_facts(story: Story, reports: Sequence[Article]) -> Iterator[DatedChange]:
    """When each fact was first reported, and when it was disputed; of facts in the same words the earliest."""
    found: list[DatedChange] = []
    for fact in story.facts:
        text = " ".join(fact.text.split())
        name = f"{story.id}:{_digest(text)}"
        told_at = fact.at or _first_report(reports, fact.sources)
        if told_at:
            found.append(DatedChange("fact", told_at, f"fact:{name}", text, fact.sources, story=story))
        disputed_at = fact.disputed_at
        if told_at and not disputed_at and (first := _first_report(reports, fact.disputed_by)):
            disputed_at = max(first, told_at)  # if the dispute was reported before the fact
        if disputed_at:
            found.append(DatedChange("dispute", disputed_at, f"dispute:{name}", text, fact.disputed_by, story=story))
    earliest: dict[str, DatedChange] = {}
    for change in sorted(found, key=lambda change: change.at):
        earliest.setdefault(change.key, change)
    for change in earliest.values():
        yield _with_reports(change, reports)


def _first_report(reports: Sequence[Article], sources: Sequence[RecordId]) -> datetime | None:
    return next((report.published for report in reports if report.source in sources), None)


def _with_reports(change: DatedChange, reports: Sequence[Article]) -> DatedChange:
    """A reported change with those of its sources that had reported by then, so that it never changes later."""
    by_then = [one for one in reports if one.published <= change.at and one.source in change.sources]
    reported = {report.source for report in by_then}
    sources = tuple(source for source in change.sources if source in reported) or change.sources
    return msgspec.structs.replace(change, sources=sources, article=by_then[-1] if by_then else None)


def _corrections_of(record: Article | Story) -> Iterator[DatedChange]:
    """The significant revisions of a record; those of one moment are numbered in the order of their notes."""
    article, story = (record, None) if isinstance(record, Article) else (None, record)
    seen: Counter[datetime] = Counter()
    # Keys have the times as written, so that they do not depend on the site's time zone.
    minted = [(record.minted_at("revisions.at", one.at), one, title) for one, title in titles_of(record)]
    significant = (one for one in minted if one[1].significant)
    for at, revision, title in sorted(significant, key=lambda one: (one[0], one[1].note)):
        seen[at] += 1
        key = f"correction:{'article' if article else 'story'}:{record.id}:{at.isoformat()}"
        if seen[at] > 1:
            key += f":{seen[at]}"
        sources = (article.source,) if article else ()
        titles = (revision.old_title, title)
        yield DatedChange("correction", revision.at, key, revision.note, sources, article, story, *titles)


def _new_status(story: Story) -> Iterator[DatedChange]:
    if story.status_at:
        at = story.minted_at("status_at", story.status_at)
        key = f"status:{story.id}:{story.status}:{at.isoformat()}"
        yield DatedChange("status", story.status_at, key, story.status, story=story)


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
